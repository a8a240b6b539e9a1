"""Joining at the counter, typed into the real form and kept in a real store."""

from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt
from support.stations import MEMBERS, NOTICE_VERSION, SUPERVISOR_PIN, id_number
from support.typing_in import compose

from resources.texts import Language
from resources.texts import say as say_in
from station_app.flows.approval import Approvals
from station_app.flows.broadcast import Topic
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.pin_tries import PinTries
from station_app.flows.portrait import MOST_BYTES
from station_app.flows.registration_flow import RegistrationFlow
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.screens.counter.state import Happened
from station_app.screens.event.approval import Approval
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.registration.state import FoundBy, PhotoStage
from station_core.people.member_no import grouped
from station_core.people.problems import Field
from station_core.records.base import decode_body
from station_core.records.people import Membership, PersonRegistered

NEWCOMER_ID = id_number(date(1991, 4, 12), 17)
PHONE = "13911112222"
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    screen = RegistrationScreen()
    qtbot.addWidget(screen)
    screen.resize(1024, 700)
    screen.show()
    approvals = Approvals(desk.made.home, desk.tasks, desk.session, PinTries())
    camera = CameraFlow(desk.tasks)
    screen.flow = RegistrationFlow(screen, desk.made.home, desk.tasks, desk.session, desk.broadcast, camera, approvals)
    qtbot.waitUntil(lambda: screen.form.fields.consent.tick.isEnabled())
    return screen


def fill_in(page, qtbot, number=NEWCOMER_ID, mobile=PHONE, name="周明远"):
    fields = page.form.fields
    compose(fields.name, name)
    qtbot.keyClicks(fields.id_number, number)
    qtbot.keyClicks(fields.phone, mobile)
    fields.occupation.setCurrentIndex(fields.occupation.findData("truck_driver"))
    fields.occupation.activated.emit(fields.occupation.currentIndex())
    qtbot.mouseClick(fields.consent.tick, CLICK)


def message(page, field):
    return page.form.fields.fields[field].message.text()


def people(desk, number):
    def ask(station):
        with station.store.reading() as view:
            return view.people.with_id_number(number)

    return desk.ask(ask)


def test_a_newcomer_is_registered_by_typing_and_served_at_once(page, desk, qtbot):
    fill_in(page, qtbot)
    assert "1991年4月12日" in message(page, Field.ID_NUMBER)
    qtbot.mouseClick(page.form.save, CLICK)
    qtbot.waitUntil(page.success.isVisible)
    (member,) = people(desk, NEWCOMER_ID)
    assert page.success._number.text() == grouped(member.member_no)
    assert (member.name, member.phone, member.occupation) == ("周明远", PHONE, "truck_driver")
    assert (member.union, member.district, member.consent) == ("tx-transit", "210106", NOTICE_VERSION)
    assert member.membership is Membership.PENDING
    assert desk.recorded == [Topic.PEOPLE]
    with qtbot.waitSignal(page.flow.serve_wanted) as served:
        qtbot.mouseClick(page.success.serve, CLICK)
    assert served.args == [member.id, Happened.JOINED]
    assert page.form.isVisible()
    assert page.form.fields.draft().name == ""


def test_an_id_number_is_checked_while_it_is_typed(page, qtbot):
    fields = page.form.fields
    wrong = NEWCOMER_ID[:17] + ("0" if NEWCOMER_ID[17] != "0" else "1")
    qtbot.keyClicks(fields.id_number, wrong[:17])
    assert message(page, Field.ID_NUMBER) == say_in(Language.CHINESE, "registration.id.waiting")
    qtbot.keyClicks(fields.id_number, wrong[17])
    assert message(page, Field.ID_NUMBER) == say_in(Language.CHINESE, "people.problem.id_checksum")
    fields.id_number.clear()
    qtbot.keyClicks(fields.id_number, id_number(date(2015, 1, 1), 3))
    assert "未满 16 周岁" in message(page, Field.ID_NUMBER)
    fields.id_number.clear()
    qtbot.keyClicks(fields.id_number, id_number(date(1990, 1, 1), 3, region="210199"))
    assert "1990年1月1日" in message(page, Field.ID_NUMBER)
    assert "不在代码表中" in message(page, Field.ID_NUMBER)


def test_a_member_is_found_by_id_number_before_saving_and_masked(page, desk, qtbot):
    known = MEMBERS[0]
    qtbot.keyClicks(page.form.fields.id_number, known.id_number)
    qtbot.waitUntil(page.form.duplicate.isVisible)
    duplicate = page.flow._state.duplicate
    assert (duplicate.found_by, duplicate.member_id) == (FoundBy.ID_NUMBER, known.person)
    assert (duplicate.name, duplicate.phone) == ("王*明", "138****0001")
    assert duplicate.joined is None, "a roster does not say since when"
    with qtbot.waitSignal(page.flow.serve_wanted) as served:
        qtbot.mouseClick(page.form.duplicate.serve, CLICK)
    assert served.args == [known.person, Happened.VALID]
    assert not page.form.duplicate.isVisible()


def test_who_is_a_member_cannot_be_saved_twice(page, desk, qtbot):
    fill_in(page, qtbot, number=MEMBERS[1].id_number)
    qtbot.mouseClick(page.form.save, CLICK)
    qtbot.waitUntil(lambda: MEMBERS[1].number in message(page, Field.ID_NUMBER))
    assert page.form.duplicate.isVisible()
    assert len(people(desk, MEMBERS[1].id_number)) == 1


def test_an_answer_about_another_number_is_dropped(page, desk, qtbot):
    fields = page.form.fields
    qtbot.keyClicks(fields.id_number, MEMBERS[0].id_number)
    page.flow._duplicates._ask()  # on its way to the store
    fields.id_number.clear()
    qtbot.keyClicks(fields.id_number, NEWCOMER_ID)
    desk.ask(lambda station: None)
    qtbot.wait(20)
    assert not page.form.duplicate.isVisible()


def test_what_is_missing_stands_at_its_field_until_it_is_changed(page, qtbot):
    qtbot.mouseClick(page.form.save, CLICK)
    missing = say_in(Language.CHINESE, "people.problem.missing")
    qtbot.waitUntil(lambda: message(page, Field.NAME) == missing)
    assert message(page, Field.OCCUPATION) == missing
    compose(page.form.fields.name, "周")
    assert message(page, Field.NAME) == ""
    assert message(page, Field.OCCUPATION) == missing


def test_a_union_is_found_by_words_of_its_name(page, desk, qtbot):
    picker = page.form.fields.union
    compose(picker.search, "物流园")
    qtbot.waitUntil(picker.results.isVisible)
    assert [union.code for union in page.flow._state.unions_found] == ["tx-park"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    fill_in(page, qtbot)
    qtbot.mouseClick(page.form.save, CLICK)
    qtbot.waitUntil(page.success.isVisible)
    assert people(desk, NEWCOMER_ID)[0].union == "tx-park"


def release(page, desk, pin):
    supervisor = desk.made.supervisor.id
    page.release_wanted.emit(page.form.fields.draft(), Approval("号码已转给儿子", supervisor, pin))


def test_a_phone_in_use_is_released_by_a_supervisors_pin_alone(page, desk, qtbot):
    fill_in(page, qtbot, mobile=MEMBERS[2].phone)
    qtbot.waitUntil(page.form.duplicate.isVisible)
    assert page.flow._state.duplicate.found_by is FoundBy.PHONE
    release(page, desk, "111222")
    qtbot.waitUntil(page.form._trouble.isVisible)
    assert people(desk, NEWCOMER_ID) == []
    release(page, desk, SUPERVISOR_PIN)
    qtbot.waitUntil(page.success.isVisible)
    record = last_record(desk)
    assert (record.phone_released_by, record.phone_release_reason) == (desk.made.supervisor.id, "号码已转给儿子")
    assert record.operator == desk.made.operator.id


def test_an_operator_releases_nothing(page, desk, qtbot):
    fill_in(page, qtbot, mobile=MEMBERS[2].phone)
    page.release_wanted.emit(page.form.fields.draft(), Approval("本人说可以"))
    qtbot.waitUntil(page.form._trouble.isVisible)
    assert page.flow._state.trouble.key == "desk.refusal.needs_supervisor"
    assert people(desk, NEWCOMER_ID) == []


def last_record(desk):
    def ask(station):
        with station.store.reading() as view:
            batch = view.journals.batch_after(station.store.own, 0, 1 << 20)
            bodies = [entry.body for entry in batch.items if entry.kind == PersonRegistered.kind]
            return decode_body(PersonRegistered, bodies[-1])

    return desk.ask(ask)


def test_a_photo_is_taken_small_and_saved(page, desk, qtbot):
    page.preview_wanted.emit()
    assert page.flow._state.photo.stage is PhotoStage.NO_CAMERA
    camera = page.flow.photo._camera
    camera.state_changed.emit(StateReport(SourceState.LIVE, "camera"))
    page.preview_wanted.emit()
    assert page.flow._state.photo.stage is PhotoStage.LIVE
    camera._show(np.full((720, 1280, 3), 90, dtype=np.uint8), ())
    qtbot.mouseClick(page.form.photo.take, CLICK)
    qtbot.waitUntil(lambda: page.flow._state.photo.stage is PhotoStage.TAKEN)
    fill_in(page, qtbot)
    qtbot.mouseClick(page.form.save, CLICK)
    qtbot.waitUntil(page.success.isVisible)
    (member,) = people(desk, NEWCOMER_ID)

    def photo(station):
        with station.store.reading() as view:
            return view.people.photo(member.id)

    image = desk.ask(photo)
    assert image.startswith(b"\xff\xd8\xff")
    assert len(image) <= MOST_BYTES


def test_a_photo_given_up_does_not_come_back(page, desk, qtbot):
    camera = page.flow.photo._camera
    camera.state_changed.emit(StateReport(SourceState.LIVE, "camera"))
    page.preview_wanted.emit()
    camera._show(np.full((720, 1280, 3), 90, dtype=np.uint8), ())
    page.take_wanted.emit()
    page.photo_removed.emit()
    qtbot.wait(100)
    assert page.flow._state.photo.stage is PhotoStage.NONE


def test_the_same_staff_find_their_form_again_and_others_an_empty_one(page, desk, qtbot):
    compose(page.form.fields.name, "周明远")
    desk.session.end()
    desk.session.begin(desk.made.operator)
    assert page.form.fields.draft().name == "周明远"
    desk.session.end()
    desk.session.begin(desk.made.supervisor)
    assert page.form.fields.draft().name == ""
    assert page.flow._state.staff_is_supervisor
