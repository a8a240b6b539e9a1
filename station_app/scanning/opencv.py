"""The one place that imports OpenCV, so that its import cannot spoil Qt's.

The wheel of OpenCV points Qt at plugins and fonts of its own through the environment; a window made
afterwards would load the wrong platform plugin and die. What stood there before the import stands there again
afterwards.
"""

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2  # noqa: E402 - the environment is looked at before

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# OpenCV and FFmpeg write to stderr by themselves; what fails is told by our own errors.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
