"""What belongs to this store alone: its settings, and how the exchange with its peers stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from db import schema
from db.dialect import insert
from db.prepared import Prepared
from db.values import PeerState, Receipt
from station_core.ids import WriterId

_setting, _peer, _head = schema.local_setting.c, schema.local_peer.c, schema.local_peer_head.c
REVOKED = "revoked"
"""The setting that says why the city has taken this device out of service, as the city said itself; else empty."""
_SETTING = Prepared(sa.select(_setting.value).where(_setting.key == sa.bindparam("key")))


class Local:
    """Reads, and writes that take effect with the transaction they stand in."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def setting(self, key: str, default: str = "") -> str:
        row = _SETTING.one(self._connection, key=key)
        return default if row is None else str(row.value)

    def set_setting(self, key: str, value: str) -> None:
        self._put(schema.local_setting, {"key": key}, {"value": value})

    def peer(self, name: str) -> PeerState:
        row = self._connection.execute(sa.select(schema.local_peer).where(_peer.peer == name)).mappings().one_or_none()
        return PeerState(name) if row is None else PeerState(**row)

    def note_peer(self, state: PeerState) -> None:
        columns = ("tried_ms", "succeeded_ms", "error", "clock_offset_ms", "sent_entries", "received_entries")
        self._put(schema.local_peer, {"peer": state.peer}, {name: getattr(state, name) for name in columns})

    def peer_heads(self, name: str) -> dict[WriterId, int]:
        """The last entry of each writer that the peer is known to hold."""
        query = sa.select(_head.writer, _head.seq).where(_head.peer == name)
        return {WriterId(writer): int(seq) for writer, seq in self._connection.execute(query)}

    def note_peer_heads(self, name: str, heads: Mapping[WriterId, int]) -> None:
        for writer, seq in heads.items():
            self._put(schema.local_peer_head, {"peer": name, "writer": writer}, {"seq": seq})

    def note_receipt(self, name: str, receipt: Receipt, now_ms: int) -> bool:
        """Note what a peer said in a file to hold; whether it is the newest word from it.

        The newest word stands, also where it says less than an earlier one: the peer may have been restored from a
        backup. One that is older than what was heard since can only add.
        """
        before, known = self.peer(name), self.peer_heads(name)
        said_ms = min(receipt.made_ms - (before.clock_offset_ms or 0), now_ms)
        newest = said_ms >= (before.succeeded_ms or 0)
        if newest:
            kept = {writer: seq for writer, seq in known.items() if writer in receipt.open}
            self._connection.execute(sa.delete(schema.local_peer_head).where(_head.peer == name))
            self.note_peer_heads(name, {**kept, **receipt.heads})
            self.note_peer(replace(before, succeeded_ms=said_ms))
        else:
            self.note_peer_heads(name, {w: seq for w, seq in receipt.heads.items() if seq > known.get(w, 0)})
        return newest

    def _put(self, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
        statement = insert(self._connection, table).values(**key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
