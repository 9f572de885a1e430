"""What a widget does a moment later, when everything that is under way now has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


class Soon(QTimer):
    """Calls back once after each `start()`, and never when its owner is gone.

    `QTimer.singleShot(0, owner, owner.method)` does the same, but keeps an owner in memory for ever that is deleted
    before: each 車両 that was opened and closed left one.
    """

    def __init__(self, owner: QObject, callback: Callable[[], object]) -> None:
        super().__init__(owner)
        self.setSingleShot(True)
        self.timeout.connect(callback)
