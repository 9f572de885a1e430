"""A row source as a Qt model. It holds no row: Qt asks for the cells on the glass, and the source for their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication

from onestop.screens.rows import Align
from onestop.ui.colours import colours_of
from onestop.ui.labels import plain_tip

if TYPE_CHECKING:
    from onestop.screens.rows import RowSource

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ON_ITS_WAY = "…"
NOWHERE = QModelIndex()
TICKS = {True: "選択済み", False: "未選択"}
SIDES = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


USUAL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
TICKABLE = USUAL | Qt.ItemFlag.ItemIsUserCheckable


class RowsModel(QAbstractTableModel):
    """Implements screens.rows.RowsListener."""

    def __init__(self, source: RowSource[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._count = source.count
        self._alignments = [int(SIDES[column.align] | Qt.AlignmentFlag.AlignVCenter) for column in source.columns]
        source.listen(self)

    # --- what the painter asks

    def alignment(self, column: int) -> int:
        """Return where a column's text stands."""
        return self._alignments[column]

    def ink(self, row: int) -> QColor | None:
        """Return the colour of a row that speaks louder than others."""
        tone = self.source.tone(row)
        return None if tone is None else QColor(colours_of(QGuiApplication.palette()).tone(tone).ink)

    # --- what the source tells

    def rows_reset(self) -> None:
        """Read everything again."""
        self.beginResetModel()
        self._count = self.source.count
        self.endResetModel()

    def rows_counted(self) -> None:
        """Add the rows that follow those known so far."""
        if self.source.count > self._count:
            self.beginInsertRows(NOWHERE, self._count, self.source.count - 1)
            self._count = self.source.count
            self.endInsertRows()

    def rows_changed(self, first: int, last: int) -> None:
        """Draw these rows again."""
        if self._count:
            end = self.index(min(last, self._count - 1), len(self._alignments) - 1)
            self.dataChanged.emit(self.index(first, 0), end)

    # --- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are; none below a row."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._alignments)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what one cell shows."""
        row, column = index.row(), index.column()
        match role:
            case Role.DisplayRole:
                return self._text(row, column)
            case Role.AccessibleTextRole if column == 0:
                return self._sentence(row)
            case Role.ToolTipRole:
                return plain_tip(self._text(row, column))
            case Role.TextAlignmentRole:
                return self._alignments[column]
            case Role.CheckStateRole if column == 0:
                checked = self.source.checked(row)
                return None if checked is None else Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        return self.ink(row) if role == Role.ForegroundRole else None

    def _sentence(self, row: int) -> str:
        """Return a row as a screen reader says it: each value behind its title, and whether the row is ticked."""
        texts, ticked = self.source.row(row), self.source.checked(row)
        if texts is None:
            return ON_ITS_WAY
        titled = [f"{each.title} {text}" for each, text in zip(self.source.columns, texts, strict=True) if text]
        return "、".join([*titled, *([] if ticked is None else [TICKS[ticked]])])

    def _text(self, row: int, column: int) -> str:
        texts = self.source.row(row)
        return ON_ITS_WAY if texts is None else texts[column]

    def setData(self, index: Index, _value: object, role: int = Role.EditRole) -> bool:
        """Turn the tick of a row that was clicked."""
        if role != Role.CheckStateRole:
            return False
        self.source.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen, and ticked where the source says so."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        tickable = index.column() == 0 and self.source.checked(index.row()) is not None
        return TICKABLE if tickable else USUAL

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return a column's title."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        match role:
            case Role.DisplayRole:
                return self.source.columns[section].heading
            case Role.TextAlignmentRole:
                figures = self.source.columns[section].align is not Align.LEFT
                return Qt.AlignmentFlag.AlignCenter if figures else self._alignments[section]
        return None
