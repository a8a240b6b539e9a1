"""What a city counts while it serves, for Prometheus. Nothing in it is about a person, and no station is named.

Several processes that serve one city count together, through files in a folder that `$PROMETHEUS_MULTIPROC_DIR` names:
whichever of them is asked answers for all. The variable must be set before this module is loaded; see `counting`.
"""

import os
from collections.abc import Iterable
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import Metric

from city_server.city import City
from city_server.counting import FOLDER, CountedTogether
from city_server.figures import CityFigures
from station_core.journal.batch import Batch
from station_core.journal.receipt import Received
from sync.serving.requests_log import Answered

disable_created_metrics()  # type: ignore[no-untyped-call]  # a series beside each other one, which tells when that began

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Upper bounds of the durations' buckets: from the question whether anything is new to a push that waits long."""


class Counted(Protocol):
    """What was counted, here or by several processes."""

    def collect(self) -> Iterable[Metric]: ...


def all_figures(city: City, counted: Counted) -> CollectorRegistry:
    """What was counted, and what stands in the database."""
    registry = CollectorRegistry()
    registry.register(counted)
    registry.register(CityFigures(city))
    return registry


class Metrics:
    def __init__(self, city: City) -> None:
        self._store = city.store
        here = CollectorRegistry()
        self._requests = Counter(
            "city_requests", "Requests that were answered.", ("method", "route", "status"), registry=here
        )
        self._seconds = Histogram(
            "city_request_duration_seconds", "How long they took.", ("route",), buckets=SECONDS, registry=here
        )
        self._batches = Counter(
            "city_batches", "Batches handed in, by what became of them.", ("outcome",), registry=here
        )
        self._entries = Counter(
            "city_entries", "Entries handed in, by what became of them.", ("outcome",), registry=here
        )
        self._connections = Gauge(
            "city_database_connections_in_use",
            "Connections to the database in use, in each process when its latest request ended.",
            registry=here,
            multiprocess_mode="livesum",
        )
        self._everything = all_figures(city, CountedTogether() if FOLDER in os.environ else here)

    def request(self, answered: Answered) -> None:
        """Count a request. All paths that lead nowhere are one route: whoever invents them makes no new series."""
        route = answered.route or "none"
        self._requests.labels(answered.method, route, str(answered.status)).inc()
        self._seconds.labels(route).observe(answered.seconds)
        self._connections.set(self._store.connections_in_use())

    def batch(self, batch: Batch, received: Received) -> None:
        """Count what became of a batch and of its entries; of a batch that was refused no entry was taken."""
        self._batches.labels(received.outcome.value).inc()
        if not received.outcome.is_good:
            self._entries.labels("refused").inc(len(batch.items))
            return
        self._entries.labels("taken").inc(received.new_entries - len(received.aside))
        self._entries.labels("set_aside").inc(len(received.aside))
        self._entries.labels("already_had").inc(len(batch.items) - received.new_entries)

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self._everything)
