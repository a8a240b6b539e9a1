"""The city's web application: made of an open city, so that tests and the command line serve the same one."""

from fastapi import FastAPI

from city_server.city import City
from city_server.exchange_store import CityExchangeStore
from city_server.host import CityHost
from city_server.http.described import described
from city_server.http.enrol_routes import enrol_router
from city_server.http.operations import health_router, metrics_router
from city_server.http.pages import pages_router
from city_server.log import LOG
from city_server.metrics import Metrics
from db.errors import StoreError
from sync.serving.problems import answer_troubles
from sync.serving.requests_log import LogRequests
from sync.serving.routes import exchange_router
from sync.transport import PATH


def create_app(city: City, metrics: Metrics | None = None, *, shows_metrics: bool = True) -> FastAPI:
    """`metrics` counts what is done here; they are among what is served unless `shows_metrics` is off."""
    metrics = metrics or Metrics(city)
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(exchange_router(CityHost(city, CityExchangeStore(city.store, metrics.batch))), prefix=PATH)
    app.include_router(enrol_router(city), prefix=PATH)
    app.include_router(health_router(city))
    if shows_metrics:
        app.include_router(metrics_router(metrics))
    app.include_router(pages_router(city))
    app.openapi = lambda: described(shows_metrics=shows_metrics)  # type: ignore[method-assign]
    answer_troubles(app, StoreError)
    app.add_middleware(LogRequests, log=LOG, watch=metrics.request)
    return app
