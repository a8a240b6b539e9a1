"""`station hub`: serve the other stations of the event."""

import argparse
import threading
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit

if TYPE_CHECKING:
    from station_app.workers.hub_worker import Serving


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "hub",
        parents=[common],
        help="serve the other stations of the event until it is ended",
        description="Be the event's hub: the other stations exchange with this one, with no internet. What they hand "
        "in goes on to the city as soon as it can be reached.",
    )
    parser.add_argument("--port", type=int, help="where to listen; 0 takes a free port (default: 8655)")
    parser.add_argument("--host", help="the address to listen at (default: all of this computer's)")
    parser.add_argument(
        "--take-over",
        choices=("on", "off"),
        help="only say whether the window of this station takes the place of a hub that has gone (default: on)",
    )
    parser.add_argument("--json", action="store_true", help="print the addresses as one line of JSON, and no QR code")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    if options.take_over is not None:
        from station_app.station.neighbour import set_take_over

        set_take_over(context.station.store, options.take_over == "on")
        return Exit.OK
    return _serve(context, options)


def _serve(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.clock import now_ms
    from station_app.station.neighbour import mdns_interfaces
    from station_app.station.station import Station
    from station_app.workers.hub_worker import EVERYWHERE, HubWorker
    from station_app.workers.neighbour_worker import NeighbourNews, NeighbourWorker
    from station_app.workers.store_thread import StoreThread
    from station_app.workers.sync_worker import SyncNews, SyncWorker
    from sync.lan.address import PORT

    store = StoreThread(lambda: Station.open(context.home))
    store.start()
    store.opened.result()
    facts = store.call(lambda station: station.facts)
    hub = HubWorker(context.home, facts, store, now_ms, lambda: city.nudge())

    def city_heard(news: SyncNews) -> None:
        if news.healed is not None:
            hub.restart()

    city = SyncWorker(store, now_ms, city_heard)

    def heard(news: NeighbourNews) -> None:
        if news.arrived:
            city.nudge()

    other = NeighbourWorker(facts, store, now_ms, heard, mdns_interfaces(), hub)
    ended = _ending()
    try:
        port = PORT if options.port is None else options.port
        serving = hub.start(options.host or EVERYWHERE, port)
        city.start()
        other.start()
        _tell(context, options, serving)
        ended.wait()
    finally:
        other.stop()
        city.stop()
        hub.stop()
        store.stop()
    return Exit.OK


def _tell(context: Context, options: argparse.Namespace, serving: "Serving") -> None:
    addresses = [str(address) for address in serving.addresses]
    if options.json:
        context.print_json({"addresses": addresses, "fingerprint": serving.fingerprint.hex(), "port": serving.port})
        return
    for address in addresses:
        print(context.say("cli.hub.address", address=address))
    print(context.say("cli.hub.fingerprint", fingerprint=_grouped(serving.fingerprint.hex())))
    if addresses:
        _print_qr(addresses[0])
    else:
        print(context.say("cli.hub.no_network"))
    print(context.say("cli.hub.ending"), flush=True)


def _grouped(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _print_qr(text: str) -> None:
    from qrcode.main import QRCode

    code = QRCode(border=2)
    code.add_data(text)
    code.print_ascii(invert=True)


def _ending() -> threading.Event:
    """Set by SIGTERM and Ctrl-C, which from now on end the command in peace."""
    import signal

    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    return ended
