"""Which layout cards are printed on, how it looks, and a copy of it to change."""

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock

from printing.card import CARD_LAYOUT, MemberCard
from printing.layout import LayoutError, load_layout
from printing.paper import card_layouts, printout
from printing.sheet import sheet_names
from printing.testpage import CODE_TEXT
from resources import path
from resources.texts import Language
from station_app.station.settings import CARD_LAYOUT_SETTING, OWN_LAYOUTS
from station_app.station.station import Station

_LONGEST_PX = 640
_SPECIMEN = MemberCard(
    name="欧阳春兰",
    member_no="000000000000",
    union_name="物流园货车司机流动工会联合会",
    city_title="",
    qr_text=CODE_TEXT[:209],
    issued_on=date(2026, 11, 24),
    expires_on=date(2029, 11, 23),
)
_rendering = Lock()
"""PDFium is for one thread at a time."""


def layouts_of(home: Path) -> tuple[str, ...]:
    """Those that a card can be: with its code, which a back has not."""
    own = home / OWN_LAYOUTS
    return tuple(name for name in card_layouts(own) if name in sheet_names(own) or _has_code(name, own))


def _has_code(name: str, own: Path) -> bool:
    try:
        return bool(load_layout(name, own).codes)
    except LayoutError:  # it is named when it is chosen
        return True


def chosen_layout(station: Station) -> str:
    with station.store.reading() as view:
        return view.local.setting(CARD_LAYOUT_SETTING) or CARD_LAYOUT


def choose_layout(station: Station, name: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(CARD_LAYOUT_SETTING, name)


def picture_of(home: Path, name: str, city_title: str, language: Language) -> bytes:
    """A card of an invented person in that layout, as PNG. Raises LayoutError and the refusals of printing."""
    import pypdfium2

    card = replace(_SPECIMEN, city_title=city_title, language=language)
    pdf = printout([card], name, home / OWN_LAYOUTS).pdf
    with _rendering, pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=_LONGEST_PX / max(page.get_size())).to_pil()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def copy_to_change(home: Path, name: str) -> Path:
    """The station's own file of that layout: a copy of the shipped one, unless there is one already."""
    kind = "sheets" if name in sheet_names(home / OWN_LAYOUTS) else ""
    own = home / OWN_LAYOUTS / kind / f"{name}.toml"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path(kind or "layouts", f"{name}.toml"), own)
    return own
