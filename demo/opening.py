"""The demonstration for somebody who sits before a screen."""

from pathlib import Path

from demo.sample_codes import make_sample_codes
from demo.world import CITY_NAME, STAFF, demo_world
from station_app.kiosk import open_kiosk


def open_demo(out: Path, camera: str) -> int:
    """Make the demonstration where it is not there yet, run its city, and open the kiosk's window."""
    print(f"Making {CITY_NAME} and its station in {out}…" if not out.exists() else f"Using what lies in {out}.")
    with demo_world(out) as world:
        codes = make_sample_codes(world)
        print(f"The city's page: http://127.0.0.1:{world.port}/")
        print(f"Codes to hold before the camera: {codes}")
        for name, pin, supervises in STAFF:
            print(f"PIN of {name}{' (supervisor)' if supervises else ''}: {pin}")
        return open_kiosk(world.station_home, camera)
