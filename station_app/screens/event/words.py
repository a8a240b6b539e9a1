"""How an event is put in words."""

from station_app.screens.event.state import EventInfo
from station_app.texts import Speaker


def where_and_when(speaker: Speaker, event: EventInfo) -> str:
    """Place and day, or first and last day."""
    if event.first_day == event.last_day:
        return speaker.say("event.one_day", place=event.place, day=event.first_day)
    return speaker.say("event.many_days", place=event.place, first=event.first_day, last=event.last_day)
