"""One small scenario of each programme, from what its station must carry, walked through with the shipped pack."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from resources.texts import Language
from station_core.catalogue import Service, check_answers, shipped_pack
from station_core.entitlement import (
    Entitlement,
    EventFacts,
    PersonFacts,
    Reason,
    Usage,
    UsageEntry,
    Verdict,
    decide,
    sentence,
)
from station_core.ids import DistrictCode, EventId, ServiceCode, UnionCode

MEMBER = PersonFacts(is_member=True)
DRIVER = replace(MEMBER, occupation="truck_driver")
RIDER = replace(MEMBER, occupation="delivery_rider")
CLEANER = PersonFacts(occupation="sanitation_worker")
PASSER_BY = None


def service(code: str) -> Service:
    return shipped_pack(code.partition(".")[0]).service(ServiceCode(code))


@dataclass
class Counter:
    """A counter at which time passes: what is allowed is given, and remembered."""

    event: EventFacts | None = None
    given: dict[str, list[UsageEntry]] = field(default_factory=dict)
    households: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, person: PersonFacts | None, code: str, on: date) -> Entitlement:
        home = self.households.get(who)
        others = [name for name, household in self.households.items() if household == home and name != who]
        usage = Usage(
            tuple(self.given.get(who, [])), tuple(entry for name in others for entry in self.given.get(name, []))
        )
        return decide(service(code), person, usage, self.event, on)

    def give(self, who: str, person: PersonFacts | None, code: str, on: date) -> Entitlement:
        answer = self.ask(who, person, code, on)
        if answer.allowed:
            event_id = self.event.id if self.event else None
            self.given.setdefault(who, []).append(UsageEntry(ServiceCode(code), on, event_id))
            if self.event and ServiceCode(code) in self.event.left:
                left = dict(self.event.left)
                left[ServiceCode(code)] -= 1
                self.event = replace(self.event, left=left)
        return answer


def event_on(day: date, days: int = 1, **stock: int) -> EventFacts:
    left = {ServiceCode(code.replace("__", ".")): count for code, count in stock.items()}
    return EventFacts(EventId(f"{day}-event"), day, day + timedelta(days=days - 1), left)


def each_day(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_liudong_150_drivers_in_a_logistics_park() -> None:
    day = date(2026, 11, 24)
    counter = Counter(event_on(day, liudong__goods_bag=149, liudong__driver_kit=150))
    not_yet = counter.ask("walk-in", PersonFacts(occupation="truck_driver"), "liudong.haircut", day)
    assert (not_yet.verdict, not_yet.reason) == (Verdict.NOT_FOR_YOU, Reason.NOT_A_MEMBER)
    assert sentence(not_yet, Language.CHINESE).say(Language.CHINESE) == "仅限工会会员，可现场办理入会"
    bags = [counter.give(f"driver {number}", DRIVER, "liudong.goods_bag", day).verdict for number in range(150)]
    assert bags == [Verdict.ALLOWED] * 149 + [Verdict.NONE_LEFT]

    assert counter.give("driver 1", DRIVER, "liudong.haircut", day).remaining == 1
    again = counter.give("driver 1", DRIVER, "liudong.haircut", day)
    assert (again.verdict, again.again_on) == (Verdict.USED_UP, date(2026, 12, 1))
    for code in ("liudong.checkup", "liudong.safety_class", "liudong.mutual_aid", "liudong.driver_kit"):
        assert counter.give("driver 1", DRIVER, code, day).allowed
        assert counter.give("driver 1", DRIVER, code, day).verdict is Verdict.USED_UP
    for _ in range(3):
        assert counter.give("driver 1", DRIVER, "liudong.legal_advice", day).allowed
    assert [counter.give("driver 1", DRIVER, "liudong.sports_meet", day).allowed for _ in range(3)] == [
        True,
        True,
        False,
    ]
    courier = replace(MEMBER, occupation="courier")
    assert counter.ask("courier", courier, "liudong.driver_kit", day).reason is Reason.OCCUPATION
    assert counter.ask("passer-by", PASSER_BY, "liudong.show", day).allowed

    tomorrow = day + timedelta(days=1)
    assert counter.ask("driver 2", DRIVER, "liudong.checkup", tomorrow).reason is Reason.EVENT_OVER
    counter.event = event_on(date(2026, 12, 5))
    assert counter.give("driver 1", DRIVER, "liudong.checkup", date(2026, 12, 5)).allowed
    assert counter.give("driver 1", DRIVER, "liudong.haircut", date(2026, 12, 5)).allowed
    assert counter.give("driver 1", DRIVER, "liudong.mutual_aid", date(2026, 12, 5)).again_on == date(2027, 1, 1)


def test_liudong_a_check_up_is_recorded_with_its_measurements() -> None:
    typed = {
        "height_cm": "172.5",
        "weight_kg": "81",
        "systolic_mmhg": "138",
        "diastolic_mmhg": "88",
        "glucose_mmol_l": "5.6",
    }
    checked = check_answers(service("liudong.checkup").form, typed)
    assert checked.problems == ()
    assert checked.answers == {
        "height_cm": 172.5,
        "weight_kg": 81,
        "systolic_mmhg": 138,
        "diastolic_mmhg": 88,
        "glucose_mmol_l": 5.6,
    }


def test_gongxiang_from_carriage_to_carriage() -> None:
    day = date(2026, 9, 12)
    counter = Counter(
        event_on(day, gongxiang__taster_craft=9, gongxiang__taster_baking=9, gongxiang__taster_music=9),
        households={"mother": "home", "father": "home"},
    )
    resident = PersonFacts()
    for code in ("gongxiang.fun_sports", "gongxiang.health_advice", "gongxiang.haircut"):
        assert counter.give("mother", resident, code, day).allowed
    assert counter.give("mother", resident, "gongxiang.taster_craft", day).allowed
    assert counter.give("mother", resident, "gongxiang.taster_baking", day).remaining == 1
    assert counter.ask("mother", resident, "gongxiang.taster_music", day).verdict is Verdict.USED_UP
    assert counter.give("father", resident, "gongxiang.child_massage", day).remaining == 2
    assert counter.give("mother", resident, "gongxiang.child_massage", day).remaining == 1
    both_had = counter.give("father", resident, "gongxiang.child_massage", day)
    assert sentence(both_had, Language.CHINESE).say(Language.CHINESE) == "本户本次活动已享受"


def test_goutonghui_a_rider_joins_and_has_a_haircut_next_door() -> None:
    day = date(2026, 11, 30)
    counter = Counter(event_on(day, days=2, goutonghui__helmet=1))
    before = replace(RIDER, is_member=False)
    assert counter.give("rider", before, "goutonghui.hot_drink", day).remaining == 2
    assert counter.ask("rider", before, "goutonghui.service_card", day).reason is Reason.NOT_A_MEMBER
    assert counter.give("rider", RIDER, "goutonghui.service_card", day).allowed
    second_card = counter.ask("rider", RIDER, "goutonghui.service_card", date(2030, 1, 1))
    assert (second_card.verdict, second_card.again_on) == (Verdict.USED_UP, None)
    assert counter.give("rider", RIDER, "goutonghui.haircut", day).allowed
    assert counter.ask("rider", RIDER, "goutonghui.haircut", day).again_on == date(2026, 12, 1)
    assert counter.give("rider", RIDER, "goutonghui.haircut", date(2026, 12, 1)).allowed
    assert counter.give("rider", RIDER, "goutonghui.helmet", day).stock_left == 1
    assert counter.ask("late rider", RIDER, "goutonghui.helmet", day).verdict is Verdict.NONE_LEFT
    assert counter.ask("driver", DRIVER, "goutonghui.helmet", day).reason is Reason.OCCUPATION
    assert counter.give("passer-by", PASSER_BY, "goutonghui.opinion", day).allowed
    opinion = service("goutonghui.opinion")
    assert check_answers(opinion.form, {"topic": "rest", "words": "希望多设休息点"}).problems == ()
    assert opinion.follow_up is not None
    assert opinion.follow_up.may_move("noted", "passed_on")


def test_zaocan_one_bowl_a_day_whichever_dish() -> None:
    day, tomorrow = date(2026, 12, 31), date(2027, 1, 1)
    counter = Counter()
    assert counter.give("cleaner", CLEANER, "zaocan.beef_noodles", day).remaining == 1
    for dish in shipped_pack("zaocan").services:
        second = counter.give("cleaner", CLEANER, dish.code, day)
        assert (second.verdict, second.again_on) == (Verdict.USED_UP, tomorrow)
    assert counter.give("cleaner", CLEANER, "zaocan.mutton_soup", tomorrow).allowed
    assert counter.ask("rider", RIDER, "zaocan.beef_noodles", day).reason is Reason.OCCUPATION
    assert counter.ask("nobody known", PASSER_BY, "zaocan.beef_noodles", day).reason is Reason.UNKNOWN_PERSON


def test_zaocan_the_shop_is_owed_what_was_eaten() -> None:
    counter = Counter()
    november = [day for day in each_day(2026) if day.month == 11]
    dishes = ["zaocan.beef_noodles", "zaocan.tofu_soup"]
    for day in november:
        for dish in dishes:
            counter.give("cleaner", CLEANER, dish, day)
    eaten = counter.given["cleaner"]
    assert len(eaten) == 30
    assert sum(service(entry.service).unit_value_fen * entry.quantity for entry in eaten) == 30 * 800


def test_bangfu_a_year_of_one_household_is_1200_yuan() -> None:
    counter = Counter(households={"husband": "home", "wife": "home", "neighbour": "next door"})
    on_file = PersonFacts(household_groups=frozenset({"hardship"}))
    for day in each_day(2026):
        for who in ("husband", "wife"):
            counter.give(who, on_file, "bangfu.quarterly_goods", day)
    entries = [entry for given in counter.given.values() for entry in given]
    assert [entry.on for entry in entries] == [date(2026, month, 1) for month in (1, 4, 7, 10)]
    worth_fen = sum(service(entry.service).unit_value_fen for entry in entries)
    assert worth_fen == 1_200_00
    assert worth_fen * 2_262 == 2_714_400_00
    wife = counter.ask("wife", on_file, "bangfu.quarterly_goods", date(2026, 12, 31))
    assert sentence(wife, Language.CHINESE).say(Language.CHINESE) == "本户本季度份额已用完，2027年1月1日起可再次享受"
    assert (
        counter.ask("neighbour", PersonFacts(), "bangfu.quarterly_goods", date(2026, 1, 1)).reason is Reason.HOUSEHOLD
    )


def test_xinyue_a_voucher_of_which_there_are_few() -> None:
    day = date(2026, 3, 2)
    counter = Counter(event_on(day, xinyue__film_voucher=2))
    colleague = replace(MEMBER, unions=frozenset({UnionCode("BJ-ZGC-588"), UnionCode("BJ-ZGC")}))
    assert counter.ask("outsider", MEMBER, "xinyue.film_voucher", day).reason is Reason.UNION
    assert [counter.give(who, colleague, "xinyue.film_voucher", day).verdict for who in "abc"] == [
        Verdict.ALLOWED,
        Verdict.ALLOWED,
        Verdict.NONE_LEFT,
    ]
    assert counter.ask("a", colleague, "xinyue.film_voucher", day).again_on is None
    for later in (date(2026, 3, 20), date(2026, 3, 30)):
        counter.event = event_on(later, xinyue__film_voucher=2)
        answer = counter.give("a", colleague, "xinyue.film_voucher", later)
    assert (answer.verdict, answer.again_on) == (Verdict.USED_UP, date(2026, 4, 1))


def test_yuegonghui_member_day_is_the_18th() -> None:
    counter = Counter()
    given_on = [
        day for day in each_day(2026) if counter.give("member", MEMBER, "yuegonghui.member_day_gift", day).allowed
    ]
    assert given_on == [date(2026, month, 18) for month in range(1, 13)]
    eve = Counter().ask("member", MEMBER, "yuegonghui.member_day_gift", date(2026, 1, 17))
    assert sentence(eve, Language.CHINESE).say(Language.CHINESE) == "今日不办理，下次办理日期：1月18日"
    not_yet = Counter().ask("worker", PersonFacts(), "yuegonghui.member_day_gift", date(2026, 1, 17))
    assert not_yet.reason is Reason.NOT_A_MEMBER


def test_yuegonghui_membership_is_checked_by_district() -> None:
    day = date(2026, 1, 18)
    local, visitor = (replace(MEMBER, district=DistrictCode(code)) for code in ("441900", "440103"))
    counter = Counter()
    assert [counter.give("local", local, "yuegonghui.venue", day).allowed for _ in range(3)] == [True, True, False]
    assert counter.ask("local", local, "yuegonghui.venue", day).again_on == date(2026, 1, 19)  # a Monday
    assert counter.ask("visitor", visitor, "yuegonghui.venue", day).reason is Reason.DISTRICT
    counter.event = event_on(day, yuegonghui__lucky_bag=1)
    assert counter.give("visitor", visitor, "yuegonghui.lucky_bag", day).allowed
    assert counter.ask("local", local, "yuegonghui.lucky_bag", day).verdict is Verdict.NONE_LEFT


def test_linfen_casework_goes_through_the_levels() -> None:
    assert Counter().give("passer-by", PASSER_BY, "linfen.casework", date(2026, 5, 1)).allowed
    follow_up = service("linfen.casework").follow_up
    assert follow_up is not None
    for current, following in [("received", "county"), ("county", "enterprise"), ("enterprise", "solved")]:
        assert follow_up.may_move(current, following)
    assert Counter().ask("worker", PersonFacts(), "linfen.transfer", date(2026, 5, 1)).reason is Reason.NOT_A_MEMBER


def test_falv_a_dispute_is_taken_in_whenever_it_comes() -> None:
    counter = Counter()
    for _ in range(2):
        assert counter.give("worker", PersonFacts(), "falv.dispute", date(2026, 5, 1)).remaining is None
    form = service("falv.dispute").form
    answers = {"matter": "wages", "opponent": "某运输公司", "claim_yuan": "21673.30", "story": "拖欠三个月工资"}
    assert check_answers(form, answers).answers["claim_yuan"] == pytest.approx(21_673.30)


def test_linggong_a_day_labourer_looks_for_work_each_morning() -> None:
    counter = Counter()
    labourer = PersonFacts(born_on=date(1975, 3, 3))
    day = date(2026, 2, 28)
    assert counter.give("labourer", labourer, "linggong.looking_for_work", day).allowed
    assert counter.give("labourer", labourer, "linggong.looking_for_work", day).again_on == date(2026, 3, 1)
    for _ in range(5):
        assert counter.give("labourer", labourer, "linggong.introduction", day).allowed
    assert not counter.ask("labourer", labourer, "linggong.introduction", day).allowed
    child = PersonFacts(born_on=date(2010, 3, 1))
    assert counter.ask("child", child, "linggong.looking_for_work", day).reason is Reason.AGE
    assert counter.ask("child", child, "linggong.looking_for_work", date(2026, 3, 1)).allowed
    assert counter.give("employer", PASSER_BY, "linggong.post", day).allowed


def test_laomo_volunteers_serve_and_offer() -> None:
    day = date(2026, 4, 26)
    counter = Counter(event_on(day), households={"a": "home", "b": "home"})
    visitor = PersonFacts()
    assert [counter.give(who, visitor, "laomo.repair", day).allowed for who in "aba"] == [True, True, False]
    assert counter.ask("visitor", visitor, "laomo.volunteer_offer", day).reason is Reason.HOUSEHOLD
    model_worker = PersonFacts(household_groups=frozenset({"model_worker"}))
    assert counter.give("model worker", model_worker, "laomo.volunteer_offer", day).allowed
    form = service("laomo.volunteer_offer").form
    assert check_answers(form, {"skill": "repair", "when": "weekends", "hours_a_month": 8}).problems == ()
    assert all(item.provider == "volunteer" for item in shipped_pack("laomo").services[:5])


def test_peixun_quizzes_scores_and_stages() -> None:
    day = date(2026, 6, 30)
    counter = Counter(event_on(day))
    learner = replace(MEMBER, born_on=date(1990, 1, 1))
    assert counter.give("learner", learner, "peixun.quiz", day).allowed
    assert counter.give("learner", learner, "peixun.quiz", day).again_on == date(2026, 7, 1)
    quiz = service("peixun.quiz").form
    assert check_answers(quiz, {"asked": 530, "right": 512}).problems == ()
    assert check_answers(quiz, {"asked": 531, "right": 512}).problems
    score = service("peixun.contest_score").form
    assert check_answers(score, {"round": 1, "precision_percent": "98.75"}).answers["precision_percent"] == 98.75
    assert counter.give("learner", learner, "peixun.stage", day).allowed
    assert counter.give("learner", learner, "peixun.stage", day).again_on == date(2027, 1, 1)
    assert counter.ask("young", replace(MEMBER, born_on=date(2010, 1, 1)), "peixun.stage", day).reason is Reason.AGE


def test_yijian_three_topics_one_vote_each() -> None:
    day = date(2026, 11, 24)
    counter = Counter(event_on(day))
    votes = [item.code for item in shipped_pack("yijian").services if item.group.key == "votes"]
    assert len(votes) == 3
    for code in votes:
        assert counter.give("member", MEMBER, code, day).allowed
        assert counter.give("member", MEMBER, code, day).verdict is Verdict.USED_UP
        assert counter.ask("worker", PersonFacts(), code, day).reason is Reason.NOT_A_MEMBER
    assert counter.give("passer-by", PASSER_BY, "yijian.suggestion", day).allowed


def test_tijian_one_check_up_a_year_of_either_kind() -> None:
    counter = Counter()
    both = replace(CLEANER, household_groups=frozenset({"model_worker"}))
    assert counter.give("cleaner", both, "tijian.model_workers", date(2024, 2, 29)).allowed
    second = counter.ask("cleaner", both, "tijian.heavy_jobs", date(2024, 12, 31))
    assert (second.verdict, second.again_on) == (Verdict.USED_UP, date(2025, 1, 1))
    office = PersonFacts(occupation="other")
    assert counter.ask("office", office, "tijian.heavy_jobs", date(2024, 1, 1)).reason is Reason.OCCUPATION
    assert counter.ask("cleaner", CLEANER, "tijian.model_workers", date(2024, 1, 1)).reason is Reason.HOUSEHOLD


def test_jianhao_a_union_is_checked_against_the_list() -> None:
    assert Counter().give("the station itself", PASSER_BY, "jianhao.six_points", date(2026, 1, 1)).allowed
    form = service("jianhao.six_points").form
    points = [item.key for item in form if item.kind == "yes_no"]
    assert len(points) == 6
    answers = {"union_name": "某小微工会", "evidence": "会议记录", **dict.fromkeys(points, True)}
    assert check_answers(form, answers).problems == ()
    assert [problem.field for problem in check_answers(form, answers | {"funds": None}).problems] == ["funds"]
