"""From the desk's verdicts and refusals to what the counter tells."""

from resources.texts import Language, say
from station_app.screens.counter.state import Happened
from station_app.words import Name, Phrase
from station_core.credential.card import is_card
from station_core.desk.identity import Identity, Verdict
from station_core.desk.refusal import Refusal

MOST_SHOWN = 28
_HAPPENED = {
    Verdict.VALID: Happened.VALID,
    Verdict.UNKNOWN: Happened.CODE_UNKNOWN,
    Verdict.EXPIRED: Happened.CODE_EXPIRED,
    Verdict.NOT_YET_VALID: Happened.CODE_NOT_YET_VALID,
    Verdict.REVOKED: Happened.CODE_REVOKED,
    Verdict.WRONG_SIGNATURE: Happened.CODE_FORGED,
    Verdict.UNKNOWN_ISSUER: Happened.CODE_ISSUER_UNKNOWN,
    Verdict.ISSUER_REVOKED: Happened.CODE_ISSUER_REVOKED,
    Verdict.UNREADABLE_CARD: Happened.CODE_DAMAGED,
    Verdict.NOT_A_MEMBER_CODE: Happened.CODE_FOREIGN,
    Verdict.DECLINED: Happened.REVOKED,
    Verdict.LEFT: Happened.NOT_MEMBER,
    Verdict.SEVERAL: Happened.SEVERAL_PEOPLE,
}


def happened_for(identity: Identity) -> tuple[Happened, dict[str, object]]:
    """What happened, and what fills its texts."""
    params: dict[str, object] = {}
    if identity.verdict is Verdict.EXPIRED and identity.claims:
        params["until"] = identity.claims.expires_on
    if identity.verdict is Verdict.NOT_YET_VALID and identity.claims:
        params["since"] = identity.claims.issued_on
    return _HAPPENED[identity.verdict], params


def code_words(text: str) -> Phrase | str:
    """What a code is called while staff choose among several: a card says nothing of whose it is before its signature
    was checked."""
    if is_card(text):
        return Phrase("counter.codes.card")
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def why_not(refusal: Refusal) -> Name:
    """The refusal in both languages, where the rules of a service are not the reason."""
    return Name(
        *(say(language, f"desk.refusal.{refusal.code}", why="") for language in (Language.CHINESE, Language.ENGLISH))
    )
