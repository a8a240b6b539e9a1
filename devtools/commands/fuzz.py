"""dev.py fuzz: attacks on the verifier, and whether one of them came through."""

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.commands.faults import surroundings
from devtools.start import program


def run(arguments: list[str]) -> int:
    return program([prepare.for_checking(), "-m", "support.fuzzing", *arguments], surroundings())


COMMAND = Command(
    name="fuzz",
    group=Group.CHECK,
    usage="fuzz [--inputs N] [--seed S] [--processes N] [--json]",
    summary="Attack the verifier of cards with a million inputs: no crash, no hang, no wrong accept.",
    run=run,
    details="An input follows from the seed and its number: --seed S --first N --inputs 1 tries one of them again.\n"
    "Good cards are changed at every layer (text, Base45, zlib, CBOR, headers, algorithms, keys, claims,\n"
    "signatures), and so are other systems' codes, certificates, status lists and lists of trust. The exit code is 1\n"
    "where anything was found.",
    passes_help_on=True,
)
