"""Why something is not printed. A card with an empty box or another person's name is worse than no card."""

from enum import StrEnum

from resources.texts import Language, say


class RefusalCode(StrEnum):
    MISSING_GLYPH = "missing_glyph"
    MISSING_FIELD = "missing_field"
    TEXT_TOO_LONG = "text_too_long"
    CODE_TOO_DENSE = "code_too_dense"
    UNREADABLE_PHOTO = "unreadable_photo"


class PrintRefusal(Exception):
    """Something that staff can act on stops the print. `str()` is for logs and names no person; `in_words` is
    for staff."""

    code: RefusalCode

    def in_words(self, language: Language) -> str:
        """One sentence: what is wrong and what to do."""
        return say(language, f"printing.refusal.{self.code}", **self._params(language))

    def _params(self, language: Language) -> dict[str, str]:  # noqa: ARG002 - some refusals name nothing
        return {}


class MissingGlyph(PrintRefusal):
    """No shipped face can show `character`."""

    code = RefusalCode.MISSING_GLYPH

    def __init__(self, character: str) -> None:
        self.character = character
        self.code_point = f"U+{ord(character):04X}"
        super().__init__(f"no face has {self.code_point}")

    def _params(self, language: Language) -> dict[str, str]:  # noqa: ARG002
        return {"character": self.character, "code_point": self.code_point}


class _FieldRefusal(PrintRefusal):
    """About one field; of fields that repeat, ``slip_line.3`` is the third ``slip_line``."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"{self.code}: {field}")

    def _params(self, language: Language) -> dict[str, str]:
        return {"field": say(language, f"printing.field.{self.field.partition('.')[0]}")}


class MissingField(_FieldRefusal):
    """`field` must stand on the print and is empty."""

    code = RefusalCode.MISSING_FIELD


class TextTooLong(_FieldRefusal):
    """What stands in `field` does not fit its box, not even at the smallest size and on all its lines."""

    code = RefusalCode.TEXT_TOO_LONG


class CodeTooDense(PrintRefusal):
    """The QR code would have modules that a camera does not resolve."""

    code = RefusalCode.CODE_TOO_DENSE


class UnreadablePhoto(PrintRefusal):
    """The photo is neither a whole PNG nor a whole JPEG of a size that a kiosk can decode."""

    code = RefusalCode.UNREADABLE_PHOTO
