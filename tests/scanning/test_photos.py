"""On real photographs: at least what zxing-cpp alone reads, and no text that no code in the picture bears."""

from pathlib import Path
from typing import Any

import pytest

from bench._photographs import canonical, entries_of, measure
from bench._readers import PRODUCT, still_readers, zxing_alone
from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader

PHOTOS = Path(__file__).resolve().parents[2].parent / "shared" / "photos"

pytestmark = [
    pytest.mark.photos,
    pytest.mark.skipif(not (PHOTOS / "manifest.json").is_file(), reason=f"no photographs at {PHOTOS}"),
]


def sample(every: int, first: int = 0) -> list[dict[str, Any]]:
    """Every so many of the photographs with codes, and the tempting ones without in the same way."""
    return entries_of(PHOTOS)[first::every]


def test_still_pictures_give_more_than_zxing_alone_and_nothing_wrong() -> None:
    product = still_readers()[PRODUCT]
    read = read_by_zxing = codes = 0
    for entry in sample(every=8):
        ours, theirs = measure(PHOTOS, entry, product), measure(PHOTOS, entry, zxing_alone)
        assert ours.wrong == (), entry["file"]
        assert ours.read >= theirs.read, entry["file"]
        codes, read, read_by_zxing = codes + ours.codes, read + ours.read, read_by_zxing + theirs.read
    assert read > read_by_zxing
    assert read >= 0.9 * codes


def test_pictures_that_tempt_decoders_give_nothing() -> None:
    tempting = [entry for entry in entries_of(PHOTOS) if not entry["texts"]][::4]
    product = still_readers()[PRODUCT]
    assert [measure(PHOTOS, entry, product).wrong for entry in tempting] == [()] * len(tempting)


def test_frames_of_a_standing_picture_give_nothing_wrong() -> None:
    decoder = Decoder()
    for entry in sample(every=16, first=3):
        reader = FrameReader(decoder)

        def some_frames(grey: Any, reader: FrameReader = reader) -> list[str]:
            return [canonical(found.text) for _ in range(8) for found in reader.read(grey)]

        assert measure(PHOTOS, entry, some_frames).wrong == (), entry["file"]
