"""Pictures of registration, members, event, sync and settings, inside the window as staff see them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from demo.gallery_pages import event, members, registration, settings, sync
from demo.gallery_pages.people import SUPERVISORS
from demo.samples_counter import shell_states
from resources.texts import Language
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.event.pick_dialog import PickDialog
from station_app.screens.event.screen import EventScreen
from station_app.screens.event.state import EventState
from station_app.screens.lock.first_staff_dialog import FirstStaffDialog
from station_app.screens.members.revoke_dialog import RevokeDialog
from station_app.screens.members.screen import MembersScreen
from station_app.screens.registration.notice_dialog import NoticeDialog
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.registration.state import RegistrationState
from station_app.screens.settings.pin_dialog import PinDialog
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.staff_dialog import StaffDialog
from station_app.screens.settings.state import PinRule, Section, SettingsState
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Page
from station_app.screens.sync.hub_state import HubState
from station_app.screens.sync.screen import SyncScreen
from station_app.texts import Speaker

Build = Callable[[Language], QWidget]


def pictures() -> Iterable[tuple[str, Build]]:
    for name, make in pages().items():
        page = Page(name.partition("_")[0])
        yield name, partial(_in_shell, page, make)
    yield from dialogs().items()


def pages() -> dict[str, Build]:
    """Every state of every page, without the window around it; each name begins with its page."""
    made: dict[str, Build] = {}
    for name, form in registration.registration_states().items():
        made[f"registration_{name}"] = partial(_registration, form)
    for name, people in members.members_states().items():
        made[f"members_{name}"] = partial(_page, MembersScreen, people)
    for name, today in event.event_states().items():
        made[f"event_{name}"] = partial(_page, EventScreen, today)
    made["event_conflicts_open"] = partial(_conflicts, event.event_states()["conflicts"])
    for name, exchange in sync.sync_states().items():
        made[f"sync_{name}"] = partial(_page, SyncScreen, exchange)
    for name, hub in sync.hub_states().items():
        made[f"sync_hub_{name}"] = partial(_hub, hub)
    for name, (section, chosen) in settings.settings_states().items():
        made[f"settings_{name}"] = partial(_settings, section, chosen)
    return made


def dialogs() -> dict[str, Build]:
    void, me = "event.service_void", settings.STAFF[0]
    return {
        "event_void": partial(_dialog, lambda speaker: approval(speaker, void)),
        "event_pick": partial(_dialog, lambda speaker: PickDialog(speaker, (event.PARK, event.SQUARE), event.PARK)),
        "settings_first_staff": partial(_dialog, FirstStaffDialog),
        "members_revoke": partial(_dialog, RevokeDialog),
        "registration_notice": partial(_dialog, lambda speaker: NoticeDialog(speaker, registration.NOTICE)),
        "settings_add_staff": partial(_dialog, lambda speaker: StaffDialog(speaker, PinRule())),
        "settings_change_pin": partial(_dialog, lambda speaker: PinDialog(speaker, PinRule(), me)),
    }


def _hub(hub: HubState, language: Language) -> QWidget:
    screen = SyncScreen(language)
    screen.show_state(sync.sync_states()["usual"])
    screen.hub.show_state(hub)
    return screen


def approval(speaker: Speaker, title: str) -> ApprovalDialog:
    return ApprovalDialog(
        speaker,
        speaker.say(title),
        speaker.say("event.approval.stays"),
        SUPERVISORS,
        staff_is_supervisor=False,
    )


def _page(
    screen: Callable[[Language], MembersScreen | EventScreen | SyncScreen], state: object, language: Language
) -> QWidget:
    page = screen(language)
    page.show_state(state)  # type: ignore[arg-type]
    return page


def _registration(state: RegistrationState, language: Language) -> QWidget:
    page = RegistrationScreen(language)
    page.show_state(state)
    page.show_frame(QImage.fromData(registration.portrait()))
    page.form.fields.union.search.setText(state.unions_asked)
    page.show_state(state)
    return page


def _conflicts(state: EventState, language: Language) -> QWidget:
    page = EventScreen(language)
    page.show_state(state)
    page.records.setCurrentWidget(page.conflicts)
    return page


def _settings(section: Section, state: SettingsState, language: Language) -> QWidget:
    page = SettingsScreen(language)
    page.show_state(state)
    page.open(section)
    return page


def _in_shell(page: Page, make: Build, language: Language) -> QWidget:
    shell = ShellScreen(language)
    shell.add_page(page, make(language))
    shell.show_state(replace(shell_states()["usual"], page=page))
    return shell


def _dialog(make: Callable[[Speaker], QDialog], language: Language) -> QWidget:
    speaker = Speaker(language)
    dialog = make(speaker)
    speaker.setParent(dialog)
    return dialog
