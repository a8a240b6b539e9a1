"""How programs are started and ended."""

import os
import signal
import subprocess
import sys

import pytest

from devtools import ROOT
from devtools.start import program

TIDIES_UP = """
import time
try:
    print("started", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(1)  # longer than Python's own patience with a child
    print("tidied up", flush=True)
"""
BENEATH_DEV = f"""
import sys
from devtools.start import program
try:
    program([sys.executable, "-c", {TIDIES_UP!r}])
except KeyboardInterrupt:
    print("dev.py went on to end", flush=True)
"""


def test_ctrl_c_lets_the_program_tidy_up() -> None:
    both = subprocess.Popen(
        [sys.executable, "-c", BENEATH_DEV], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert both.stdout is not None
    assert both.stdout.readline() == "started\n"
    os.killpg(both.pid, signal.SIGINT)
    rest, _ = both.communicate()
    assert rest == "tidied up\ndev.py went on to end\n"


@pytest.mark.parametrize(("code", "answer"), [("import sys; sys.exit(3)", 3), ("import os; os.abort()", 134)])
def test_the_exit_code_comes_through(code: str, answer: int) -> None:
    assert program([sys.executable, "-c", code]) == answer


def test_the_environment_is_added_to() -> None:
    code = "import os, sys; sys.exit(os.environ['PROOF'] != 'x' or 'PATH' not in os.environ)"
    assert program([sys.executable, "-c", code], {"PROOF": "x"}) == 0
