"""The city's one page: what the stations have recorded, in numbers. No script, no cookie, nothing from elsewhere."""

from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from city_server.city import City
from city_server.overview import overview
from resources.texts import Language, say

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
CHINA = timezone(timedelta(hours=8))
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def pages_router(city: City) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def page(lang: str = Language.CHINESE) -> Response:
        language = Language.ENGLISH if lang == Language.ENGLISH else Language.CHINESE
        return Response(render(city, language), media_type="text/html", headers=_HEADERS)

    @router.get("/style.css")
    def style() -> Response:
        return Response((TEMPLATES / "style.css").read_text(encoding="utf-8"), media_type="text/css", headers=_HEADERS)

    return router


def render(city: City, language: Language) -> str:
    """The page as HTML."""

    def words(key: str, **params: object) -> str:
        return say(language, f"city.page.{key}", **params)

    return (
        _environment()
        .get_template("overview.html")
        .render(
            city=overview(city),
            language=language,
            is_chinese=language is Language.CHINESE,
            words=words,
            moment=lambda at_ms: words("never") if at_ms is None else _moment(at_ms),
            number=lambda value: words("unknown") if value is None else f"{value:,}",
        )
    )


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, CHINA).strftime("%Y-%m-%d %H:%M")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
