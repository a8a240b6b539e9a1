"""Which codes besides QR the station reads: kept in its store, since a site has the cards that it has."""

from station_app.scanning.readings import ONLY_QR, OTHER_CODES, Symbology
from station_app.screens.settings.state import CodeKind
from station_app.station.settings import OTHER_CODES_SETTING
from station_app.station.station import Station

_IN_ORDER = tuple(each for each in Symbology if each in OTHER_CODES)


def code_kinds(symbologies: frozenset[Symbology]) -> tuple[CodeKind, ...]:
    """All that can be switched on, those of `symbologies` ticked."""
    return tuple(CodeKind(each.value, each in symbologies) for each in _IN_ORDER)


def chosen_symbologies(station: Station) -> frozenset[Symbology]:
    """QR, and what was switched on. What another version calls otherwise is passed over."""
    with station.store.reading() as view:
        names = view.local.setting(OTHER_CODES_SETTING).split(",")
    return ONLY_QR | {each for each in _IN_ORDER if each.value in names}


def switch_code(station: Station, kind: str, is_read: bool) -> frozenset[Symbology]:
    """Read `kind` from now on, or no longer. What is read then."""
    switched = Symbology(kind)
    others = chosen_symbologies(station) - ONLY_QR - {switched} | ({switched} if is_read else frozenset())
    with station.store.writing() as tx:
        tx.local.set_setting(OTHER_CODES_SETTING, ",".join(sorted(others)))
    return ONLY_QR | others
