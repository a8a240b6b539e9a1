"""The city's word on which cards hold no more: one signed list an issuer, published where it has changed.

A revocation travels with the journal it stands in, and that only within its city-level district. The lists stand in the
city's own journal, which every station gets.
"""

from collections import defaultdict
from collections.abc import Iterator

from city_server.city import City
from city_server.home import Home
from db.store import Transaction
from db.view import View
from station_core.credential import card_status, statuslist
from station_core.credential.statuslist import MalformedStatusList, StatusList, UnverifiedStatusList
from station_core.ids import CardId, KeyId, WriterId
from station_core.keys import key_id
from station_core.records.cards import CardStatusesPublished
from station_core.records.trust import WriterSucceeded

_SETTING = "card_statuses.published_at"
_SECOND_MS = 1_000


def publish_card_statuses(city: City) -> int:
    """Publish the lists that differ from what was published last; how many there were.

    Costs two counts where nothing was issued or taken back since.
    """
    with city.store.reading() as view:
        if view.local.setting(_SETTING) == _state(view):
            return 0
    with city.store.writing() as tx:
        records = list(_changed(tx, city.home, city.store.now_ms() // _SECOND_MS))
        tx.append(*records)
        tx.local.set_setting(_SETTING, _state(tx))
    return len(records)


def _state(view: View) -> str:
    return "/".join(str(number) for number in view.cards.counts())


def _changed(tx: Transaction, home: Home, now_s: int) -> Iterator[CardStatusesPublished]:
    revoked, standing = _by_issuer(tx)
    keys = _keys(tx)
    for writer in sorted(revoked):
        issuer = keys.get(writer)
        if issuer is None:
            continue
        signed = card_status.list_of(home.about.id, issuer, revoked[writer], standing[writer], now_s)
        if _published(tx, home, issuer) != signed.statuses:
            yield CardStatusesPublished(issuer=issuer, token=statuslist.sign(signed, home.root))


def _published(view: View, home: Home, issuer: KeyId) -> StatusList | None:
    """What stands now; None where nothing does, or nothing that this root key signed."""
    held = view.documents.get(CardStatusesPublished, issuer.hex())
    try:
        return None if held is None else statuslist.read_by(held.token, home.root.public).statuses
    except (MalformedStatusList, UnverifiedStatusList):
        return None


def _by_issuer(view: View) -> tuple[dict[WriterId, set[CardId]], dict[WriterId, set[CardId]]]:
    """Revoked and standing cards by who may have signed them.

    The records of a device whose journal forked stand again in its successor's journal, and their codes still bear the
    earlier key; so a card counts for whoever wrote it and for all whom that writer succeeded.
    """
    before = {one.successor: one.writer for one in view.documents.all(WriterSucceeded)}
    revoked: dict[WriterId, set[CardId]] = defaultdict(set)
    standing: dict[WriterId, set[CardId]] = defaultdict(set)
    for writer, card, is_revoked in view.cards.standing_and_revoked():
        for issuer in _with_predecessors(writer, before):
            (revoked if is_revoked else standing)[issuer].add(card)
    return revoked, standing


def _with_predecessors(writer: WriterId, before: dict[WriterId, WriterId]) -> list[WriterId]:
    chain = [writer]
    while (earlier := before.get(chain[-1])) is not None and earlier not in chain:
        chain.append(earlier)
    return chain


def _keys(view: View) -> dict[WriterId, KeyId]:
    known = {writer.id: view.writers.public_key(writer.id) for writer in view.writers.all()}
    return {writer: key_id(key) for writer, key in known.items() if key is not None}
