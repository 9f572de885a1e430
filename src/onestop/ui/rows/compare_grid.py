"""The grid of 照合: a cell for each paper and item, as high as its text needs, in the colour of what differs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from onestop.ui.colours import colours_of
from onestop.ui.enters import is_enter
from onestop.ui.labels import plain_tip
from onestop.ui.rows.model import NOWHERE, Index, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from onestop.screens.inspection.compare_screen import ShownCell

LABEL = "項目"
SHARES = (15, 21, 21, 22, 21)
"""Of the width."""
AIR = 5
"""Pixels around a text."""
FRAME = 3
ENDLESS = 10_000
NUMBERS = re.compile("[!-~]+")


class GridModel(QAbstractTableModel):
    """The labels of the rows in the first column, and the papers beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: tuple[str, ...] = ()
        self.headings: tuple[str, ...] = ()
        self.cells: tuple[tuple[ShownCell, ...], ...] = ()

    def show_grid(
        self, labels: tuple[str, ...], headings: tuple[str, ...], cells: tuple[tuple[ShownCell, ...], ...]
    ) -> bool:
        """Show these; tell whether anything is different."""
        if (labels, headings, cells) == (self.labels, self.headings, self.cells):
            return False
        self.beginResetModel()
        self.labels, self.headings, self.cells = labels, headings, cells
        self.endResetModel()
        return True

    def cell(self, index: Index) -> ShownCell | None:
        """Return a cell of a paper; None for a label."""
        return self.cells[index.row()][index.column() - 1] if index.column() else None

    # --- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are; none below a row."""
        return 0 if parent.isValid() else len(self.labels)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() or not self.headings else len(SHARES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what one cell shows; a screen reader hears its row and its column, too."""
        cell, label = self.cell(index), self.labels[index.row()]
        match role:
            case Role.DisplayRole:
                return label if cell is None else cell.text
            case Role.ToolTipRole:
                return plain_tip(label if cell is None else cell.text)
            case Role.AccessibleTextRole if cell is not None:
                return f"{label} {self.headings[index.column() - 1]} {cell.text}".replace("\n", " ")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return what stands above a column."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.headings[section - 1] if section else LABEL
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the papers' cells can be chosen."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.column() else Qt.ItemFlag.ItemIsEnabled


class CellPainter(QStyledItemDelegate):
    """Paints what differs in its colours, and a frame around the chosen cell: Qt would paint over how it stands."""

    def __init__(self, grid: CompareGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, and the frame."""
        colours, cell = colours_of(self._grid.palette()), self._grid.grid.cell(index)
        paper, ink = colours.base, colours.dim if cell is None or cell.dim else colours.text
        if cell is not None and not cell.text:
            paper = colours.window  # the paper has no such item
        if cell is not None and cell.tone is not None:
            ink, paper = colours.tone(cell.tone)
        painter.save()
        painter.fillRect(option.rect, QColor(paper))
        painter.setFont(self._grid.font())
        painter.setPen(QColor(ink))
        inner, text = option.rect.adjusted(AIR, AIR, -AIR, -AIR), str(index.data())
        painter.drawText(inner, self._flags(text, inner.width()), text)
        if self._grid.currentIndex() == index:
            painter.setPen(QPen(QColor(colours.accent.paper if self._grid.hasFocus() else colours.line), FRAME))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a cell has to be for the width of its column."""
        width = self._grid.columnWidth(index.column()) - 2 * AIR
        text, metrics = str(index.data()), self._grid.fontMetrics()
        needed = metrics.boundingRect(QRect(0, 0, width, ENDLESS), self._flags(text, width), text)
        return QSize(width, max(needed.height(), metrics.height()) + 2 * AIR)

    def _flags(self, text: str, width: int) -> int:
        """Break lines between words; where a number is wider than its column, anywhere."""
        metrics = self._grid.fontMetrics()
        too_wide = any(metrics.horizontalAdvance(each) > width for each in NUMBERS.findall(text))
        wrap = Qt.TextFlag.TextWrapAnywhere if too_wide else Qt.TextFlag.TextWordWrap
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | wrap)


class CompareGrid(QTableView):
    """Arrow keys go from cell to cell, Enter opens."""

    chosen = Signal(int, int)
    """A row, and a column among the papers."""
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("grid")
        self.setAccessibleName("照合の表")
        self.grid = GridModel()
        self.setModel(self.grid)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    # --- what the window calls

    def show_grid(
        self, labels: tuple[str, ...], headings: tuple[str, ...], cells: tuple[tuple[ShownCell, ...], ...]
    ) -> None:
        """Show these."""
        if self.grid.show_grid(labels, headings, cells):
            self._measure()

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        index = self.grid.index(row, column + 1)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # --- Qt

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is current; a label never is."""
        super().currentChanged(current, previous)
        if current.isValid() and current.column():
            self.chosen.emit(current.row(), current.column() - 1)
        self.viewport().update()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Answer that there is nothing to compose in."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the left edge is the first paper."""
        if is_enter(event):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Left and self.currentIndex().column() <= 1:
            event.accept()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            row = 0 if event.key() == Qt.Key.Key_Home else self.grid.rowCount() - 1
            self.go_to(row, self.currentIndex().column() - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changes."""
        super().changeEvent(event)
        if event.type() in (event.Type.FontChange, event.Type.ApplicationFontChange):
            self._measure()

    def _measure(self) -> None:
        """Share the width among the columns, and let every row be as high as its longest text."""
        room = self.viewport().width()
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, room * share // sum(SHARES))
        self.resizeRowsToContents()
