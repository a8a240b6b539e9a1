"""What the exchange with a neighbour is made of: addresses, certificates, proofs, announcements."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from support.worlds import World

from station_core.keys import SigningKey, writer_id
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress, is_hub_code, parse_address
from sync.lan.announcement import is_signed, proven, sign_fingerprint
from sync.lan.certificate import fingerprint_of_pem, new_certificate
from sync.lan.discovery import Finder, announced, interfaces_of, lan_addresses
from sync.messages import HubAnswer

MARK = bytes(range(16))
CITY, NOW_MS = "test-city", 1_795_500_000_000


@pytest.mark.parametrize(
    ("typed", "url", "fingerprint"),
    [
        ("https://192.168.1.5:8655/#fp=000102030405060708090a0b0c0d0e0f", "https://192.168.1.5:8655", MARK),
        ("https://192.168.1.5:9000", "https://192.168.1.5:9000", None),
        ("192.168.1.5", "https://192.168.1.5:8655", None),
        ("１９２．１６８．１．５：８６５６", "https://192.168.1.5:8656", None),
        (" 192.168.1.5 #fp=0001 0203-0405 0607:0809 0A0B 0C0D 0E0F ", "https://192.168.1.5:8655", MARK),
        ("station-1.local", "https://station-1.local:8655", None),
        ("https://192.168.1.5:443/", "https://192.168.1.5", None),
        ("192.168.1.5:9000/exchange", "https://192.168.1.5:9000", None),
        ("192.168.1.5/exchange", "https://192.168.1.5:8655", None),
    ],
)
def test_an_address_as_people_type_it(typed: str, url: str, fingerprint: bytes | None) -> None:
    assert parse_address(typed) == HubAddress(url, fingerprint)


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("http://127.0.0.1:8655", Trouble.INSECURE),
        ("", Trouble.BAD_ADDRESS),
        ("ftp://192.168.1.5", Trouble.INSECURE),
        ("192.168.1.5#fp=0001", Trouble.BAD_ADDRESS),
        ("192.168.1.5#fp=xyz", Trouble.BAD_ADDRESS),
        ("用户@192.168.1.5", Trouble.BAD_ADDRESS),
    ],
)
def test_what_is_no_address_of_a_hub(typed: str, trouble: Trouble) -> None:
    with pytest.raises(SyncError) as told:
        parse_address(typed)
    assert told.value.code is trouble


def test_an_address_is_what_its_code_says() -> None:
    address = HubAddress("https://192.168.1.5:8655", MARK)
    assert parse_address(str(address)) == address
    assert is_hub_code(str(address))
    assert not is_hub_code("https://192.168.1.5:8655"), "a web address of another system is none"
    assert not is_hub_code("HC1:NCFOXN")


def proof(world: World, key: SigningKey, fingerprint: bytes = MARK, until_ms: int = 1 << 41) -> HubAnswer:
    return HubAnswer(
        certificate=world.certificate(key, until_ms=until_ms),
        signature=sign_fingerprint(key, CITY, fingerprint),
    )


def test_a_certified_device_proves_its_certificate() -> None:
    world, key = World(), SigningKey.generate()
    assert proven(proof(world, key), MARK, world.root.public, CITY, NOW_MS).public_key == key.public


SPOILT: dict[str, Callable[[World, SigningKey], HubAnswer]] = {
    "another TLS certificate": lambda world, key: proof(world, key, bytes(16)),
    "another city's root": lambda _, key: proof(World(SigningKey.generate()), key),
    "somebody else's signature": lambda world, key: HubAnswer(
        certificate=world.certificate(key),
        signature=sign_fingerprint(SigningKey.generate(), CITY, MARK),
    ),
    "signed for another city": lambda world, key: HubAnswer(
        certificate=world.certificate(key), signature=sign_fingerprint(key, "other", MARK)
    ),
    "run out": lambda world, key: proof(world, key, until_ms=NOW_MS - 1_000),
    "no certificate": lambda _, key: HubAnswer(certificate=b"x", signature=sign_fingerprint(key, CITY, MARK)),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_proves_nothing(how: str) -> None:
    world, key = World(), SigningKey.generate()
    with pytest.raises(SyncError) as told:
        proven(SPOILT[how](world, key), MARK, world.root.public, CITY, NOW_MS)
    assert told.value.code is Trouble.HUB_UNPROVEN


def test_every_certificate_is_another() -> None:
    first, second = new_certificate()[0], new_certificate()[0]
    assert len(fingerprint_of_pem(first)) == 16
    assert fingerprint_of_pem(first) != fingerprint_of_pem(second)


def test_an_announcement_is_found_with_all_that_it_says() -> None:
    key, changed, ended = SigningKey.generate(), threading.Event(), threading.Event()
    writer, signature = writer_id(key.public), sign_fingerprint(key, CITY, MARK)

    async def announce() -> None:
        async with announced(writer, MARK, signature, ["127.0.0.1"], 4242, ["127.0.0.1"]):
            await asyncio.to_thread(ended.wait)

    finder = Finder(["127.0.0.1"], changed.set)
    thread = threading.Thread(target=lambda: asyncio.run(announce()))
    thread.start()
    try:
        found = ()
        while not found:
            assert changed.wait(30)
            changed.clear()
            found = tuple(hub for hub in finder.found() if hub.writer == writer)
    finally:
        ended.set()
        thread.join()
        finder.close()
    assert found[0].addresses == (HubAddress("https://127.0.0.1:4242", MARK),)
    assert found[0].is_signed_by(key.public, CITY)
    assert not is_signed(SigningKey.generate().public, CITY, MARK, found[0].signature)


def test_a_server_on_loopback_stays_there() -> None:
    assert lan_addresses("127.0.0.1") == ("127.0.0.1",)
    assert interfaces_of("127.0.0.1") == ["127.0.0.1"]
    assert not any(address.startswith("127.") for address in lan_addresses("0.0.0.0"))
