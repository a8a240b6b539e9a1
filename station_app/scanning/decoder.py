"""Reading all codes of one picture, with every attempt that it takes."""

from station_app.scanning.ladder import DOUBLED, OTHERS, RUNGS, SURE_RUNGS, Engines, Rung
from station_app.scanning.pictures import in_grey
from station_app.scanning.problems import ScanningError
from station_app.scanning.readings import ONLY_QR, EngineName, Picture, Reading, Symbology, merged
from station_app.scanning.regions import read_places, unexplained
from station_app.scanning.views import Views
from station_app.scanning.zbar_engine import EngineMissingError, ZbarEngine
from station_app.scanning.zxing_engine import ZxingEngine


class Decoder:
    """The engines of this computer and what is tried with them. Any thread may use it.

    A missing engine is no failure: `missing_engines` holds a problem for people to read, and the others go
    on. `symbologies` are the kinds of code that count here; QR always does.
    """

    def __init__(self, symbologies: frozenset[Symbology] = ONLY_QR) -> None:
        missing: list[ScanningError] = []
        zbar: ZbarEngine | None = None
        try:
            zbar = ZbarEngine()
        except EngineMissingError as problem:
            missing.append(problem)
        self.missing_engines = tuple(missing)
        others = symbologies - ONLY_QR
        self.engines = Engines(ZxingEngine(), zbar, ZxingEngine(others) if others else None)
        self.rungs: tuple[Rung, ...] = tuple(
            rung for rung in RUNGS if zbar is not None or rung.engine is not EngineName.ZBAR
        )

    def read_still(self, picture: Picture) -> tuple[Reading, ...]:
        """All codes in a picture (grey, or blue, green, red) that any attempt reads, each once.

        After the first rungs it ends as soon as codes are read and nothing else looks like one. A picture of
        1280 × 720 takes some 50 ms, one without a code thrice that. For a quick answer see `FrameReader`.
        """
        views = Views(in_grey(picture))
        look = self.engines.zxing.look(views.plain)
        found = merged(look.readings, DOUBLED.read(views, self.engines))
        found = merged(found, OTHERS.read(views, self.engines))
        found = merged(found, read_places(views.plain, unexplained(look.unread, found), self.engines.zxing))
        for number, rung in enumerate(self.rungs):
            if number >= SURE_RUNGS and found and not unexplained(look.unread, found):
                break
            found = merged(found, rung.read(views, self.engines))
        return found
