"""Small files that are replaced whole or not at all."""

from pathlib import Path

import pytest

from db.errors import DiskFull
from station_app.home.files import write_private


def test_is_there_and_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "small"
    write_private(file, b"first")
    write_private(file, b"second")
    assert file.read_bytes() == b"second"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "small"
    write_private(file, b"first")
    (tmp_path / "small.new").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        write_private(file, b"second")
    assert file.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [file]
