"""A table of rows for the keyboard: one current row, ticks by Space, sorting by Ctrl and a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QTableView

from onestop.ui.colours import colours_of
from onestop.ui.enters import is_enter
from onestop.ui.rows.chosen_widths import ChosenWidths
from onestop.ui.rows.header import TitleHeader
from onestop.ui.rows.model import RowsModel
from onestop.ui.rows.painter import RowsPainter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from onestop.screens.rows import RowSource

ALL_SEEN = "この行の文字は、すべて見えています。"
LEAST_ROWS = 5
PADDING = 18
"""Pixels that a cell needs besides its text."""
ORDERS = {False: Qt.SortOrder.AscendingOrder, True: Qt.SortOrder.DescendingOrder}


def is_text(event: QKeyEvent) -> bool:
    """Whether a key writes something."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and not held


class RowsView(QTableView):
    """Shows a row source. The current row is the chosen one, and stays it, by its id, when rows are read again."""

    opened = Signal(int)
    """Enter or a double click on the row at this position."""
    moved = Signal(int)
    """Another row is current now; -1 for none."""
    sort_requested = Signal(int)
    """A click on a column's title, or Ctrl and its number."""
    told = Signal(str)
    """What is cut in the current row, whole: an arrow to the side asks for it. Nothing once another row is current."""

    def __init__(self, name: str, label: str, source: RowSource[Any]) -> None:
        """`name` is the English object name, `label` the Japanese accessible name."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.source = source
        self._is_high = False
        self._line: QLineEdit | None = None
        self._composes = False
        self._empty = ""
        self._kept: int | None = None
        self._current_id: int | None = None
        self._rows = RowsModel(source, self)
        self._behave()
        self.setModel(self._rows)
        self.chosen = ChosenWidths(self)
        self._painter = RowsPainter(self._rows, self)
        self._rows.modelAboutToBeReset.connect(self._remember)
        self._rows.modelReset.connect(self._come_back)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._measure()

    # --- what windows call

    def current(self) -> int:
        """Return the position of the current row; -1 for none."""
        return self.currentIndex().row()

    def go_to(self, position: int) -> None:
        """Make a row current and bring it into sight."""
        index = self._rows.index(position, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def follow(self, position: int | None) -> None:
        """Go to the row that the screen has chosen, if it has one and stands elsewhere."""
        if position not in (None, self.current()):
            self.go_to(position or 0)

    def show_empty(self, text: str) -> None:
        """Say what to do, and with which key, while there are no rows."""
        if text != self._empty:
            self._empty = text
            self.viewport().update()

    def show_sorting(self) -> None:
        """Show in the header how the rows stand."""
        sorting = self.source.sorting
        header = self.horizontalHeader()
        header.setSortIndicatorShown(sorting is not None)
        if sorting is not None:
            header.setSortIndicator(sorting.column, ORDERS[sorting.descending])

    def write_in(self, line: QLineEdit) -> None:
        """Let an input method that begins while the list has the focus compose in a line: a new text, in its place."""
        self._line = line

    def keep_high(self) -> None:
        """Let there always be room for a few rows: the page around it scrolls instead."""
        self._is_high = True
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Need room for a few rows, where a page scrolls around them."""
        hint = super().minimumSizeHint()
        if self._is_high:
            rows = LEAST_ROWS * self.verticalHeader().defaultSectionSize()
            hint.setHeight(self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth())
        return hint

    # --- keys

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Answer for the line; without one there is nothing to compose in."""
        line = self._line
        if line is None:
            return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)
        answer = line.inputMethodQuery(query)
        if isinstance(answer, QRectF | QRect):  # where the candidates stand
            return QRectF(answer).translated(self.mapFromGlobal(line.mapToGlobal(QPointF())))
        return answer

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand it on; the focus follows once something was written, which would end a composition."""
        line = self._line
        if line is None:
            event.ignore()
            return
        if not self._composes and (event.preeditString() or event.commitString()):
            line.selectAll()
        self._composes = bool(event.preeditString())
        QApplication.sendEvent(line, event)
        if event.commitString() and not self._composes:
            line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row, Enter opens, Space ticks, Ctrl and a digit sorts."""
        last = self._rows.rowCount() - 1
        match event.key():
            case _ if is_enter(event):
                if self.current() >= 0:
                    self.opened.emit(self.current())
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(last)
            case Qt.Key.Key_Space:
                if self.current() >= 0:
                    self.source.toggle(self.current())
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._tell_row()
            case _ if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._sort_by(event.key()):
                pass
            case _ if is_text(event):
                event.ignore()  # the window may have a place for it; Qt would look through a million rows
            case _:
                super().keyPressEvent(event)

    def _tell_row(self) -> None:
        if self.current() >= 0:
            self.told.emit("  ".join(self._painter.cut(self.current())) or ALL_SEEN)

    def _sort_by(self, key: int) -> bool:
        column = key - Qt.Key.Key_1
        if not 0 <= column < min(9, self._rows.columnCount()):
            return False
        self.sort_requested.emit(column)
        return True

    # --- the current row

    def _remember(self) -> None:
        self._kept = self._current_id

    def _come_back(self) -> None:
        place = None if self._kept is None else self.source.position(self._kept)
        self.show_sorting()
        if self._rows.rowCount():
            self.go_to(place or 0)
        else:
            self._moved(QModelIndex())

    def _moved(self, index: QModelIndex) -> None:
        self._current_id = self.source.row_id(index.row()) if index.isValid() else self._current_id
        self.told.emit("")
        self.moved.emit(index.row())

    # --- looks

    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Draw again what changed and is on the glass; Qt would draw every row for a change far away."""
        if QAccessible.isActive():
            super().dataChanged(topLeft, bottomRight, roles)
            return
        lowest = self.rowAt(self.viewport().height() - 1)
        first = max(topLeft.row(), self.rowAt(0))
        last = bottomRight.row() if lowest < 0 else min(bottomRight.row(), lowest)
        if first <= last:
            top = self.rowViewportPosition(first)
            height = self.rowViewportPosition(last) + self.rowHeight(last) - top
            self.viewport().update(0, top, self.viewport().width(), height)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = TitleHeader(self)
        self.setHorizontalHeader(header)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(20)
        header.sectionClicked.connect(self.sort_requested)

    def _measure(self) -> None:
        """Give every row the same height, and share the width among the columns."""
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.chosen.share(self._needs(), self.viewport().width())

    def choose_widths(self, widths: tuple[int, ...]) -> None:
        """Share the width as it was chosen another time."""
        self.chosen.widths = widths
        self._measure()

    def _needs(self) -> list[int]:
        """Return how wide each column should be, in pixels."""
        advance = self.fontMetrics().horizontalAdvance
        return [
            max(advance("0") * each.width, *map(advance, each.heading.split("\n"))) + PADDING
            for each in self.source.columns
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, the words for no rows, and a frame while the table has the focus."""
        colours = colours_of(self.palette())
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect())
        area = self.viewport().rect()
        if not self._rows.rowCount():
            painter.setPen(QColor(colours.dim))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
            words = painter.boundingRect(area.adjusted(20, 20, -20, -20), flags, self._empty)
            words.moveCenter(area.center())
            painter.drawText(words, flags, self._empty)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent.paper), 3))
            painter.drawRect(area.adjusted(1, 1, -2, -2))
