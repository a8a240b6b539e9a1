"""A verdict in words: what is the matter, and what to do next."""

from resources.texts import Language, say
from station_core.credential.identity_qr import IdentityReason
from station_core.credential.verify import Reason


def title(reason: Reason | IdentityReason, language: Language) -> str:
    return say(language, f"credential.{reason}.title")


def remedy(reason: Reason | IdentityReason, language: Language) -> str:
    return say(language, f"credential.{reason}.remedy")
