"""Records services until it is killed: each acknowledged on standard output once the call has returned."""

import os
import sys
from pathlib import Path

from station_app.station.counter import Counter
from station_app.station.station import Station
from station_core.desk.staff import Staff
from station_core.ids import OperatorId
from station_core.records.roles import Role
from station_core.records.services import ServiceGiven

STAFF = Staff(OperatorId("op-test"), "test", Role.OPERATOR)


def acknowledge(what: str) -> None:
    """One write, so that a kill leaves a line whole or not at all."""
    os.write(1, f"{what}\n".encode())


def main() -> None:
    counter = Counter(Station.open(Path(sys.argv[1])))
    served = counter.passer_by()
    service = next(choice.service.code for choice in served.choices if choice.entitlement.allowed)
    acknowledge("ready")
    while True:
        given = counter.give(served, service, STAFF)
        assert isinstance(given, ServiceGiven), given
        acknowledge(given.id.hex())


if __name__ == "__main__":
    main()
