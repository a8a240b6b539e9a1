"""The TLS certificate and key with which this station serves as a hub; made once, so that its fingerprint stays."""

from dataclasses import dataclass
from pathlib import Path

from station_app.home.errors import DamagedHome
from station_app.home.files import write_private
from sync.lan.certificate import fingerprint_of_pem, new_certificate

CERTIFICATE_FILE = "hub.pem"
KEY_FILE = "hub.key"


@dataclass(frozen=True, slots=True)
class HubFiles:
    certificate: Path
    key: Path
    fingerprint: bytes


def hub_files(home: Path) -> HubFiles:
    """Both files of the station in `home`, mode 0600. Raises DamagedHome where the certificate cannot be read.

    The certificate is written last: where it is there, its key is there.
    """
    certificate, key = home / CERTIFICATE_FILE, home / KEY_FILE
    if not certificate.exists():
        certificate_pem, key_pem = new_certificate()
        write_private(key, key_pem)
        write_private(certificate, certificate_pem)
    try:
        return HubFiles(certificate, key, fingerprint_of_pem(certificate.read_bytes()))
    except ValueError as error:
        raise DamagedHome(file=CERTIFICATE_FILE) from error
