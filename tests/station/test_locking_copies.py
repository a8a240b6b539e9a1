"""Locking while a backup comes and goes beside it."""

from pathlib import Path

import pytest

from station_app.home import locking
from station_app.home.keyslots import KeySlots
from station_app.home.lease import Lease
from station_app.home.locking import lock, new_lock_key
from station_core.lease.codes import new_challenge


def folders(home: Path) -> list[Path]:
    return [home / "backups" / "2026-11-23-180000", home / "backups" / "2026-11-24-090000", home]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in folders(tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        KeySlots("slots", "00").write(folder)
    return tmp_path


def lease() -> Lease:
    challenge = new_challenge()
    return Lease(
        since_ms=0,
        heard_ms=0,
        newest_ms=0,
        seen_ms=2,
        until_ms=1,
        warn_ms=0,
        number=10_001,
        writer="00" * 16,
        challenge=challenge,
        lock_key=new_lock_key("A" * 16, challenge),
    )


def test_a_backup_that_goes_on_the_way_keeps_nothing_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = folders(home)[0]
    seal = locking._sealed

    def sealed_while_the_backup_goes(secret: bytes, public: bytes) -> bytes:
        for file in earlier.glob("*"):
            file.unlink()
        if earlier.exists():
            earlier.rmdir()
        return seal(secret, public)

    monkeypatch.setattr(locking, "_sealed", sealed_while_the_backup_goes)
    lock(home, lease())
    assert not earlier.exists()
    assert all(KeySlots.read(folder).locked is not None for folder in folders(home)[1:])
