"""dev.py vectors: other people's test vectors, judged by the product's own verifier."""

import sys
from pathlib import Path

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import program


def run(arguments: list[str]) -> int:
    if not arguments:
        print(f"usage: python3 dev.py {COMMAND.usage}", file=sys.stderr)
        return 2
    here = [one if one.startswith("-") else str(Path(one).resolve()) for one in arguments]
    return program([prepare.for_checking(), "-m", "devtools.vectors", *here])


COMMAND = Command(
    name="vectors",
    group=Group.CHECK,
    usage="vectors PATH [--json]",
    summary="Judge other people's signed codes: passed, failed and which.",
    run=run,
    details="PATH is a folder with files of these layouts, wherever they lie in it: the EU's DCC test data, the COSE\n"
    "working group's examples, claim 169's vectors, the Token Status List draft's examples. Nothing passes by\n"
    "default: a file of another layout is named and makes the exit code 1, and what the product has no step for is\n"
    "counted as not judged.",
    passes_help_on=True,
)
