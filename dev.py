#!/usr/bin/env python3
"""The one door for those who work on the product: `python3 dev.py` says what it can do.

This file is kept to syntax that old interpreters read, so that one of them is told in words what is wrong.
"""

import sys


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 -- any python3 may be asked to run this
        print(
            "This needs Python 3.11 or newer; {} is {}.{}.\n"
            "Install a newer one and start again with it: python3.11 dev.py".format(
                sys.executable, *sys.version_info[:2]
            ),
            file=sys.stderr,
        )
        return 2
    from devtools.cli import main as open_door

    return open_door(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
