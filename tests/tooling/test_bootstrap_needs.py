"""Which system packages are missing, and what they are called here."""

import pytest

from devtools.bootstrap.needs import (
    RUN_NEEDS,
    TEST_NEEDS,
    Choice,
    Need,
    candidate_names,
    choose,
    installed_names,
    missing,
    venv_needs,
)

GLIB = Need(("libglib2.0-0t64", "libglib2.0-0"))
XVFB = Need(("xvfb",), command="Xvfb")

# As apt-cache answers on Debian 12 (no such name as …t64) and on Ubuntu 24.04 (the old name is only provided).
DEBIAN_12 = """\
libglib2.0-0:
  Installed: (none)
  Candidate: 2.74.6-2+deb12u7
  Version table:
     2.74.6-2+deb12u7 500
        500 bookworm/main amd64 Packages
"""
UBUNTU_24_04 = """\
libglib2.0-0t64:
  Installed: (none)
  Candidate: 2.80.0-6ubuntu3
  Version table:
     2.80.0-6ubuntu3 500
libglib2.0-0:
  Installed: (none)
  Candidate: (none)
  Version table:
"""


@pytest.mark.parametrize(("answer", "name"), [(DEBIAN_12, "libglib2.0-0"), (UBUNTU_24_04, "libglib2.0-0t64")])
def test_the_name_that_this_system_has_is_chosen(answer: str, name: str) -> None:
    assert choose((GLIB,), candidate_names(answer)) == Choice((name,), ())


def test_a_need_without_any_package_is_reported() -> None:
    assert choose((GLIB, XVFB), {"xvfb"}) == Choice(("xvfb",), (GLIB,))


def test_without_package_lists_nothing_can_be_chosen() -> None:
    assert choose((GLIB,), candidate_names("")) == Choice((), (GLIB,))


@pytest.mark.parametrize("installed", ["libglib2.0-0t64", "libglib2.0-0"])
def test_either_name_meets_the_need(installed: str) -> None:
    assert missing((GLIB,), {installed}, lambda _: False) == ()


def test_a_command_that_somebody_else_installed_meets_the_need() -> None:
    assert missing((XVFB, GLIB), frozenset(), lambda name: name == "Xvfb") == (GLIB,)


def test_removed_packages_whose_settings_remain_are_not_installed() -> None:
    listing = "installed xvfb\nconfig-files cups\nnot-installed libzbar0\n"
    assert installed_names(listing) == {"xvfb"}


def test_the_module_venv_is_asked_for_only_where_it_is_split_off() -> None:
    assert venv_needs(11, has_ensurepip=True) == ()
    assert venv_needs(11, has_ensurepip=False) == (Need(("python3.11-venv", "python3-venv")),)


def test_every_need_stands_once() -> None:
    names = [name for need in RUN_NEEDS + TEST_NEEDS for name in need.names]
    assert len(names) == len(set(names))
