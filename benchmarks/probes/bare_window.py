"""A window of Qt and nothing else: tells when it was painted, on the clock that all processes share."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Says when its first painting is over."""

    def paintEvent(self, event: object) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint nothing."""
        QTimer.singleShot(0, app.quit)


app = QApplication(["bare"])
window = Bare()
window.setWindowTitle("bare")
window.resize(1280, 720)
window.show()
app.exec()
sys.stdout.write(f"{time.perf_counter()}\n")
