"""Questions that are asked while somebody types: a moment's quiet first, and only the last answer counts."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from station_app.station.station import Station
from station_app.workers.tasks import TaskRunner

Q = TypeVar("Q")
A = TypeVar("A")


class Latest(QObject, Generic[Q, A]):
    """Asks the station's store about what was typed last. Answers to earlier questions are dropped."""

    def __init__(
        self,
        tasks: TaskRunner,
        quiet_ms: int,
        job: Callable[[Station, Q], A],
        show: Callable[[Q, A], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._job, self._show = tasks, job, show
        self._question: Q | None = None
        self._turn = 0
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._quiet.timeout.connect(self._ask)

    def ask(self, question: Q) -> None:
        """Once nothing else has been asked for a moment."""
        self.forget()
        self._question = question
        self._quiet.start()

    def ask_now(self, question: Q) -> None:
        self.forget()
        self._question = question
        self._ask()

    def forget(self) -> None:
        """Whatever was asked, the answer is not wanted any more."""
        self._turn += 1
        self._quiet.stop()

    def _ask(self) -> None:
        question, turn = self._question, self._turn
        assert question is not None  # noqa: S101 - `ask` has set it
        self._tasks.on_store(
            lambda station: self._job(station, question),
            lambda answer: self._show(question, answer) if turn == self._turn else None,
        )
