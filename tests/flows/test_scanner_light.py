"""One light for camera, port and typing scanner."""

import pytest

from station_app.flows.scanner_light import ScannerLight
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.scan_worker import SourceState
from station_app.screens.shell.state import Device, ScannerKind

CAMERA, PORT, TYPED = ScannerKind.CAMERA, ScannerKind.PORT, ScannerKind.TYPED


@pytest.fixture
def shown() -> list[tuple[Device, tuple[ScannerKind, ...]]]:
    return []


@pytest.fixture
def light(shown) -> ScannerLight:
    return ScannerLight(lambda device, kinds: shown.append((device, kinds)))


def code_of(engine: EngineName) -> Reading:
    return Reading("SY00001234", Symbology.TYPED, engine)


def test_the_camera_alone(light, shown):
    for state in (SourceState.OPENING, SourceState.LIVE, SourceState.LIVE, SourceState.LOST, SourceState.STOPPED):
        light.camera_is(state)
    assert shown == [
        (Device.BUSY, ()),
        (Device.READY, (CAMERA,)),
        (Device.MISSING, (CAMERA,)),
        (Device.OFF, ()),
    ]


def test_a_scanner_that_types_is_known_by_its_first_code_and_makes_up_for_a_camera(light, shown):
    light.camera_is(SourceState.LOST)
    light.heard(code_of(EngineName.SERIAL))
    light.heard(code_of(EngineName.WEDGE))
    assert shown == [(Device.MISSING, (CAMERA,)), (Device.READY, (TYPED,))]


def test_while_scanning_pauses_nothing_else_is_told_and_then_how_it_stands(light, shown):
    light.camera_is(SourceState.LIVE)
    light.pause_is(True)
    light.port_is(SourceState.LOST)
    light.pause_is(False)
    assert shown == [
        (Device.READY, (CAMERA,)),
        (Device.PAUSED, ()),
        (Device.PAUSED, ()),
        (Device.MISSING, (PORT,)),
    ]


def test_a_chosen_port_that_is_gone_is_said_whatever_else_reads(light, shown):
    light.camera_is(SourceState.LIVE)
    light.port_is(SourceState.LIVE)
    light.port_is(SourceState.LOST)
    light.port_is(None)
    light.port_is(None)
    assert shown == [
        (Device.READY, (CAMERA,)),
        (Device.READY, (CAMERA, PORT)),
        (Device.MISSING, (PORT,)),
        (Device.READY, (CAMERA,)),
    ]
