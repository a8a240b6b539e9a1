"""What a card is verified against: this station's knowledge, or keys and files that somebody hands over."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station_core.credential import card_status, statuslist, trust_list
from station_core.credential.signatures import PublicKey
from station_core.credential.statuslist import StatusList
from station_core.credential.verify import Issuer, Trust, TrustView, issuer_without_certificate
from station_core.ids import CardId, KeyId
from station_core.keys import key_id


@dataclass(frozen=True, slots=True)
class WithLists:
    """What `trust` knows, and lists of statuses besides it. A list without an issuer's name is every issuer's."""

    trust: TrustView
    lists: tuple[tuple[KeyId | None, StatusList], ...]

    def issuer(self, key: KeyId) -> Issuer | None:
        return self.trust.issuer(key)

    def card_revocation(self, card_id: CardId, issuer: KeyId) -> str | None:
        named = self.trust.card_revocation(card_id, issuer)
        if named is not None:
            return named
        listed = any(
            card_status.is_taken_back(statuses, card_id) for owner, statuses in self.lists if owner in (None, issuer)
        )
        return card_status.LISTED if listed else None


class FileRefused(ValueError):
    """A file that none of the keys signed, or that is not what it is said to be."""


def trust_of_keys(keys: Sequence[PublicKey], trust_file: bytes | None) -> Trust:
    """What the holders of `keys` say: each is believed as an issuer, and one of them signed `trust_file`.

    Raises FileRefused.
    """
    raw = [key.public_bytes_raw() for key in keys if isinstance(key, Ed25519PublicKey)]
    issuers = {key_id(one): issuer_without_certificate(one) for one in raw}
    if trust_file is None:
        return Trust(issuers)
    for one in raw:
        try:
            said = trust_list.read(trust_file, one)
        except trust_list.TrustListRefused:
            continue
        return Trust(issuers | said.issuers, said.revoked_cards, said.status_lists)
    raise FileRefused("none of the keys signed this file")


def list_by(data: bytes, keys: Sequence[PublicKey]) -> tuple[KeyId | None, StatusList]:
    """Whose cards the list in `data` is about, and the list, signed by one of `keys`. Raises FileRefused."""
    for key in keys:
        try:
            signed = statuslist.read(data, key)
        except (statuslist.UnverifiedStatusList, statuslist.MalformedStatusList):
            continue
        return card_status.issuer_of(signed.uri), signed.statuses
    raise FileRefused("none of the keys signed this list")
