"""The metrics for this machine alone, apart from what the city serves to others."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import start_http_server

from city_server.city import City
from city_server.counting import CountedTogether
from city_server.errors import CityError
from city_server.metrics import all_figures

METRICS_HOST = "127.0.0.1"


@contextmanager
def metrics_apart(city: City, port: int | None) -> Iterator[None]:
    """Where there is a `port` for them, the metrics of all this city's processes are there, on loopback.

    Raises CityError(cannot_listen).
    """
    if port is None:
        yield
        return
    try:
        server, thread = start_http_server(port, METRICS_HOST, all_figures(city, CountedTogether()))
    except OSError:
        raise CityError("cannot_listen", host=METRICS_HOST, port=port) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
