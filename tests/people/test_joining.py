import string
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from resources.texts import Language, catalogue, say
from station_core.ids import DistrictCode, MemberNo, OperatorId, PersonId, UnionCode
from station_core.people.application import Accepted, Application, Known, KnownMember, Refused
from station_core.people.id_number import Sex, check_character
from station_core.people.joining import MAX_PHOTO_BYTES, decide
from station_core.people.problems import Field, Problem, ProblemCode, Remedy

TODAY = date(2026, 11, 24)
SUPERVISOR = OperatorId("supervisor-1")
MEMBER = KnownMember(PersonId(b"p" * 16), MemberNo("100230000174"))
KNOWN = Known(notice_version="2026-1", union_codes=frozenset({UnionCode("SY-YH-007")}))
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)


def invented(born: str = "19900307", sequence: str = "002", region: str = "210114") -> str:
    digits = region + born + sequence
    return digits + check_character(digits)


FORM = Application(
    name="单 雪梅",
    id_number=invented(),
    phone="+86 138 0000 1234",
    occupation="courier",
    employer_or_platform="  顺路  快递 ",
    district_code=DistrictCode("210114"),
    consent_version="2026-1",
)


def only_problem(application: Application, known: Known = KNOWN) -> Problem:
    refused = decide(application, known, TODAY)
    assert isinstance(refused, Refused)
    assert len(refused.problems) == 1
    return refused.problems[0]


def accepted(application: Application, known: Known = KNOWN) -> Accepted:
    decision = decide(application, known, TODAY)
    assert isinstance(decision, Accepted)
    return decision


def test_a_worker_without_a_union_joins_through_the_districts_transit_union() -> None:
    person = accepted(FORM)
    assert person.name == "单雪梅"
    assert person.phone == "13800001234"
    assert person.employer_or_platform == "顺路 快递"
    assert person.birth_date == date(1990, 3, 7)
    assert person.sex is Sex.FEMALE
    assert person.transit
    assert (person.union_code, person.district_code) == (None, "210114")
    assert person.notices == ()


def test_a_worker_with_a_union_joins_it() -> None:
    person = accepted(replace(FORM, union_code=UnionCode("SY-YH-007"), photo=JPEG))
    assert not person.transit
    assert (person.union_code, person.district_code, person.photo) == ("SY-YH-007", None, JPEG)


def test_the_three_refusals_are_told_apart_with_who_may_release_them() -> None:
    number = invented()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    checksum = only_problem(replace(FORM, id_number=wrong))
    member = only_problem(FORM, replace(KNOWN, with_id_number=MEMBER))
    phone = only_problem(FORM, replace(KNOWN, with_phone=(MEMBER, MEMBER)))
    assert (checksum.field, checksum.code, checksum.remedy) == (
        Field.ID_NUMBER,
        ProblemCode.ID_CHECKSUM,
        Remedy.CORRECT,
    )
    assert member == Problem(Field.ID_NUMBER, ProblemCode.ALREADY_MEMBER, {"member_no": MEMBER.member_no})
    assert member.remedy is Remedy.SERVE_MEMBER
    assert phone == Problem(Field.PHONE, ProblemCode.PHONE_IN_USE, {"count": 2})
    assert phone.remedy is Remedy.SUPERVISOR


def test_a_supervisor_releases_a_phone_in_use_and_that_alone() -> None:
    released = replace(FORM, phone_released_by=SUPERVISOR)
    assert accepted(released, replace(KNOWN, with_phone=(MEMBER,))).phone_released_by == SUPERVISOR
    assert accepted(released).phone_released_by is None
    assert only_problem(released, replace(KNOWN, with_id_number=MEMBER)).code is ProblemCode.ALREADY_MEMBER
    assert only_problem(replace(released, phone="1380000")).code is ProblemCode.PHONE_FORMAT


@pytest.mark.parametrize(
    ("born", "code"),
    [("20101124", None), ("20101125", ProblemCode.UNDER_AGE), ("20270101", ProblemCode.ID_BIRTH_DATE)],
)
def test_nobody_under_16_joins(born: str, code: ProblemCode | None) -> None:
    form = replace(FORM, id_number=invented(born=born))
    if code is None:
        assert accepted(form).id_number.age_on(TODAY) == 16
    else:
        assert only_problem(form).code is code


def test_being_under_age_is_said_with_the_age_and_lifted_by_nobody() -> None:
    problem = only_problem(replace(FORM, id_number=invented(born="20101125")))
    assert problem.params == {"age": 15, "minimum": 16}
    assert problem.remedy is Remedy.NONE


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, Field.NAME, ProblemCode.MISSING),
        ({"name": "王" * 51}, Field.NAME, ProblemCode.TOO_LONG),
        ({"name": "王5"}, Field.NAME, ProblemCode.NAME_CHARACTERS),
        ({"name": "·王"}, Field.NAME, ProblemCode.NAME_SHAPE),
        ({"id_number": ""}, Field.ID_NUMBER, ProblemCode.MISSING),
        ({"id_number": "123"}, Field.ID_NUMBER, ProblemCode.ID_LENGTH),
        ({"id_number": "A" * 18}, Field.ID_NUMBER, ProblemCode.ID_CHARACTERS),
        ({"id_number": invented(born="19900231")}, Field.ID_NUMBER, ProblemCode.ID_BIRTH_DATE),
        ({"id_number": invented(region="990000")}, Field.ID_NUMBER, ProblemCode.ID_REGION),
        ({"phone": ""}, Field.PHONE, ProblemCode.MISSING),
        ({"phone": "02423456789"}, Field.PHONE, ProblemCode.PHONE_FORMAT),
        ({"occupation": ""}, Field.OCCUPATION, ProblemCode.MISSING),
        ({"occupation": "astronaut"}, Field.OCCUPATION, ProblemCode.OCCUPATION_UNKNOWN),
        ({"employer_or_platform": "站" * 101}, Field.EMPLOYER, ProblemCode.TOO_LONG),
        ({"union_code": UnionCode("NO-SUCH")}, Field.UNION, ProblemCode.UNION_UNKNOWN),
        ({"district_code": None}, Field.UNION, ProblemCode.DISTRICT_MISSING),
        ({"district_code": DistrictCode("210100")}, Field.UNION, ProblemCode.DISTRICT_UNKNOWN),
        ({"district_code": DistrictCode("710000")}, Field.UNION, ProblemCode.DISTRICT_UNKNOWN),
        ({"district_code": DistrictCode("110103")}, Field.UNION, ProblemCode.DISTRICT_UNKNOWN),
        ({"district_code": DistrictCode("999999")}, Field.UNION, ProblemCode.DISTRICT_UNKNOWN),
        ({"consent_version": None}, Field.CONSENT, ProblemCode.CONSENT_MISSING),
        ({"consent_version": "2025-3"}, Field.CONSENT, ProblemCode.NOTICE_OUTDATED),
        ({"photo": b"GIF89a"}, Field.PHOTO, ProblemCode.PHOTO_FORMAT),
        ({"photo": JPEG + bytes(MAX_PHOTO_BYTES)}, Field.PHOTO, ProblemCode.PHOTO_TOO_LARGE),
    ],
)
def test_each_field_has_its_problems(changes: dict[str, Any], field: Field, code: ProblemCode) -> None:
    problem = only_problem(replace(FORM, **changes))
    assert (problem.field, problem.code) == (field, code)
    for language in Language:
        assert say(language, f"people.problem.{code}", **problem.params)


def test_a_city_without_districts_has_a_transit_union_of_its_own() -> None:
    assert accepted(replace(FORM, district_code=DistrictCode("441900"))).transit


def test_all_problems_are_told_at_once_in_the_order_of_the_form() -> None:
    refused = decide(Application(name="", id_number="", phone="", occupation=""), KNOWN, TODAY)
    assert isinstance(refused, Refused)
    assert [one.field for one in refused.problems] == [
        Field.NAME,
        Field.ID_NUMBER,
        Field.PHONE,
        Field.OCCUPATION,
        Field.UNION,
        Field.CONSENT,
    ]


def test_a_region_on_no_list_is_a_notice_and_holds_nothing_up() -> None:
    person = accepted(replace(FORM, id_number=invented(region="210199")))
    assert [one.code for one in person.notices] == [ProblemCode.ID_REGION_UNKNOWN]
    assert person.notices[0].remedy is Remedy.NOT_NEEDED


def test_a_character_that_no_font_shows_is_named_by_its_code_point() -> None:
    assert only_problem(replace(FORM, name="王\ue863")).params == {"character": "?", "code": "U+E863"}


def test_no_personal_data_in_repr() -> None:
    form = replace(FORM, photo=JPEG)
    texts = repr((form, accepted(form), decide(form, replace(KNOWN, with_id_number=MEMBER), TODAY)))
    for private in ("雪梅", "19900307", "0000", "顺路", "xff", MEMBER.member_no):
        assert private not in texts


def test_every_code_has_its_words_with_the_same_placeholders_in_both_languages() -> None:
    keys = [f"people.problem.{code}" for code in ProblemCode]
    keys += [f"people.remedy.{remedy}" for remedy in Remedy] + [f"people.field.{field}" for field in Field]
    keys += [f"people.sex.{sex}" for sex in Sex]
    for key in keys:
        chinese, english = (placeholders(catalogue(language)[key]) for language in Language)
        assert chinese == english, key
    assert {key for key in catalogue(Language.CHINESE) if key.startswith("people.")} == set(keys)


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
