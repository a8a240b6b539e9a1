"""Everything that the page of the exchange can show."""

from dataclasses import replace
from datetime import date

from demo.gallery_pages.people import NOON
from station_app.screens.sync.hub_state import Guest, HubMode, HubState
from station_app.screens.sync.state import (
    Device as OwnDevice,
)
from station_app.screens.sync.state import (
    Peer,
    PeerKind,
    Phase,
    Progress,
    RecordKind,
    SetAside,
    Standing,
    SyncState,
    Trouble,
    Waiting,
)
from station_app.words import Phrase
from station_core.ids import RecordId

_CITY = Peer("沈阳市总工会", PeerKind.CITY, "https://stations.example", NOON, reachable=True)
_VAN = Peer("流动大篷车 2 号", PeerKind.STATION, "192.168.8.21", None, reachable=False)
_OWN = OwnDevice("7f3a-91c2-05de", Standing.VALID, date(2027, 5, 31))
_ASIDE = (
    SetAside(RecordId(b"1"), NOON, "于洪 3 号站", RecordKind.OTHER, Phrase("sync.aside.unknown_kind")),
    SetAside(RecordId(b"2"), NOON, "未知设备", RecordKind.SERVICE, Phrase("sync.aside.uncertified")),
)


def sync_states() -> dict[str, SyncState]:
    waiting = (Waiting(RecordKind.SERVICE, 441), Waiting(RecordKind.MEMBER, 37), Waiting(RecordKind.CARD, 35))
    usual = SyncState(_OWN, _CITY.address, (), 12_804, 3_117, NOON, NOON.replace(minute=21), peers=(_CITY, _VAN))
    offline = Trouble(Phrase("sync_errors.what.unreachable"), Phrase("sync_errors.do.unreachable"), NOON)
    return {
        "usual": usual,
        "offline": replace(usual, waiting=waiting, trouble=offline, peers=(replace(_CITY, reachable=False),)),
        "connecting": replace(usual, waiting=waiting, progress=Progress(Phase.CONNECTING)),
        "sending": replace(usual, waiting=waiting, progress=Progress(Phase.SENDING, 210, 513)),
        "set_aside": replace(usual, set_aside=_ASIDE),
        "revoked": replace(usual, waiting=waiting, device=replace(_OWN, standing=Standing.REVOKED)),
        "expiring": replace(usual, device=replace(_OWN, standing=Standing.EXPIRING)),
        "new": SyncState(OwnDevice("7f3a-91c2-05de", Standing.NOT_ENROLLED)),
    }


def hub_states() -> dict[str, HubState]:
    address = "https://192.168.1.5:8655/#fp=6f1d03a9c2e45b7788d0b1f2a3c4d5e6"
    guests = (Guest("流动大篷车 2 号", NOON), Guest("东园二号台", NOON))
    return {
        "off": HubState(),
        "serving": HubState(HubMode.SERVING, address=address, guests=guests),
        "taken_over": HubState(HubMode.SERVING, address=address, guests=guests[:1], has_taken_over=True),
        "linked": HubState(HubMode.LINKED, "东园一号台", "https://192.168.1.5:8655", chosen=address),
        "false": HubState(trouble=Phrase("hub.trouble.hub_unproven"), chosen=address),
    }
