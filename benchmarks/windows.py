"""From a key to a window that is painted and filled: each window of the desk beside a bare dialog of as many inputs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from benchmarks.glass import NOWHERE, Paints, application, running, settled, until
from benchmarks.report import Line, Part, Sizes, median_ms
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from onestop.screens.places import (
    ConformityPlace,
    FilingListPlace,
    InsurancePlace,
    IssuePlace,
    LedgerPlace,
    MainPlace,
    PaperPlace,
    ReportPlace,
    SettingsPlace,
    VehiclePlace,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.world import Worlds

    from onestop.app.windows import Windows

HOW: Final = (
    "The program runs on 1,000 cars; a window is opened as its key opens it, until nothing is under way any more and it"
    " has been painted so. The first opening, which imports it, is not counted. The peer is a dialog of Qt's own"
    " widgets, as many line edits, choices, buttons and tables as the window has, painted once and filled with nothing."
)
CAR: Final = 7
OPENERS: Final[tuple[tuple[str, Callable[[Windows], None]], ...]] = (
    ("車両", lambda windows: windows.show(VehiclePlace(CAR))),
    ("ワンストップサービス", lambda windows: windows.show(MainPlace(CAR))),
    ("申請書発行", lambda windows: windows.show(IssuePlace(CAR, None))),
    ("自賠責証明書発行", lambda windows: windows.show(InsurancePlace(CAR, None))),
    ("適合証・証明証発行", lambda windows: windows.show(ConformityPlace(CAR, None))),
    ("指定整備元帳", lambda windows: windows.show(LedgerPlace())),
    ("紙の適合証", lambda windows: windows.show(PaperPlace())),
    ("交付実績報告書", lambda windows: windows.show(ReportPlace())),
    ("申請書一覧", lambda windows: windows.show(FilingListPlace())),
    ("設定", lambda windows: windows.show(SettingsPlace())),
)
KINDS: Final = (QLineEdit, QComboBox, QAbstractButton, QTableView)


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure each window."""
    folder = worlds.copy(worlds.folder(min(1_000, sizes.rows[0])))
    lines: list[Line] = []
    with running(folder, NOWHERE) as program:
        for name, show in OPENERS:
            ours: list[float] = []
            theirs: list[float] = []
            for turn in range(sizes.rounds + 1):
                began = time.perf_counter()
                show(program.windows)
                window = program.windows.last()
                paints = Paints(window, lambda: not program.background.busy)
                settled(program)
                painted_settled(window, paints)
                if turn:
                    ours.append(time.perf_counter() - began)
                theirs.append(_bare(window))
                window.dismiss()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            lines.append(Line(f"{name} opened", median_ms(ours), theirs=median_ms(theirs), peer="bare dialog"))
    return Part("Windows", HOW, tuple(lines))


def painted_settled(window: QWidget, paints: Paints) -> None:
    """Wait for a painting with nothing under way.

    It is asked for again until it came so: what the program does now and then may begin just before a painting.
    """

    def is_painted() -> bool:
        window.update()
        return paints.count > 0

    until(is_painted)


def _bare(window: QWidget) -> float:
    """Return how long a dialog with as many of Qt's own widgets takes."""
    counts = [len(window.findChildren(kind)) for kind in KINDS]
    began = time.perf_counter()
    dialog = QDialog()
    grid = QGridLayout(dialog)
    for kind, count in zip((QLineEdit, QComboBox, QPushButton, QTableView), counts, strict=True):
        for number in range(count):
            grid.addWidget(kind(), grid.rowCount() if number % 8 == 0 else grid.rowCount() - 1, number % 8)
    dialog.resize(window.size())
    paints = Paints(dialog, lambda: True)
    dialog.show()
    until(lambda: paints.count > 0)
    took = time.perf_counter() - began
    dialog.close()
    dialog.deleteLater()
    application().processEvents()
    return took
