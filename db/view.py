"""What can be asked of a store: a door to each group of questions, all on one connection."""

from functools import cached_property

import sqlalchemy as sa

from db.queries.cards import Cards
from db.queries.conflicts import Conflicts
from db.queries.devices import Devices
from db.queries.digests import Digests
from db.queries.documents import Documents
from db.queries.enrolments import Enrolments
from db.queries.gatherings import Gatherings
from db.queries.holdings import Holdings
from db.queries.journals import Journals
from db.queries.local import Local
from db.queries.overview import Overview
from db.queries.people import People
from db.queries.services import Services
from db.queries.stock import Stock
from db.queries.writers import Writers


class View:
    """What can be asked of a store, all of it at one moment."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @cached_property
    def people(self) -> People:
        return People(self._connection)

    @cached_property
    def services(self) -> Services:
        return Services(self._connection)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self._connection)

    @cached_property
    def writers(self) -> Writers:
        return Writers(self._connection)

    @cached_property
    def digests(self) -> Digests:
        return Digests(self._connection)

    @cached_property
    def documents(self) -> Documents:
        return Documents(self._connection)

    @cached_property
    def holdings(self) -> Holdings:
        return Holdings(self._connection)

    @cached_property
    def journals(self) -> Journals:
        return Journals(self._connection)

    @cached_property
    def overview(self) -> Overview:
        return Overview(self._connection)

    @cached_property
    def local(self) -> Local:
        return Local(self._connection)

    @cached_property
    def enrolments(self) -> Enrolments:
        return Enrolments(self._connection)

    @cached_property
    def gatherings(self) -> Gatherings:
        return Gatherings(self._connection)

    @cached_property
    def stock(self) -> Stock:
        return Stock(self._connection)

    @cached_property
    def conflicts(self) -> Conflicts:
        return Conflicts(self._connection)

    @cached_property
    def devices(self) -> Devices:
        return Devices(self._connection)
