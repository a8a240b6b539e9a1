"""Why a registration cannot be saved, and who can lift that. Wordings: ``people.problem.<code>``."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The fields of the registration form, in its order."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    OCCUPATION = "occupation"
    EMPLOYER = "employer"
    UNION = "union"
    CONSENT = "consent"
    PHOTO = "photo"


class ProblemCode(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    NAME_CHARACTERS = "name_characters"
    NAME_SHAPE = "name_shape"
    ID_LENGTH = "id_length"
    ID_CHARACTERS = "id_characters"
    ID_CHECKSUM = "id_checksum"
    ID_BIRTH_DATE = "id_birth_date"
    ID_REGION = "id_region"
    ID_REGION_UNKNOWN = "id_region_unknown"
    UNDER_AGE = "under_age"
    ALREADY_MEMBER = "already_member"
    PHONE_FORMAT = "phone_format"
    PHONE_IN_USE = "phone_in_use"
    OCCUPATION_UNKNOWN = "occupation_unknown"
    UNION_UNKNOWN = "union_unknown"
    DISTRICT_MISSING = "district_missing"
    DISTRICT_UNKNOWN = "district_unknown"
    CONSENT_MISSING = "consent_missing"
    NOTICE_OUTDATED = "notice_outdated"
    PHOTO_FORMAT = "photo_format"
    PHOTO_TOO_LARGE = "photo_too_large"


class Remedy(StrEnum):
    """What lifts a problem, and through whom. Wordings: ``people.remedy.<remedy>``."""

    CORRECT = "correct"
    """Staff put the field right, from the document or by asking. Nobody may release it as it stands."""

    SUPERVISOR = "supervisor"
    """A supervisor may release it as it stands."""

    SERVE_MEMBER = "serve_member"
    """Nobody releases it: this person is a member already and is served as that member."""

    NONE = "none"
    """Nothing lifts it today."""

    NOT_NEEDED = "not_needed"
    """A notice: it holds nothing up."""


_OTHER_REMEDIES = {
    ProblemCode.PHONE_IN_USE: Remedy.SUPERVISOR,
    ProblemCode.ALREADY_MEMBER: Remedy.SERVE_MEMBER,
    ProblemCode.UNDER_AGE: Remedy.NONE,
    ProblemCode.ID_REGION_UNKNOWN: Remedy.NOT_NEEDED,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one field. `params` fill the wording; they may hold a member number, so they are kept
    out of `repr`.
    """

    field: Field
    code: ProblemCode
    params: Mapping[str, str | int] = dataclasses.field(default_factory=dict, repr=False, hash=False)

    @property
    def remedy(self) -> Remedy:
        return _OTHER_REMEDIES.get(self.code, Remedy.CORRECT)
