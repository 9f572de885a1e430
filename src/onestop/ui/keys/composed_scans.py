"""Notices that an input method took what a scanner writes: what is composed so fast was written by no hand.

Its kana cannot be turned back into the signs of a code. So nothing of it is written, and it is scanned once more, where
no input method is.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock

CHANGES: Final = 16
"""Changes of a composition …"""
SECONDS: Final = 0.6
"""… within which no hand makes them."""
LAGS: Final = 3.0
"""Seconds after the last change in which the field may still be left, on a busy machine."""


class ComposedScans(QObject):
    """Looks at what an input method composes where the focus is."""

    def __init__(self, app: QGuiApplication, clock: Clock, lost: Callable[[], None]) -> None:
        """`lost` hears that a scan went into an input method; nothing of it was written."""
        super().__init__(app)
        self._app = app
        self._clock = clock
        self._lost = lost
        self._watched: QObject | None = None
        self._changes: deque[float] = deque(maxlen=CHANGES)
        self._refuses_until = 0.0
        """While the rest of a lost scan comes: Qt writes what is composed into the field that it leaves."""
        app.focusObjectChanged.connect(self._watch)

    def stop(self) -> None:
        """Look no more."""
        self._app.focusObjectChanged.disconnect(self._watch)
        self.deleteLater()

    def _watch(self, focused: QObject | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = focused
        self._changes.clear()
        self._refuses_until = 0.0
        if focused is not None:
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count the changes of a composition, and keep out what follows a lost one."""
        if event.type() != QEvent.Type.InputMethod or not isinstance(event, QInputMethodEvent):
            return False
        now = self._clock.monotonic()
        if now < self._refuses_until:
            self._refuses_until = now + LAGS
            return bool(event.preeditString() or event.commitString())
        if self._is_scan(event, now):
            self._let_go(watched)
            return True
        return False

    def _is_scan(self, event: QInputMethodEvent, now: float) -> bool:
        if not event.preeditString() or event.commitString():
            self._changes.clear()
            return False
        self._changes.append(now)
        return len(self._changes) == CHANGES and now - self._changes[0] <= SECONDS

    def _let_go(self, watched: QObject) -> None:
        """Take back what is shown of it; input methods go on composing what still comes, whatever they are told."""
        self._changes.clear()
        QCoreApplication.sendEvent(watched, QInputMethodEvent())
        self._refuses_until = self._clock.monotonic() + LAGS
        QGuiApplication.inputMethod().reset()
        self._lost()
