"""One signal for "something has changed", whoever changed it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Topic(StrEnum):
    PEOPLE = "people"
    SERVICES = "services"
    CARDS = "cards"
    DOCUMENTS = "documents"
    STAFF = "staff"
    EXCHANGE = "exchange"


LOCAL_TOPICS = frozenset({Topic.PEOPLE, Topic.SERVICES, Topic.CARDS, Topic.DOCUMENTS, Topic.STAFF})


class Broadcast(QObject):
    changed = Signal(object, bool)
    """A frozenset of Topics; and whether it was recorded here (True) or arrived from elsewhere."""

    def recorded(self, *topics: Topic) -> None:
        """Something was recorded at this kiosk."""
        self.changed.emit(frozenset(topics), True)

    def arrived(self, *topics: Topic) -> None:
        """Something came from elsewhere, or the state of the exchange is another."""
        self.changed.emit(frozenset(topics), False)
