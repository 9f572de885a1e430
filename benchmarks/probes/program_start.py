"""Starts the program as its command does, and tells when 照会 was painted and when it showed its first answer."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

import onestop.app.run
from onestop.__main__ import main


class Watched(onestop.app.run.Program):
    """The program, watched."""

    def begin(self) -> None:
        """Look out for the first painting."""
        super().begin()
        self.paints = Paints(self)
        self.windows.first().installEventFilter(self.paints)


class Paints(QObject):
    """Says when the window was painted first, and when it was painted with cars in it."""

    def __init__(self, program: Watched) -> None:
        super().__init__()
        self._program = program
        self._first: float | None = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait until a painting is over."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._first = self._first or time.perf_counter()
        if self._program.windows.first().screen_shown.count_text:
            sys.stdout.write(f"{self._first} {time.perf_counter()}\n")
            sys.stdout.flush()
            self._program.background.wait_until_idle(30)
            os._exit(0)  # what a proper end takes is not measured here


onestop.app.run.Program = Watched  # type: ignore[misc] # the rest of the start stays as it is
main(sys.argv[1:])
