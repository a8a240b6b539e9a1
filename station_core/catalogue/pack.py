"""A catalogue pack: all that one programme needs, as data. It travels as a CBOR map and lies in resources as TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from station_core.catalogue.reading import MalformedPack, Table, checked_name, refuse_twice
from station_core.catalogue.rules import Rule
from station_core.catalogue.service import Service
from station_core.catalogue.words import Bilingual, Named
from station_core.ids import ServiceCode

FORMAT = 1
MAX_VERSION = 1_000_000


@dataclass(frozen=True, slots=True)
class Pack:
    """`programme` names the kind of programme, `id` this edition of it; a higher `version` replaces a lower.

    `texts` are sentences of the programme in order of their keys; `card_art` names the picture behind its cards.
    """

    id: str
    version: int
    programme: str
    name: Bilingual
    groups: tuple[Named, ...]
    services: tuple[Service, ...]
    texts: tuple[tuple[str, Bilingual], ...] = ()
    card_art: str | None = None

    def service(self, code: ServiceCode) -> Service:
        """Raises KeyError where the pack has no such service."""
        for service in self.services:
            if service.code == code:
                return service
        raise KeyError(code)

    def text(self, key: str) -> Bilingual | None:
        return dict(self.texts).get(key)

    @classmethod
    def from_dict(cls, value: object) -> Self:
        """The pack that `value` (plain dicts, lists, texts, numbers) describes. Raises MalformedPack."""
        table = Table(value, "")
        if table.integer("format", least=1) != FORMAT:
            raise table.fault("format", f"must be {FORMAT}; a newer pack needs a newer program")
        pack_id = table.name("id")
        groups = table.tables("groups", Named.read)
        services = table.tables("services", lambda entry: Service.read(entry, groups))
        pack = cls(
            id=pack_id,
            version=table.integer("version", least=1, most=MAX_VERSION),
            programme=table.name("programme"),
            name=Bilingual.read(table.table("name")),
            groups=groups,
            services=_with_shared_limits(services),
            texts=_read_texts(table),
            card_art=table.name("card_art") if table.has("card_art") else None,
        )
        table.finish()
        pack._refuse_disorder()
        return pack

    def _refuse_disorder(self) -> None:
        if not self.services:
            raise MalformedPack("services", "must hold at least one service")
        refuse_twice(tuple(group.key for group in self.groups), "groups", "group")
        refuse_twice(tuple(service.code for service in self.services), "services", "service")
        for index, service in enumerate(self.services):
            if not service.code.startswith(f"{self.id}."):
                raise MalformedPack(f"services[{index}].code", f"must begin with {self.id}.")
        _refuse_unequal_shares(self.services)

    def to_dict(self) -> dict[str, object]:
        """The one dict form of this pack: what equals its default is left out, so equal packs give equal bytes."""
        written: dict[str, object] = {
            "format": FORMAT,
            "id": self.id,
            "version": self.version,
            "programme": self.programme,
            "name": self.name.to_dict(),
            "groups": [group.to_dict() for group in self.groups],
            "services": [service.to_dict() for service in self.services],
        }
        if self.texts:
            written["texts"] = {key: text.to_dict() for key, text in self.texts}
        if self.card_art is not None:
            written["card_art"] = self.card_art
        return written


def _read_texts(table: Table) -> tuple[tuple[str, Bilingual], ...]:
    if not table.has("texts"):
        return ()
    texts = table.table("texts")
    keys = texts.untaken()
    for key in keys:
        checked_name(key, texts.place(key))
    return tuple((key, Bilingual.read(texts.table(key))) for key in keys)


def _with_shared_limits(services: tuple[Service, ...]) -> tuple[Service, ...]:
    """The services with each shared limit knowing all the services that count against it."""
    sharing: dict[str, frozenset[ServiceCode]] = {}
    for service in services:
        for rule in service.rules:
            if rule.shares is not None:
                sharing[rule.shares] = sharing.get(rule.shares, frozenset()) | {service.code}

    def resolved(rule: Rule) -> Rule:
        return rule if rule.shares is None else replace(rule, counts=sharing[rule.shares])

    return tuple(replace(service, rules=tuple(map(resolved, service.rules))) for service in services)


def _refuse_unequal_shares(services: tuple[Service, ...]) -> None:
    """A limit that several services share is one limit: written differently twice, the order of asking would matter."""
    first: Mapping[str, Rule] = {
        rule.shares: rule
        for service in reversed(services)
        for rule in reversed(service.rules)
        if rule.shares is not None
    }
    for index, service in enumerate(services):
        for position, rule in enumerate(service.rules):
            if rule.shares is not None and rule != first[rule.shares]:
                place = f"services[{index}].rules[{position}]"
                raise MalformedPack(place, f"must be the same as the other limits that share {rule.shares}")
