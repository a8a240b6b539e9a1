"""The guided tour: one station, one day, worked as staff would, without a display.

Real frames are scanned, services recorded, a person registered, a card printed to PDF, and the station exchanges with
a city server that really runs. What it made lies in the folder that it names at the end.
"""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from demo.driver import KioskDriver
from demo.frames import card_video, picture_of_pdf
from demo.invented import Invented, invented_people
from demo.programs import as_json, city, station
from demo.sample_codes import make_sample_codes
from demo.world import STAFF, DemoWorld, demo_world
from station_app.opened import OpenedStation
from station_app.scanning.opencv import cv2
from station_app.screens.shell.state import Page
from station_core.ids import ServiceCode

HAIRCUT = ServiceCode("liudong.haircut")
NEWCOMER: Invented = next(invented_people(1, seed=9))


@dataclass
class Report:
    """What happened, for the terminal and for the file."""

    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)
        print(f"  {line}", flush=True)


def give_tour(out: Path) -> int:
    """Make the demonstration in `out` anew, and walk through the station's day. 0 when all went well."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    report, started_s = Report(), time.monotonic()
    with demo_world(out / "world") as world:
        report.say(
            f"A city with its roster and an event, and one station, made in {time.monotonic() - started_s:.1f} s."
        )
        _walk(world, out, report)
        _check_the_city(world, report)
    file = out / "report.md"
    file.write_text("# The guided tour\n\n" + "".join(f"- {line}\n" for line in report.lines), encoding="utf-8")
    print(f"Pictures of every step, the printed card and this report lie in {out.resolve()}.")
    return 0


def _walk(world: DemoWorld, out: Path, report: Report) -> None:
    codes = make_sample_codes(world)
    video = card_video([picture_of_pdf(codes / "card-1.pdf")], out / "what-the-camera-sees.avi")
    driver = KioskDriver(world.station_home, str(video), out / "screenshots")
    try:
        _unlock(driver, report)
        opened = driver.wait_for("the open station", lambda: driver.kiosk.opened)
        _serve_by_camera(driver, opened, report)
        _refuse_a_forgery(driver, opened, codes, report)
        _register(driver, opened, report)
        _print_card(driver, opened, world, out, report)
        _look_at_pages(driver, opened)
        _exchange(driver, opened, report)
    finally:
        driver.close()


def _unlock(driver: KioskDriver, report: Report) -> None:
    name, pin, _ = STAFF[0]
    lock = driver.kiosk.lock_screen
    driver.take_picture("01-locked")
    driver.touch(next(row for row in lock.staff.rows.values() if row.name.text() == name))
    driver.type_into(lock.pad.field, pin)
    lock.pad.field.returnPressed.emit()
    driver.wait_for("the counter", lambda: driver.kiosk.session.staff is not None)
    report.say("Staff unlocked the kiosk with a PIN.")


def _serve_by_camera(driver: KioskDriver, opened: OpenedStation, report: Report) -> None:
    grid = opened.counter_screen.person.grid
    driver.wait_for("somebody's services", lambda: HAIRCUT in grid.tiles and opened.counter_screen.person.isVisible())
    driver.take_picture("02-a-member-holds-up-a-card")
    driver.touch(grid.tiles[HAIRCUT])
    driver.wait_for("the record", lambda: grid.tiles[HAIRCUT].undo.isVisible())
    driver.take_picture("03-one-touch-records-a-haircut")
    report.say("The camera read a member's card from moving frames; one touch recorded a haircut, on disk at the beep.")
    driver.touch(opened.counter_screen.search.next)


def _refuse_a_forgery(driver: KioskDriver, opened: OpenedStation, codes: Path, report: Report) -> None:
    from station_app.scanning.decoder import Decoder
    from station_app.scanning.pictures import load_picture

    opened.counter.take_readings(Decoder().read_still(load_picture(codes / "forged-card.png")))
    driver.wait_for("the refusal", lambda: opened.counter_screen.stranger.isVisible())
    driver.take_picture("04-a-forged-card-is-refused")
    report.say("A card with one character changed was refused: its signature does not hold.")
    driver.touch(opened.counter_screen.search.next)


def _register(driver: KioskDriver, opened: OpenedStation, report: Report) -> None:
    opened.shell_flow.show_page(Page.REGISTRATION)
    screen = opened.people.registration_screen
    fields = screen.form.fields
    driver.take_picture("05-the-empty-form")
    for edit, text in (
        (fields.name, NEWCOMER.name),
        (fields.id_number, NEWCOMER.id_number),
        (fields.phone, NEWCOMER.phone),
        (fields.employer, NEWCOMER.employer),
    ):
        driver.type_into(edit, text)
    fields.occupation.setCurrentIndex(fields.occupation.findData("truck_driver"))
    driver.touch(fields.consent.tick)
    driver.look_for(0.5)
    driver.take_picture("06-the-form-filled-in")
    driver.touch(screen.form.save)
    driver.wait_for("the new member's number", lambda: screen.success.isVisible())
    driver.take_picture("07-a-new-member")
    report.say("Somebody who was no member joined through the form and got a number at once.")


def _print_card(driver: KioskDriver, opened: OpenedStation, world: DemoWorld, out: Path, report: Report) -> None:
    folder = world.station_home / "cards"
    driver.touch(opened.people.registration_screen.success.print)
    pdf: Path = driver.wait_for("the printed card", lambda: next(iter(sorted(folder.glob("*.pdf"))), None))
    driver.look_for(0.5)
    driver.take_picture("08-the-card-is-printed")
    shutil.copy(pdf, out / "card.pdf")
    picture = out / "card.png"
    cv2.imwrite(str(picture), picture_of_pdf(out / "card.pdf"))
    driver.touch(opened.people.registration_screen.success.serve)
    driver.wait_for("the newcomer at the counter", lambda: opened.counter_screen.person.isVisible())
    driver.take_picture("09-served-at-once")
    report.say("The card was printed to a PDF, and the newcomer stands at the counter.")


def _look_at_pages(driver: KioskDriver, opened: OpenedStation) -> None:
    for number, page in enumerate((Page.MEMBERS, Page.EVENT, Page.SETTINGS), 10):
        opened.shell_flow.show_page(page)
        driver.look_for(0.5)
        driver.take_picture(f"{number}-{page}")


def _exchange(driver: KioskDriver, opened: OpenedStation, report: Report) -> None:
    opened.shell_flow.show_page(Page.SYNC)
    driver.touch(opened.sync_screen.now)
    driver.wait_for("an empty queue", _nothing_waits(opened))
    driver.look_for(1.0)
    driver.take_picture("13-everything-is-in-the-city")
    driver.kiosk.speaker.toggle()
    driver.take_picture("14-and-in-english")
    driver.kiosk.speaker.toggle()
    report.say("The station exchanged with the city's server; nothing waits any more.")


def _nothing_waits(opened: OpenedStation) -> Callable[[], bool]:
    def asked() -> bool:
        from station_app.station.exchange import exchange_status

        return opened.store.call(lambda station: exchange_status(station.store)).waiting_entries == 0

    return asked


def _check_the_city(world: DemoWorld, report: Report) -> None:
    here = as_json(station("status", "--home", world.station_home, "--json"))["counts"]
    there = as_json(city("status", "--home", world.city_home, "--json"))["counts"]
    same = {key: (here[key], there[key]) for key in ("people", "services", "cards", "entries")}
    if any(ours != theirs for ours, theirs in same.values()):
        raise RuntimeError(f"station and city differ: {same}")
    station("journal", "verify", "--home", world.station_home)
    city("journal", "verify", "--home", world.city_home)
    report.say(
        f"Station and city hold the same: {here['people']} people, {here['services']} services, {here['cards']} cards, "
        f"{here['entries']} journal entries; every journal verifies."
    )
