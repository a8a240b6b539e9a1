"""Every answer can be said, in both languages, with nothing left unfilled."""

from datetime import date

import pytest

from resources.texts import Language, catalogue, say
from station_core.catalogue import AnswerFault, Audience, Bilingual, Per, Period, Rule
from station_core.entitlement import Entitlement, Reason, Verdict, say_date, sentence

TODAY = date(2026, 11, 24)
WHO = Audience(occupations=("truck_driver",), who=Bilingual("货车司机", "truck drivers"))
NOT_FOR_YOU = [Reason.UNKNOWN_PERSON, Reason.NOT_A_MEMBER, Reason.OCCUPATION, Reason.UNION]
NOT_FOR_YOU += [Reason.DISTRICT, Reason.HOUSEHOLD, Reason.AGE]
CLOSED = [reason for reason in Reason if reason not in NOT_FOR_YOU]
NO_CALENDAR = (Period.EVENT, Period.EVER)


def everything() -> list[Entitlement]:
    used_up = [
        Entitlement(
            Verdict.USED_UP,
            TODAY,
            remaining=0,
            again_on=None if period in NO_CALENDAR else date(2027, 1, 1),
            rule=Rule(1, period, per),
        )
        for period in Period
        for per in Per
    ]
    return [
        Entitlement(Verdict.ALLOWED, TODAY),
        Entitlement(Verdict.ALLOWED, TODAY, remaining=1),
        Entitlement(Verdict.ALLOWED, TODAY, remaining=1, stock_left=7),
        Entitlement(Verdict.NONE_LEFT, TODAY, stock_left=0),
        *used_up,
        *(Entitlement(Verdict.NOT_FOR_YOU, TODAY, reason=reason, audience=WHO) for reason in NOT_FOR_YOU),
        *(Entitlement(Verdict.CLOSED, TODAY, again_on=date(2026, 12, 18), reason=reason) for reason in CLOSED),
    ]


@pytest.mark.parametrize("language", Language)
def test_everything_can_be_said_and_differently(language: Language) -> None:
    said = [sentence(entitlement, language).say(language) for entitlement in everything()]
    assert len(set(said)) == len(said)
    assert not any("{" in words for words in said)


def test_what_a_counter_hears() -> None:
    used_up = Entitlement(Verdict.USED_UP, TODAY, again_on=date(2026, 12, 1), rule=Rule(1, Period.MONTH))
    assert sentence(used_up, Language.CHINESE).say(Language.CHINESE) == "本月次数已用完，12月1日起可再次享受"
    assert sentence(used_up, Language.ENGLISH).say(Language.ENGLISH) == (
        "Used up this month, available again from 1 December"
    )
    not_for = Entitlement(Verdict.NOT_FOR_YOU, TODAY, reason=Reason.OCCUPATION, audience=WHO)
    said = sentence(not_for, Language.CHINESE)
    assert (said.key, said.params) == ("entitlement.not_for_you.occupation", {"who": "货车司机"})


def test_a_date_of_another_year_says_so() -> None:
    assert say_date(date(2026, 12, 18), TODAY, Language.CHINESE) == "12月18日"
    assert say_date(date(2027, 1, 1), TODAY, Language.CHINESE) == "2027年1月1日"
    assert say_date(date(2027, 1, 1), TODAY, Language.ENGLISH) == "1 January 2027"


def test_both_languages_have_the_same_texts() -> None:
    def keys(language: Language) -> set[str]:
        return {key for key in catalogue(language) if key.startswith("entitlement.")}

    assert keys(Language.CHINESE) == keys(Language.ENGLISH)


@pytest.mark.parametrize("fault", AnswerFault)
@pytest.mark.parametrize("language", Language)
def test_every_fault_of_an_answer_can_be_said(fault: AnswerFault, language: Language) -> None:
    assert say(language, f"entitlement.answer.{fault}")
