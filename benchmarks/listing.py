"""The list of filings on the glass beside QSqlTableModel's: first paint, End, a page down, a sort by each column."""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from benchmarks.glass import Paints, application, until
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk
from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView

from onestop.app.program import PATIENCE_OF_WORKERS
from onestop.clock import SystemClock
from onestop.model.lists import FilingColumn, FilingQuery
from onestop.paths import RESOURCES
from onestop.screens.filing.list_rows import FilingRows, FilingSearch
from onestop.ui.background import QtBackground
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.theme import Theme, load_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.world import Worlds

    from onestop.errors import OneStopError
    from onestop.paths import DataFolder
    from onestop.services.desk import Desk

HOW: Final = (
    "The table of 申請書一覧 with its rows, pages and worker, in a window of 1280×720, beside a QTableView on"
    " QSqlTableModel over the same file, its filing table whole. From the question to the end of the painting that"
    " shows the first rows; a page down and Ctrl+End until no cell waits for its row. QSqlTableModel reads 256 rows"
    " at first: its scroll bar and its End key mean these. Our sort is measured to its first page and its last number."
)
SIZE: Final = QSize(1280, 720)
PEER: Final = "QSqlTableModel"
COLUMNS: Final = {
    FilingColumn.CONTROL_NUMBER: "control_number",
    FilingColumn.COMPLETION: "is_finished",
    FilingColumn.VEHICLE_CLASS: "vehicle_class",
    FilingColumn.PROCEDURE: "procedure",
    FilingColumn.FILING_ID: "filing_id",
    FilingColumn.REQUESTED_AT: "requested_at",
    FilingColumn.STATUS: "status",
    FilingColumn.OSS_STATUS: "oss_status",
    FilingColumn.REGISTRATION_NUMBER: "plate_key",
    FilingColumn.CHASSIS_NUMBER: "chassis_number",
    FilingColumn.LAST_APPLICATION_DATE: "last_application_date",
}


class Table(Protocol):
    """A table that is measured."""

    view: QTableView

    def ask(self, column: FilingColumn) -> None:
        """Put the question, sorted by a column."""
        ...

    def is_whole(self) -> bool:
        """Whether everything that was asked for has arrived."""
        ...

    def is_readable(self) -> bool:
        """Whether no cell on the glass waits for its row."""
        ...


class Ours:
    """The program's own table."""

    def __init__(self, desk: Desk, background: QtBackground) -> None:
        self._desk = desk
        self._background = background
        self.rows = FilingRows(background.for_window(), _raise, lambda _row: None, SystemClock())
        self.view: QTableView = FittedRowsView("filings", "申請の一覧", self.rows)

    def ask(self, column: FilingColumn) -> None:
        """Ask as the screen does."""
        self.rows.load(FilingSearch(lambda: self._desk, FilingQuery(sort=column)))

    def is_whole(self) -> bool:
        """Whether all numbers are there."""
        return self.rows.complete and not self._background.busy

    def is_readable(self) -> bool:
        """Whether the first and the last row on the glass are there."""
        view = self.view
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        edges = (first, last if last >= 0 else self.rows.count - 1)
        return self.rows.count > 0 and all(self.rows.record(row) is not None for row in edges)


class Theirs:
    """Qt's own model, as its examples use it."""

    def __init__(self, database: QSqlDatabase) -> None:
        self.view = QTableView()
        self._model = QSqlTableModel(self.view, database)
        self._model.setTable("filing")
        self.view.setModel(self._model)

    def ask(self, column: FilingColumn) -> None:
        """Select, which reads the first 256 rows."""
        self._model.setSort(self._model.fieldIndex(COLUMNS[column]), Qt.SortOrder.AscendingOrder)
        self._model.select()

    def is_whole(self) -> bool:
        """It never waits."""
        return True

    def is_readable(self) -> bool:
        """It never waits."""
        return self._model.rowCount() > 0


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure at every size."""
    app = application()
    sys.setswitchinterval(PATIENCE_OF_WORKERS)  # as the program does; it is not running here
    load_fonts(RESOURCES / "fonts")
    Theme(app)
    background = QtBackground()
    lines: list[Line] = []
    for rows in sizes.rows:
        folder = worlds.folder(rows)
        database = _open(folder)
        with a_desk(folder) as desk:
            lines += _at(rows, sizes.rounds, lambda desk=desk: Ours(desk, background), lambda db=database: Theirs(db))  # type: ignore[misc]
            background.wait_until_idle(30)
        database.close()
    return Part("申請書一覧 on the glass", HOW, tuple(lines))


def _open(folder: DataFolder) -> QSqlDatabase:
    database = QSqlDatabase.addDatabase("QSQLITE", str(folder.root))
    database.setDatabaseName(str(folder.database))
    if not database.open():
        raise RuntimeError(database.lastError().text())
    return database


def _at(rows: int, rounds: int, ours: Callable[[], Table], theirs: Callable[[], Table]) -> list[Line]:
    mine: list[Stay] = []
    other: list[Stay] = []
    for _ in range(rounds):
        mine.append(_visit(ours()))
        other.append(_visit(theirs()))
    peer: dict[str, Any] = {"peer": PEER}
    lines = [
        Line(f"first paint, {rows:,} rows", _of(mine, "painted"), theirs=_of(other, "painted"), most=1.5, **peer),
        Line(f"all numbers behind it, {rows:,} rows", _of(mine, "whole")),
        Line(f"a page down, {rows:,} rows", _of(mine, "page"), theirs=_of(other, "page"), **peer),
        Line(f"End, {rows:,} rows", _of(mine, "end"), theirs=_of(other, "end"), **peer),
        Line("row that End reaches", mine[0].reached, "", rows, "rows in the table", exactly=True),
        Line("rows that the scroll bar spans", mine[0].spanned, "", rows, "rows in the table", exactly=True),
        Line("row that End reaches in QSqlTableModel", other[0].reached, "", rows, "rows in the table"),
    ]
    return lines + _sorts(rows, rounds, ours(), theirs())


class Stay:
    """What one visit to a table measured; spans in seconds."""

    painted = whole = page = end = 0.0
    reached = spanned = 0


def _of(stays: list[Stay], name: str) -> float:
    return median_ms(getattr(stay, name) for stay in stays)


def _visit(table: Table) -> Stay:
    stay = Stay()
    view = table.view
    _show(table)
    stay.painted, stay.whole = _ask(table, FilingColumn.CONTROL_NUMBER)
    view.selectionModel().setCurrentIndex(view.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    stay.page = statistics.median(_press(table, Qt.Key.Key_PageDown) for _ in range(8))
    stay.end = _press(table, Qt.Key.Key_End)
    stay.reached = view.currentIndex().row() + 1
    bar = view.verticalScrollBar()
    stay.spanned = bar.maximum() + view.viewport().height() // view.rowHeight(0)
    _leave(table)
    return stay


def _show(table: Table) -> None:
    table.view.resize(SIZE)
    table.view.show()
    paints = Paints(table.view.viewport(), lambda: True)
    until(lambda: paints.count > 0)
    paints.deleteLater()


def _ask(table: Table, column: FilingColumn) -> tuple[float, float]:
    """Return the seconds from a question to the painting of its first rows, and to its last number."""
    answers: list[bool] = []
    model = table.view.model()

    def answered() -> None:
        answers.append(True)

    model.modelReset.connect(answered)
    paints = Paints(table.view.viewport(), lambda: bool(answers) and table.is_readable())
    began = time.perf_counter()
    table.ask(column)
    until(lambda: paints.count > 0)
    painted = time.perf_counter() - began
    until(table.is_whole)
    whole = time.perf_counter() - began
    model.modelReset.disconnect(answered)
    paints.deleteLater()
    return painted, whole


def _press(table: Table, key: Qt.Key) -> float:
    """Return the seconds from a key to the painting that shows where it led."""
    paints = Paints(table.view.viewport(), table.is_readable)
    held = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_End else Qt.KeyboardModifier.NoModifier
    began = time.perf_counter()
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(table.view, QKeyEvent(kind, key, held))
    until(lambda: paints.count > 0)
    paints.deleteLater()
    return time.perf_counter() - began


def _sorts(rows: int, rounds: int, ours: Table, theirs: Table) -> list[Line]:
    for table in (ours, theirs):
        _show(table)
    lines: list[Line] = []
    for column in FilingColumn:
        first: list[float] = []
        whole: list[float] = []
        peer: list[float] = []
        for _ in range(min(rounds, 5)):
            painted, complete = _ask(ours, column)
            first.append(painted)
            whole.append(complete)
            peer.append(_ask(theirs, column)[0])
        what = f"sort by {column.value}, {rows:,} rows"
        lines.append(Line(f"{what}, painted", median_ms(first), theirs=median_ms(peer), peer=PEER))
        lines.append(Line(f"{what}, all numbers", median_ms(whole)))
    for table in (ours, theirs):
        _leave(table)
    return lines


def _leave(table: Table) -> None:
    table.view.close()
    table.view.deleteLater()


def _raise(error: OneStopError) -> None:
    raise error
