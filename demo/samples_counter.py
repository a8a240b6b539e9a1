"""Invented states of the counter, the lock screen and the shell: one for everything that they can show."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from station_app.screens.counter.form_state import Choice, FieldKind, FormField, FormState
from station_app.screens.counter.state import (
    Camera,
    CodeChoice,
    CounterState,
    Happened,
    Outcome,
    Period,
    Person,
    PersonLine,
    PersonShown,
    SeveralCodes,
    SeveralPeople,
    Stranger,
    Tile,
    Verdict,
    Waiting,
)
from station_app.screens.lock.state import LockState, PinProblem, StaffMember, StoreLock
from station_app.screens.shell.state import (
    Apology,
    Device,
    Exchange,
    ExchangeState,
    Notice,
    ShellState,
    Trouble,
)
from station_app.words import Name, Phrase, mask_name
from station_core.ids import MemberNo, OperatorId, PersonId, ServiceCode

STATION = "铁西物流园流动服务站"
EVENT = Name("货车司机服务日", "Truck drivers' day")
HAIRCUT = Name("爱心理发", "Haircut")
DRIVER = Name("货车司机", "Truck driver")


def _person(number: int, name: str) -> Person:
    return Person(
        PersonId(number.to_bytes(16)),
        mask_name(name),
        name,
        member_no=MemberNo(f"2101060{number:05d}"),
        union="铁西区物流行业联合工会",
        occupation=DRIVER,
        valid_until=date(2027, 12, 31),
        phone_tail=f"{4071 + number}",
    )


DRIVER_WANG = _person(318, "王德明")
NEWCOMER = replace(_person(1204, "欧阳春兰"), occupation=Name("网约配送员", "Delivery rider"))

TILES: tuple[Tile, ...] = (
    Tile(ServiceCode("liudong.haircut"), HAIRCUT, "haircut", Verdict.ALLOWED, 2, Period.YEAR),
    Tile(
        ServiceCode("liudong.checkup"),
        Name("流动体检", "Health check"),
        "medical",
        Verdict.ALLOWED,
        1,
        Period.EVENT,
        asks=True,
    ),
    Tile(
        ServiceCode("liudong.gift"),
        Name("暖心礼包", "Care parcel"),
        "gift",
        Verdict.ALLOWED,
        1,
        Period.QUARTER,
        stock_left=37,
    ),
    Tile(
        ServiceCode("zaocan.noodles"),
        Name("爱心早餐", "Free breakfast"),
        "meal",
        Verdict.USED_UP,
        again_on=date(2026, 11, 25),
    ),
    Tile(ServiceCode("falv.advice"), Name("法律咨询", "Legal advice"), "legal", Verdict.ALLOWED),
    Tile(
        ServiceCode("bangfu.quarter"),
        Name("困难职工帮扶", "Hardship support"),
        "mutual_aid",
        Verdict.NOT_FOR_YOU,
        why=Phrase("counter.tile.why.occupation", {"who": Name("建档困难职工", "households on file")}),
    ),
    Tile(ServiceCode("liudong.safety"), Name("平安小课堂", "Road safety class"), "safety", Verdict.ALLOWED),
    Tile(ServiceCode("xinyue.film"), Name("观影券", "Film voucher"), "service", Verdict.NONE_LEFT),
)
VISITOR = Person(PersonId(bytes(16)), mask_name("钱小军"), "钱小军", occupation=DRIVER, phone_tail="6620")
FOR_VISITORS = (
    *(
        replace(tile, verdict=Verdict.NOT_FOR_YOU, why=Phrase("counter.tile.why.members_only"), stock_left=None)
        for tile in TILES[:3]
    ),
    TILES[4],
    TILES[6],
)
AFTER_HAIRCUT = (replace(TILES[0], verdict=Verdict.RECORDED, undo_seconds=24), *TILES[1:])

RECENT = tuple(
    PersonLine(PersonId(number.to_bytes(16)), mask_name(name), MemberNo(f"2101060{number:05d}"), trailing=trailing)
    for number, name, trailing in (
        (318, "王德明", Name("爱心理发", "Haircut")),
        (77, "李秀", Name("暖心礼包", "Care parcel")),
        (1204, "欧阳春兰", Name("入会登记", "Joined")),
        (42, "赵铁山", Name("法律咨询", "Legal advice")),
        (955, "孙晓梅", Name("流动体检", "Health check")),
    )
)

NAMESAKES = tuple(
    PersonLine(
        PersonId(number.to_bytes(16)),
        mask_name("王德明"),
        MemberNo(f"2101060{number:05d}"),
        detail,
        Phrase("counter.person.phone_tail", {"digits": f"{4071 + number}"}),
    )
    for number, detail in (
        (318, "铁西区物流行业联合工会"),
        (512, "于洪区快递行业联合工会"),
        (640, "沈河区环卫工会"),
    )
)

FORM = FormState(
    ServiceCode("liudong.checkup"),
    Name("流动体检", "Health check"),
    (
        FormField(
            "height",
            FieldKind.NUMBER,
            Name("身高", "Height"),
            unit=Name("厘米", "cm"),
            least=Decimal(50),
            most=Decimal(250),
        ),
        FormField(
            "pressure",
            FieldKind.NUMBER,
            Name("收缩压", "Systolic pressure"),
            required=False,
            unit=Name("毫米汞柱", "mmHg"),
        ),
        FormField(
            "fasting",
            FieldKind.CHOICE,
            Name("上次进餐", "Last meal"),
            choices=(
                Choice("fasting", Name("空腹", "Fasting")),
                Choice("under2h", Name("2 小时内", "Under 2 h")),
                Choice("over2h", Name("2 小时以上", "Over 2 h")),
            ),
        ),
        FormField("consent", FieldKind.YES_NO, Name("同意将结果告知所属工会", "Agrees to tell the union the result")),
        FormField("note", FieldKind.TEXT, Name("备注", "Note"), required=False),
    ),
)


TWO_CODES = (
    ((560.0, 220.0), (860.0, 220.0), (860.0, 520.0), (560.0, 520.0)),
    ((250.0, 300.0), (430.0, 300.0), (430.0, 480.0), (250.0, 480.0)),
)
"""Where the codes of the state with several lie in the drawn scene."""


def _told(happened: Happened, view: object, **params: object) -> CounterState:
    return CounterState(view, Outcome(happened, 1, params))  # type: ignore[arg-type]


def counter_states() -> dict[str, CounterState]:
    shown = PersonShown(DRIVER_WANG, TILES, may_print_card=True)
    newcomer = PersonShown(NEWCOMER, TILES[:6], may_print_card=True)
    ended = date(2026, 6, 30)
    return {
        "waiting": CounterState(Waiting(recent=RECENT)),
        "waiting_first": CounterState(Waiting(Camera.STARTING)),
        "waiting_no_camera": CounterState(Waiting(Camera.MISSING, RECENT[:2])),
        "valid": _told(Happened.VALID, shown),
        "joined": _told(Happened.JOINED, newcomer),
        "recorded": _told(Happened.RECORDED, replace(shown, tiles=AFTER_HAIRCUT), service=HAIRCUT),
        "undone": _told(Happened.UNDONE, shown, service=HAIRCUT),
        "not_recorded": _told(Happened.NOT_RECORDED, shown, service=HAIRCUT, why=Phrase("counter.tile.none_left")),
        "pending": _told(Happened.PENDING, replace(newcomer, may_print_card=False)),
        "expired": _told(Happened.EXPIRED, shown, until=ended),
        "revoked": _told(Happened.REVOKED, PersonShown(DRIVER_WANG, why_none=Phrase("counter.person.suspended"))),
        "not_member": _told(Happened.NOT_MEMBER, PersonShown(VISITOR, FOR_VISITORS, may_register=True)),
        "code_unknown": _told(Happened.CODE_UNKNOWN, Stranger("210106009999")),
        "code_forged": _told(Happened.CODE_FORGED, Stranger(may_register=False)),
        "code_issuer_unknown": _told(Happened.CODE_ISSUER_UNKNOWN, Stranger(may_register=False)),
        "code_expired": _told(Happened.CODE_EXPIRED, Stranger(may_register=False), until=ended),
        "code_revoked": _told(Happened.CODE_REVOKED, Stranger(may_register=False)),
        "code_foreign": _told(Happened.CODE_FOREIGN, Stranger("https://example.org/menu?table=12")),
        "several_codes": _told(
            Happened.SEVERAL_CODES,
            SeveralCodes(
                (
                    CodeChoice("HC1:A", Phrase("counter.codes.card"), outline=TWO_CODES[0]),
                    CodeChoice("210106000077", "210106000077", outline=TWO_CODES[1]),
                )
            ),
        ),
        "several_people": _told(Happened.SEVERAL_PEOPLE, SeveralPeople(NAMESAKES, more=12)),
        "nobody_found": _told(Happened.NOBODY_FOUND, Stranger(), query="陈大"),
    }


_STAFF = (
    StaffMember(OperatorId("op-1"), "周敏", Name("站点负责人", "Station lead")),
    StaffMember(OperatorId("op-2"), "高志远", Name("工作人员", "Staff")),
    StaffMember(OperatorId("op-3"), "司马晓云", Name("工作人员", "Staff")),
    StaffMember(OperatorId("op-4"), "Aygul Tursun", Name("志愿者", "Volunteer")),
)


LOCK = StoreLock(10_003, "7F3K-29QD-XM4T", 7)


def lock_states() -> dict[str, LockState]:
    plain = LockState(STATION, _STAFF)
    chosen = replace(plain, chosen=OperatorId("op-2"))
    return {
        "choose": plain,
        "pin": chosen,
        "checking": replace(chosen, checking=True),
        "wrong": replace(chosen, problem=PinProblem.WRONG, tries_left=2),
        "wait": replace(chosen, problem=PinProblem.WRONG, wait_seconds=27),
        "not_allowed": replace(chosen, problem=PinProblem.NOT_ALLOWED),
        "lease_ends": replace(chosen, days_left=5),
        "locked": replace(chosen, locked=LOCK),
        "wrong_answer": replace(chosen, locked=LOCK, problem=PinProblem.WRONG_ANSWER),
        "locked_wait": replace(chosen, locked=LOCK, wait_seconds=27),
        "nobody": LockState(STATION),
    }


def shell_states() -> dict[str, ShellState]:
    at = datetime(2026, 11, 24, 9, 40, tzinfo=UTC)
    usual = ShellState(
        STATION,
        EVENT,
        "周敏",
        exchange=ExchangeState(Exchange.IDLE, 0, at),
        scanner=Device.READY,
        printer=Device.READY,
    )
    return {
        "usual": usual,
        "offline": replace(usual, exchange=ExchangeState(Exchange.NO_NETWORK, 128, at)),
        "syncing": replace(usual, exchange=ExchangeState(Exchange.RUNNING, 31, at), printer=Device.BUSY),
        "notice": replace(usual, message=Notice(Phrase("counter.outcome.joined.title"))),
        "trouble": replace(
            usual,
            event=None,
            exchange=ExchangeState(Exchange.FAILED, 4, at),
            scanner=Device.MISSING,
            printer=Device.MISSING,
            message=Trouble(Phrase("shell.printer.missing"), Phrase("shell.trouble.printer")),
        ),
        "apology": replace(usual, message=Apology("7F3A-21")),
    }
