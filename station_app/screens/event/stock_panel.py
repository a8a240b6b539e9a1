"""What was given of each service, and how much is left."""

from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from station_app.screens.event.state import Stock
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import Item, clear, column, label
from station_app.widgets.scrolled import Scrolled


class StockPanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._shown: object = None
        self._title, self._empty = label(Role.HEADING), label(Role.MUTED, wrap=True)
        self._rows = Scrolled(spacing=16)
        whole = column([self._title, self._empty, self._rows], margins=(16, 16, 12, 16))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_stock(self, stock: tuple[Stock, ...]) -> None:
        self._title.setText(self._speaker.say("event.stock.title"))
        self._empty.setText(self._speaker.say("event.stock.empty"))
        self._empty.setVisible(not stock)
        if (shown := (stock, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows.box)
        for each in stock:
            self._rows.box.addWidget(self._line(each))
        self._rows.box.addStretch(1)

    def _line(self, stock: Stock) -> QWidget:
        items: list[Item] = [
            label(Role.BODY, self._speaker.word(stock.service), wrap=True),
            label(Role.MUTED, self._words(stock), wrap=True),
        ]
        if stock.total is not None:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, max(1, stock.total))
            bar.setValue(min(stock.given, stock.total))
            bar.setAccessibleName(f"{self._speaker.word(stock.service)} {self._words(stock)}")
            items.append(bar)
        shown = QWidget()
        shown.setLayout(column(items, spacing=4))
        return shown

    def _words(self, stock: Stock) -> str:
        words = self._of_all(stock)
        if stock.here is None or not stock.remaining:
            return words
        key = "event.stock.wanted" if stock.wanted else "event.stock.here"
        return self._speaker.say(key, words=words, here=stock.here, wanted=stock.wanted)

    def _of_all(self, stock: Stock) -> str:
        say, left = self._speaker.say, stock.remaining
        if left is None:
            return say("event.stock.unlimited", given=stock.given)
        if left == 0:
            return say("event.stock.out", given=stock.given)
        return say("event.stock.limited", given=stock.given, remaining=left, total=stock.total)
