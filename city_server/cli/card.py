"""`city card`: the state of cards, for stations and for others."""

from argparse import Namespace

from city_server.cli.commands import DONE
from city_server.cli.output import print_json, words
from city_server.errors import CityError


def publish_statuses(arguments: Namespace) -> int:
    from city_server.card_statuses import publish_card_statuses
    from city_server.city import open_city

    with open_city(arguments.home) as city:
        count = publish_card_statuses(city)
    if arguments.json:
        print_json({"published": count})
    else:
        print(words("city.done.card_statuses", count=count))
    return DONE


def write_trust(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.trust_list import signed_trust_list

    with open_city(arguments.home) as city:
        data, root_key = signed_trust_list(city), city.home.root.public.hex()
    try:
        arguments.out.write_bytes(data)
    except OSError:
        raise CityError("out_unwritable", file=str(arguments.out)) from None
    told = {"file": str(arguments.out), "root_key": root_key, "bytes": len(data)}
    if arguments.json:
        print_json(told)
    else:
        print(words("city.done.card_trust", **told))
    return DONE
