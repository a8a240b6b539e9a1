"""All that the city holds on a person, in a form that people and programs can read."""

import base64
from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec

from city_server.city import City
from city_server.members import one_member
from db.queries.holdings import RecordHeld, RosterHeld
from db.values import Card, Given
from db.view import View
from station_core.clock import HybridTime, wall_ms
from station_core.ids import PersonId, WriterId
from station_core.records.erasure import EntryName

_CHINA = timezone(timedelta(hours=8))
_LONGEST_ID = 16


def disclose(city: City, text: str) -> dict[str, Any]:
    """Everything on the member whom `text` means: fields with when and by whom, services, cards, journal entries.

    Raises CityError: no_member, several_members.
    """
    with city.store.reading() as view:
        person = one_member(view, text)
        told = _Telling(view)
        number = person.member_no
        return {
            "city": city.home.about.name,
            "made_at": told.moment(city.store.now_ms()),
            "member_no": number,
            "records": [told.person(one) for one in person.all_ids],
            "services": [told.service(given) for given in view.services.of(person.all_ids, number)],
            "cards": [told.card(card) for card in view.cards.of_people(person.all_ids)],
            "journal": [
                *(told.record(held) for held in view.holdings.records(person.all_ids, (number,) if number else ())),
                *(told.roster(roster, person.all_ids) for roster in view.holdings.rosters(person.all_ids)),
            ],
        }


class _Telling:
    """Puts values into plain words and numbers; devices are called what the city calls them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._names = {writer.id: writer.label or writer.id.hex() for writer in view.writers.all()}

    def moment(self, ms: int) -> str:
        return datetime.fromtimestamp(ms / 1_000, _CHINA).isoformat(timespec="seconds")

    def person(self, person: PersonId) -> dict[str, Any]:
        fields = {
            field.name: {"value": field.value, **self._stamp(field.at, field.writer)}
            for field in self._view.holdings.fields(person)
        }
        photo = self._view.people.photo(person)
        return {"id": person.hex(), "fields": fields, "photo": None if photo is None else _bytes(photo)}

    def service(self, given: Given) -> dict[str, Any]:
        voided = given.voided
        return {
            "service": given.service,
            "on": given.on.isoformat(),
            "quantity": given.quantity,
            "event": given.event,
            "answers": given.answers,
            "operator": given.operator,
            **self._stamp(given.at, given.writer),
            "voided": None
            if voided is None
            else {"at": self.moment(wall_ms(voided.at)), "reason": voided.reason, "operator": voided.operator},
        }

    def card(self, card: Card) -> dict[str, Any]:
        return {
            "card": card.id.hex(),
            "issued_on": card.issued_on.isoformat(),
            "expires_on": card.expires_on.isoformat(),
            **self._stamp(card.at, card.writer),
            "revoked": card.revocation,
        }

    def record(self, held: RecordHeld) -> dict[str, Any]:
        said = msgspec.to_builtins(held.record, builtin_types=(bytes,))
        return self._entry(held.name, held.at, held.record.kind, _readable(said))

    def roster(self, roster: RosterHeld, people: tuple[PersonId, ...]) -> dict[str, Any]:
        return self._entry(roster.name, roster.at, roster.record.kind, roster.rows_of(people))

    def _entry(self, name: EntryName, at: HybridTime, kind: str, said: Any) -> dict[str, Any]:
        place = {"journal": name.writer.hex(), "number": name.seq}
        return {**place, **self._stamp(at, name.writer), "kind": kind, "said": said}

    def _stamp(self, at: HybridTime, writer: WriterId) -> dict[str, str]:
        return {"at": self.moment(wall_ms(at)), "by": self._names.get(writer, writer.hex())}


def _readable(value: Any) -> Any:
    match value:
        case bytes():
            return _bytes(value)
        case dict():
            return {key: _readable(part) for key, part in value.items()}
        case list() | tuple():
            return [_readable(part) for part in value]
    return value


def _bytes(value: bytes) -> str:
    """Ids in hexadecimal, pictures in base64."""
    return value.hex() if len(value) <= _LONGEST_ID else base64.b64encode(value).decode()
