"""`station service`: what may be had, recording it, taking it back."""

import argparse
import sys
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("service", help="what a member may have, and recording it", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    _add_list(actions, common)
    _add_record(actions, common)
    _add_void(actions, common)


def _add_list(actions: Any, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser("list", parents=[common], help="what a member may have today")
    parser.add_argument("member", metavar="MEMBER", help="a member number, or what fits just one member")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=list_services)


def _add_record(actions: Any, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "record",
        parents=[common],
        help="record that a service was given",
        description="On disk when the command returns. Exit code 1 where the rules do not allow it.",
    )
    parser.add_argument("member", metavar="MEMBER", help="a member number, or what fits just one member")
    parser.add_argument("service", metavar="SERVICE", help="a service code such as liudong.haircut, or its last part")
    parser.add_argument("--quantity", type=int, default=1, help="how many (default: 1)")
    parser.add_argument("--answer", action="append", default=[], metavar="KEY=VALUE", help="an answer to the form")
    parser.add_argument("--json", action="store_true", help="print what came of it as JSON")
    parser.set_defaults(run=record)


def _add_void(actions: Any, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser("void", parents=[common], help="let a record not count, with a reason")
    parser.add_argument("record", metavar="RECORD", help="the record's id, as `record --json` gave it")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--json", action="store_true", help="print what came of it as JSON")
    parser.set_defaults(run=void)


def list_services(context: Context, options: argparse.Namespace) -> Exit:
    from station_core.entitlement import sentence

    for choice in _at_counter(context, options.member).choices:
        words = sentence(choice.entitlement, context.language).say(context.language)
        line = {
            "service": choice.service.code,
            "name": choice.service.name.text(context.language),
            "verdict": choice.entitlement.verdict.value,
            "text": words,
        }
        if options.json:
            context.print_json(line)
        else:
            print("\t".join(line.values()))
    return Exit.OK


def record(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.counter import Counter
    from station_app.station.staffing import ADMINISTRATOR
    from station_core.records.services import ServiceGiven

    served = _at_counter(context, options.member)
    service = _service(context, options.service)
    given = Counter(context.station).give(served, service, ADMINISTRATOR, _answers(options.answer), options.quantity)
    if not isinstance(given, ServiceGiven):
        return _say_refusal(context, options, given)
    if options.json:
        context.print_json({"ok": True, "record": given.id.hex(), "service": given.service, "on": given.on.isoformat()})
    else:
        print(context.say("cli.service.recorded", service=given.service, record=given.id.hex()))
    return Exit.OK


def void(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.counter import Counter
    from station_app.station.staffing import ADMINISTRATOR
    from station_core.ids import RecordId
    from station_core.records.services import RecordVoided

    try:
        record_id = RecordId(bytes.fromhex(options.record))
    except ValueError:
        raise CliError(context.say("cli.service.no_record"), Exit.NEGATIVE) from None
    voided = Counter(context.station).void(record_id, ADMINISTRATOR, options.reason)
    if voided is None:
        raise CliError(context.say("cli.service.no_record"), Exit.NEGATIVE)
    if not isinstance(voided, RecordVoided):
        return _say_refusal(context, options, voided)
    if options.json:
        context.print_json({"ok": True, "record": options.record})
    else:
        print(context.say("cli.service.voided", record=options.record))
    return Exit.OK


def _at_counter(context: Context, text: str) -> Any:
    from station_app.cli.people import one_member
    from station_app.station.counter import Counter

    served = Counter(context.station).show(one_member(context, text).id)
    if served is None:
        raise CliError(context.say("cli.member.unknown", text=text), Exit.NEGATIVE)
    return served


def _service(context: Context, text: str) -> Any:
    """The code that `text` means: a whole code, or the last part of just one (today's offer goes first)."""
    with context.station.store.reading() as view:
        offer = context.station.offer(view)
    everything = [service.code for service in offer.catalogue.services]
    today = [service.code for service in offer.services]
    found = (
        [code for code in everything if code == text]
        or [code for code in today if code.partition(".")[2] == text]
        or [code for code in everything if code.partition(".")[2] == text]
    )
    if len(found) != 1:
        key = "cli.service.several" if found else "cli.service.unknown"
        raise CliError(context.say(key, text=text, codes=", ".join(found)), Exit.NEGATIVE)
    return found[0]


def _answers(pairs: list[str]) -> dict[str, object]:
    return {key: _value(value) for key, _, value in (pair.partition("=") for pair in pairs)}


def _value(text: str) -> object:
    return {"yes": True, "no": False}.get(text, text)


def _say_refusal(context: Context, options: argparse.Namespace, refusal: Any) -> Exit:
    from station_core.entitlement import sentence

    entitlement = refusal.entitlement
    why = sentence(entitlement, context.language).say(context.language) if entitlement else ""
    text = context.say(f"desk.refusal.{refusal.code}", why=why)
    if options.json:
        verdict = entitlement.verdict.value if entitlement else None
        again_on = entitlement.again_on.isoformat() if entitlement and entitlement.again_on else None
        context.print_json(
            {"ok": False, "refusal": refusal.code.value, "verdict": verdict, "again_on": again_on, "text": text}
        )
    print(f"station: {text}", file=sys.stderr)
    for problem in refusal.problems:
        print(f"station: {problem.field}: {context.say(f'entitlement.answer.{problem.fault}')}", file=sys.stderr)
    return Exit.NEGATIVE
