"""Everything that the settings can show."""

from dataclasses import replace

from demo.gallery_pages.people import NOON
from printing.paper import card_layouts
from resources import path
from station_app.flows.settings.other_codes import code_kinds
from station_app.scanning.camera_settings import RESOLUTIONS
from station_app.scanning.readings import Symbology
from station_app.scanning.scanner_test import TEST_TEXT
from station_app.screens.settings.state import (
    Backup,
    Batch,
    Cameras,
    Device,
    Diagnostics,
    Dial,
    Finding,
    Health,
    JobRow,
    Layouts,
    Picturing,
    Ports,
    Printers,
    PrintJob,
    PrintJobs,
    ScannerTest,
    Section,
    SettingsState,
    StaffRow,
    StationFacts,
)
from station_app.words import Phrase
from station_core.ids import OperatorId
from station_core.records.roles import Role

CODES = code_kinds(frozenset({Symbology.CODE_128}))
PICTURING = Picturing(
    resolutions=tuple(Device(str(each), str(each)) for each in RESOLUTIONS),
    resolution=str(RESOLUTIONS[0]),
    exposure=Dial(157, is_automatic=False),
    focus=Dial(30),
)
STAFF = (
    StaffRow(OperatorId("s1"), "韩立群", Role.SUPERVISOR, is_self=True),
    StaffRow(OperatorId("o1"), "刘芳", Role.OPERATOR),
    StaffRow(OperatorId("o2"), "赵颖", Role.OPERATOR),
)
_CHECKS = (
    Finding(Phrase("doctor.camera.name"), Health.GOOD, Phrase("doctor.camera.ok")),
    Finding(Phrase("doctor.printer.name"), Health.WARN, Phrase("doctor.printer.none")),
    Finding(Phrase("doctor.disk.name"), Health.GOOD, Phrase("doctor.disk.ok", {"free_mb": 84_213})),
    Finding(Phrase("doctor.store.name"), Health.BAD, Phrase("doctor.store.journal", {"faults": 2})),
    Finding(Phrase("doctor.clock.name"), Health.GOOD, Phrase("doctor.clock.ok")),
    Finding(
        Phrase("doctor.exchange.name"),
        Health.WARN,
        Phrase("doctor.exchange.failed", {"waiting": 513, "error": "unreachable"}),
    ),
)
_SETTINGS = SettingsState(
    StationFacts(
        "铁西物流园流动服务站",
        "铁西区（210106）",
        "7f3a-91c2-05de",
        "0.1.0",
        "/var/lib/station/store.db",
        103_428,
        15_921,
    ),
    cameras=Cameras((Device("0", "HD Webcam C270"), Device("1", "内置摄像头")), "0", PICTURING, CODES),
    scanner=ScannerTest(False, "", TEST_TEXT, Phrase("settings.scanner.result.right"), is_right=True),
    ports=Ports((Device("/dev/ttyACM0", "Honeywell 1950g (/dev/ttyACM0)"),)),
    printers=Printers((Device("p", "Evolis Primacy 2"), Device("f", "PDF 文件夹")), "p", PrintJob.PRINTED),
    layouts=Layouts(
        tuple(Device(name, name) for name in card_layouts()),
        "member-card",
        path("..", "docs", "pictures", "print-member-card.zh.png").read_bytes(),
    ),
    print_jobs=PrintJobs(
        (
            JobRow(
                "1",
                "欧阳春兰",
                Phrase("printing.state.unknown"),
                Phrase("printing.reason.station_stopped"),
                asks=True,
            ),
            JobRow("2", "王德明", Phrase("printing.state.sent"), Phrase("printing.reason.out_of_media"), tries=2),
            JobRow("3", "买买提·艾力", Phrase("printing.state.queued"), asks=True, not_sent=True),
        ),
        Batch("东园货车司机服务日", 128, 500, 2, running=True),
    ),
    staff=STAFF,
    may_manage_staff=True,
    backup=Backup(NOON, "/media/usb/station-2026-11-24.bak"),
    diagnostics=Diagnostics(at=NOON, findings=_CHECKS),
)
_BARE = replace(
    _SETTINGS,
    cameras=Cameras(codes=CODES, trouble=Phrase("scanning.problem.camera_absent", {"name": "0"})),
    scanner=ScannerTest(listening=True, code=TEST_TEXT, warning=Phrase("scanning.wedge.spoilt")),
    printers=Printers(trouble=Phrase("settings.trouble.printer_gone", {"name": "Evolis Primacy 2"})),
    layouts=Layouts(
        (Device("member-card", "member-card"), Device("顺达物流园会员卡", "顺达物流园会员卡")),
        "顺达物流园会员卡",
        own_file="/var/lib/station/layouts/顺达物流园会员卡.toml",
        trouble=Phrase("printing.layout.wrong", {"problem": "顺达物流园会员卡, text 2: unknown: sise_pt"}),
    ),
    print_jobs=PrintJobs(
        batch=Batch("东园货车司机服务日", 128, 500),
        trouble=Phrase("settings.jobs.unknown_numbers", {"numbers": "SY000099、SY000107"}),
    ),
    staff=(replace(STAFF[0], is_self=False), replace(STAFF[1], is_self=True)),
    may_manage_staff=False,
    staff_trouble=Phrase("settings.trouble.wrong_pin"),
    backup=Backup(running=True),
    diagnostics=Diagnostics(running=True),
)


def settings_states() -> dict[str, tuple[Section, SettingsState]]:
    usual = {section.value: (section, _SETTINGS) for section in Section}
    return usual | {f"{section.value}_bare": (section, _BARE) for section in list(Section)[1:]}
