"""The commands, a file each. Each `add` puts its command, and what it needs to know, into the parser."""

import argparse
from collections.abc import Callable
from typing import Any

from station_app.cli.commands import (
    backup,
    bundle,
    card,
    conflicts,
    doctor,
    hub,
    init,
    journal,
    member,
    open_window,
    print_jobs,
    scan,
    service,
    staff,
    status,
    stock,
    sync,
    unlock,
    verify,
)

COMMANDS: tuple[Callable[[Any, argparse.ArgumentParser], None], ...] = (
    open_window.add,
    init.add,
    staff.add,
    scan.add,
    verify.add,
    member.add,
    service.add,
    stock.add,
    conflicts.add,
    card.add,
    print_jobs.add,
    sync.add,
    hub.add,
    bundle.add,
    status.add,
    journal.add,
    doctor.add,
    backup.add,
    unlock.add,
)
