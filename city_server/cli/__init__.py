"""The command ``city``: what an administrator does on the city's side.

Exit codes: 0 done; 2 the command was not given right; 3 a known trouble, told in one sentence on stderr; 4 what was
looked at is not in order (bad lines of a roster, a journal that does not hold).
"""

import sys
from collections.abc import Sequence

from city_server.cli.output import complain, trouble_words
from city_server.cli.parser import parse

DONE, USAGE, TROUBLE, NOT_IN_ORDER = 0, 2, 3, 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. `argv` are the arguments after the program's name."""
    try:
        arguments = parse(argv)
    except SystemExit as told:  # argparse has said what is wrong, or shown the help
        return told.code if isinstance(told.code, int) else USAGE
    from city_server.errors import CityError
    from db.errors import StoreError
    from sync.errors import SyncError

    try:
        code: int = arguments.run(arguments)
    except (CityError, StoreError, SyncError) as error:
        complain(trouble_words(error))
        return TROUBLE
    except KeyboardInterrupt:
        return TROUBLE
    except BrokenPipeError:  # whoever read our output has gone
        sys.stderr.close()
        return DONE
    return code
