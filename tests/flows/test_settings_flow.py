"""The settings on a real station: devices, staff, backup, diagnostics, a scanner's test."""

import os
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QImage, QTransform
from support.stations import MEMBERS, OPERATOR_PIN, SUPERVISOR_PIN

from db.engine import sqlcipher_engine
from printing.printers import Medium, PdfFolder, Printers, Reason
from resources.texts import Language
from station_app.flows.broadcast import Topic
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.pin_tries import PinTries
from station_app.flows.port_flow import PortFlow
from station_app.flows.print_queue import PrintQueue
from station_app.flows.settings.flow import SettingsFlow, SettingsParts
from station_app.flows.shell_flow import ShellFlow
from station_app.home.errors import WrongPin
from station_app.home.keyslots import KeySlots
from station_app.scanning.camera_list import FoundCamera, cameras_of_this_machine
from station_app.scanning.camera_settings import (
    USUAL_RESOLUTION,
    CameraSettings,
    Resolution,
    TakenSettings,
    from_text,
)
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.scan_worker import SourceState
from station_app.scanning.wedge_filter import WedgeFilter
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.state import Dial, Health, NewStaff, Picturing, PinChange, PrintJob, SettingsState
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Notice, Page
from station_app.station.cards import Cards
from station_app.station.settings import (
    CAMERA_SETTING,
    CAMERA_SETTINGS_OF,
    CARD_LAYOUT_SETTING,
    OTHER_CODES_SETTING,
    PRINTER_SETTING,
    SCANNER_PORT_SETTING,
)
from station_app.station.staffing import staff_names
from station_app.texts import Speaker
from station_app.words import Phrase
from station_core.ids import OperatorId
from station_core.records.documents import OperatorNamed
from station_core.records.roles import Role


class Settings:
    def __init__(self, desk, qtbot, asked_camera: str | None, prints: Path) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.screen, shell = SettingsScreen(), ShellScreen()
        qtbot.addWidget(self.screen)
        qtbot.addWidget(shell)
        shell.add_page(Page.SETTINGS, self.screen)
        self.tries, self.speaker, self.wedge = PinTries(), Speaker(), WedgeFilter()
        self.camera, self.port = CameraFlow(desk.tasks), PortFlow(desk.tasks)
        self.shell = ShellFlow(shell, "物流园一号台", desk.tasks, desk.session, desk.broadcast)
        home, key = desk.made.home, desk.made.store_key
        self.queue = PrintQueue(home, key, Printers([PdfFolder(home / "cards")]), desk.store, desk.tasks)
        self.list: Path | None = None
        parts = SettingsParts(
            home=desk.made.home,
            facts=desk.made.facts,
            store_key=desk.made.store_key,
            tasks=desk.tasks,
            session=desk.session,
            broadcast=desk.broadcast,
            tries=self.tries,
            speaker=self.speaker,
            camera=self.camera,
            asked_camera=asked_camera,
            wedge=self.wedge,
            port=self.port,
            printers=Printers([PdfFolder(prints)]),
            queue=self.queue,
            choose_list=lambda: self.list,
            shell=self.shell,
        )
        self.flow = SettingsFlow(self.screen, parts)

    @property
    def state(self) -> SettingsState:
        return self.screen._state

    def wait(self, is_so: Callable[[SettingsState], bool]) -> SettingsState:
        self.qtbot.waitUntil(lambda: is_so(self.state), timeout=20_000)
        return self.state

    def work_as(self, staff) -> None:
        self.desk.session.begin(staff)
        self.wait(lambda state: any(row.is_self and row.staff_id == staff.id for row in state.staff))

    def setting(self, key: str) -> str:
        def ask(station) -> str:
            with station.store.reading() as view:
                return view.local.setting(key)

        return self.desk.ask(ask)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder that ends at once stands in for a camera."""
    (folder := tmp_path / "pictures").mkdir()
    return folder


@pytest.fixture
def settings(desk, qtbot, pictures, tmp_path) -> Iterator[Settings]:
    made = Settings(desk, qtbot, str(pictures), tmp_path / "prints")
    yield made
    made.camera.stop()
    made.port.stop()
    made.queue.stop()


# Language, station


def test_the_language_is_the_windows(settings):
    settings.screen.language_chosen.emit(Language.ENGLISH)
    assert settings.speaker.language is Language.ENGLISH
    assert settings.state.language is Language.ENGLISH


def test_the_station_is_described(settings, desk):
    settings.shell.show_page(Page.SETTINGS)
    state = settings.wait(lambda state: state.station.members > 0)
    station = state.station
    assert (station.name, station.district, station.members) == ("物流园一号台", "辽宁省沈阳市铁西区", 4)
    assert station.device_id == str(desk.made.facts.writer_number)
    assert station.version[0].isdigit()


# Cameras


def test_cameras_of_linux_are_those_that_give_pictures(tmp_path):
    devices, described = tmp_path / "dev", tmp_path / "sys"
    devices.mkdir()
    for node, index, name in (
        ("video10", "0", "USB 摄像头"),
        ("video2", "0", "HD Webcam"),
        ("video3", "1", "HD Webcam"),
    ):
        (devices / node).touch()
        (described / node).mkdir(parents=True)
        (described / node / "index").write_text(f"{index}\n")
        (described / node / "name").write_text(f"{name}\n")
    (devices / "video-codec").touch()
    (devices / "video4").touch()
    found = cameras_of_this_machine(devices, described)
    assert found == (FoundCamera(2, "HD Webcam"), FoundCamera(4, "video4"), FoundCamera(10, "USB 摄像头"))


def test_what_the_command_line_asks_for_wins_over_the_setting(settings, pictures):
    assert settings.state.cameras.chosen == str(pictures)


def test_a_chosen_camera_is_kept_and_looked_through(settings, desk, qtbot, tmp_path):
    settings.wait(lambda state: state.cameras.chosen is not None)
    (other := tmp_path / "other").mkdir()
    settings.screen.camera_chosen.emit(str(other))
    settings.wait(lambda state: state.cameras.chosen == str(other))
    assert settings.setting(CAMERA_SETTING) == str(other)
    state = settings.wait(lambda state: state.cameras.trouble is not None)
    assert state.cameras.trouble == Phrase("scanning.problem.folder_empty", {"name": str(other)})
    again = Settings(desk, qtbot, None, tmp_path / "prints")
    again.wait(lambda state: state.cameras.chosen == str(other))
    again.camera.stop()
    again.queue.stop()


def test_other_systems_codes_are_switched_on_kept_and_read(settings, desk, qtbot, pictures, tmp_path):
    code = zxingcpp.create_barcode("SY00001234", zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
    cv2.imwrite(str(pictures / "badge.png"), np.pad(np.array(code), 60, constant_values=255))
    assert not any(kind.is_read for kind in settings.wait(lambda state: bool(state.cameras.codes)).cameras.codes)
    with qtbot.waitSignal(settings.camera.read, timeout=20_000) as read:
        settings.screen.code_switched.emit("code_128", True)
    (reading,) = read.args[0]
    assert (reading.text, reading.symbology) == ("SY00001234", Symbology.CODE_128)
    again = Settings(desk, qtbot, str(pictures), tmp_path / "prints")
    kinds = again.wait(lambda state: bool(state.cameras.codes)).cameras.codes
    assert [kind.kind for kind in kinds if kind.is_read] == ["code_128"]
    again.camera.stop()
    again.queue.stop()
    settings.screen.code_switched.emit("code_128", False)
    settings.wait(lambda state: not any(kind.is_read for kind in state.cameras.codes))
    assert settings.setting(OTHER_CODES_SETTING) == ""


def test_a_mirror_turns_what_is_shown_and_not_what_is_read(settings, desk, qtbot, pictures, tmp_path):
    picture = np.full((400, 900, 3), 255, dtype=np.uint8)
    code = np.array(zxingcpp.create_barcode("SY00001234", zxingcpp.BarcodeFormat.QRCode).to_image(scale=5))
    picture[60 : 60 + code.shape[0], 60 : 60 + code.shape[1]] = code[:, :, None]
    cv2.imwrite(str(pictures / "left.png"), picture)
    panel = settings.screen.camera.picturing

    def look() -> tuple[Reading, QImage]:
        with qtbot.waitSignal(settings.camera.read, timeout=20_000) as read:
            settings.screen.camera_chosen.emit(str(pictures))
        (reading,), image = read.args
        return reading, image

    reading, image = look()
    assert max(x for x, _ in reading.outline) < 450
    panel.mirror_switched.emit(True)
    settings.wait(lambda state: state.cameras.picturing.is_mirrored)
    again, turned = look()
    assert again.text == reading.text == "SY00001234"
    assert min(x for x, _ in again.outline) > 450
    assert turned.pixelColor(899 - 100, 100) == image.pixelColor(100, 100)
    assert turned == image.transformed(QTransform().scale(-1, 1))
    other = Settings(desk, qtbot, str(pictures), tmp_path / "prints")
    other.wait(lambda state: state.cameras.picturing.is_mirrored)
    other.camera.stop()


def test_exposure_and_focus_are_turned_from_where_the_camera_stands_and_kept_for_it(settings, pictures):
    settings.wait(lambda state: state.cameras.chosen is not None)
    camera, panel = str(pictures), settings.screen.camera.picturing
    tuning = settings.flow.cameras.picturing
    settings.qtbot.waitUntil(lambda: tuning._of == camera)
    assert settings.state.cameras.picturing == Picturing()
    tuning.taken("another", TakenSettings(USUAL_RESOLUTION, 157, None))
    assert settings.state.cameras.picturing == Picturing()
    tuning.taken(camera, TakenSettings(USUAL_RESOLUTION, 157, None))
    shown = settings.state.cameras.picturing
    assert (shown.resolution, shown.exposure, shown.focus) == ("1280 × 720", Dial(157), None)
    panel.exposure_automatic.emit(False)
    assert settings.state.cameras.picturing.exposure == Dial(157, is_automatic=False)
    panel.exposure_turned.emit(True)
    panel.resolution_chosen.emit("640 × 480")
    kept = from_text(settings.setting(CAMERA_SETTINGS_OF + camera))
    assert kept == CameraSettings(Resolution(640, 480), exposure=196)
    panel.exposure_automatic.emit(True)
    assert from_text(settings.setting(CAMERA_SETTINGS_OF + camera)).exposure is None


# Scanner


def typed(text: str) -> Reading:
    return Reading(text, Symbology.TYPED, EngineName.WEDGE)


def test_a_scanner_on_a_port_is_chosen_heard_and_missed(settings, qtbot):
    device_end, port_end = os.openpty()
    tty.setraw(port_end)
    settings.screen.port_chosen.emit(os.ttyname(port_end))
    with qtbot.waitSignal(settings.port.state_changed, timeout=20_000, check_params_cb=is_live):
        pass
    assert settings.setting(SCANNER_PORT_SETTING) == settings.state.ports.chosen == os.ttyname(port_end)
    settings.screen.scanner_test_started.emit()
    os.write(device_end, b"SY00001234\r")
    settings.wait(lambda state: state.scanner.heard == "SY00001234")
    os.close(device_end)
    os.close(port_end)
    trouble = settings.wait(lambda state: state.ports.trouble is not None).ports.trouble
    assert trouble.key == "scanning.problem.port_absent"
    settings.screen.port_chosen.emit("")
    settings.wait(lambda state: (state.ports.chosen, state.ports.trouble) == ("", None))


def is_live(report) -> bool:
    return report is not None and report.state is SourceState.LIVE


def test_while_the_scanner_is_tried_codes_are_shown_and_call_nobody(settings):
    settings.wedge.scanned.emit(typed("before"))
    assert settings.state.scanner.heard == ""
    assert not settings.flow.scanner.is_listening
    settings.screen.scanner_test_started.emit()
    assert settings.flow.scanner.is_listening
    settings.wedge.scanned.emit(typed("SY000001"))
    assert (settings.state.scanner.heard, settings.state.scanner.warning) == ("SY000001", None)
    assert settings.state.scanner.result == Phrase("settings.scanner.result.another")
    settings.wedge.scanned.emit(typed(settings.state.scanner.code))
    assert (settings.state.scanner.is_right, settings.state.scanner.warning) == (True, None)
    settings.wedge.spoilt.emit()
    assert settings.state.scanner.warning == Phrase("scanning.wedge.spoilt")
    settings.screen.scanner_test_stopped.emit()
    assert not settings.flow.scanner.is_listening


@pytest.mark.parametrize("leave", ["page", "lock"])
def test_leaving_ends_the_test_and_forgets_the_code(settings, desk, leave):
    settings.shell.show_page(Page.SETTINGS)
    settings.screen.scanner_test_started.emit()
    settings.wedge.scanned.emit(typed("SY000001"))
    if leave == "page":
        settings.shell.show_page(Page.COUNTER)
    else:
        desk.session.end()
    assert not settings.flow.scanner.is_listening
    assert settings.state.scanner.heard == ""


# Printers


def choose_pdf_folder(settings: Settings) -> None:
    settings.shell.show_page(Page.SETTINGS)
    settings.wait(lambda state: len(state.printers.found) == 1)
    settings.screen.printer_chosen.emit("folder/pdf")
    settings.wait(lambda state: state.printers.chosen == "folder/pdf")


def test_a_test_page_is_printed_by_the_chosen_printer(settings, tmp_path):
    """Through a PDF folder, which every station has."""
    choose_pdf_folder(settings)
    assert settings.setting(PRINTER_SETTING) == "folder/pdf"
    settings.screen.test_page_wanted.emit()
    assert settings.state.printers.test_page is PrintJob.QUEUED
    state = settings.wait(lambda state: state.printers.test_page is PrintJob.PRINTED)
    assert state.printers.trouble is None
    (pdf,) = (tmp_path / "prints").glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_printer_that_takes_nothing_says_why(settings, tmp_path):
    (tmp_path / "prints").write_text("a file is in the folder's way")
    choose_pdf_folder(settings)
    settings.screen.test_page_wanted.emit()
    state = settings.wait(lambda state: state.printers.test_page is PrintJob.FAILED)
    assert Reason.FOLDER_NOT_WRITABLE.in_words(Language.CHINESE) in state.printers.trouble.said(Language.CHINESE)


def test_a_chosen_printer_that_is_gone_is_named(settings):
    choose_pdf_folder(settings)
    settings.screen.printer_chosen.emit("cups/Evolis")
    settings.wait(lambda state: state.printers.chosen == "cups/Evolis")
    settings.screen.printers_wanted.emit()
    state = settings.wait(lambda state: state.printers.trouble is not None)
    assert state.printers.trouble == Phrase("settings.trouble.printer_gone", {"name": "Evolis"})


# Staff


def test_a_supervisor_adds_somebody_who_can_unlock_then(settings, desk):
    settings.work_as(desk.made.supervisor)
    assert settings.state.may_manage_staff
    settings.screen.staff_added.emit(NewStaff("赵颖", Role.OPERATOR, "602214"))
    state = settings.wait(lambda state: len(state.staff) == 3)
    (new,) = [row for row in state.staff if row.name == "赵颖"]
    assert KeySlots.read(desk.made.home).slot(new.staff_id).open("602214") == desk.made.store_key
    assert desk.ask(staff_names)[new.staff_id] == "赵颖"
    assert Topic.STAFF in desk.recorded


@pytest.mark.parametrize(
    ("new", "key"),
    [
        (NewStaff("刘芳", Role.OPERATOR, "602214"), "settings.trouble.name_taken"),
        (NewStaff("赵颖", Role.OPERATOR, "111111"), "settings.trouble.pin_simple"),
    ],
)
def test_who_cannot_be_added_is_told_why(settings, desk, new, key):
    settings.work_as(desk.made.supervisor)
    settings.screen.staff_added.emit(new)
    state = settings.wait(lambda state: state.staff_trouble is not None)
    assert state.staff_trouble.key == key
    assert len(KeySlots.read(desk.made.home).pins) == 2


def test_operators_add_nobody_and_change_no_role_whatever_the_page_says(settings, desk):
    settings.work_as(desk.made.operator)
    assert not settings.state.may_manage_staff
    before = KeySlots.read(desk.made.home)
    settings.screen.staff_added.emit(NewStaff("赵颖", Role.SUPERVISOR, "602214"))
    settings.screen.role_changed.emit(desk.made.operator.id, Role.SUPERVISOR)
    settings.screen.pin_changed.emit(PinChange(desk.made.supervisor.id, None, "602214"))
    settings.screen.pin_changed.emit(PinChange(desk.made.operator.id, None, "602214"))
    desk.ask(lambda station: None)
    assert KeySlots.read(desk.made.home) == before


def test_the_own_pin_changes_with_the_old_one(settings, desk):
    me = desk.made.operator.id
    settings.work_as(desk.made.operator)
    settings.screen.pin_changed.emit(PinChange(me, "999999", "602214"))
    state = settings.wait(lambda state: state.staff_trouble is not None)
    assert state.staff_trouble.key == "settings.trouble.wrong_pin"
    settings.screen.pin_changed.emit(PinChange(me, OPERATOR_PIN, "602214"))
    settings.qtbot.waitUntil(lambda: Topic.STAFF in desk.recorded, timeout=20_000)
    slot = KeySlots.read(desk.made.home).slot(me)
    assert slot.open("602214") == desk.made.store_key
    with pytest.raises(WrongPin):
        slot.open(OPERATOR_PIN)


def test_a_supervisor_sets_others_pins_and_roles(settings, desk):
    other = desk.made.operator.id
    settings.work_as(desk.made.supervisor)
    settings.screen.pin_changed.emit(PinChange(other, None, "602214"))
    settings.screen.role_changed.emit(other, Role.SUPERVISOR)
    settings.wait(lambda state: any(row.staff_id == other and row.role is Role.SUPERVISOR for row in state.staff))
    slot = KeySlots.read(desk.made.home).slot(other)
    assert (slot.role, slot.open("602214")) == (Role.SUPERVISOR, desk.made.store_key)
    assert KeySlots.read(desk.made.home).slot(desk.made.supervisor.id).open(SUPERVISOR_PIN)

    def role(station) -> Role:
        with station.store.reading() as view:
            return view.documents.get(OperatorNamed, other).role

    assert desk.ask(role) is Role.SUPERVISOR


def test_who_is_not_known_is_said(settings, desk):
    settings.work_as(desk.made.supervisor)
    settings.screen.role_changed.emit(OperatorId("op-gone"), Role.SUPERVISOR)
    state = settings.wait(lambda state: state.staff_trouble is not None)
    assert state.staff_trouble.key == "home.unknown_staff"


# Backup and diagnostics


def test_a_backup_is_made_on_asking(settings, desk):
    settings.screen.backup_wanted.emit()
    assert settings.state.backup.running
    state = settings.wait(lambda state: not state.backup.running)
    assert state.backup.trouble is None
    place = Path(state.backup.last_place)
    assert place.parent == desk.made.home / "backups"
    assert place.name.startswith(f"{state.backup.last_at:%Y-%m-%d}")
    engine = sqlcipher_engine(place / "store.db", desk.made.store_key)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 4
    engine.dispose()


def test_a_backup_that_finds_no_place_says_so(settings, desk):
    (desk.made.home / "backups").write_text("in the way")
    settings.screen.backup_wanted.emit()
    state = settings.wait(lambda state: state.backup.trouble is not None)
    assert (state.backup.running, state.backup.trouble.key) == (False, "settings.trouble.no_space")


def test_the_kiosk_is_looked_over_and_the_report_names_nobody(settings, desk):
    settings.screen.diagnostics_wanted.emit()
    assert settings.state.diagnostics.running
    state = settings.wait(lambda state: state.diagnostics.at is not None)
    found = {finding.subject.key: finding.health for finding in state.diagnostics.findings}
    assert found["doctor.store.name"] is Health.GOOD
    assert found["doctor.certificate.name"] is Health.GOOD
    assert found["doctor.camera.name"] is Health.WARN, "the folder of pictures has come to its end"
    for language in Language:
        assert all(finding.detail.said(language) for finding in state.diagnostics.findings)
    settings.screen.report_wanted.emit()
    settings.qtbot.waitUntil(lambda: isinstance(settings.shell._state.message, Notice))
    (report,) = (desk.made.home / "reports").glob("*.txt")
    text = report.read_text(encoding="utf-8")
    assert not any(name in text for name in ("刘芳", "韩立群", "王德明"))
    assert "数据：可以打开，日志核验无误" in text
    if os.name != "nt":
        assert report.stat().st_mode & 0o077 == 0


# Card layouts


def test_a_layout_is_chosen_kept_and_shown(settings, desk):
    settings.flow.layouts.refresh()
    state = settings.wait(lambda state: state.layouts.picture is not None).layouts
    assert state.chosen == "member-card"
    assert {"label-62mm", "member-card-a4"} <= {one.device_id for one in state.found}
    settings.screen.layout_chosen.emit("label-62mm")
    after = settings.wait(lambda now: now.layouts.picture not in (None, state.picture)).layouts
    assert (after.chosen, settings.setting(CARD_LAYOUT_SETTING)) == ("label-62mm", "label-62mm")
    card = desk.ask(lambda station: Cards(station).issue(MEMBERS[0].person, desk.made.operator))
    assert card.medium == Medium(62, 29)


def test_a_copy_is_watched_and_its_mistakes_are_named(settings, desk):
    settings.flow.layouts.refresh()
    before = settings.wait(lambda state: state.layouts.picture is not None).layouts.picture
    settings.screen.layout_copy_wanted.emit()
    own = Path(settings.wait(lambda state: bool(state.layouts.own_file)).layouts.own_file)
    assert own == desk.made.home / "layouts" / "member-card.toml"
    settings.qtbot.waitUntil(lambda: str(own) in settings.flow.layouts._watcher.files())
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("#a8201a", "#1a50a8"), encoding="utf-8")
    settings.wait(lambda state: state.layouts.picture not in (None, before))
    own.write_text(text.replace("size_pt = 13", "sise_pt = 13"), encoding="utf-8")
    trouble = settings.wait(lambda state: state.layouts.trouble is not None).layouts.trouble
    assert "member-card, text 1" in trouble.params["words"].zh
    own.unlink()
    assert settings.wait(lambda state: state.layouts.picture == before).layouts.trouble is None
