"""Known troubles in one sentence."""

from resources.texts import Language, say


def sentence_for(error: Exception, language: Language) -> str | None:
    """What happened and what to do, for a known trouble; None for a mistake of ours."""
    from db.errors import StoreError
    from printing.layout import LayoutError
    from printing.printers import PrintingProblem
    from printing.refusals import PrintRefusal
    from station_app.home.errors import HomeError
    from station_app.scanning.problems import ScanningError
    from station_core.credential.card import CardTooLarge
    from sync.errors import SyncError

    match error:
        case HomeError():
            return say(language, f"home.{error.code}", **error.params)
        case StoreError():
            return say(language, f"store.{error.code}")
        case SyncError():
            return " ".join(
                say(language, f"sync_errors.{part}.{error.code}", **error.params) for part in ("what", "do")
            )
        case ScanningError():
            return say(language, error.text_key, name=error.name)
        case PrintRefusal() | PrintingProblem() | LayoutError():
            return error.in_words(language)
        case PermissionError():
            return say(language, "home.no_access", file=error.filename)
        case CardTooLarge():
            return say(language, "desk.card_too_large")
    return None
