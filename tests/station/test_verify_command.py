"""`station verify` as scripts call it: verdicts with words and codes, with a station and with a key alone."""

import contextlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import segno
from support.cards import CERTIFICATE, CLAIMS, ROOT, STATION, TEXT
from support.stations import MEMBERS, MadeStation, make_station

from station_app.cli import main
from station_core.credential import base45, card, card_status, cose, statuslist, trust_list
from station_core.credential.certificate import certify
from station_core.keys import SigningKey, key_id

NOON = "2026-11-24T12:00"
KEY = STATION.public.hex()


def verify(*arguments: object) -> tuple[int, Any]:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main(["verify", *map(str, arguments), "--json"])
    return code, json.loads(said.getvalue()) if said.getvalue() else None


def verdict(*arguments: object) -> str:
    code, told = verify(*arguments)
    assert code == (0 if told["accepted"] else 1)
    assert told["accepted"] == (told["verdict"] == "valid")
    for language in ("zh", "en"):
        assert told["title"][language]
        assert told["next"][language]
    return str(told["verdict"])


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "no-station"


def signed_by(key: SigningKey, payload: bytes) -> str:
    return card.PREFIX + base45.encode(cose.sign(payload, key, {4: key_id(key.public)}, tagged=False))


def issued(**changes: Any) -> str:
    fields = {name: getattr(CLAIMS, name) for name in type(CLAIMS).__slots__}
    return card.issue(type(CLAIMS)(**(fields | changes)), STATION)


def test_every_reason_by_a_key_alone(nowhere: Path, tmp_path: Path) -> None:
    at = ("--home", nowhere, "--key", KEY, "--at", NOON)
    forged = card.PREFIX + base45.encode(
        cose.sign(card.parse(TEXT).payload, SigningKey(bytes(32)), {4: CLAIMS.issuer}, tagged=False)
    )
    taken_back = tmp_path / "list.cwt"
    listed = card_status.list_of("shenyang", CLAIMS.issuer, {CLAIMS.card_id}, set(), 0)
    taken_back.write_bytes(statuslist.sign(listed, STATION))
    assert verdict(TEXT, *at) == "valid"
    assert verdict(forged, *at) == "bad_signature"
    assert verdict(signed_by(SigningKey(bytes(32)), b""), *at) == "unknown_issuer"
    assert verdict(issued(issued_on=date(2020, 1, 1), expires_on=date(2021, 1, 1)), *at) == "expired"
    assert verdict(issued(issued_on=date(2027, 1, 1)), *at) == "not_yet_valid"
    assert verdict(TEXT, *at, "--status-list", taken_back) == "revoked"
    assert verdict(TEXT[:-1], *at) == "malformed"
    assert verdict(card.PREFIX + "0" * 5000, *at) == "too_large"
    assert verdict("210106000123", *at) == "other_system"


def test_a_revoked_issuer_by_the_city_s_file(nowhere: Path, tmp_path: Path) -> None:
    file = tmp_path / "city.trust"
    by_city = ("--home", nowhere, "--key", ROOT.public.hex(), "--trust", file, "--at", NOON)
    certificates = [certify(CERTIFICATE, ROOT)]
    file.write_bytes(trust_list.sign(certificates, {}, {}, 0, ROOT))
    code, told = verify(TEXT, *by_city)
    assert (code, told["verdict"], told["issuer"]["station"]) == (0, "valid", CERTIFICATE.label)
    file.write_bytes(trust_list.sign(certificates, {CLAIMS.issuer: 0}, {}, 0, ROOT))
    assert verdict(TEXT, *by_city) == "issuer_revoked"


def test_nothing_is_shown_before_the_signature(nowhere: Path) -> None:
    code, told = verify(TEXT, "--home", nowhere, "--key", "00" * 31 + "01", "--at", NOON)
    assert (code, told["claims"], told["issuer"]) == (1, None, None)


def test_names_are_masked_unless_asked_for(nowhere: Path) -> None:
    at = ("--home", nowhere, "--key", KEY, "--at", NOON)
    assert verify(TEXT, *at)[1]["claims"]["name"] == "李*英"
    assert verify(TEXT, *at, "--reveal")[1]["claims"]["name"] == "李秀英"


@pytest.mark.parametrize("said", ["2026-11-24", "2026-11-24T12:00", "2026-11-24T04:00:00Z", "1795500000"])
def test_times(nowhere: Path, said: str) -> None:
    assert verdict(TEXT, "--home", nowhere, "--key", KEY, "--at", said) == "valid"


def test_keys_and_cards_in_files(nowhere: Path, tmp_path: Path) -> None:
    key, picture = tmp_path / "钥匙.pem", tmp_path / "卡.png"
    key.write_text(KEY, encoding="ascii")
    segno.make(TEXT, error="m", boost_error=False).save(str(picture), scale=6)
    assert verdict(picture, "--home", nowhere, "--key", key, "--at", NOON) == "valid"


def test_the_text_may_come_by_a_pipe(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TEXT}\n"))
    assert verdict("-", "--home", nowhere, "--key", KEY, "--at", NOON) == "valid"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((TEXT,), 2, "--key"),
        ((TEXT, "--trust", "x"), 2, "--key"),
        ((TEXT, "--key", "nonsense"), 3, "public key"),
        ((TEXT, "--key", KEY, "--trust", "nowhere"), 3, "nowhere"),
        ((TEXT, "--key", KEY, "--status-list", __file__), 3, "not signed"),
        ((__file__, "--key", KEY), 3, "picture"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    arguments: tuple[str, ...], code: int, said: str, nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", *arguments, "--home", str(nowhere)]) == code
    (sentence,) = capsys.readouterr().err.splitlines()
    assert said in sentence


def test_a_time_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", TEXT, "--at", "noon"])
    assert stopped.value.code == 2
    assert "not a time: noon" in capsys.readouterr().err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeStation:
    return make_station(tmp_path_factory.mktemp("made") / "station")


def test_with_a_station(made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", MEMBERS[0].number, "--out", str(tmp_path / "card.pdf"), "--home", str(made.home)]) == 0
    assert verdict(TEXT, "--home", made.home) == "unknown_issuer"
    capsys.readouterr()
    assert main(["verify", "210106000123", "--home", str(made.home), "--language", "zh"]) == 1
    assert "不是工会会员卡" in capsys.readouterr().out


def test_another_system_s_code(nowhere: Path, shared_dir: Path) -> None:
    folder = shared_dir / "vectors" / "claim169" / "test-vectors"
    signed = json.loads((folder / "valid" / "ed25519-signed.json").read_text(encoding="utf-8"))
    unsigned = json.loads((folder / "valid" / "minimal.json").read_text(encoding="utf-8"))
    at = ("--home", nowhere, "--at", "1750000000", "--key", signed["signing_key"]["public_key_hex"])
    code, told = verify(signed["qr_data"], *at, "--reveal")
    assert (code, told["verdict"], told["system"], told["claims"]["id"]) == (0, "valid", "claim169", "ID-SIGNED-001")
    assert verdict(unsigned["qr_data"], *at) == "unsigned"
    assert verdict(signed["qr_data"], "--home", nowhere, "--key", KEY) == "bad_signature"
