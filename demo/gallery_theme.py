"""One picture of every plain widget in every role: what the style sheet makes of them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QProgressBar,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableView,
    QWidget,
)

from resources.texts import Language
from station_app.theme import Role, Tone, set_role, set_tone
from station_app.widgets.banner import Banner
from station_app.widgets.plain import Item, button, column, label, row

_TEXT = {Language.CHINESE: "流动服务站", Language.ENGLISH: "Pop-up station"}


def pictures() -> Iterable[tuple[str, Callable[[Language], QWidget]]]:
    yield "theme_roles", _roles


def _roles(language: Language) -> QWidget:
    text = _TEXT[language]
    page = QWidget()
    page.setObjectName("page")
    left = column([*_labels(text), *_chips(text), *_banners(text), None], spacing=10)
    middle = column([*_buttons(text), *_fields(text), None], spacing=10)
    right = column([*_lists(text), None], spacing=10)
    page.setLayout(row([left, middle, right], spacing=24, margins=(24, 24, 24, 24)))
    return page


def _labels(text: str) -> list[Item]:
    roles = (Role.TITLE, Role.HEADING, Role.BODY, Role.MUTED, Role.NUMBER, Role.ERROR)
    return [label(role, f"{text} {role.value} 128") for role in roles]


def _chips(text: str) -> list[Item]:
    made: list[Item] = []
    for tone in (None, *Tone):
        chip = label(Role.CHIP, f"{text} {tone or ''}")
        set_tone(chip, tone)
        made.append(chip)
    return [row([*made[:3], None]), row([*made[3:], None])]


def _banners(text: str) -> list[Item]:
    made: list[Item] = []
    for tone in Tone:
        banner = Banner()
        banner.show_words(tone, f"{text} {tone.value}", text)
        made.append(banner)
    return made


def _buttons(text: str) -> list[Item]:
    made: list[Item] = []
    for role in (Role.PRIMARY, Role.SECONDARY, Role.QUIET, Role.DANGER):
        on, off = button(role, "check"), button(role, "check")
        on.setText(text)
        off.setText(text)
        off.setEnabled(False)
        made.append(row([on, off, None]))
    return made


def _fields(text: str) -> list[Item]:
    line, wrong, off = QLineEdit(text), QLineEdit(text), QLineEdit(text)
    set_tone(wrong, Tone.BAD)
    off.setEnabled(False)
    combo, spin = QComboBox(), QSpinBox()
    combo.addItems([text, text])
    spin.setValue(12)
    check, plain, radio = QCheckBox(text), QCheckBox(text), QRadioButton(text)
    check.setChecked(True)
    radio.setChecked(True)
    return [line, wrong, off, combo, spin, check, plain, radio]


def _lists(text: str) -> list[Item]:
    model = QStandardItemModel(8, 2)
    model.setHorizontalHeaderLabels([text, "128"])
    for at in range(8):
        model.setItem(at, 0, QStandardItem(f"{text} {at}"))
        model.setItem(at, 1, QStandardItem(str(at * 16)))
    table, plain = QTableView(), QListView()
    for view in (table, plain):
        model.setParent(view)
        view.setModel(model)
        view.setAlternatingRowColors(True)
    table.selectRow(2)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    bar, tabs = QProgressBar(), QTabBar()
    bar.setValue(40)
    for name in (text, "Sync", "128"):
        tabs.addTab(name)
    panel, card = label(Role.BODY, text), label(Role.BODY, text)
    set_role(panel, Role.PANEL)
    set_role(card, Role.CARD)
    return [tabs, table, plain, bar, row([panel, card])]
