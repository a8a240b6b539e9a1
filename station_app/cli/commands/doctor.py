"""`station doctor`: check this kiosk and say what to do about what is not well."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "doctor",
        parents=[common],
        help="check this kiosk, and say what to do about what is not well",
        description="The report has no personal data. Exit code 1 where something needs doing.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.doctor import examine

    findings = examine(context.home)
    for finding in findings:
        text = finding.in_words(context.language)
        if options.json:
            context.print_json({"what": finding.what, "ok": finding.is_well, "state": finding.state, "text": text})
        else:
            print(f"{'ok ' if finding.is_well else '!! '} {text}")
    return Exit.OK if all(finding.is_well for finding in findings) else Exit.NEGATIVE
