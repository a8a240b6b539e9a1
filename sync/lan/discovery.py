"""Hubs find and are found by multicast DNS (RFC 6762, RFC 6763), with no server and no typing."""

import contextlib
import ipaddress
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import ifaddr
from zeroconf import Error as ZeroconfError
from zeroconf import InterfaceChoice, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf
from zeroconf.asyncio import AsyncZeroconf

from station_core.ids import WriterId
from sync.lan.address import FINGERPRINT_BYTES, HubAddress
from sync.lan.announcement import is_signed
from sync.transport import is_loopback

SERVICE = "_worker-station._tcp.local."
ASK_MS = 3_000
_WRITER, _FINGERPRINT, _SIGNATURE = b"w", b"f", b"s"
_log = logging.getLogger(__name__)

Interfaces = Sequence[str] | InterfaceChoice


@dataclass(frozen=True, slots=True)
class Found:
    """A hub as it announces itself: `signature` is the device's over the fingerprint, see `announcement`."""

    writer: WriterId
    fingerprint: bytes
    signature: bytes
    addresses: tuple[HubAddress, ...]

    def is_signed_by(self, public_key: bytes, city_id: str) -> bool:
        return is_signed(public_key, city_id, self.fingerprint, self.signature)


def lan_addresses(host: str) -> tuple[str, ...]:
    """The IPv4 addresses under which others reach a server that listens at `host`."""
    if host != "0.0.0.0":  # noqa: S104 - only compared
        return (host,)
    held = {str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    own = [address for address in map(ipaddress.ip_address, held) if not address.is_loopback]
    return tuple(
        map(str, sorted(own, key=lambda address: (address.is_link_local, not address.is_private, str(address))))
    )


def interfaces_of(host: str) -> Interfaces:
    """Where a server that listens at `host` is announced."""
    if host == "0.0.0.0":  # noqa: S104 - only compared
        return InterfaceChoice.All
    return ["127.0.0.1"] if is_loopback(host) else [host]


@asynccontextmanager
async def announced(
    writer: WriterId,
    fingerprint: bytes,
    signature: bytes,
    addresses: Sequence[str],
    port: int,
    interfaces: Interfaces,
) -> AsyncIterator[None]:
    """Announce a hub until the block ends. Where there is no network to announce it on, nothing is announced."""
    name = f"{writer.hex()[:16]}.{SERVICE}"
    properties: dict[str | bytes, str | bytes | None] = {
        _WRITER: writer,
        _FINGERPRINT: fingerprint,
        _SIGNATURE: signature,
    }
    numeric = [ipaddress.ip_address(address).packed for address in addresses if _is_numeric(address)]
    info = ServiceInfo(SERVICE, name, port=port, properties=properties, addresses=numeric)
    try:
        zeroconf = AsyncZeroconf(interfaces=interfaces)
    except OSError as error:
        _log.warning("not announced: %s", type(error).__name__)
        yield
        return
    try:
        with contextlib.suppress(ZeroconfError, OSError):
            await zeroconf.async_register_service(info, allow_name_change=True)
        yield
    finally:
        await zeroconf.async_close()


def _is_numeric(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


class Finder(ServiceListener):
    """Keeps the list of hubs that announce themselves. `changed` is called, in a thread of its own, when it does."""

    def __init__(self, interfaces: Interfaces, changed: Callable[[], None]) -> None:
        """Raises OSError where there is no network."""
        self._changed = changed
        self._lock = threading.Lock()
        self._found: dict[str, Found] = {}
        self._zeroconf = Zeroconf(interfaces=interfaces)
        self._browser = ServiceBrowser(self._zeroconf, SERVICE, self)

    def close(self) -> None:
        self._browser.cancel()
        self._zeroconf.close()

    def found(self) -> tuple[Found, ...]:
        """In the order of their writers' ids, so that all who look choose the same."""
        with self._lock:
            return tuple(sorted(self._found.values(), key=lambda hub: hub.writer))

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name, ASK_MS)
        hub = None if info is None else _hub_of(info)
        if hub is not None:
            with self._lock:
                self._found[name] = hub
            self._changed()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, _zc: Zeroconf, _type: str, name: str) -> None:
        with self._lock:
            self._found.pop(name, None)
        self._changed()


def _hub_of(info: ServiceInfo) -> Found | None:
    """None for what is not a hub's announcement."""
    said = info.properties
    writer, fingerprint, signature = said.get(_WRITER), said.get(_FINGERPRINT), said.get(_SIGNATURE)
    if writer is None or fingerprint is None or signature is None or info.port is None:
        return None
    if (len(writer), len(fingerprint), len(signature)) != (16, FINGERPRINT_BYTES, 64):
        return None
    urls = (f"https://{address}:{info.port}" for address in info.parsed_addresses() if ":" not in address)
    return Found(WriterId(writer), fingerprint, signature, tuple(HubAddress(url, fingerprint) for url in urls))
