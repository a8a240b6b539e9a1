"""Everything that the page of the event can show."""

from dataclasses import replace
from datetime import date

from demo.gallery_pages.people import CHECKUP, CLASS, HAIRCUT, NOON, PARCEL, SUPERVISORS, number
from station_app.screens.event.approval import Void
from station_app.screens.event.state import (
    Conflict,
    ConflictKind,
    Counts,
    EventInfo,
    EventState,
    RecentRow,
    Stock,
)
from station_app.words import Phrase
from station_core.ids import EventId, RecordId, ServiceCode

PARK = EventInfo(EventId("park"), "货车司机服务日", "铁西物流园东门停车场", date(2026, 11, 24), date(2026, 11, 24))
SQUARE = EventInfo(EventId("square"), "工享专列·于洪广场站", "于洪广场", date(2026, 11, 26), date(2026, 11, 28))
_STOCK = (
    Stock(ServiceCode("gift"), PARCEL, 263, 300, here=12, wanted=20),
    Stock(ServiceCode("checkup"), CHECKUP, 80, 80),
    Stock(ServiceCode("haircut"), HAIRCUT, 57, 120, here=30),
    Stock(ServiceCode("class"), CLASS, 41),
)
_RECENT = (
    RecentRow(RecordId(b"1"), NOON, "王*明", number(318), HAIRCUT, "刘芳", may_undo=True),
    RecentRow(RecordId(b"2"), NOON.replace(minute=4), "欧**兰", number(1204), PARCEL, "赵颖"),
    RecentRow(
        RecordId(b"3"),
        NOON.replace(minute=2),
        "李*",
        number(77),
        PARCEL,
        "赵颖",
        void=Void("点错服务项目", "韩立群", NOON),
    ),
    RecentRow(RecordId(b"4"), NOON.replace(minute=1), "", None, CLASS, "刘芳"),
)
_CONFLICTS = (
    Conflict(
        "c1",
        ConflictKind.OVER_USE,
        f"孙*梅 · {number(955)}",
        Phrase(
            "event.conflict_what.over_use",
            {"service": PARCEL, "allowed": 1, "used": 2, "counts": "东门台", "extra": "西门台"},
        ),
        NOON,
    ),
    Conflict(
        "c2",
        ConflictKind.MERGED,
        f"赵*山 · {number(42)}",
        Phrase("event.conflict_what.merged", {"number": number(42)}),
        NOON,
    ),
)


def event_states() -> dict[str, EventState]:
    today = EventState(PARK, Counts(152, 441, 37), _STOCK, _RECENT, events=(PARK, SQUARE), supervisors=SUPERVISORS)
    return {
        "none": EventState(events=(PARK, SQUARE)),
        "new": EventState(SQUARE, stock=(Stock(ServiceCode("gift"), PARCEL, 0, 300),)),
        "today": today,
        "conflicts": replace(today, conflicts=_CONFLICTS),
        "wrong_pin": replace(today, trouble=Phrase("event.trouble.wrong_pin")),
    }
