"""From arguments to a command, and from whatever goes wrong to one sentence."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from resources.texts import Language
from station_app.cli.commands import COMMANDS
from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit
from station_app.cli.sentences import sentence_for

DESCRIPTION = "The worker service station on this computer: its window, its store and its exchange with the city."
EPILOG = (
    "Exit codes: 0 done, 1 the answer is no, 2 wrong arguments, 3 a known trouble, 70 a mistake of the program. "
    "The station's folder is --home, else $STATION_HOME, else ~/.local/share/worker-service-station."
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    context = Context(options.home or _default_home(), Language(options.language))
    try:
        return int(options.run(context, options))
    except CliError as error:
        return _say(str(error), error.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        known = sentence_for(error, context.language)
        if known is not None:
            return _say(known, Exit.TROUBLE)
        logging.getLogger("station").exception("a mistake of the program")
        return _say("This is a mistake of the program; what it was stands above.", Exit.BUG)
    finally:
        context.close()


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one sentence; the long usage is for those who ask for it."""

    def error(self, message: str) -> NoReturn:
        self.exit(Exit.USAGE, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="station", description=DESCRIPTION, epilog=EPILOG)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", type=Path, metavar="DIR", help="the station's folder")
    common.add_argument(
        "--language", choices=[language.value for language in Language], default="en", help="of sentences (default: en)"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in COMMANDS:
        add(commands, common)
    return parser


def _default_home() -> Path:
    named = os.environ.get("STATION_HOME")
    if named:
        return Path(named)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "worker-service-station"


def _say(sentence: str, code: Exit) -> int:
    print(f"station: {sentence}", file=sys.stderr)
    return code
