"""`station print`: what became of print jobs, a person's word on those that ask, and cards in batches."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit

if TYPE_CHECKING:
    from printing.spool import Spool, SpooledJob
    from station_app.station.batch import BatchEnd, BatchPlan

_REASONS = ("did_not_come_out", "spoiled")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "print",
        help="print jobs, and cards in batches",
        description="Nothing is printed twice by itself: a job whose end is not known asks, and one of came-out, again "
        "and give-up answers. Close the station's window before again, batch and resume.",
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser("list", parents=[common], help="jobs that ask or are under way")
    listed.add_argument("--all", action="store_true", help="also those of the last 30 days that are settled")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    listed.set_defaults(run=_list)
    for name, help_text, run in (
        ("came-out", "the document is in somebody's hand", _came_out),
        ("give-up", "the document is not wanted any more", _give_up),
        ("again", "print the same document again", _again),
    ):
        action = actions.add_parser(name, parents=[common], help=help_text)
        action.add_argument("job", metavar="JOB", help="as `station print list` names it")
        action.set_defaults(run=run)
        if run is _again:
            action.add_argument("--because", choices=_REASONS, default=_REASONS[0], help="it is counted with the job")
    batch = actions.add_parser("batch", parents=[common], help="issue and print cards one after another; Ctrl-C pauses")
    batch.add_argument("file", type=Path, metavar="FILE", help="member numbers, one a line")
    batch.add_argument("--label", default="", help="what people know the batch by")
    batch.set_defaults(run=_batch)
    resume = actions.add_parser("resume", parents=[common], help="go on with a batch")
    resume.add_argument("batch", nargs="?", metavar="BATCH", help="default: the latest that is not over")
    resume.set_defaults(run=_resume)


def _list(context: Context, options: argparse.Namespace) -> Exit:
    jobs = [job for job in _spool(context).all() if options.all or not job.settled]
    for job in jobs:
        if options.json:
            context.print_json(_described(job))
        else:
            print(_line(context, job))
    return Exit.OK


def _described(job: "SpooledJob") -> dict[str, object]:
    return {
        "job": job.id,
        "title": job.title,
        "printer": f"{job.system}/{job.printer}",
        "state": job.state.value,
        "reason": job.reason.value if job.reason else None,
        "asks": job.asks,
        "tries": job.copies_tried,
        "reprinted_for": [reason.value for reason in job.reprinted_for],
        "batch": job.batch or None,
    }


def _line(context: Context, job: "SpooledJob") -> str:
    reason = job.reason.in_words(context.language) if job.reason else ""
    state = context.say(f"cli.print.state.{job.state.value}")
    question = context.say("cli.print.asks") if job.asks else ""
    words = (job.id, job.title, f"{job.system}/{job.printer}", state, f"×{job.copies_tried}", reason, question)
    return "  ".join(word for word in words if word)


def _came_out(context: Context, options: argparse.Namespace) -> Exit:
    from printing.spool.answers import came_out

    return _settled(context, came_out(_spool(context), options.job), options.job)


def _give_up(context: Context, options: argparse.Namespace) -> Exit:
    from printing.spool.answers import give_up

    return _settled(context, give_up(_spool(context), _printers(context), options.job), options.job)


def _settled(context: Context, job: "SpooledJob | None", name: str) -> Exit:
    if job is None:
        raise CliError(context.say("cli.print.no_such", job=name), Exit.NEGATIVE)
    print(context.say("cli.print.settled", job=job.id))
    return Exit.OK


def _again(context: Context, options: argparse.Namespace) -> Exit:
    from printing.spool import ReprintReason
    from station_app.cli.printing import printed_now

    job = _spool(context).get(options.job)
    document = job.document if job is not None and job.asks else None
    if job is None or document is None:
        raise CliError(context.say("cli.print.no_such", job=options.job), Exit.NEGATIVE)
    news = printed_now(context, job.to_printer, document, ReprintReason(options.because))
    after = _spool(context).get(job.id)
    if after is not None:
        print(_line(context, after))
    return Exit.OK if news.report is not None and news.report.state.value == "printed" else Exit.NEGATIVE


def _batch(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.batch import batch_plans, new_plan

    plan = new_plan(options.label or options.file.stem, _people(context, options.file), context.station.now_ms())
    batch_plans(context.home, context.store_key).put(plan.id, plan)
    return _run(context, plan)


def _people(context: Context, file: Path) -> list[Any]:
    from station_app.cli.people import one_member

    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CliError(context.say("cli.file.unreadable", file=file)) from error
    return [one_member(context, line.strip()).id for line in lines if line.strip()]


def _resume(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.batch import batch_plans

    plans = [plan for plan in batch_plans(context.home, context.store_key).all() if not plan.is_over]
    if options.batch:
        plans = [plan for plan in plans if plan.id == options.batch]
    if not plans:
        raise CliError(context.say("cli.print.no_batch"), Exit.NEGATIVE)
    return _run(context, max(plans, key=lambda plan: plan.at_ms))


def _run(context: Context, plan: "BatchPlan") -> Exit:
    from station_app.cli.printing import run_batch

    end, plan = run_batch(context, plan, _show_progress)
    print(file=sys.stderr)
    _tell_end(context, plan, end)
    return Exit.OK if end.value == "over" else Exit.NEGATIVE


def _show_progress(plan: "BatchPlan") -> None:
    whole = len(plan.people)
    filled = 30 * plan.done // max(whole, 1)
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {plan.done}/{whole}", end="", file=sys.stderr, flush=True)


def _tell_end(context: Context, plan: "BatchPlan", end: "BatchEnd") -> None:
    from station_app.station.batch import asking

    for left in plan.left_out:
        print(context.say("cli.print.left_out", line=left.place + 1, why=left.why))
    print(context.say(f"cli.print.batch.{end.value}", batch=plan.id, done=plan.done, whole=len(plan.people)))
    job = asking(_spool(context), plan)
    if job is not None:
        print(_line(context, job))


def _spool(context: Context) -> "Spool":
    from station_app.home.spool import station_spool

    return station_spool(context.home, context.store_key)


def _printers(context: Context) -> Any:
    from station_app.cli.printing import printers

    return printers(context)
