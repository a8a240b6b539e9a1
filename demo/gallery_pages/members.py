"""Everything that the members page can show."""

from dataclasses import replace
from datetime import date

from demo.gallery_pages.people import CHECKUP, DRIVER, HAIRCUT, NOON, PARCEL, SUPERVISORS, number
from station_app.screens.event.approval import Void
from station_app.screens.members.state import (
    Card,
    CardStatus,
    HistoryRow,
    MemberDetail,
    MemberRow,
    MembersState,
    Personal,
)
from station_app.words import Phrase
from station_core.ids import PersonId, RecordId
from station_core.records.cards import RevocationReason
from station_core.records.people import Membership

_NAMES = ("王德明", "王秀兰", "欧阳春兰", "王铁山", "王晓梅", "王一", "王建国", "王雪", "王海涛", "王玉珍")
_FOUND = tuple(
    MemberRow(PersonId(place.to_bytes(16)), name, number(318 + place), f"****{4071 + place}", "铁西区物流行业联合工会")
    for place, name in enumerate(_NAMES)
)
_HISTORY = (
    HistoryRow(RecordId(b"1"), NOON, HAIRCUT, "铁西物流园", "刘芳", may_void=True),
    HistoryRow(
        RecordId(b"2"),
        NOON.replace(hour=10),
        PARCEL,
        "铁西物流园",
        "刘芳",
        Void("点错服务项目", "韩立群", NOON.replace(hour=11)),
    ),
    HistoryRow(RecordId(b"3"), NOON.replace(month=9), CHECKUP, "于洪广场服务站", "赵颖", may_void=True),
)
_MEMBER = MemberDetail(
    _FOUND[0].member_id,
    "王德明",
    number(318),
    Membership.APPROVED,
    Personal("2101**********8818", "138****4071", "1990年**月**日"),
    DRIVER,
    "顺达货运有限公司",
    "铁西区物流行业联合工会",
    date(2025, 4, 2),
    Card(CardStatus.VALID, date(2025, 4, 2), date(2027, 12, 31)),
    _HISTORY,
)
_SHOWN = Personal("210114199003078818", "13800004071", "1990-03-07", revealed=True)


def members_states() -> dict[str, MembersState]:
    found = MembersState(103_428, "王", rows=_FOUND, supervisors=SUPERVISORS)
    lost = Card(CardStatus.REVOKED, revoked=date(2026, 11, 20), revoked_for=RevocationReason.LOST)
    old = Card(CardStatus.EXPIRED, expires=date(2026, 6, 30))
    bare = replace(_MEMBER, membership=Membership.PENDING, card=Card(), history=(), employer="")
    return {
        "start": MembersState(103_428),
        "searching": MembersState(103_428, "王", searching=True),
        "nothing": MembersState(103_428, "司空"),
        "found": replace(found, more=True),
        "member": replace(found, detail=_MEMBER),
        "revealed": replace(found, detail=replace(_MEMBER, personal=_SHOWN)),
        "new": replace(found, detail=bare),
        "lost": replace(found, detail=replace(_MEMBER, card=lost)),
        "expired": replace(
            found,
            detail=replace(_MEMBER, card=old, print_problem=Phrase("desk.card_too_large")),
            trouble=Phrase("event.trouble.wrong_pin"),
        ),
    }
