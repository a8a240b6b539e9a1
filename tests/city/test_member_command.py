"""`city member` as an administrator gives it: find, export, erase; what each prints, and what stays of a roster."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support.stations import id_number

PROJECT = Path(__file__).resolve().parents[2]
WANG, OUYANG = id_number(date(1978, 5, 6), 1), id_number(date(1990, 3, 7), 2)
ROSTER = f"姓名,身份证号,手机号\n王德明,{WANG},13800000001\n欧阳春兰,{OUYANG},13800000002\n"


def city(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "city_server.cli", *map(str, arguments)]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False, timeout=60)


def done(*arguments: str | Path) -> str:
    result = city(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    done("init", "--home", folder, "--region", "210100")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    done("roster", "import", tmp_path / "roster.csv", "--home", folder)
    return folder


def test_found_told_and_erased(home: Path, tmp_path: Path) -> None:
    [found] = json.loads(done("member", "find", "欧阳", "--json", "--home", home))
    assert found["name"] == "欧阳春兰"
    assert OUYANG not in str(found)
    out = tmp_path / "told.json"
    done("member", "export", OUYANG, "--out", out, "--home", home)
    assert out.stat().st_mode & 0o777 == 0o600
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["records"][0]["fields"]["id_number"]["value"] == OUYANG
    assert WANG not in out.read_text(encoding="utf-8")
    assert "is there already" in city("member", "export", OUYANG, "--out", out, "--home", home).stderr
    erased = json.loads(done("member", "erase", OUYANG, "--reason", "asked for", "--json", "--home", home))
    assert erased == {"member_no": found["member_no"], "records": 0, "rosters": 1}
    assert city("member", "find", "欧阳", "--home", home).returncode == 4
    assert "王德明" in done("member", "find", "王", "--home", home)
    assert json.loads(done("journal", "verify", "--json", "--home", home))["faults"] == {}
    files = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    assert "王德明".encode() in files
    assert "欧阳春兰".encode() not in files
    assert OUYANG.encode() not in files
    done("roster", "import", tmp_path / "roster.csv", "--home", home)
    [again] = json.loads(done("member", "find", "欧阳", "--json", "--home", home))
    assert again["member_no"] > found["member_no"]


def test_nobody_and_several_are_refused(home: Path) -> None:
    assert "No member fits" in city("member", "erase", "赵", "--reason", "x", "--home", home).stderr
    several = city("member", "erase", "10000", "--reason", "x", "--home", home)
    assert (several.returncode, "Several members fit" in several.stderr) == (3, True)
