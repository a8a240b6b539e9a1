"""Signed credentials: the member card in a QR code, its issuers' certificates, lists of statuses.

Another program that only wants to verify cards needs `station_core`, `resources` and these names (docs/credential.md):

    from station_core.credential.trust_list import read as read_trust
    from station_core.credential.verify import verify
    from station_core.credential.words import remedy, title

    trust = read_trust(file_of_the_city, city_public_key)
    verdict = verify(text, trust, now_ms)
"""
