"""A camera on the network (MJPEG over HTTP, served by the test) that breaks off and can be opened again."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from station_app.scanning.camera import Camera
from station_app.scanning.decoder import Decoder
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

CodePicture = Callable[..., Picture]


class MotionJpeg(BaseHTTPRequestHandler):
    """Sends the server's picture some times and hangs up, as a camera that is unplugged."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        jpeg: bytes = self.server.jpeg  # type: ignore[attr-defined]
        for _ in range(12):
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address(code_picture: CodePicture) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), MotionJpeg)
    server.jpeg = cv2.imencode(".jpg", code_picture("210106000123"))[1].tobytes()  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/camera.mjpg"
    server.shutdown()
    server.server_close()
    thread.join()


def test_network_camera_gives_frames_until_it_breaks_off_and_opens_again(address: str) -> None:
    camera = Camera(address)
    decoder = Decoder()
    for _ in range(2):
        camera.open()
        frames = 0
        while (frame := camera.read()) is not None:
            frames += 1
            assert frame.picture.shape == (720, 1280, 3)
        assert frames >= 10
        camera.close()
    camera.open()
    first = camera.read()
    camera.close()
    assert first is not None
    assert [reading.text for reading in decoder.read_still(first.picture)] == ["210106000123"]
    assert camera.read() is None
