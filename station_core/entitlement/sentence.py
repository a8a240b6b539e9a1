"""The sentence that staff and the person read about an entitlement."""

from dataclasses import dataclass
from datetime import date

from resources.texts import Language, say
from station_core.entitlement.entitlement import Entitlement, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Sentence:
    """A key of resources/texts and the values for its placeholders."""

    key: str
    params: dict[str, object]

    def say(self, language: Language) -> str:
        return say(language, self.key, **self.params)


def sentence(entitlement: Entitlement, language: Language) -> Sentence:
    """What to say about `entitlement`; dates and names in the params are in `language`."""
    match entitlement.verdict:
        case Verdict.ALLOWED:
            return _allowed(entitlement)
        case Verdict.USED_UP:
            return _used_up(entitlement, language)
        case Verdict.NONE_LEFT:
            return _none_left(entitlement)
        case Verdict.NOT_FOR_YOU:
            return _not_for_you(entitlement, language)
        case Verdict.CLOSED:
            return Sentence(f"entitlement.closed.{entitlement.reason}", _again(entitlement, language))


def say_date(day: date, today: date, language: Language) -> str:
    """`day` for people: without the year where it is this year's."""
    key = "entitlement.date.this_year" if day.year == today.year else "entitlement.date.other_year"
    month = say(language, f"entitlement.month.{day.month}")
    return say(language, key, year=day.year, month=month, day=day.day)


def _allowed(entitlement: Entitlement) -> Sentence:
    if entitlement.stock_left is not None:
        return Sentence("entitlement.allowed_from_stock", {"stock": entitlement.stock_left})
    if entitlement.remaining is not None:
        return Sentence("entitlement.allowed_times", {"remaining": entitlement.remaining})
    return Sentence("entitlement.allowed", {})


def _none_left(entitlement: Entitlement) -> Sentence:
    if entitlement.stock_elsewhere:
        return Sentence("entitlement.none_left_here", {"elsewhere": entitlement.stock_elsewhere})
    return Sentence("entitlement.none_left", {})


def _used_up(entitlement: Entitlement, language: Language) -> Sentence:
    if entitlement.rule is None:
        raise ValueError("a used-up entitlement names its rule")
    rule = entitlement.rule
    if entitlement.again_on is None:
        return Sentence(f"entitlement.used_up.{rule.per}.{rule.period}", {})
    return Sentence(f"entitlement.used_up_again.{rule.per}.{rule.period}", _again(entitlement, language))


def _not_for_you(entitlement: Entitlement, language: Language) -> Sentence:
    key = f"entitlement.not_for_you.{entitlement.reason}"
    unnarrowed = (Reason.UNKNOWN_PERSON, Reason.NOT_A_MEMBER)
    if entitlement.reason in unnarrowed or entitlement.audience is None or entitlement.audience.who is None:
        return Sentence(key, {})
    return Sentence(key, {"who": entitlement.audience.who.text(language)})


def _again(entitlement: Entitlement, language: Language) -> dict[str, object]:
    if entitlement.again_on is None:
        return {}
    return {"date": say_date(entitlement.again_on, entitlement.on, language)}
