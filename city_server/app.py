"""The city's web application: made of an open city, so that tests and the command line serve the same one."""

from fastapi import FastAPI

from city_server.city import City
from city_server.host import CityHost
from city_server.http.described import described
from city_server.http.enrol_routes import enrol_router
from city_server.http.operations import health_router, metrics_router
from city_server.http.pages import pages_router
from city_server.log import LOG
from city_server.metrics import Metrics
from city_server.watched_store import WatchedStore
from db.errors import StoreError
from sync.serving.problems import answer_troubles
from sync.serving.requests_log import LogRequests
from sync.serving.routes import exchange_router
from sync.serving.turnstile import Gate, Turnstile
from sync.transport import PATH

UNDESCRIBED = ("/style.css", "/openapi.json")
"""What a browser fetches beside the page, and the description itself."""
PUSHES, OTHERS = (4, 12), (8, 24)
"""How many requests of a process are worked on at once, and how many wait: seconds' worth of work, not minutes'."""


def create_app(city: City, *, shows_metrics: bool = True) -> FastAPI:
    """What is done is counted; the figures are among what is served unless `shows_metrics` is off."""
    metrics = Metrics(city)
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(exchange_router(CityHost(city, WatchedStore(city.store, metrics.batch))), prefix=PATH)
    app.include_router(enrol_router(city), prefix=PATH)
    app.include_router(health_router(city))
    if shows_metrics:
        app.include_router(metrics_router(metrics))
    app.include_router(pages_router(city))
    description = described(shows_metrics=shows_metrics)
    app.openapi = lambda: description  # type: ignore[method-assign]
    answer_troubles(app, StoreError)
    app.add_middleware(Turnstile, path=PATH, writing=Gate(*PUSHES), reading=Gate(*OTHERS))
    app.add_middleware(LogRequests, log=LOG, routes=[*description["paths"], *UNDESCRIBED], watch=metrics.request)
    return app
