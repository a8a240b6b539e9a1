"""From what somebody writes to where pictures come from."""

from pathlib import Path

from station_app.scanning.camera import Camera
from station_app.scanning.sources import FrameSource, source_of


def frame_source(camera: str) -> FrameSource:
    """A camera by its number, device or address, or a picture, folder or video as if it were one."""
    if camera.isdigit():
        return Camera(int(camera))
    path = Path(camera)
    if path.exists() and not camera.startswith("/dev/"):
        return source_of(path)
    return Camera(camera)
