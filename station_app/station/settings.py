"""The names of what is chosen at this station alone, and how devices are named there."""

from printing.printers import Printer

CAMERA_SETTING = "camera"
"""What `station open --camera` takes: a camera's number, a device, an address, a file."""
CAMERA_SETTINGS_OF = "camera_settings/"
"""With the camera behind it: how that one takes pictures (`camera_settings.to_text`)."""
OTHER_CODES_SETTING = "other_codes"
"""Kinds of code that are read besides QR (`Symbology`), with commas."""
SCANNER_PORT_SETTING = "scanner_port"
"""The serial port that a scanner is on (``/dev/ttyACM0``, ``COM3``); empty for none."""
CARD_LAYOUT_SETTING = "card_layout"
"""One of `printing.paper.card_layouts`; empty for the shipped member card."""
OWN_LAYOUTS = "layouts"
"""The folder of the station's own layouts, in its home: a file there wins over the shipped one of its name."""
PRINTER_SETTING = "printer"
"""A `printer_id`."""


def printer_id(printer: Printer) -> str:
    """What tells a printer from all others of this machine."""
    return f"{printer.system}/{printer.name}"
