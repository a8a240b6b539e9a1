"""Which system packages the product and its tests need, and which of them are missing. Decisions only, no I/O."""

from collections.abc import Callable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that the system must bring.

    `names` are the packages that bring it, the newest distribution's first: the move to 64-bit time renamed many
    (libglib2.0-0 became libglib2.0-0t64). Where `command` is on the machine the need is met, whoever installed it.
    """

    names: tuple[str, ...]
    command: str | None = None


def _libraries(*names: str) -> tuple[Need, ...]:
    return tuple(Need((f"{name}t64", name)) for name in names)


RUN_NEEDS = _libraries(
    # Qt and OpenCV load these even without a window.
    "libgl1",
    "libegl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    # pyzbar's library; its Linux wheel does not bring it.
    "libzbar0",
    # Qt's xcb platform, for a window on a screen.
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxkbcommon-x11-0",
    "libxcb-shape0",
    "libxcb-randr0",
    "libx11-xcb1",
)

TEST_NEEDS = (
    Need(("postgresql",), command="initdb"),
    Need(("xvfb",), command="Xvfb"),
    Need(("xauth",), command="xauth"),  # xvfb-run calls it, but xvfb only recommends it.
    Need(("poppler-utils",), command="pdftotext"),
    Need(("cups",), command="cupsd"),
    Need(("cups-client",), command="lpstat"),
    Need(("cups-ipp-utils",), command="ippeveprinter"),
    Need(("dbus-daemon", "dbus"), command="dbus-daemon"),  # ippeveprinter starts with a bus of the test alone.
)


def venv_needs(minor: int, *, has_ensurepip: bool) -> tuple[Need, ...]:
    """Debian splits `venv` off its Python 3.`minor`; its absence shows in the missing module ensurepip."""
    return () if has_ensurepip else (Need((f"python3.{minor}-venv", "python3-venv")),)


def missing(needs: tuple[Need, ...], installed: Set[str], has_command: Callable[[str], bool]) -> tuple[Need, ...]:
    """The needs that neither an installed package nor a command on the machine meets."""
    return tuple(
        need for need in needs if installed.isdisjoint(need.names) and not (need.command and has_command(need.command))
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What to ask apt for, and which needs none of its packages meets."""

    packages: tuple[str, ...]
    unmet: tuple[Need, ...]


def choose(needs: tuple[Need, ...], available: Set[str]) -> Choice:
    """For every need the first of its names that apt has a candidate for."""
    packages: list[str] = []
    unmet: list[Need] = []
    for need in needs:
        name = next((name for name in need.names if name in available), None)
        if name is None:
            unmet.append(need)
        else:
            packages.append(name)
    return Choice(tuple(packages), tuple(unmet))


def installed_names(dpkg_query_output: str) -> frozenset[str]:
    """Reads lines of `dpkg-query -W -f '${db:Status-Status} ${Package}\\n'`; a removed package may be listed too."""
    rows = (line.split() for line in dpkg_query_output.splitlines())
    return frozenset(row[1] for row in rows if len(row) == 2 and row[0] == "installed")


def candidate_names(apt_cache_policy_output: str) -> frozenset[str]:
    """Reads `apt-cache policy NAMES`: the packages with a version to install.

    A name that is only provided by another package is listed with the candidate "(none)", an unknown one not at all.
    """
    names: set[str] = set()
    current = ""
    for line in apt_cache_policy_output.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            current = line[:-1]
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            names.add(current)
    return frozenset(names)
