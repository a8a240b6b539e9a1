"""`city member`: find people, tell them what is held on them, erase them."""

import json
from argparse import Namespace

from city_server.cli.output import complain, print_json, words

DONE, NOT_IN_ORDER = 0, 4


def find(arguments: Namespace) -> int:
    from city_server.city import open_city
    from station_core.people import id_number, phone

    with open_city(arguments.home) as city, city.store.reading() as view:
        people = view.people.search(arguments.text, arguments.limit)
    told = [
        {
            "member_no": person.member_no,
            "name": person.name,
            "id_number": id_number.mask(person.id_number) if person.id_number else None,
            "phone": phone.mask(person.phone) if person.phone else None,
            "district": person.district,
            "membership": person.membership.value,
        }
        for person in people
    ]
    if arguments.json:
        print_json(told)
    for line in told if not arguments.json else []:
        print("\t".join(str(value or "-") for value in line.values()))
    if not people:
        complain(words("city.trouble.no_member"))
    return DONE if people else NOT_IN_ORDER


def export(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.disclosing import disclose
    from city_server.errors import CityError
    from city_server.files import write_new

    with open_city(arguments.home) as city:
        told = disclose(city, arguments.member)
    content = json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
    try:
        write_new(arguments.out, content)
    except FileExistsError:
        raise CityError("out_exists", file=str(arguments.out)) from None
    except OSError:
        raise CityError("out_unwritable", file=str(arguments.out)) from None
    print(words("city.done.member_export", file=arguments.out))
    return DONE


def erase(arguments: Namespace) -> int:
    from dataclasses import asdict

    from city_server.city import open_city
    from city_server.erasing import erase_member

    with open_city(arguments.home) as city:
        erased = erase_member(city.store, arguments.member, arguments.reason)
    if arguments.json:
        print_json(asdict(erased))
    else:
        print(words("city.done.member_erase", records=erased.records, rosters=erased.rosters))
    return DONE
