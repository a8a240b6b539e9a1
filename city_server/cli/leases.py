"""`city revoke`, `city lease`, `city unlock`: whether and for how long a station works."""

import sys
from argparse import Namespace
from datetime import datetime

from city_server.cli.output import print_json, words

DONE = 0


def revoke(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.revoking import revoke_station

    with open_city(arguments.home) as city:
        revoked = revoke_station(city.store, arguments.number, arguments.reason, arguments.since)
    told = {"number": arguments.number, "name": revoked.station.label}
    counted = {"entries": revoked.entries, "cards": revoked.cards}
    if arguments.json:
        print_json({**told, "since_ms": revoked.since_ms, **counted})
    else:
        since = datetime.fromtimestamp(revoked.since_ms / 1_000).astimezone()
        print(words("city.done.revoke", **told))
        print(words("city.done.revoke_counts", since=f"{since:%Y-%m-%d %H:%M}", **counted))
    return DONE


def lease(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.leasing import present_terms, set_terms
    from station_core.lease.terms import Terms

    with open_city(arguments.home) as city:
        terms = present_terms(city.store)
        if arguments.days is not None or arguments.warn is not None:
            days = terms.days if arguments.days is None else arguments.days
            warn = min(terms.warn_days, days) if arguments.warn is None else arguments.warn
            set_terms(city.store, terms := Terms(days, warn))
    if arguments.json:
        print_json({"days": terms.days, "warn_days": terms.warn_days})
    else:
        print(words("city.done.lease" if terms.days else "city.done.no_lease", days=terms.days, warn=terms.warn_days))
    return DONE


def unlock(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.leasing import answer_challenge
    from station_core.lease.terms import UNLOCK_DAYS

    with open_city(arguments.home) as city:
        opened = answer_challenge(
            city, arguments.number, arguments.challenge, although_revoked=arguments.although_revoked
        )
    if arguments.json:
        print_json({"number": arguments.number, "name": opened.label, "answer": opened.answer, "days": UNLOCK_DAYS})
    else:
        print(words("city.done.unlock", name=opened.label, number=arguments.number, days=UNLOCK_DAYS), file=sys.stderr)
        print(opened.answer)
    return DONE
