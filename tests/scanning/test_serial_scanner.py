"""A serial scanner on a real port of the system: a pseudo-terminal, whose other end the test holds."""

import os
import tty
from collections.abc import Iterator
from queue import Empty, Queue

import pytest

from station_app.scanning.backoff import Backoff
from station_app.scanning.problems import ProblemCode
from station_app.scanning.readings import EngineName, Reading
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.scanning.serial_lines import QUIET_MS, SerialLines
from station_app.scanning.serial_scanner import SerialScanner

LONG_S = 20.0
CARD = "UC1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*" * 2


class Scanner:
    """The device's end of the port, and what the station heard."""

    def __init__(self) -> None:
        self.read: Queue[Reading] = Queue()
        self.states: Queue[StateReport] = Queue()
        self.plug_in()
        self.worker = SerialScanner(
            self.port, self.read.put, self.states.put, backoff=Backoff(first_s=0.01, most_s=0.02)
        )

    def plug_in(self) -> None:
        self._device_end, self._port_end = os.openpty()
        tty.setraw(self._port_end)
        self.port = os.ttyname(self._port_end)

    def send(self, data: bytes) -> None:
        os.write(self._device_end, data)

    def pull_out(self) -> None:
        os.close(self._device_end)
        os.close(self._port_end)

    def next_state(self) -> SourceState:
        return self.states.get(timeout=LONG_S).state

    def next_text(self) -> str:
        reading = self.read.get(timeout=LONG_S)
        assert reading.engine is EngineName.SERIAL
        return reading.text


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    made = Scanner()
    made.worker.start()
    assert [made.next_state(), made.next_state()] == [SourceState.OPENING, SourceState.LIVE]
    yield made
    made.worker.stop()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b""])
def test_reads_a_code_whatever_ends_it(scanner: Scanner, end: bytes) -> None:
    scanner.send(b"\x02" + CARD.encode() + end)
    assert scanner.next_text() == CARD


def test_chinese_arrives_in_either_encoding(scanner: Scanner) -> None:
    scanner.send("会员 SY00001234\r".encode())
    assert scanner.next_text() == "会员 SY00001234"
    scanner.send("工会会员卡 SY00001235\r".encode("gb18030"))
    assert scanner.next_text() == "工会会员卡 SY00001235"


def test_a_code_sent_twice_at_once_is_one_and_two_codes_are_two(scanner: Scanner) -> None:
    scanner.send(b"SY00001234\r\nSY00001234\r\nSY00001235\r\n")
    assert [scanner.next_text(), scanner.next_text()] == ["SY00001234", "SY00001235"]
    with pytest.raises(Empty):
        scanner.read.get(timeout=0.3)


def test_pulled_out_is_said_until_it_is_back(scanner: Scanner) -> None:
    scanner.pull_out()
    report = scanner.states.get(timeout=LONG_S)
    assert (report.state, report.problem and report.problem.code) == (SourceState.LOST, ProblemCode.PORT_ABSENT)


def test_a_port_that_is_not_there_is_said() -> None:
    states: Queue[StateReport] = Queue()
    worker = SerialScanner("/dev/ttyNOWHERE", lambda _: None, states.put, backoff=Backoff(0.01, 0.02))
    worker.start()
    assert [states.get(timeout=LONG_S).state for _ in range(2)] == [SourceState.OPENING, SourceState.LOST]
    worker.stop()


def test_lines_may_come_in_pieces_and_noise_is_bounded() -> None:
    lines = SerialLines()
    assert lines.feed(b"SY0000", 0) == ()
    assert lines.feed(b"1234\rSY", 20) == (b"SY00001234",)
    assert lines.pause(20 + QUIET_MS - 1) == ()
    assert lines.pause(20 + QUIET_MS) == (b"SY",)
    assert max(map(len, lines.feed(b"\xff" * 30_000, 1_000))) <= 8192
