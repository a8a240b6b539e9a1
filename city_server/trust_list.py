"""The file by which anybody who has the city's public key can verify cards."""

from city_server.card_statuses import publish_card_statuses
from city_server.city import City
from station_core.clock import wall_ms
from station_core.credential import trust_list
from station_core.keys import key_id
from station_core.records.cards import CardStatusesPublished


def signed_trust_list(city: City) -> bytes:
    """Every certificate, what was revoked, and the lists of statuses as they stand now."""
    publish_card_statuses(city)
    with city.store.reading() as view:
        writers = [writer for writer in view.writers.all() if writer.certificate is not None]
        keys = {writer.id: view.writers.public_key(writer.id) for writer in writers}
        revoked = {
            key_id(key): wall_ms(writer.revoked_since)
            for writer in writers
            if writer.revoked_since is not None and (key := keys[writer.id]) is not None
        }
        lists = {published.issuer: published.token for published in view.documents.all(CardStatusesPublished)}
        certificates = [writer.certificate for writer in writers if writer.certificate is not None]
    return trust_list.sign(certificates, revoked, lists, city.store.now_ms(), city.home.root)
