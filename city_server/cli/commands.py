"""What each command does, once its arguments are read. Each loads what it needs by itself."""

import sys
from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from city_server.cli.output import complain, print_json, words

if TYPE_CHECKING:
    from city_server.roster.rows import LineProblem

DONE, NOT_IN_ORDER = 0, 4
MOST_LINES_SHOWN = 50


def init(arguments: Namespace) -> int:
    from city_server.founding import found_city
    from sync.code import fingerprint

    home = found_city(
        arguments.home,
        arguments.db,
        name=arguments.name,
        title=arguments.title,
        region_code=arguments.region,
    )
    about = home.about
    told = {
        "city": about.id,
        "name": about.name,
        "home": str(home.folder),
        "root_key": home.root.public.hex(),
        "fingerprint": fingerprint(home.root.public),
    }
    if arguments.json:
        print_json(told)
    else:
        print(words("city.done.init", **told))
    return DONE


def enrol(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.enrolling import CODE_DAYS, invite

    with open_city(arguments.home) as city:
        code, enrolment = invite(city.store, arguments.name, arguments.district)
    if arguments.json:
        told = {
            "code": str(code),
            "number": enrolment.number,
            "name": enrolment.label,
            "district": enrolment.district,
            "valid_days": CODE_DAYS,
        }
        print_json(told)
    else:
        print(words("city.done.enrol", name=enrolment.label, number=enrolment.number, days=CODE_DAYS), file=sys.stderr)
        print(code)
    return DONE


def serve(arguments: Namespace) -> int:
    from city_server.counting import counting_folder

    with counting_folder():  # before anything that counts is loaded
        from city_server.city import open_city
        from city_server.serving import Place, serve

        place = Place(
            arguments.host, arguments.port, arguments.tls_cert, arguments.tls_key, metrics_port=arguments.metrics_port
        )
        with open_city(arguments.home) as city:
            serve(
                city,
                place,
                lambda address: print(words("city.done.serving", address=address), flush=True),
                arguments.workers,
            )
    return DONE


def status(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.cli.status import as_json, as_text
    from city_server.overview import overview

    with open_city(arguments.home) as city:
        found = overview(city)
    if arguments.json:
        print_json(as_json(found))
    else:
        print(as_text(found))
    return DONE


def import_roster(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.roster.load import import_roster

    with open_city(arguments.home) as city:
        result = import_roster(city, arguments.file, skip_bad=arguments.skip_bad)
    bad_lines = len({problem.line for problem in result.problems})
    if arguments.json:
        print_json(asdict(result) | {"bad_lines": bad_lines})
    else:
        _tell_problems(result.problems)
        told = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged, "bad": bad_lines}
        print(words("city.done.roster", **told)) if result.written else complain(
            words("city.done.roster_refused", bad=bad_lines)
        )
    return DONE if result.written else NOT_IN_ORDER


def _tell_problems(problems: "list[LineProblem]") -> None:
    for problem in problems[:MOST_LINES_SHOWN]:
        column = words(f"city.column.{problem.column}")
        complain(words("city.line.at", line=problem.line, column=column, what=words(f"city.line.{problem.code}")))
    if len(problems) > MOST_LINES_SHOWN:
        complain(words("city.line.more", count=len(problems) - MOST_LINES_SHOWN))


def publish_event(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.publishing import event_of, publish_event

    event = event_of(
        arguments.event,
        arguments.name,
        arguments.place,
        arguments.district,
        (arguments.first_day, arguments.last_day or arguments.first_day),
        tuple(dict.fromkeys(arguments.packs)),
        dict(arguments.stock),
    )
    with open_city(arguments.home) as city:
        publish_event(city, event)
    print(words("city.done.event", name=event.name))
    return DONE


def conflicts(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.overview import conflicts_of

    with open_city(arguments.home) as city:
        lines = conflicts_of(city, arguments.event)
    if arguments.json:
        print_json([asdict(line) for line in lines])
    else:
        for line in lines:
            print(f"{line.event}  {words(f'common.conflict.{line.kind}', **asdict(line))}")
    return DONE


def publish_pack(arguments: Namespace) -> int:
    from city_server.city import open_city
    from city_server.publishing import publish_pack

    with open_city(arguments.home) as city:
        pack = publish_pack(city, arguments.pack)
    print(words("city.done.pack", pack=pack.id, version=pack.version))
    return DONE


def verify_journals(arguments: Namespace) -> int:
    from city_server.city import open_city

    with open_city(arguments.home) as city, city.store.reading() as view:
        heads = view.journals.heads()
        names = {writer.id: writer.label or writer.id.hex() for writer in view.writers.all()}
        faults = {names[writer]: found for writer in heads if (found := view.journals.faults(writer))}
    entries = sum(head.seq for head in heads.values())
    if arguments.json:
        print_json({"journals": len(heads), "entries": entries, "faults": faults})
    else:
        for name, found in faults.items():
            complain(words("city.done.journal_fault", name=name, what="; ".join(found)))
        print(words("city.done.journals", journals=len(heads), entries=entries, faults=len(faults)))
    return NOT_IN_ORDER if faults else DONE
