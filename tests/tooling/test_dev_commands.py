"""The door itself: its help, its words, what it hands on."""

import subprocess
import sys
from pathlib import Path

import pytest

from devtools import ROOT
from devtools.cli import main, overview
from devtools.commands import COMMANDS
from devtools.commands.bench import Bench, find
from devtools.commands.check import Outcome, steps, table
from devtools.commands.clean import made_folders
from devtools.commands.test import pytest_arguments, surroundings


def test_the_help_names_every_command() -> None:
    shown = overview()
    for command in COMMANDS:
        assert f"  {command.usage}" in shown
        assert command.summary in shown


def test_every_command_is_a_module_of_its_own() -> None:
    modules = {file.stem for file in (ROOT / "devtools" / "commands").glob("[!_]*.py")}
    assert modules == {command.name for command in COMMANDS}


def test_an_unknown_command_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 2
    assert "no command 'frobnicate'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "clean", "lock", "env"])
def test_unknown_arguments_are_refused_before_anything_is_done(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--frobnicate"]) == 2
    assert "usage: python3 dev.py" in capsys.readouterr().err


def test_the_door_opens_with_the_standard_library_alone() -> None:
    # -I -S: neither site-packages nor this test's environment.
    door = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import dev; dev.main()"]
    shown = subprocess.run(door, capture_output=True, text=True, check=True, env={})
    assert "usage: python3 dev.py COMMAND" in shown.stdout


def test_an_old_python_is_told_so_in_words() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.version_info = (3, 9, 2); import dev; sys.exit(dev.main())"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 2
    assert "needs Python 3.11 or newer" in shown.stderr
    assert "is 3.9." in shown.stderr


def test_pytest_runs_in_parallel_unless_told_otherwise() -> None:
    assert pytest_arguments(["tests/db", "-x"], 2) == ["-n", "2", "tests/db", "-x"]
    assert pytest_arguments(["-n0", "tests/db"], 2) == ["-n0", "tests/db"]
    assert pytest_arguments(["--pdb"], 2) == ["--pdb"]


def test_fast_leaves_out_what_needs_servers_and_photographs() -> None:
    assert pytest_arguments(["--fast"], 2) == ["-n", "2", "-m", "not postgres and not photos"]


def test_tests_get_a_screen_in_memory_and_a_locale_that_can_write_chinese() -> None:
    assert surroundings({"LANG": "C"}) == {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    assert surroundings({"LANG": "zh_CN.UTF-8", "QT_QPA_PLATFORM": "xcb"}) == {"QT_QPA_PLATFORM": "xcb"}


def test_only_fix_lets_tools_change_files() -> None:
    judged = [part for step in steps(Path("python"), fix=False) for part in step.command]
    mended = [part for step in steps(Path("python"), fix=True) for part in step.command]
    assert "--check" in judged
    assert "--fix" not in judged
    assert "--check" not in mended
    assert "--fix" in mended


def test_the_table_tells_what_failed() -> None:
    shown = table([Outcome("lint", True, 1.25), Outcome("types", False, 12.0)]).splitlines()
    assert shown[1].split() == ["types", "FAILED", "12.0", "s"]
    assert shown[-1] == "2 checks, 1 failed"


def test_a_bench_is_a_module_that_can_run(tmp_path: Path) -> None:
    (tmp_path / "record.py").write_text('"""One durable recording.\n\nMore."""\ndef run(arguments): return 0\n')
    (tmp_path / "helper.py").write_text("def other(): ...\n")
    (tmp_path / "_base.py").write_text("def run(arguments): return 0\n")
    assert find(tmp_path) == [Bench("record", "One durable recording.")]


def test_clean_takes_caches_and_leaves_sources(tmp_path: Path) -> None:
    for folder in (".venv/lib/__pycache__", "db/__pycache__", "db/views", ".mypy_cache", "x.egg-info"):
        (tmp_path / folder).mkdir(parents=True)
    found = {folder.relative_to(tmp_path).as_posix() for folder in made_folders(tmp_path, with_environment=False)}
    assert found == {"db/__pycache__", ".mypy_cache", "x.egg-info"}
    assert tmp_path / ".venv" in made_folders(tmp_path, with_environment=True)
