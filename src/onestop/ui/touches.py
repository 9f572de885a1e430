"""Notes whether anybody touched the keyboard or the mouse; only while that is asked for, as it costs each event.

While Japanese is composed the keys go to the input method, and only what it makes of them comes here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TOUCHES: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
)


class Touches(QObject):
    """An event filter on the whole program, which comes and goes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._watching = self._touched = False

    def watch(self, *, wanted: bool) -> None:
        """Begin to look, or stop."""
        if wanted != self._watching:
            self._watching, self._touched = wanted, wanted
            (self._app.installEventFilter if wanted else self._app.removeEventFilter)(self)

    def taken(self) -> bool:
        """Tell whether anything was touched since this was asked last."""
        touched, self._touched = self._touched, False
        return touched

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        self._touched = self._touched or event.type() in TOUCHES
        return False
