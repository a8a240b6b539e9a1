"""The city's web application: made of an open city, so that tests and the command line serve the same one."""

from fastapi import FastAPI

from city_server.city import City
from city_server.host import CityHost
from city_server.http.enrol_routes import enrol_router
from city_server.http.pages import pages_router
from city_server.log import LOG
from db.errors import StoreError
from sync.serving.problems import answer_troubles
from sync.serving.requests_log import LogRequests
from sync.serving.routes import exchange_router
from sync.serving.turnstile import Gate, Turnstile
from sync.transport import PATH

PUSHES, OTHERS = (4, 12), (8, 24)
"""How many requests of a process are worked on at once, and how many wait: seconds' worth of work, not minutes'."""


def create_app(city: City) -> FastAPI:
    app = FastAPI(title="Worker service station: city", version="1", docs_url=None, redoc_url=None)
    app.include_router(exchange_router(CityHost(city)), prefix=PATH, tags=["exchange"])
    app.include_router(enrol_router(city), prefix=PATH, tags=["enrolment"])
    app.include_router(pages_router(city))
    answer_troubles(app, StoreError)
    app.add_middleware(Turnstile, path=PATH, writing=Gate(*PUSHES), reading=Gate(*OTHERS))
    app.add_middleware(LogRequests, log=LOG)
    return app
