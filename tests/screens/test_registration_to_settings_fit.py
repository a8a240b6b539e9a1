"""Every state of registration, members, event, sync and settings, in both languages: no word cut off."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from demo.gallery_pages import pictures
from resources.texts import Language

PICTURES = dict(pictures())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", PICTURES)
def test_every_state_fits_into_the_window(name, language, shown_at, cut_off):
    for width, height in ((1024, 720), (1024, 768), (1280, 800)):
        widget = shown_at(PICTURES[name](language), width, height)
        if not isinstance(widget, QDialog):
            assert widget.size() == QSize(width, height), "the window was pushed apart"
        assert cut_off(widget) == []
        widget.close()


def test_every_page_and_dialog_has_pictures():
    begun = {name.partition("_")[0] for name in PICTURES}
    assert begun == {"registration", "members", "event", "sync", "settings"}
    assert len(PICTURES) > 50
