"""One after the other."""

import subprocess
import sys

import pytest

from devtools import ROOT
from devtools.bootstrap import turn

WAIT_FOR_TURN = "from devtools.bootstrap import turn\nwith turn.taken(): print('my turn', flush=True)"


def test_a_second_one_says_that_it_waits_and_then_has_its_turn() -> None:
    with turn.taken():
        second = subprocess.Popen([sys.executable, "-c", WAIT_FOR_TURN], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        first_line = second.stdout.readline()
    rest, _ = second.communicate()
    assert first_line == "Another dev.py is installing here; waiting for it.\n"
    assert rest == "my turn\n"


def test_a_turn_ends_with_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turn.taken():
            raise ZeroDivisionError
    assert capsys.readouterr().out == ""
