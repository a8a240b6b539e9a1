"""The names that things go by, each a type of its own: a card cannot be asked for where a person is meant."""

from typing import NewType

WriterId = NewType("WriterId", bytes)
"""16 bytes: one device in one epoch; the first half of the SHA-256 of its public key."""

KeyId = NewType("KeyId", bytes)
"""8 bytes: the first quarter of the SHA-256 of a public key; what a card names its issuer by."""

PersonId = NewType("PersonId", bytes)
"""16 random bytes, given by the writer that first registers a person."""

RecordId = NewType("RecordId", bytes)
"""16 random bytes that name one fact (a service given, a void), so that the same fact in two journals counts once."""

CardId = NewType("CardId", bytes)
"""8 random bytes that name one issued card."""

EventId = NewType("EventId", str)
"""A short text, unique in a city, such as ``2026-11-park-east``."""

MemberNo = NewType("MemberNo", str)
"""What stands on a card: 12 digits for members registered at a station, or the city's own older number."""

ServiceCode = NewType("ServiceCode", str)
"""Names a service in the catalogue, such as ``liudong.haircut``."""

OperatorId = NewType("OperatorId", str)
"""Names a member of staff at a station."""

DistrictCode = NewType("DistrictCode", str)
"""Six digits of GB/T 2260, such as ``210106``."""

UnionCode = NewType("UnionCode", str)
"""Names a union organisation in the city's list."""
