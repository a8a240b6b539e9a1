"""The benchmark on a folder made here: what it counts as read and as wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench._photographs import TOTAL
from bench._readers import PRODUCT
from bench.scan import run
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

CodePicture = Callable[..., Picture]


def test_counts_codes_read_and_texts_that_are_wrong(
    tmp_path: Path, code_picture: CodePicture, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "two.png"), code_picture("first", "second"))
    cv2.imwrite(str(tmp_path / "other.png"), code_picture("what it says"))
    manifest = [
        {"file": "two.png", "set": "a", "texts": ["first", "second"]},
        {"file": "other.png", "set": "b", "texts": ["what the list says"]},
    ]
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert run(["--photos", str(tmp_path), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    counted = {(s["reader"], s["set"]): (s["codes"], s["read"], s["wrong"]) for s in scores}
    for reader in (PRODUCT, "zxing-cpp", "pyzbar"):
        assert counted[reader, "a"] == (2, 2, 0)
        assert counted[reader, "b"] == (1, 0, 1)
        assert counted[reader, TOTAL] == (3, 2, 1)


def test_folder_without_photographs_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--photos", str(tmp_path)]) == 2
    assert "no photographs to measure on" in capsys.readouterr().err
