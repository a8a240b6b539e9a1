"""Reading all codes of one picture, with every attempt that it takes."""

from station_app.scanning.ladder import DOUBLED, RUNGS, Engines, Rung
from station_app.scanning.pictures import in_grey
from station_app.scanning.problems import ScanningError
from station_app.scanning.readings import EngineName, Picture, Reading, merged
from station_app.scanning.regions import read_places, unexplained
from station_app.scanning.views import Views
from station_app.scanning.zbar_engine import EngineMissingError, ZbarEngine
from station_app.scanning.zxing_engine import ZxingEngine


class Decoder:
    """The engines of this computer and what is tried with them. Any thread may use it.

    A missing engine is no failure: `missing_engines` holds a problem for people to read, and the others go
    on.
    """

    def __init__(self) -> None:
        missing: list[ScanningError] = []
        zbar: ZbarEngine | None = None
        try:
            zbar = ZbarEngine()
        except EngineMissingError as problem:
            missing.append(problem)
        self.missing_engines = tuple(missing)
        self.engines = Engines(ZxingEngine(), zbar)
        self.rungs: tuple[Rung, ...] = tuple(
            rung for rung in RUNGS if zbar is not None or rung.engine is not EngineName.ZBAR
        )

    def read_still(self, picture: Picture) -> tuple[Reading, ...]:
        """All codes in a picture (grey, or blue, green, red) that any attempt reads, each once.

        Ends with the first attempt after which codes are read and nothing else looks like one: an easy
        picture takes a few milliseconds, one without a code half a second.
        """
        views = Views(in_grey(picture))
        look = self.engines.zxing.look(views.plain)
        found = look.readings
        if found and not unexplained(look.unread, found):
            return found
        found = merged(found, DOUBLED.read(views, self.engines))
        found = merged(found, read_places(views.plain, unexplained(look.unread, found), self.engines.zxing))
        for rung in self.rungs:
            if found and not unexplained(look.unread, found):
                break
            found = merged(found, rung.read(views, self.engines))
        return found
