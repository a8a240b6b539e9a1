"""Figures that stand in the database, read when somebody asks for them: the same from whichever process answers."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from city_server.city import City
from db.errors import StoreError
from db.view import View
from station_core.credential.certificate import Role

HOUR_MS = 3_600_000


class CityFigures(Collector):
    def __init__(self, city: City) -> None:
        self._store = city.store

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("city_database_up", "Whether the database answered when this was asked for.")
        try:
            waiting = self._store.condition().waiting_for_standby
            with self._store.reading() as view:
                figures = [*_stations(view, self._store.now_ms() - HOUR_MS), *_journals(view)]
            figures.append(
                _gauge("city_commits_waiting_for_standby", "Written, and held back until a standby has them.", waiting)
            )
        except StoreError:
            figures = []
        up.add_metric((), bool(figures))
        yield up
        yield from figures


def _stations(view: View, since_ms: int) -> Iterator[Metric]:
    writers = [one for one in view.writers.all() if one.role not in (None, Role.CITY)]
    revoked = sum(writer.revoked_since is not None for writer in writers)
    stations = GaugeMetricFamily("city_stations", "Stations that were ever enrolled.", labels=("state",))
    stations.add_metric(("active",), len(writers) - revoked)
    stations.add_metric(("revoked",), revoked)
    yield stations
    heard = [seen for seen in view.devices.all().values() if seen.seen_ms >= since_ms]
    waiting = sum(seen.waiting or 0 for seen in heard)
    yield _gauge("city_stations_heard_last_hour", "Devices that asked for anything within an hour.", len(heard))
    yield _gauge("city_entries_waiting_at_stations", "What those said that they still hold back.", waiting)


def _journals(view: View) -> Iterator[Metric]:
    heads = view.journals.heads().values()
    aside = sum(view.journals.set_aside_counts().values())
    yield _gauge("city_journals", "Journals held.", len(heads))
    yield _gauge("city_entries_held", "Entries held.", sum(head.seq for head in heads))
    yield _gauge("city_entries_held_aside", "Entries held that do not count (yet).", aside)


def _gauge(name: str, meaning: str, value: int) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
