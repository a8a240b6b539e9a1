"""Reading codes of a video: a little on every frame, since there is another one soon."""

from collections.abc import Iterator
from itertools import cycle

from station_app.scanning.decoder import Decoder
from station_app.scanning.ladder import DOUBLED, OTHERS, Rung
from station_app.scanning.pictures import in_grey
from station_app.scanning.readings import Outline, Picture, Reading
from station_app.scanning.regions import read_places
from station_app.scanning.views import Views


class FrameReader:
    """Reads the frames of one video in their order, for one thread.

    Every frame gets the two cheap looks. When both miss it gets one more attempt, the next of the ladder:
    frames of many moments tell more than every trick on one, and none is delayed. An attempt that has just
    read something is made again on the next frame. While something looks like a code, every other attempt is
    a closer look at it.
    """

    def __init__(self, decoder: Decoder) -> None:
        self._engines = decoder.engines
        self._attempts = cycle(_in_turn(decoder))
        self._proven: Rung | None = None
        self._looks_closer = False
        self.unread: tuple[Outline, ...] = ()
        """Where in the last frame a code was found that could not be read."""

    def read(self, frame: Picture) -> tuple[Reading, ...]:
        """The codes read in this frame (grey, or blue, green, red): often none, though one is there."""
        views = Views(in_grey(frame))
        look = self._engines.zxing.look(views.plain)
        self.unread = look.unread
        if look.readings:
            return look.readings
        if found := DOUBLED.read(views, self._engines):
            return found
        self._looks_closer = self._proven is None and bool(look.unread) and not self._looks_closer
        if self._looks_closer:
            return read_places(views.plain, look.unread, self._engines.zxing, most=1)
        attempt = self._proven or next(self._attempts)
        found = attempt.read(views, self._engines)
        self._proven = attempt if found else None
        return found


def _in_turn(decoder: Decoder) -> Iterator[Rung]:
    """The ladder; where a site has cards with other codes, every other attempt is for them."""
    for rung in decoder.rungs:
        if decoder.engines.others is not None:
            yield OTHERS
        yield rung
