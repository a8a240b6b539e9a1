"""What can be wrong around the scanner without anyone's mistake in the program: each knows the sentence that
tells people the remedy.
"""

from enum import StrEnum


class ProblemCode(StrEnum):
    """Each value is a key below ``scanning.problem`` in the texts, and speaks of ``{name}``."""

    FILE_MISSING = "file_missing"
    NOT_AN_IMAGE = "not_an_image"
    NOT_A_VIDEO = "not_a_video"
    FOLDER_EMPTY = "folder_empty"
    CAMERA_ABSENT = "camera_absent"
    PORT_ABSENT = "port_absent"
    ENGINE_MISSING = "engine_missing"


class ScanningError(Exception):
    """Known, and of the surroundings: a missing file, camera or library. `name` is the thing it is about."""

    def __init__(self, code: ProblemCode, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name

    @property
    def text_key(self) -> str:
        """The key of the sentence for people; its one placeholder is ``name``."""
        return f"scanning.problem.{self.code}"
