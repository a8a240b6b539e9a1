"""What failed, in words for the window: known troubles with their remedy, mistakes with an apology."""

from db.errors import StoreError, WriterIsRevoked
from printing.layout import LayoutError
from printing.printers import PrintingProblem
from printing.refusals import PrintRefusal
from resources.texts import Language
from station_app.home.errors import HomeError
from station_app.screens.shell.state import Apology, Message, Trouble
from station_app.words import Name, Phrase
from station_core.credential.card import CardTooLarge
from sync.errors import SyncError


def message_for(error: Exception, reference: str) -> Message:
    """`reference` finds a mistake in the log."""
    words = words_for(error)
    return Apology(reference) if words is None else Trouble(*words)


def words_for(error: Exception) -> tuple[Phrase, Phrase] | None:
    """What happened and what to do, for a known trouble; None for a mistake of ours."""
    match error:
        case SyncError():
            return (
                Phrase(f"sync_errors.what.{error.code}", error.params),
                Phrase(f"sync_errors.do.{error.code}", error.params),
            )
        case WriterIsRevoked():
            return Phrase("common.trouble.revoked"), Phrase(f"store.{error.code}")
        case StoreError():
            return Phrase("common.trouble.store"), Phrase(f"store.{error.code}")
        case HomeError():
            return Phrase("common.trouble.home"), Phrase(f"home.{error.code}", error.params)
        case PrintRefusal() | PrintingProblem() | LayoutError():
            return Phrase("common.trouble.printing"), _in_both(error)
        case CardTooLarge():
            return Phrase("common.trouble.printing"), Phrase("desk.card_too_large")
    return None


def _in_both(error: PrintRefusal | PrintingProblem | LayoutError) -> Phrase:
    """The printing room says whole sentences; here they are one placeholder."""
    words = Name(error.in_words(Language.CHINESE), error.in_words(Language.ENGLISH))
    return Phrase("common.trouble.words", {"words": words})
