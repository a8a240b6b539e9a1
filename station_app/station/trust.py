"""What the store knows of issuers and revoked cards, as the verifier asks for it."""

from functools import lru_cache

from db.view import View
from station_core.clock import wall_ms
from station_core.credential import card_status, statuslist
from station_core.credential.certificate import Certificate, read_certificate
from station_core.credential.statuslist import MalformedStatusList, StatusList, UnverifiedStatusList
from station_core.credential.verify import Issuer
from station_core.ids import CardId, KeyId
from station_core.records.cards import CardStatusesPublished


class StoreTrust:
    """A TrustView over one view of the store. `root_key` is the city's."""

    def __init__(self, view: View, root_key: bytes) -> None:
        self._view = view
        self._root_key = root_key

    def issuer(self, key: KeyId) -> Issuer | None:
        writer = self._view.writers.with_key(key)
        if writer is None or writer.certificate is None:
            return None
        revoked_ms = None if writer.revoked_since is None else wall_ms(writer.revoked_since)
        return Issuer(_certificate(writer.certificate, self._root_key), revoked_ms)

    def card_revocation(self, card_id: CardId, issuer: KeyId) -> str | None:
        """By the revocation itself, where its journal has arrived; else by the city's list of the issuer's cards."""
        named = self._view.cards.revocation(card_id)
        if named is not None:
            return named
        published = self._view.documents.get(CardStatusesPublished, issuer.hex())
        if published is None:
            return None
        statuses = _statuses(published.token, self._root_key)
        taken_back = statuses is not None and card_status.is_taken_back(statuses, card_id)
        return card_status.LISTED if taken_back else None


@lru_cache(maxsize=256)
def _certificate(data: bytes, root_key: bytes) -> Certificate:
    """Read and verified once: the same few stations issue most cards."""
    return read_certificate(data, root_key)


@lru_cache(maxsize=256)
def _statuses(token: bytes, root_key: bytes) -> StatusList | None:
    """Unfolded and verified once; None for what the city's root key did not sign."""
    try:
        return statuslist.read_by(token, root_key).statuses
    except (MalformedStatusList, UnverifiedStatusList):
        return None
