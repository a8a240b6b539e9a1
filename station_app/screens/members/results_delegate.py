"""How one found member is drawn: name and number, phone and union beneath."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from station_app.screens.members.results_model import ROW
from station_app.screens.members.state import MemberRow
from station_app.theme import px
from station_app.theme.tokens import COLOURS
from station_core.people.member_no import grouped

_HEIGHT_PX = 72
_SIDE_PX = 16
_LINE_PX = 32
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultsDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, MemberRow):
            return
        self._paint_ground(painter, option)
        area = option.rect.adjusted(px(_SIDE_PX), px(4), -px(_SIDE_PX), -px(4))
        upper = QRect(area.left(), area.top(), area.width(), px(_LINE_PX))
        lower = upper.translated(0, px(_LINE_PX))
        painter.save()
        bold = QFont(option.font)
        bold.setBold(True)
        self._pair(painter, upper, (row.name, bold, "ink"), (grouped(row.number), option.font, "ink-muted"))
        self._pair(painter, lower, (row.union, option.font, "ink-muted"), (row.phone, option.font, "ink-muted"))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, px(_HEIGHT_PX))

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(COLOURS["primary-soft" if chosen else "surface"]))
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(COLOURS["line"])
        )

    @staticmethod
    def _pair(painter: QPainter, area: QRect, first: tuple[str, QFont, str], second: tuple[str, QFont, str]) -> None:
        """`second` whole at the right; `first` at the left in what is left, cut with an ellipsis."""
        text, font, colour = second
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS[colour]))
        painter.drawText(area, _RIGHT, text)
        text, font, colour = first
        room = area.width() - width - px(_SIDE_PX)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS[colour]))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, _LEFT, cut)
