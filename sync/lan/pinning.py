"""TLS to a server that no authority vouches for: exactly one certificate is good."""

import socket
import ssl

import httpx

from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress
from sync.lan.certificate import fingerprint

HTTPS_PORT = 443
CONNECT_S = 3.0
"""On a local network: whoever has not answered by then has gone."""


def certificate_at(address: HubAddress) -> bytes:
    """The certificate (DER) that answers at `address`; nothing but TLS's own greeting is sent.

    Raises SyncError: UNREACHABLE, TLS; WRONG_FINGERPRINT where the address names another certificate.
    """
    url = httpx.URL(address.url)
    anybody = _context()
    anybody.verify_mode = ssl.CERT_NONE
    try:
        with (
            socket.create_connection((url.host, url.port or HTTPS_PORT), CONNECT_S) as plain,
            anybody.wrap_socket(plain) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except ssl.SSLError as error:
        raise SyncError(Trouble.TLS) from error
    except OSError as error:
        raise SyncError(Trouble.UNREACHABLE) from error
    if shown is None:
        raise SyncError(Trouble.TLS)
    if address.fingerprint is not None and fingerprint(shown) != address.fingerprint:
        raise SyncError(Trouble.WRONG_FINGERPRINT)
    return shown


def trusting_only(certificate: bytes) -> ssl.SSLContext:
    """A context in which the holder of `certificate` (DER, self-signed) answers, whatever it is called, or nobody."""
    context = _context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=certificate)
    return context


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    return context
