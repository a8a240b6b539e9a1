"""Whether a printer on the network is there at all, asked of the printer itself.

CUPS's ipp backend goes on saying "printing", or says "completed", when the printer vanishes after it has taken the
document (seen with CUPS 2.4.2): its word alone is not enough.
"""

import socket
from urllib.parse import urlsplit

_PORTS = {"ipp": 631, "ipps": 631, "http": 80, "https": 443}
"""Not socket (9100), where a connection is a document: many printers would feed an empty page."""
TIMEOUT_S = 2.0


def is_reached(device_uri: str) -> bool | None:
    """None for a device that cannot be knocked at: USB, a raw socket, a name that is resolved while printing."""
    parts = urlsplit(device_uri)
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    try:
        address = parts.hostname, parts.port or _PORTS[parts.scheme]
        with socket.create_connection(address, TIMEOUT_S):
            return True
    except (OSError, ValueError):
        return False
