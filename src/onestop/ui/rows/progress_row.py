"""Long work: how much is done, how long it will take, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from onestop.screens.work_progress import time_left
from onestop.ui.labels import Data


class ProgressRow(QWidget):
    """A bar with counts, time left and 中止. Hidden while there is nothing to show."""

    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Data()
        self.words.setObjectName("progress")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("進み具合")
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.stop = QPushButton("中止(&X)")
        self.stop.setObjectName("stop")
        self.stop.setAccessibleName("中止")
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.bar, self.words, self.stop):
            row.addWidget(widget)
        self.hide()

    def show_progress(self, done: int, total: int, seconds_left: float | None = None, *, can_stop: bool = True) -> None:
        """Show how far the work is; a total of 0 hides the row."""
        self.setVisible(total > 0)
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        self.stop.setEnabled(can_stop)
        self.words.setText(f"{done:,} / {total:,} 件 {time_left(seconds_left)}".rstrip())
