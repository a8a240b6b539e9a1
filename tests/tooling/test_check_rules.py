"""The check of house rules finds what must not be written down, and lets the rest be."""

from pathlib import Path

import pytest

from devtools.checks.rules import places_in, unlicensed_fonts

# Put together here, so that this file itself says none of it.
DOT, SLASH = ".", "/"


@pytest.mark.parametrize(
    "host", ["pypi{}org", "files.pythonhosted{}org", "deb.debian{}org", "mirrors.cloud{}cn", "pypi.some{}where"]
)
def test_a_registrys_host_is_found(host: str) -> None:
    assert places_in(f"see {host.format(DOT)} for it") == ["line 1 names a package registry's host"]


@pytest.mark.parametrize("path", ["{0}work{0}main", "{0}home{0}anna{0}src", "{0}root{0}.cache", "{0}Users{0}li{0}x"])
def test_a_path_of_one_machine_is_found(path: str) -> None:
    assert places_in(f'first\nopen("{path.format(SLASH)}")') == ["line 2 names a path of one machine"]


@pytest.mark.parametrize(
    "text",
    [
        "https://city.example/work/orders",
        "/usr/lib/postgresql/15/bin",
        "docs/work/plan.md",
        "/home/station/.local/share",
        "a packages.find table, a debian folder",
        "mirror.example",
    ],
)
def test_other_addresses_and_paths_are_let_be(text: str) -> None:
    assert places_in(text) == []


def test_a_font_without_its_licence_is_found() -> None:
    files = [Path("fonts/a.ttf"), Path("fonts/A-LICENSE.txt"), Path("art/b.otf"), Path("art/note.txt")]
    assert unlicensed_fonts(files) == ["b.otf has no licence beside it"]
