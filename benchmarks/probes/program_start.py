"""Starts the program as its command does; tells when its first window, 照会, and its first answer were painted."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

from onestop.__main__ import main
from onestop.app.plain_imports import import_plainly

import_plainly()  # before the rest is imported, as main does
import onestop.app.run  # noqa: E402 - the same


class Watched(onestop.app.run.Run):
    """The run, watched."""

    def _begin(self) -> None:
        self.first_frame = time.perf_counter()
        super()._begin()

    def _make(self) -> None:
        self._start.at_start.plain = True  # nobody is asked what to do without a keychain; encrypted: encrypting.py
        super()._make()
        self.paints = Paints(self)
        assert self.program is not None  # noqa: S101 - it has just been made
        self.program.windows.first().installEventFilter(self.paints)


class Paints(QObject):
    """Says when 照会 was painted first, and when it was painted with cars in it."""

    def __init__(self, run: Watched) -> None:
        super().__init__()
        self._run = run
        self._first: float | None = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait until a painting is over."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self._first = self._first or time.perf_counter()
        program = self._run.program
        if program is not None and program.windows.first().screen_shown.count_text:
            sys.stdout.write(f"{self._run.first_frame} {self._first} {time.perf_counter()}\n")
            sys.stdout.flush()
            program.background.wait_until_idle(30)
            os._exit(0)  # what a proper end takes is not measured here


onestop.app.run.Run = Watched  # type: ignore[misc] # the rest of the start stays as it is
main(sys.argv[1:])
