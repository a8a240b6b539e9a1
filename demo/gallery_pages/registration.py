"""Everything that the registration page can show."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from demo.gallery_pages.people import DRIVER, SUPERVISORS, number
from station_app.screens.registration.state import (
    Draft,
    Duplicate,
    FoundBy,
    IdCheck,
    Occupation,
    Photo,
    PhotoStage,
    PrivacyNotice,
    Registered,
    RegistrationState,
    UnionChoice,
)
from station_app.words import Name, Phrase
from station_core.ids import PersonId, UnionCode
from station_core.people.id_number import Sex
from station_core.people.problems import Field, Problem, ProblemCode

_TRANSIT = UnionChoice(UnionCode("z"), "于洪区新就业形态劳动者工会周转库")
_UNIONS = (
    UnionChoice(UnionCode("a"), "顺达物流园联合工会", "于洪区总工会 › 造化街道总工会"),
    UnionChoice(UnionCode("b"), "顺通货运有限公司工会委员会", "于洪区总工会 › 平罗街道总工会"),
    UnionChoice(UnionCode("c"), "顺心家政服务联合工会", "铁西区总工会"),
    UnionChoice(UnionCode("d"), "顺和冷链有限公司工会委员会", "于洪区总工会"),
)
NOTICE = PrivacyNotice("2026-03", Name("一、我们收集哪些信息\n姓名、公民身份号码、手机号码、职业类别、单位。\n\n" * 12))
_DRAFT = Draft("周明远", "210114199003078818", "13800004071", "truck_driver", "顺达货运有限公司", _UNIONS[0], "2026-03")
_CHECK = IdCheck("210114199003078818", None, date(1990, 3, 7), 36, Sex.MALE)
_UNLISTED = Problem(Field.ID_NUMBER, ProblemCode.ID_REGION_UNKNOWN)
_FORM = RegistrationState(
    1,
    (
        Occupation("truck_driver", DRIVER),
        Occupation("courier", Name("快递员", "Courier")),
        Occupation("rider", Name("网约配送员", "Food-delivery rider")),
        Occupation("hailing", Name("网约车司机", "Ride-hailing driver")),
    ),
    _TRANSIT,
    NOTICE,
    supervisors=SUPERVISORS,
)
_FILLED = replace(_FORM, prefill=_DRAFT, id_check=_CHECK)
_TAKEN = Duplicate(
    FoundBy.PHONE,
    PersonId(bytes(16)),
    "王*明",
    number(318),
    "138****4071",
    "铁西区物流行业联合工会",
    date(2025, 4, 2),
)
_DONE = Registered(PersonId(bytes(16)), number(1205), "周明远", "顺达物流园联合工会")


def registration_states() -> dict[str, RegistrationState]:
    missing = tuple(Problem(field, ProblemCode.MISSING) for field in Field if field is not Field.PHOTO)
    wrong = IdCheck("210114199003078811", Problem(Field.ID_NUMBER, ProblemCode.ID_CHECKSUM))
    return {
        "empty": _FORM,
        "filled": replace(_FILLED, photo=Photo(PhotoStage.TAKEN, portrait())),
        "searching": replace(
            _FILLED,
            prefill=replace(_DRAFT, union=None),
            unions_asked="顺",
            unions_found=_UNIONS,
        ),
        "no_union": replace(_FILLED, prefill=replace(_DRAFT, union=None), unions_asked="千里"),
        "camera": replace(_FILLED, photo=Photo(PhotoStage.LIVE)),
        "no_camera": replace(_FILLED, photo=Photo(PhotoStage.NO_CAMERA)),
        "missing": replace(_FORM, problems=missing),
        "wrong_id": replace(_FILLED, prefill=replace(_DRAFT, id_number=wrong.number), id_check=wrong),
        "duplicate_phone": replace(_FILLED, duplicate=_TAKEN),
        "duplicate_id": replace(_FILLED, duplicate=replace(_TAKEN, found_by=FoundBy.ID_NUMBER)),
        "not_saved": replace(_FILLED, trouble=Phrase("registration.trouble.not_saved")),
        "no_notice": replace(_FORM, notice=None, trouble=Phrase("registration.trouble.no_notice")),
        "other_region": replace(_FILLED, id_check=replace(_CHECK, notice=_UNLISTED)),
        "saving": replace(_FILLED, saving=True),
        "done": replace(_FILLED, registered=_DONE),
        "done_no_printer": replace(_FILLED, registered=replace(_DONE, print_problem=Phrase("desk.card_too_large"))),
    }


def portrait() -> bytes:
    """A drawn head and shoulders, as PNG."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#AEB9C4"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#31465C"))
    painter.drawEllipse(170, 300, 300, 340)
    painter.setBrush(QColor("#E2BF9F"))
    painter.drawEllipse(240, 120, 160, 200)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
