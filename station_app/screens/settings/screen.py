"""The settings of the station (设置): sections at the left, the chosen one at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from resources.texts import Language
from station_app.screens.settings.backup_section import BackupSection
from station_app.screens.settings.camera_section import CameraSection
from station_app.screens.settings.diagnostics_section import DiagnosticsSection
from station_app.screens.settings.jobs_section import JobsSection
from station_app.screens.settings.language_section import LanguageSection
from station_app.screens.settings.layout_section import LayoutSection
from station_app.screens.settings.printer_section import PrinterSection
from station_app.screens.settings.scanner_section import ScannerSection
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.staff_section import StaffSection
from station_app.screens.settings.state import Section, SettingsState
from station_app.screens.settings.station_section import StationSection
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, label, row
from station_app.widgets.scrolled import Scrolled

_SECTIONS_PX = 184


class SettingsScreen(QWidget):
    language_chosen = Signal(object)
    """The Language."""
    camera_chosen = Signal(str)
    """The device's id."""
    cameras_wanted = Signal()
    """Search for cameras again."""
    code_switched = Signal(str, bool)
    """A kind of code (`CodeKind.kind`), and whether it is to be read."""
    scanner_test_started = Signal()
    scanner_test_stopped = Signal()
    port_chosen = Signal(str)
    """The serial port's device; "" for none."""
    printer_chosen = Signal(str)
    """The device's id."""
    printers_wanted = Signal()
    """Search for printers again."""
    test_page_wanted = Signal()
    layout_chosen = Signal(str)
    layout_copy_wanted = Signal()
    came_out = Signal(str)
    """A print job's id."""
    given_up = Signal(str)
    print_again_wanted = Signal(str, bool)
    """A print job's id, and whether what came out was spoilt."""
    batch_wanted = Signal()
    batch_paused = Signal()
    batch_resumed = Signal()
    staff_added = Signal(object)
    """The NewStaff."""
    pin_changed = Signal(object)
    """The PinChange."""
    role_changed = Signal(object, object)
    """The OperatorId and the Role."""
    backup_wanted = Signal()
    diagnostics_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        speaker = self._speaker = Speaker(language, self)
        self._state: SettingsState | None = None
        self._title, self._heading = label(Role.TITLE), label(Role.HEADING)
        self.language, self.camera = LanguageSection(speaker), CameraSection(speaker)
        self.scanner, self.printer = ScannerSection(speaker), PrinterSection(speaker)
        self.layout_choice, self.jobs = LayoutSection(speaker), JobsSection(speaker)
        self.staff, self.station = StaffSection(speaker), StationSection(speaker)
        self.backup, self.diagnostics = BackupSection(speaker), DiagnosticsSection(speaker)
        self._views: dict[Section, SectionView] = {
            Section.LANGUAGE: self.language,
            Section.CAMERA: self.camera,
            Section.SCANNER: self.scanner,
            Section.PRINTER: self.printer,
            Section.LAYOUT: self.layout_choice,
            Section.JOBS: self.jobs,
            Section.STAFF: self.staff,
            Section.STATION: self.station,
            Section.BACKUP: self.backup,
            Section.DIAGNOSTICS: self.diagnostics,
        }
        self._section = Section.LANGUAGE
        self._stack, self._group = QStackedWidget(), QButtonGroup(self)
        self.sections = {section: self._section_button(section) for section in Section}
        self._lay_out()
        self._pass_on()

    def _section_button(self, section: Section) -> QPushButton:
        made = button(Role.NAV)
        made.setCheckable(True)
        made.setChecked(section is self._section)
        self._group.addButton(made)
        made.clicked.connect(lambda: self.open(section))
        return made

    def _lay_out(self) -> None:
        for view in self._views.values():
            place = Scrolled()
            place.box.addWidget(view)
            self._stack.addWidget(place)
        listed = Scrolled(spacing=4)
        listed.setFixedWidth(px(_SECTIONS_PX))
        for each in self.sections.values():
            listed.box.addWidget(each)
        listed.box.addStretch(1)
        right = column([self._heading, self._stack], spacing=16)
        right.setStretch(1, 1)
        middle = row([listed, right], spacing=24)
        middle.setStretch(1, 1)
        whole = column([self._title, middle], spacing=16, margins=(24, 20, 24, 20))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _pass_on(self) -> None:
        self.language.language_chosen.connect(self.language_chosen)
        self.camera.camera_chosen.connect(self.camera_chosen)
        self.camera.search_wanted.connect(self.cameras_wanted)
        self.camera.code_switched.connect(self.code_switched)
        self.scanner.test_started.connect(self.scanner_test_started)
        self.scanner.test_stopped.connect(self.scanner_test_stopped)
        self.scanner.port_chosen.connect(self.port_chosen)
        self.printer.printer_chosen.connect(self.printer_chosen)
        self.printer.search_wanted.connect(self.printers_wanted)
        self.printer.test_page_wanted.connect(self.test_page_wanted)
        self.layout_choice.layout_chosen.connect(self.layout_chosen)
        self.layout_choice.copy_wanted.connect(self.layout_copy_wanted)
        self.jobs.came_out.connect(self.came_out)
        self.jobs.given_up.connect(self.given_up)
        self.jobs.again.connect(self.print_again_wanted)
        self.jobs.batch.wanted.connect(self.batch_wanted)
        self.jobs.batch.paused.connect(self.batch_paused)
        self.jobs.batch.resumed.connect(self.batch_resumed)
        self.staff.staff_added.connect(self.staff_added)
        self.staff.pin_changed.connect(self.pin_changed)
        self.staff.role_changed.connect(self.role_changed)
        self.backup.backup_wanted.connect(self.backup_wanted)
        self.diagnostics.diagnostics_wanted.connect(self.diagnostics_wanted)
        self.diagnostics.report_wanted.connect(self.report_wanted)

    def open(self, section: Section) -> None:
        """Show `section`. Leaving the scanner's test ends it: other pages want the keyboard back."""
        if section is not Section.SCANNER and self._state is not None and self._state.scanner.listening:
            self.scanner_test_stopped.emit()
        self._section = section
        self.sections[section].setChecked(True)
        self._stack.setCurrentIndex(list(Section).index(section))
        self._heading.setText(self._speaker.say(f"settings.section.{section.value}"))

    def show_state(self, state: SettingsState) -> None:
        self._state = state
        self._title.setText(self._speaker.say("settings.title"))
        self._heading.setText(self._speaker.say(f"settings.section.{self._section.value}"))
        for section, each in self.sections.items():
            each.setText(self._speaker.say(f"settings.section.{section.value}"))
        for view in self._views.values():
            view.show_state(state)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        if self._state is not None:
            self.show_state(self._state)
