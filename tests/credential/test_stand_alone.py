"""The verifier as another program takes it: `station_core` and `resources` in a folder, and two libraries."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from support.cards import CERTIFICATE, CLAIMS, NOON_MS, ROOT, TEXT

from station_core.credential import card_status, statuslist, trust_list
from station_core.credential.certificate import certify

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
from resources.texts import Language
from station_core.credential.trust_list import read as read_trust
from station_core.credential.verify import verify
from station_core.credential.words import remedy, title

trust = read_trust((folder / "city.trust").read_bytes(), bytes.fromhex(sys.argv[2]))
verdict = verify(sys.argv[3], trust, int(sys.argv[4]))
own = {name.partition(".")[0] for name, module in sys.modules.items()
       if str(folder) in (getattr(module, "__file__", None) or "")}
foreign = sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - own)
print(json.dumps({"reason": verdict.reason, "name": verdict.claims and verdict.claims.name, "own": sorted(own),
    "title": title(verdict.reason, Language.CHINESE), "next": remedy(verdict.reason, Language.ENGLISH),
    "foreign": [name for name in foreign if not name.startswith("_")]}))
"""


def judged(folder: Path, text: str, now_ms: int = NOON_MS) -> dict[str, object]:
    """In an interpreter that knows nothing of this project: -I, and a working folder elsewhere."""
    command = [sys.executable, "-I", "-c", PROGRAM, str(folder), ROOT.public.hex(), text, str(now_ms)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    said: dict[str, object] = json.loads(done.stdout)
    return said


def alone(folder: Path, revoked: bool = False) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "fonts", "sounds", "icons", "catalogues", "theme")
    for room in ("station_core", "resources"):
        shutil.copytree(PROJECT / room, folder / room, ignore=ignored)
    taken_back = {CLAIMS.card_id} if revoked else set()
    token = statuslist.sign(card_status.list_of("shenyang", CLAIMS.issuer, taken_back, set(), 0), ROOT)
    data = trust_list.sign([certify(CERTIFICATE, ROOT)], {}, {CLAIMS.issuer: token}, NOON_MS, ROOT)
    (folder / "city.trust").write_bytes(data)
    return folder


def test_it_verifies_with_nothing_else_of_the_product(tmp_path: Path) -> None:
    said = judged(alone(tmp_path), TEXT)
    assert (said["reason"], said["name"]) == ("valid", CLAIMS.name)
    assert said["own"] == ["resources", "station_core"]
    libraries = {"cbor2", "cryptography"}
    loaded = set(said["foreign"]) - {"sitecustomize", "usercustomize", "distutils-precedence"}  # type: ignore[call-overload]
    assert libraries <= loaded
    assert not loaded & {"PySide6", "sqlalchemy", "cv2", "httpx", "fastapi", "msgspec", "zstandard", "sqlcipher3"}
    assert said["title"] == "会员卡有效"


def test_it_refuses_in_words(tmp_path: Path) -> None:
    folder = alone(tmp_path, revoked=True)
    assert judged(folder, TEXT)["reason"] == "revoked"
    forged = judged(folder, TEXT[:-1] + ("0" if TEXT[-1] != "0" else "1"))
    assert forged["reason"] in ("bad_signature", "malformed")
    assert forged["name"] is None
    assert forged["next"]
