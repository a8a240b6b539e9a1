"""Pictures, folders and videos as sources, with names and contents as people have them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from resources.texts import Language, say
from station_app.scanning.camera import Camera
from station_app.scanning.decoder import Decoder
from station_app.scanning.opencv import cv2
from station_app.scanning.pictures import in_grey, load_picture
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture
from station_app.scanning.scan_worker import SourceState
from station_app.scanning.sources import Folder, ImageFile, VideoFile, frames_of, source_of

CodePicture = Callable[..., Picture]


def save(picture: Picture, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(path)
    return path


def test_picture_with_a_chinese_name(tmp_path: Path, code_picture: CodePicture) -> None:
    path = save(code_picture("210106000123"), tmp_path / "沈阳 工会" / "会员码①.png")
    frames = list(frames_of(ImageFile(path)))
    assert [frame.origin for frame in frames] == [str(path)]
    assert [reading.text for reading in Decoder().read_still(frames[0].picture)] == ["210106000123"]


def test_exif_orientation_is_honoured(tmp_path: Path) -> None:
    upright = np.zeros((40, 80, 3), dtype=np.uint8)
    upright[:20, :40] = 255
    lying = Image.fromarray(np.ascontiguousarray(np.rot90(upright)))  # as a phone held upright stores it
    exif = Image.Exif()
    exif[0x0112] = 6
    lying.save(tmp_path / "phone.jpg", exif=exif, quality=95)
    picture = load_picture(tmp_path / "phone.jpg")
    assert picture.shape == (40, 80, 3)
    assert picture[5, 5].min() > 200
    assert picture[35, 75].max() < 50


@pytest.mark.parametrize("content", [b"", b"no picture at all", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_file_that_is_no_image_is_a_known_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名单.png"
    path.write_bytes(content)
    with pytest.raises(ScanningError) as caught:
        load_picture(path)
    assert caught.value.code is ProblemCode.NOT_AN_IMAGE
    assert str(path) in say(Language.CHINESE, caught.value.text_key, name=caught.value.name)


@pytest.mark.parametrize("path", ["nothing.png", "."])
def test_file_that_is_not_there_or_is_a_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ScanningError) as caught:
        load_picture(tmp_path / path)
    assert caught.value.code is ProblemCode.FILE_MISSING


def test_folder_gives_its_pictures_by_name_and_passes_over_others(tmp_path: Path, code_picture: CodePicture) -> None:
    save(code_picture("second"), tmp_path / "b.png")
    save(code_picture("first"), tmp_path / "a.JPG")
    save(code_picture("third"), tmp_path / "下午" / "c.webp")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("nothing to see", encoding="utf-8")
    folder = Folder(tmp_path)
    decoder = Decoder()
    texts = [decoder.read_still(frame.picture)[0].text for frame in frames_of(folder)]
    assert texts == ["first", "second", "third"]
    assert [problem.code for problem in folder.problems] == [ProblemCode.NOT_AN_IMAGE]


def test_folder_without_pictures_is_a_known_problem(tmp_path: Path) -> None:
    with pytest.raises(ScanningError) as caught:
        list(frames_of(Folder(tmp_path)))
    assert caught.value.code is ProblemCode.FOLDER_EMPTY


def write_video(path: Path, pictures: list[Picture]) -> Path:
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path


def test_video_gives_every_frame_in_order_and_can_be_opened_again(tmp_path: Path, code_picture: CodePicture) -> None:
    path = write_video(tmp_path / "clip.avi", [code_picture(f"frame {number}") for number in range(5)])
    source = source_of(path)
    decoder = Decoder()
    for _ in range(2):
        texts = [decoder.read_still(frame.picture)[0].text for frame in frames_of(source)]
        assert texts == [f"frame {number}" for number in range(5)]


def test_video_that_is_none_is_a_known_problem(tmp_path: Path) -> None:
    path = tmp_path / "clip.avi"
    path.write_bytes(b"no video")
    with pytest.raises(ScanningError) as caught:
        VideoFile(path).open()
    assert caught.value.code is ProblemCode.NOT_A_VIDEO


@pytest.mark.parametrize("device", [97, "97", "/dev/video97", "http://127.0.0.1:9/none.mjpg"])
def test_camera_that_is_not_there_is_a_known_problem(device: int | str) -> None:
    camera = Camera(device)
    with pytest.raises(ScanningError) as caught:
        camera.open()
    assert caught.value.code is ProblemCode.CAMERA_ABSENT
    assert camera.read() is None


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 1), (20, 30, 3), (20, 30, 4)])
def test_every_kind_of_picture_becomes_grey(shape: tuple[int, ...]) -> None:
    assert in_grey(np.full(shape, 90, dtype=np.uint8)).tolist() == [[90] * 30] * 20


@pytest.mark.parametrize("language", list(Language))
def test_every_problem_and_state_has_its_sentence(language: Language) -> None:
    for code in ProblemCode:
        problem = ScanningError(code, "⟨name⟩")
        assert "⟨name⟩" in say(language, problem.text_key, name=problem.name)
    for state in SourceState:
        assert say(language, f"scanning.state.{state}")
    assert say(language, "scanning.wedge.spoilt")
