"""Finding the one member that an argument means, and describing people in JSON."""

from typing import Any

from db.values import Person
from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit
from station_core.ids import MemberNo
from station_core.people import id_number, member_no, phone


def one_member(context: Context, text: str) -> Person:
    """The member that `text` (a member number, or anything that fits just one person) means. Raises CliError."""
    with context.station.store.reading() as view:
        number = member_no.parse(text) or MemberNo(text)
        found = view.people.with_member_no(number) or view.people.search(text, limit=3)
    if not found:
        raise CliError(context.say("cli.member.unknown", text=text), Exit.NEGATIVE)
    if len(found) > 1:
        raise CliError(context.say("cli.member.several", text=text), Exit.NEGATIVE)
    return found[0]


def described(person: Person) -> dict[str, Any]:
    """What scripts need of a person; ID number and phone stay masked."""
    return {
        "member_no": person.member_no,
        "name": person.name,
        "id_number": id_number.mask(person.id_number) if person.id_number else None,
        "phone": phone.mask(person.phone) if person.phone else None,
        "occupation": person.occupation or None,
        "employer": person.employer or None,
        "union": person.union,
        "district": person.district,
        "membership": person.membership.value,
    }
