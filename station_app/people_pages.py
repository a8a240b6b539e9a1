"""Registration, members and cards, put together: pages, printing, and who asks whom."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from printing.printers import printers_of_this_machine
from printing.spool import SpooledJob
from station_app.flows.card_flow import CardFlow
from station_app.flows.members_flow import MembersFlow
from station_app.flows.print_queue import PrintQueue
from station_app.flows.registration_flow import RegistrationFlow
from station_app.screens.counter.state import Happened
from station_app.screens.members.screen import MembersScreen
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.shell.state import Page, Trouble
from station_app.words import Phrase
from station_core.ids import PersonId

if TYPE_CHECKING:
    from station_app.composition import Kiosk
    from station_app.opened import OpenedStation


class PeoplePages(QObject):
    """Made once the counter and the window around the pages are there."""

    def __init__(self, kiosk: "Kiosk", opened: "OpenedStation", home: Path, store_key: bytes) -> None:
        super().__init__(opened)
        self._counter, self._shell = opened.counter, opened.shell_flow
        tasks, session, broadcast = kiosk.tasks, kiosk.session, opened.broadcast
        language, approvals = kiosk.speaker.language, opened.approvals
        self.registration_screen, self.members_screen = RegistrationScreen(language), MembersScreen(language)
        opened.put(Page.REGISTRATION, self.registration_screen)
        opened.put(Page.MEMBERS, self.members_screen)
        self.registration = RegistrationFlow(
            self.registration_screen, home, tasks, session, broadcast, opened.camera, approvals
        )
        self.members = MembersFlow(self.members_screen, home, tasks, session, broadcast, approvals)
        pdf_folder = home / "cards"
        printers = printers_of_this_machine(pdf_folder, home / "spool")
        self.queue = PrintQueue(home, store_key, printers, opened.store, tasks, self)
        self.cards = CardFlow(pdf_folder, printers, self.queue.worker, tasks, session, broadcast, self)
        self._connect()
        self.cards.look_at_printer()
        tasks.in_background(self.queue.open_jobs, self._tell_what_asks)

    def stop(self) -> None:
        self.queue.stop()

    def _connect(self) -> None:
        cards = self.cards
        self._counter.register_wanted.connect(lambda: self._shell.show_page(Page.REGISTRATION))
        self._counter.card_wanted.connect(cards.print_card)
        self.registration.serve_wanted.connect(self._serve)
        self.registration.card_wanted.connect(cards.print_card)
        self.members.serve_wanted.connect(lambda person: self._serve(person, Happened.VALID))
        self.members.print_wanted.connect(cards.print_card)
        self.members.reissue_wanted.connect(cards.reissue)
        self._shell.page_shown.connect(lambda _: self.members.conceal())
        cards.changed.connect(self.registration.show_card)
        cards.changed.connect(self.members.show_card)
        cards.told.connect(self._shell.tell)
        cards.printer_changed.connect(self._shell.show_printer)

    def _tell_what_asks(self, jobs: tuple[SpooledJob, ...]) -> None:
        """After a start: what a power cut left open."""
        asking = sum(job.asks for job in jobs)
        if asking:
            self._shell.tell(Trouble(Phrase("cards.asking", {"count": asking}), Phrase("cards.asking_do")))

    def _serve(self, person: PersonId, happened: Happened) -> None:
        self._shell.show_page(Page.COUNTER)
        self._counter.show_person(person, happened)
