"""The commands for files on a stick."""

from argparse import Namespace

from city_server.cli.commands import DONE, NOT_IN_ORDER
from city_server.cli.output import complain, print_json, words


def enrol_file(arguments: Namespace) -> int:
    from city_server.bundles import answer_request
    from city_server.city import open_city

    with open_city(arguments.home) as city:
        station, written = answer_request(city, arguments.file, arguments.out)
    if arguments.json:
        told = {"number": station.number, "name": station.label, "district": station.district}
        print_json(told | {"file": str(written.file), "entries": written.entries, "bytes": written.size_bytes})
    else:
        print(words("city.done.enrol_file", name=station.label, number=station.number, file=written.file))
    return DONE


def export(arguments: Namespace) -> int:
    from city_server.bundles import export_to_station
    from city_server.city import open_city

    with open_city(arguments.home) as city:
        written = export_to_station(city, arguments.number, arguments.out, everything=arguments.all)
    if arguments.json:
        print_json({"file": str(written.file), "entries": written.entries, "bytes": written.size_bytes})
    else:
        print(words("city.done.bundle_written", entries=written.entries, file=written.file))
    return DONE


def import_file(arguments: Namespace) -> int:
    from city_server.bundles import import_bundle
    from city_server.city import open_city

    with open_city(arguments.home) as city:
        imported = import_bundle(city, arguments.file)
    taken, sender = imported.taken, imported.sender
    if arguments.json:
        told = {"number": sender.number, "name": sender.label, "made_ms": taken.checked.header.made_ms}
        counted = {"gaps": taken.gaps, "forks": taken.forks, "refused": taken.refused}
        came = {"received_entries": taken.half.entries, "set_aside": len(taken.half.aside)}
        print_json({"ok": not taken.rest} | told | came | counted)
    else:
        print(words("city.done.bundle_taken", name=sender.label, number=sender.number, received=taken.half.entries))
        for rest, count in taken.rest.items():
            complain(words(f"bundle.rest.{rest}", count=count))
    return NOT_IN_ORDER if taken.rest else DONE
