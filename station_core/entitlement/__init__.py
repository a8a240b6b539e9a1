"""Who may have what, how often and how many there are: the rules of the counter, decided from facts alone."""

from station_core.entitlement.decide import decide
from station_core.entitlement.entitlement import Entitlement, Reason, Verdict
from station_core.entitlement.facts import EventFacts, PersonFacts, Usage, UsageEntry
from station_core.entitlement.overuse import Excess, Use, overuse
from station_core.entitlement.sentence import Sentence, say_date, sentence

__all__ = [
    "Entitlement",
    "EventFacts",
    "Excess",
    "PersonFacts",
    "Reason",
    "Sentence",
    "Use",
    "Usage",
    "UsageEntry",
    "Verdict",
    "decide",
    "overuse",
    "say_date",
    "sentence",
]
