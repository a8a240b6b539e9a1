"""TLS: a server whose certificate nobody vouches for is not talked to; one that is vouched for is."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from support.cities import RunningCity

from city_server.app import create_app
from sync.errors import SyncError, Trouble
from sync.transport import Transport


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a city of the tests")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = tmp_path / "tls.pem", tmp_path / "tls.key"
    certificate_file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption()))
    return certificate_file, key_file


@pytest.fixture
def address(sqlite_city: RunningCity, certificate: tuple[Path, Path]) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        files = {"ssl_certfile": certificate[0], "ssl_keyfile": certificate[1]}
        server = uvicorn.Server(uvicorn.Config(create_app(sqlite_city.city), log_config=None, **files))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_a_server_that_nobody_vouches_for(address: str) -> None:
    with Transport(address) as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", "token")
    assert told.value.code is Trouble.TLS


def test_a_server_that_is_vouched_for(sqlite_city: RunningCity, address: str, certificate: tuple[Path, Path]) -> None:
    trusted = ssl.create_default_context(cafile=certificate[0])
    with Transport(address, tls=trusted) as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", "token")
    assert told.value.code is Trouble.REFUSED  # the city itself answered
