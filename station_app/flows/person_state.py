"""From what the station says of somebody to what the counter shows."""

from datetime import date
from decimal import Decimal

from db.values import Person as KnownPerson
from resources.texts import Language
from station_app.screens.counter.form_state import Choice as FormChoice
from station_app.screens.counter.form_state import FieldKind, FormField, FormState
from station_app.screens.counter.state import Period, Person, PersonLine, PersonShown, Tile, Verdict
from station_app.station.counter import AtCounter, Choice
from station_app.words import Name, Phrase
from station_core import catalogue
from station_core.catalogue.forms import MAX_ANSWER_LENGTH
from station_core.credential.card import CardClaims
from station_core.entitlement import Entitlement, sentence
from station_core.entitlement import Verdict as Entitled
from station_core.ids import PersonId
from station_core.people import names, occupations

_VERDICTS = {
    Entitled.ALLOWED: Verdict.ALLOWED,
    Entitled.USED_UP: Verdict.USED_UP,
    Entitled.NONE_LEFT: Verdict.NONE_LEFT,
    Entitled.NOT_FOR_YOU: Verdict.NOT_FOR_YOU,
    Entitled.CLOSED: Verdict.NOT_FOR_YOU,
}
NOBODY = PersonId(bytes(16))
"""Stands for the owner of a good card who has not been heard of here."""


def name_of(words: catalogue.Bilingual) -> Name:
    return Name(words.zh, words.en)


def occupation_name(code: str) -> Name | None:
    occupation = occupations.occupation(code) if code else None
    if occupation is None:
        return None
    return Name(occupation.name(Language.CHINESE), occupation.name(Language.ENGLISH))


def entitlement_words(entitlement: Entitlement) -> Name:
    """The whole sentence in both languages."""
    return Name(*(sentence(entitlement, language).say(language) for language in (Language.CHINESE, Language.ENGLISH)))


def person_shown(
    served: AtCounter, claims: CardClaims | None, union: str, photo: bytes | None, valid_until: date | None
) -> PersonShown:
    """`claims` stand in for somebody not heard of here."""
    return PersonShown(
        person=_person(served.person, claims, union, photo, valid_until),
        tiles=tuple(tile(choice) for choice in served.choices),
        may_print_card=served.person is not None and served.person.member_no is not None,
    )


def _person(
    known: KnownPerson | None, claims: CardClaims | None, union: str, photo: bytes | None, valid_until: date | None
) -> Person:
    if known is None:
        name = claims.name if claims else ""
        number = claims.member_no if claims else None
        return Person(NOBODY, names.mask(name), name, number, union, valid_until=valid_until)
    return Person(
        person=known.id,
        masked_name=names.mask(known.name),
        full_name=known.name,
        member_no=known.member_no,
        union=union,
        occupation=occupation_name(known.occupation),
        valid_until=valid_until,
        phone_tail=known.phone[-4:],
        photo=photo,
    )


def tile(choice: Choice) -> Tile:
    service, entitlement = choice.service, choice.entitlement
    rule = min(service.rules, key=lambda rule: rule.limit, default=None)
    why: Phrase | Name | None = None
    if entitlement.verdict in (Entitled.NOT_FOR_YOU, Entitled.CLOSED):
        why = entitlement_words(entitlement)
    return Tile(
        service=service.code,
        name=name_of(service.name),
        icon=service.icon,
        verdict=_VERDICTS[entitlement.verdict],
        remaining=entitlement.remaining,
        period=None if rule is None or entitlement.remaining is None else Period(rule.period.value),
        again_on=entitlement.again_on,
        why=why,
        stock_left=entitlement.stock_left,
        asks=bool(service.form),
    )


def person_line(known: KnownPerson, detail: str | Name | Phrase = "", trailing: str | Name | Phrase = "") -> PersonLine:
    return PersonLine(known.id, names.mask(known.name), known.member_no, detail, trailing)


def form_state(service: catalogue.Service, problems: dict[str, Phrase] | None = None) -> FormState:
    return FormState(
        service.code, name_of(service.name), tuple(_form_field(field) for field in service.form), problems or {}
    )


def _form_field(field: catalogue.FormField) -> FormField:
    numbers = field.numbers
    return FormField(
        key=field.key,
        kind=FieldKind(field.kind.value),
        label=name_of(field.label),
        required=field.required,
        choices=tuple(FormChoice(choice.key, name_of(choice.name)) for choice in field.choices),
        unit=name_of(numbers.unit) if numbers and numbers.unit else None,
        least=Decimal(str(numbers.least)) if numbers else None,
        most=Decimal(str(numbers.most)) if numbers else None,
        decimals=numbers.decimals if numbers else 0,
        longest=field.longest or MAX_ANSWER_LENGTH,
    )
