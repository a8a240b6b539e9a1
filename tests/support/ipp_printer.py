"""A real IPP printer of a test's own: ippeveprinter with a stack of cards, which keeps what it prints.

It wants a system bus before it starts, though it announces nothing: it gets one of its own, in its own folder.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.own_cups import listens, program, wait_until

IPPEVEPRINTER, DBUS_DAEMON = program("ippeveprinter"), program("dbus-daemon")
_STARTS = 3
_BUS_CONF = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
"""
_CARD_PRINTER_PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "CARDS.PPD"
*Manufacturer: "Test"
*Product: "(Card Printer)"
*ModelName: "Test Card Printer"
*ShortNickName: "Test Card Printer"
*NickName: "Test Card Printer"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsLanguages: "en"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: CR80
*PageSize CR80/Card: "<</PageSize[153 243]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: CR80
*PageRegion CR80/Card: "<</PageSize[153 243]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: CR80
*ImageableArea CR80/Card: "0 0 153 243"
*DefaultPaperDimension: CR80
*PaperDimension CR80/Card: "153 243"
*OpenUI *Resolution/Resolution: PickOne
*OrderDependency: 20 AnySetup *Resolution
*DefaultResolution: 300dpi
*Resolution 300dpi/300 dpi: "<</HWResolution[300 300]>>setpagedevice"
*CloseUI: *Resolution
"""
_TAKES = '*cupsFilter2: "{0} {0} 0 -"\n'


@dataclass
class IppPrinter:
    """`folder` holds what arrived, a file a job."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    def arrived(self, suffix: str) -> list[Path]:
        return sorted(file for file in self.folder.rglob(f"*.{suffix}") if file.stat().st_size)

    def pull_away(self) -> None:
        """As if its plug were pulled."""
        self.process.kill()
        self.process.wait(30)


def why_there_is_none() -> str | None:
    """Why no printer can be started here, for whoever skips a test; None where it can."""
    if IPPEVEPRINTER is None:
        return "ippeveprinter is not installed (Debian: cups-ipp-utils)"
    return "dbus-daemon is not installed (Debian: dbus-daemon)" if DBUS_DAEMON is None else None


@contextmanager
def ipp_printer(formats: tuple[str, ...], printing_takes_s: float = 0) -> Iterator[IppPrinter]:
    """A card printer that takes `formats` (MIME types) and is busy with each job for so long."""
    folder = Path(tempfile.mkdtemp(prefix="own-ipp-"))
    try:
        with _bus(folder) as address:
            printer = _started(folder, formats, printing_takes_s, address)
            try:
                yield printer
            finally:
                printer.pull_away()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _bus(folder: Path) -> Iterator[str]:
    path = folder / "bus"
    (folder / "bus.conf").write_text(_BUS_CONF.format(socket=path))
    command = [str(DBUS_DAEMON), "--nofork", "--nopidfile", f"--config-file={folder / 'bus.conf'}"]
    bus = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_until(path.exists, "the bus")
        yield f"unix:path={path}"
    finally:
        bus.terminate()
        bus.wait(30)


def _started(folder: Path, formats: tuple[str, ...], printing_takes_s: float, bus: str) -> IppPrinter:
    """The port is free when it is chosen; should somebody else take it first, another is tried."""
    (folder / "cards.ppd").write_text(_CARD_PRINTER_PPD + "".join(map(_TAKES.format, formats)))
    slow = folder / "printing"
    slow.write_text(f"#!/bin/sh\nexec sleep {printing_takes_s:g}\n")
    slow.chmod(0o755)
    for _ in range(_STARTS):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        kept = folder / f"kept-{port}"
        kept.mkdir()
        # fmt: off
        command = [
            str(IPPEVEPRINTER), "-n", "localhost", "-p", str(port), "-r", "off", "-k",
            "-d", str(kept), "-P", str(folder / "cards.ppd"), "-c", str(slow), "Cards",
        ]
        # fmt: on
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus, "LC_ALL": "C"}
        with (folder / "printer.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        running = IppPrinter(process, port, kept)
        wait_until(lambda: listens(port) or process.poll() is not None, "the printer listens")  # noqa: B023 - asked here
        if process.poll() is None:
            return running
    raise RuntimeError((folder / "printer.log").read_text(errors="replace")[-500:])
