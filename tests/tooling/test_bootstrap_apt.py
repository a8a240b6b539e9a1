"""How apt is asked, on machines of every kind."""

import stat
import subprocess
from pathlib import Path

import pytest

from devtools.bootstrap import apt
from devtools.bootstrap.needs import Need
from devtools.problem import Problem

FEATHER = Need(("feather-t64", "feather"), command="feather")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH: what lies in it is what this machine has."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("DEV_NO_APT", raising=False)
    return folder


def program(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def debian(folder: Path, *, knows: str = "feather", update: str = "exit 0") -> None:
    """Nothing is installed; apt has a package called `knows`."""
    program(folder, "dpkg-query", "exit 1")
    program(folder, "apt-cache", f'echo "{knows}:"; echo "  Candidate: 1.0"')
    program(folder, "apt-get", f"echo apt-get $* >> {folder}/said; {update}")


def said(folder: Path) -> list[str]:
    log = folder / "said"
    return log.read_text().splitlines() if log.exists() else []


def test_nothing_is_asked_of_apt_where_nothing_is_missing(machine: Path) -> None:
    debian(machine)
    program(machine, "feather", "exit 0")
    apt.ensure((FEATHER,))
    assert said(machine) == []


def test_an_installed_package_is_seen_by_dpkg(machine: Path) -> None:
    debian(machine)
    program(machine, "dpkg-query", 'echo "installed feather-t64"')
    assert apt.missing_needs((FEATHER,)) == ()


def test_lists_are_read_before_a_package_is_given_up(machine: Path) -> None:
    debian(machine, knows="something-else")
    with pytest.raises(Problem, match="no package for feather-t64 or feather"):
        apt.ensure((FEATHER,))
    assert said(machine)[-1].endswith("update -qq")


def test_a_network_that_is_down_is_said_in_words(machine: Path) -> None:
    debian(machine, knows="something-else", update="exit 100")
    with pytest.raises(Problem, match="apt-get update failed"):
        apt.ensure((FEATHER,))


def test_without_root_and_sudo_it_says_what_is_missing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    debian(machine)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Problem, match=r"feather.*root or sudo"):
        apt.ensure((FEATHER,))
    assert said(machine) == []


def test_an_ordinary_user_goes_through_sudo(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    debian(machine)
    program(machine, "sudo", f"echo sudo $* >> {machine}/said")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    apt.ensure((FEATHER,))
    assert said(machine) == [f"sudo sh {apt.INSTALL_SCRIPT} feather"]


def test_without_apt_it_says_what_is_needed_and_goes_on(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apt.ensure((FEATHER,))
    assert "feather-t64 or feather" in capsys.readouterr().err


def test_it_can_be_told_to_leave_the_system_alone(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    debian(machine)
    monkeypatch.setenv("DEV_NO_APT", "1")
    apt.ensure((FEATHER,))
    assert said(machine) == []


def test_the_script_that_installs_is_sound_shell() -> None:
    subprocess.run(["/bin/sh", "-n", apt.INSTALL_SCRIPT], check=True)
