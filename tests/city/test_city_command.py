"""The command `city` as an administrator gives it: what it prints, what it exits with, what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from city_server.city import wall_ms
from station_core.keys import SigningKey
from sync.code import parse_code
from sync.enrol import enrol
from sync.transport import Transport

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "city_server.cli"]
ENGLISH = {**os.environ, "LC_ALL": "C.UTF-8"}


def city(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, cwd=PROJECT, env=env or ENGLISH, capture_output=True, text=True, check=False, timeout=60
    )


def done(*arguments: str | Path) -> str:
    result = city(*arguments)
    assert (result.returncode, result.stderr if result.returncode else "") == (0, "")
    return result.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "home"
    done("init", "--home", folder, "--region", "210100", "--name", "沈阳市总工会")
    return folder


def status(home: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(done("status", "--json", "--home", home))
    return found


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*COMMAND, "serve", "--home", str(home), "--port", "0"]
    server = subprocess.Popen(
        command, cwd=PROJECT, env=ENGLISH, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        yield server, server.stdout.readline().split()[-1]
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
        server.stderr.close()


def test_help_reads_well() -> None:
    text = done("--help")
    for word in ("init", "enrol", "serve", "status", "revoke", "roster", "event", "catalogue", "journal", "Exit codes"):
        assert word in text
    assert "--skip-bad" in done("roster", "import", "--help")
    chinese = city("--help", env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"})
    assert "退出码" in chinese.stdout


def test_help_loads_nothing_heavy() -> None:
    watch = (
        "import sys, city_server.cli as c; c.main(['--help']);"
        "print(sorted({'sqlalchemy', 'fastapi', 'cryptography'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", watch], cwd=PROJECT, env=ENGLISH, capture_output=True, text=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_a_new_city(home: Path) -> None:
    files = {file.name: file.stat().st_mode & 0o777 for file in home.iterdir()}
    assert {name: files[name] for name in ("city.json", "root.key", "city.key", "city.db")} == dict.fromkeys(
        ("city.json", "root.key", "city.key", "city.db"), 0o600
    )
    assert len((home / "root.key").read_bytes()) == 32
    assert status(home)["name"] == "沈阳市总工会"
    assert "0 do not hold" in done("journal", "verify", "--home", home)


def test_a_city_is_never_made_over_another(home: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in home.iterdir() if file.suffix != ".db"}
    again = city("init", "--home", home)
    assert again.returncode == 3
    assert "already" in again.stderr
    assert len(again.stderr.splitlines()) == 1
    assert {name: (home / name).read_bytes() for name in before} == before
    other = city("init", "--home", tmp_path / "other", "--db", f"sqlite:///{home / 'city.db'}")
    assert (other.returncode, "already" in other.stderr) == (3, True)
    assert not list((tmp_path / "other").glob("*"))
    assert (home / "city.db").is_file()


@pytest.mark.postgres
def test_a_city_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    done("init", "--home", tmp_path, "--db", postgres_url.replace("+psycopg", ""), "--region", "110000")
    assert status(tmp_path)["name"] == "北京市总工会"
    code = json.loads(done("enrol", "望京", "--district", "110105", "--home", tmp_path, "--json"))
    assert code["number"] == 10_001


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["init", "--home", "{new}", "--region", "210106"], 3),
        (["init", "--home", "{new}", "--db", "mysql://localhost/city"], 3),
        (["init", "--home", "{new}", "--db", "postgresql://127.0.0.1:1/city"], 3),
        (["init", "--home", "{new}", "--db", "sqlite:////nowhere/at/all.db"], 3),
        (["init"], 2),
        (["enrol", "x", "--home", "{home}"], 2),
        (["enrol", "x", "--district", "210100", "--home", "{home}"], 3),
        (["enrol", " ", "--district", "210106", "--home", "{home}"], 3),
        (["status", "--home", "{new}"], 3),
        (["revoke", "77", "--reason", "lost", "--home", "{home}"], 3),
        (["roster", "import", "{new}/none.csv", "--home", "{home}"], 3),
        (["catalogue", "publish", "nothing", "--home", "{home}"], 3),
        (["serve", "--home", "{home}", "--host", "0.0.0.0"], 3),
        (["serve", "--home", "{home}", "--port", "99999"], 3),
        (["serve", "--home", "{home}", "--tls-cert", "{new}/no.pem", "--port", "0"], 3),
        (["dance"], 2),
        ([], 2),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_leaves_nothing(
    home: Path, tmp_path: Path, arguments: list[str], exit_code: int
) -> None:
    new = tmp_path / "new"
    result = city(*(argument.format(home=home, new=new) for argument in arguments))
    assert (result.returncode, result.stdout) == (exit_code, "")
    assert "Traceback" not in result.stderr
    assert exit_code == 2 or len(result.stderr.splitlines()) == 1
    assert not list(new.glob("*"))


def test_a_station_enrols_and_is_revoked(home: Path) -> None:
    code = done("enrol", "浑南一号车", "--district", "210112", "--home", home).strip()
    key = SigningKey.generate()
    with served(home) as (server, address):
        with Transport(address) as transport:
            enrolled = enrol(transport, parse_code(code), key, wall_ms)
        with httpx.Client(trust_env=False) as client:
            assert "浑南一号车" in client.get(address).text
        done("revoke", str(enrolled.certificate.writer_number), "--reason", "丢失", "--home", home)
        stations = status(home)["stations"]
        assert isinstance(stations, list)
        assert [(one["label"], one["revoked"]) for one in stations] == [("浑南一号车", True)]
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, out) == (0, "")
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["what"] for line in lines] == ["request", "request", "stopping", "stopped"]
    assert lines[0]["route"] == "/exchange/v1/enrol"
    assert not (home / "city.db-wal").exists()


def test_an_event_and_a_pack(home: Path, tmp_path: Path) -> None:
    common = ("--place", "东物流园", "--district", "210106", "--home", home)
    done("event", "publish", "park", "货车司机节", "--from", "2026-11-24", "--pack", "liudong", *common)
    events = status(home)["events"]
    assert isinstance(events, list)
    assert [(one["id"], one["first_day"], one["last_day"]) for one in events] == [("park", "2026-11-24", "2026-11-24")]
    wrong = ("--from", "2026-11-24", "--pack", "liudong", "--stock", "liudong.nothing=5", *common)
    assert city("event", "publish", "park", "x", *wrong).returncode == 3
    assert city("event", "publish", "park", "x", "--from", "soon", "--pack", "liudong", *common).returncode == 2
    pack = tmp_path / "pack.toml"
    shipped = (PROJECT / "resources" / "catalogues" / "zaocan.toml").read_text(encoding="utf-8")
    pack.write_text(shipped.replace("version = 1", "version = 2"), encoding="utf-8")
    assert "version 2" in done("catalogue", "publish", pack, "--home", home)
    assert city("catalogue", "publish", "zaocan", "--home", home).returncode == 3
    pack.write_text("format = 1", encoding="utf-8")
    assert city("catalogue", "publish", pack, "--home", home).returncode == 3


def test_a_roster_with_bad_lines(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("姓名,身份证号\n王小明,1\n李小红,\n", encoding="gb18030")
    refused = city("roster", "import", file, "--home", home)
    assert (refused.returncode, refused.stdout) == (4, "")
    assert "Line 2, ID number: should have 18 characters" in refused.stderr
    assert "Line 3" in refused.stderr
    assert "王小明" not in refused.stderr
    told = json.loads(done("roster", "import", file, "--home", home, "--skip-bad", "--json"))
    assert (told["added"], told["bad_lines"], told["written"]) == (0, 2, True)
