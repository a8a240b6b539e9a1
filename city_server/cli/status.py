"""`city status`, for people and for scripts."""

from dataclasses import asdict
from datetime import date
from typing import Any

from city_server.cli.output import words
from city_server.overview import Overview


def as_json(found: Overview) -> dict[str, Any]:
    """Everything of `found`; days as ISO 8601, times in milliseconds since 1970."""
    value: dict[str, Any] = _plain(asdict(found))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def as_text(found: Overview) -> str:
    counts = found.counts
    lines = [
        f"{found.name} ({found.city_id})",
        words(
            "city.status.counts",
            people=counts.people,
            services=counts.services,
            cards=counts.cards - counts.cards_revoked,
            events=counts.events,
            aside=counts.set_aside,
        ),
    ]
    if found.invited:
        lines.append(words("city.page.invited", count=found.invited))
    lines += [
        words(
            "city.status.station",
            number=station.number,
            name=station.label,
            district=station.district_name,
            entries=station.entries,
            waiting=words("city.page.unknown") if station.waiting is None else station.waiting,
            aside=station.set_aside,
            state=words("city.page.revoked") if station.revoked else "",
        ).rstrip()
        for station in found.stations
    ]
    return "\n".join(lines)
