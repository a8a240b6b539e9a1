"""Every state of the lock screen, the shell and the counter, in both languages and at the usual sizes.

The window keeps its size and no word is cut off.
"""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from demo.gallery_counter import pictures
from resources.texts import Language

PICTURES = dict(pictures())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PICTURES)
def test_every_state_fits(name, language, shown_at, cut_off):
    for width, height in ((1024, 768), (1280, 800)):
        widget = shown_at(PICTURES[name](language), width, height)
        if not isinstance(widget, QDialog):
            assert widget.size() == QSize(width, height), "the window was pushed apart"
        assert cut_off(widget) == []
        widget.close()


def test_the_eye_for_cut_off_words_sees_one(shown_at, cut_off):
    label = QLabel("爱心理发")
    page = QWidget()
    label.setParent(page)
    label.setGeometry(0, 0, 20, 40)
    shown_at(page, 400, 300)
    assert len(cut_off(page)) == 1
