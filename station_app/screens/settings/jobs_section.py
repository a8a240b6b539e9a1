"""Print jobs that ask a person, and a batch of cards with its progress."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import Batch, JobRow, SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.plain import Item, button, clear, column, label, row


class JobLine(QFrame):
    """One job; where it asks, with the answers that a person can give."""

    came_out = Signal(str)
    given_up = Signal(str)
    again = Signal(str, bool)
    """The job, and whether what came out was spoilt."""

    def __init__(self, speaker: Speaker, job: JobRow) -> None:
        super().__init__()
        set_role(self, Role.CARD)
        say = speaker.say
        name = label(Role.HEADING, job.name)
        state = label(Role.MUTED, say("settings.jobs.state", state=speaker.word(job.state), tries=job.tries), wrap=True)
        parts: list[QWidget] = [name, state]
        if job.reason is not None:
            parts.append(label(Role.BODY, speaker.word(job.reason), wrap=True))
        box = column(parts, spacing=4, margins=(16, 12, 16, 12))
        if job.asks:
            box.addWidget(
                label(Role.BODY, say("settings.jobs.still_wanted" if job.not_sent else "settings.jobs.asks"), wrap=True)
            )
            box.addLayout(self._answers(speaker, job))
        self.setLayout(box)

    def _answers(self, speaker: Speaker, job: JobRow) -> QVBoxLayout:
        say = speaker.say
        self.yes, self.no = button(Role.PRIMARY), button(Role.SECONDARY)
        self.spoilt, self.drop = button(Role.SECONDARY), button(Role.QUIET)
        self.yes.setText(say("settings.jobs.came_out"))
        self.no.setText(say("settings.jobs.print" if job.not_sent else "settings.jobs.did_not"))
        self.spoilt.setText(say("settings.jobs.spoilt"))
        self.drop.setText(say("settings.jobs.give_up"))
        self.yes.clicked.connect(lambda: self.came_out.emit(job.job_id))
        self.no.clicked.connect(lambda: self.again.emit(job.job_id, False))
        self.spoilt.clicked.connect(lambda: self.again.emit(job.job_id, True))
        self.drop.clicked.connect(lambda: self.given_up.emit(job.job_id))
        if job.not_sent:
            return column([row([self.no, self.drop, None])])
        return column([row([self.yes, self.no, None]), row([self.spoilt, self.drop, None])])


class BatchPanel(QFrame):
    wanted = Signal()
    paused = Signal()
    resumed = Signal()

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._title, self._note, self._words = (
            label(Role.HEADING),
            label(Role.MUTED, wrap=True),
            label(Role.BODY, wrap=True),
        )
        self._left_out, self.bar = label(Role.MUTED, wrap=True), QProgressBar()
        self.bar.setTextVisible(False)
        self.start, self.pause, self.resume = button(Role.SECONDARY), button(Role.SECONDARY), button(Role.PRIMARY)
        buttons = row([self.resume, self.pause, self.start, None])
        parts: list[Item] = [self._title, self._note, self._words, self.bar, self._left_out, buttons]
        self.setLayout(column(parts, margins=(16, 12, 16, 16)))
        self.start.clicked.connect(self.wanted)
        self.pause.clicked.connect(self.paused)
        self.resume.clicked.connect(self.resumed)

    def show_batch(self, batch: Batch | None) -> None:
        say = self._speaker.say
        self._title.setText(say("settings.jobs.batch"))
        self._note.setText(say("settings.jobs.batch_note"))
        self.start.setText(say("settings.jobs.choose_list"))
        self.pause.setText(say("settings.jobs.pause"))
        self.resume.setText(say("settings.jobs.resume"))
        running = batch is not None and batch.running
        unfinished = batch is not None and not batch.running and batch.done < batch.whole
        self.start.setVisible(not running)
        self.pause.setVisible(running)
        self.resume.setVisible(unfinished)
        for part in (self._words, self.bar):
            part.setVisible(batch is not None)
        self._left_out.setVisible(batch is not None and batch.left_out > 0)
        if batch is None:
            return
        key = "asks" if batch.asks else "running" if running else "paused" if unfinished else "over"
        self._words.setText(say(f"settings.jobs.batch_{key}", name=batch.name, done=batch.done, whole=batch.whole))
        self._left_out.setText(say("settings.jobs.left_out", count=batch.left_out))
        self.bar.setRange(0, batch.whole)
        self.bar.setValue(batch.done)
        self.bar.setAccessibleName(self._words.text())


class JobsSection(SectionView):
    came_out = Signal(str)
    given_up = Signal(str)
    again = Signal(str, bool)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note, self._none, self._trouble = label(Role.MUTED, wrap=True), label(Role.BODY), notice()
        self.batch, self._list = BatchPanel(speaker), QVBoxLayout()
        self._list.setSpacing(8)
        self.lines: dict[str, JobLine] = {}
        self.setLayout(column([self._note, self._trouble, self._none, self._list, 8, self.batch, None]))

    def show_state(self, state: SettingsState) -> None:
        say, jobs = self._speaker.say, state.print_jobs
        self._note.setText(say("settings.jobs.note"))
        self._none.setText(say("settings.jobs.none"))
        self._none.setVisible(not jobs.rows)
        self._trouble.setVisible(jobs.trouble is not None)
        if jobs.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(jobs.trouble))
        clear(self._list)
        self.lines = {job.job_id: self._line(job) for job in jobs.rows}
        for line in self.lines.values():
            self._list.addWidget(line)
        self.batch.show_batch(jobs.batch)

    def _line(self, job: JobRow) -> JobLine:
        line = JobLine(self._speaker, job)
        line.came_out.connect(self.came_out)
        line.given_up.connect(self.given_up)
        line.again.connect(self.again)
        return line
