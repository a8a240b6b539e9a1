"""From what somebody writes to where pictures come from."""

from collections.abc import Callable
from pathlib import Path

from station_app.scanning.camera import Camera
from station_app.scanning.camera_settings import CameraSettings, TakenSettings
from station_app.scanning.sources import FrameSource, source_of


def frame_source(
    camera: str, settings: CameraSettings | None = None, on_taken: Callable[[TakenSettings], None] | None = None
) -> FrameSource:
    """A camera by its number, device or address, or a picture, folder or video as if it were one.

    The others are for cameras alone: see `Camera`.
    """
    if camera.isdigit():
        return Camera(int(camera), settings, on_taken)
    path = Path(camera)
    if path.exists() and not camera.startswith("/dev/"):
        return source_of(path)
    return Camera(camera, settings, on_taken)
