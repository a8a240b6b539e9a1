"""The event that this station works for: choosing it, and what people should look at."""

from datetime import datetime, time, timedelta

from db.conflict_lines import ConflictLine, conflict_lines
from db.values import MergedPerson
from db.view import View
from station_app.station.shelf import EVENT_SETTING, Offer
from station_app.station.station import Station
from station_core.clock import hybrid
from station_core.ids import EventId
from station_core.records.documents import EventPublished

_SEEN = "conflict.seen."


class EventDesk:
    def __init__(self, station: Station) -> None:
        self._station = station

    def running(self, view: View) -> list[EventPublished]:
        """The events of today, those of the own district first."""
        today, district = self._station.today(), self._station.facts.district
        events = [event for event in view.documents.all(EventPublished) if event.first_day <= today <= event.last_day]
        return sorted(events, key=lambda event: event.district != district)

    def choose(self, event: EventId) -> None:
        """Services and stock are booked to `event` from now on, for as long as it runs."""
        with self._station.store.writing() as tx:
            tx.local.set_setting(EVENT_SETTING, event)

    def joined(self, view: View, event: EventPublished) -> int:
        """How many joined there, by the days of the event as this station's clock has them."""
        first = datetime.combine(event.first_day, time()).astimezone()
        after = datetime.combine(event.last_day + timedelta(days=1), time()).astimezone()
        since, until = (hybrid(int(moment.timestamp() * 1_000)) for moment in (first, after))
        return view.gatherings.joined(event.event, self._station.store.own, since, until)

    def unseen_merges(self, view: View) -> list[MergedPerson]:
        """People registered more than once, as far as nobody here has looked at it."""
        return [merged for merged in view.gatherings.merged() if not view.local.setting(_SEEN + merge_id(merged))]

    def unseen_lines(self, view: View, offer: Offer) -> list[ConflictLine]:
        """What went beyond a rule or a stock at the event, as far as nobody here has looked at it."""
        lines = [] if offer.event is None else conflict_lines(view, offer.catalogue.services, offer.event)
        return [line for line in lines if not view.local.setting(_SEEN + line.id)]

    def note_seen(self, conflict: str) -> None:
        """Somebody has looked at it: it is not shown again at this station."""
        with self._station.store.writing() as tx:
            tx.local.set_setting(_SEEN + conflict, str(self._station.now_ms()))


def merge_id(merged: MergedPerson) -> str:
    """Another one as soon as another record of the same person turns up."""
    return f"merged.{merged.person.hex()}.{merged.others}"
