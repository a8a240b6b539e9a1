"""What a station can give: packs of services with audiences, rules, forms and follow-up. A programme is data."""

from station_core.catalogue.answers import (
    Answer,
    AnswerFault,
    AnswerProblem,
    CheckedAnswers,
    check_answers,
    without_sensitive,
)
from station_core.catalogue.audience import Audience
from station_core.catalogue.catalogue import Catalogue, UnknownService, shipped_ids, shipped_pack
from station_core.catalogue.followup import CaseState, FollowUp
from station_core.catalogue.forms import FieldKind, FormField, NumberRange
from station_core.catalogue.pack import Pack
from station_core.catalogue.reading import MalformedPack
from station_core.catalogue.rules import Per, Period, Rule
from station_core.catalogue.service import ProviderKind, Service
from station_core.catalogue.words import Bilingual, Named

__all__ = [
    "Answer",
    "AnswerFault",
    "AnswerProblem",
    "Audience",
    "Bilingual",
    "CaseState",
    "Catalogue",
    "CheckedAnswers",
    "FieldKind",
    "FollowUp",
    "FormField",
    "MalformedPack",
    "Named",
    "NumberRange",
    "Pack",
    "Per",
    "Period",
    "ProviderKind",
    "Rule",
    "Service",
    "UnknownService",
    "check_answers",
    "shipped_ids",
    "shipped_pack",
    "without_sensitive",
]
