"""Finding members, and what staff can ask for once one is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from demo.gallery_pages.members import members_states
from resources.texts import Language
from resources.texts import say as say_in
from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.members.revoke_dialog import RevokeDialog
from station_app.screens.members.screen import MembersScreen
from station_app.screens.members.state import MemberRow
from station_core.ids import MemberNo, PersonId, RecordId
from station_core.records.cards import RevocationReason

STATES = members_states()
SHOWN = STATES["member"]
WHO = SHOWN.detail.member_id
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(shown_at):
    return shown_at(MembersScreen(), 1024, 768)


def test_every_change_of_the_search_is_told_without_blanks(screen, qtbot):
    asked = []
    screen.searched.connect(asked.append)
    qtbot.keyClicks(screen.finder.search, "wdm ")
    assert asked == ["w", "wd", "wdm", "wdm"]


def test_enter_chooses_the_first_that_was_found(screen, qtbot):
    screen.show_state(STATES["found"])
    with qtbot.waitSignal(screen.member_chosen) as sent:
        qtbot.keyClick(screen.finder.search, Qt.Key.Key_Return)
    assert sent.args == [STATES["found"].rows[0].member_id]


def test_a_touch_chooses_a_row(screen, qtbot):
    screen.show_state(STATES["found"])
    view = screen.finder.list
    place = view.visualRect(screen.finder.model.index(2)).center()
    with qtbot.waitSignal(screen.member_chosen) as sent:
        qtbot.mouseClick(view.viewport(), CLICK, pos=place)
    assert sent.args == [STATES["found"].rows[2].member_id]


def test_thousands_of_rows_are_shown_without_a_widget_each(screen):
    rows = tuple(
        MemberRow(PersonId(place.to_bytes(16)), "王一", MemberNo(str(place)), "尾号 1234", "联合工会")
        for place in range(20_000)
    )
    widgets = len(screen.findChildren(QPushButton))
    screen.show_state(replace(STATES["found"], rows=rows))
    assert screen.finder.model.rowCount() == 20_000
    assert len(screen.findChildren(QPushButton)) == widgets


def test_the_place_in_the_list_stays_when_the_same_rows_come_again(screen, qtbot):
    screen.show_state(STATES["found"])
    bar = screen.finder.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    screen.show_state(replace(STATES["found"], rows=tuple(STATES["found"].rows)))
    assert bar.value() == bar.maximum() > 0


def test_personal_facts_are_masked_until_asked_for(screen, qtbot):
    screen.show_state(SHOWN)
    person = screen.person
    assert person.facts["id_number"].text() == "2101**********8818"
    with qtbot.waitSignal(screen.reveal_wanted) as sent:
        qtbot.mouseClick(person.reveal, CLICK)
    assert sent.args == [WHO]
    screen.show_state(STATES["revealed"])
    assert person.facts["id_number"].text() == "210114199003078818"
    with qtbot.waitSignal(screen.conceal_wanted) as sent:
        qtbot.mouseClick(person.reveal, CLICK)
    assert sent.args == [WHO]


@pytest.mark.parametrize(
    ("place", "button", "signal"),
    [
        ("person", "serve", "serve_wanted"),
        ("card", "print", "print_wanted"),
        ("card", "reissue", "reissue_wanted"),
    ],
)
def test_buttons_ask_for_the_member_who_is_shown(screen, qtbot, place, button, signal):
    screen.show_state(SHOWN)
    with qtbot.waitSignal(getattr(screen, signal)) as sent:
        qtbot.mouseClick(getattr(getattr(screen, place), button), CLICK)
    assert sent.args == [WHO]


def test_a_card_is_revoked_with_a_reason(screen, qtbot):
    screen.show_state(SHOWN)
    qtbot.mouseClick(screen.card.revoke, CLICK)
    dialog = screen.findChild(RevokeDialog)
    dialog.reasons[RevocationReason.WRONGLY_ISSUED].click()
    with qtbot.waitSignal(screen.revoke_wanted) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args == [WHO, RevocationReason.WRONGLY_ISSUED]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("member", "print reissue revoke"), ("new", "print"), ("lost", "reissue"), ("expired", "reissue")],
)
def test_only_what_suits_the_card_is_offered(screen, name, shown):
    screen.show_state(STATES[name])
    offered = [each for each in ("print", "reissue", "revoke") if getattr(screen.card, each).isVisible()]
    assert " ".join(offered) == shown


def test_nothing_is_printed_where_printing_cannot_be(screen):
    screen.show_state(STATES["expired"])
    assert not screen.card.reissue.isEnabled()


def test_a_service_is_voided_by_a_supervisor_alone_with_a_reason(screen, qtbot):
    screen.show_state(replace(SHOWN, staff_is_supervisor=True))
    voids = [each for each in screen.history.findChildren(QPushButton) if not each.isHidden()]
    assert len(voids) == 2, "what is void already cannot be voided"
    voids[1].click()
    dialog = screen.findChild(ApprovalDialog)
    assert not dialog.pin.isVisible()
    dialog.reason.setText("记错人")
    with qtbot.waitSignal(screen.void_wanted) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args == [SHOWN.detail.history[2].record_id, Approval("记错人")]


def test_the_shown_member_speaks_the_other_language_at_once(screen):
    screen.show_state(SHOWN)
    screen.set_language(Language.ENGLISH)
    assert screen.card.reissue.text() == say_in(Language.ENGLISH, "members.card.reissue")
    assert screen.person.facts["occupation"].text() == "Truck driver"


def test_a_long_history_opens_bit_by_bit(screen, qtbot):
    first = SHOWN.detail.history[0]
    history = tuple(replace(first, record_id=RecordId(place.to_bytes(16))) for place in range(40))
    screen.show_state(replace(SHOWN, detail=replace(SHOWN.detail, history=history)))
    more = screen.history.rows.more
    voids = say_in(Language.CHINESE, "members.history.void_button")
    counts = []
    for _ in range(3):
        rows = [each for each in screen.history.findChildren(QPushButton) if each.text() == voids]
        counts.append((len(rows), more.isHidden()))
        more.click()
    assert counts == [(15, False), (30, False), (40, True)]
