"""Finding the one member that the administrator means."""

from city_server.errors import CityError
from db.values import Person
from db.view import View
from station_core.ids import MemberNo
from station_core.people import member_no


def one_member(view: View, text: str) -> Person:
    """Whom `text` means: a member number, or anything that fits just one person.

    Raises CityError: no_member, several_members.
    """
    number = member_no.parse(text) or MemberNo(text)
    found = view.people.with_member_no(number) or view.people.search(text, limit=3)
    if not found:
        raise CityError("no_member")
    if len(found) > 1:
        raise CityError("several_members")
    return found[0]
