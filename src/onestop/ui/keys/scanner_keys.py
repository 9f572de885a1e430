"""Hears a scanner that plays keyboard, in any window, and keeps what it writes out of the fields.

A scanner writes faster than any hand: its signs are held back for a moment, and go on to where they were meant for when
no more of them follow, or when they make no code of a 車検証. Held keys, keys with Ctrl or Alt and function keys are
never held back; what is pasted brings no keys at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from onestop.ui.enters import ENTERS
from onestop.ui.first_frame import FirstFrame
from onestop.ui.keys.waiting_keys import CHORDS, MODIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication, QWindow

GAP: Final = 40
"""Milliseconds between two signs of a scanner, at most. Hands are slower, but for single pairs of keys."""
SOON: Final = 45
"""Milliseconds for which a single key waits for a second one: too few to be felt."""
QUIET: Final = 80
"""Milliseconds after which a scanner has nothing more to write."""
FEW: Final = 3
MANY: Final = 16
"""Presses and releases after which it is no hand: a scanner that halts once is heard on, for half a code misleads."""
DEAF: Final = 300
"""Milliseconds in which the rest of a lost scan begins to come, at most."""
AT_ONCE: Final = 5
"""Milliseconds between a release and a press that no finger does: X11 repeats a held key so."""
REPEATS: Final = 20
"""Milliseconds between two presses of a held key, at least; a scanner is faster."""
SURELY: Final = 60
"""Signs in one go that no hand writes, whatever they say."""
LONGEST: Final = 8000
"""Signs that are kept; the largest symbol has 4,296 letters."""
DELETES: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ENDS: Final = (*ENTERS, Qt.Key.Key_Tab)


@dataclass(frozen=True, slots=True)
class _Held:
    """A press or a release that waits."""

    kind: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    at: int
    text: str = field(repr=False)

    @classmethod
    def of(cls, event: QKeyEvent) -> _Held:
        return cls(event.type(), event.key(), event.modifiers(), event.timestamp(), event.text())

    def send(self, window: QWindow) -> None:
        event = QKeyEvent(self.kind, self.key, self.modifiers, self.text)
        event.setTimestamp(self.at)
        QCoreApplication.sendEvent(window, event)


class ScannerKeys(QObject):
    """Stands before the window that has the keys, whichever that is."""

    def __init__(self, app: QGuiApplication, is_scan: Callable[[str, bool], bool]) -> None:
        """`is_scan` takes what was written, and whether no hand can have written it; it tells whether it was a scan."""
        super().__init__(app)
        self._app = app
        self._is_scan = is_scan
        self._held: list[_Held] = []
        self._window: QWindow | None = None
        self._last_press = self._last_release = 0
        self._released_key = 0
        self._sends = False
        self._deaf = False
        """Until the next pause: the rest of a scan of which the input method took the beginning."""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._look_again)
        app.focusWindowChanged.connect(self._stand_before)

    def stop(self) -> None:
        """Hear no more."""
        self._deaf, self._held = False, []
        self._quiet.stop()
        self._app.focusWindowChanged.disconnect(self._stand_before)
        self.deleteLater()

    def be_deaf(self) -> None:
        """Let the rest of a scan go of which the beginning was lost: half a code may look like a whole one."""
        self._held, self._deaf = [], True
        self._quiet.start(DEAF)

    def _stand_before(self, window: QWindow | None) -> None:
        """Be the first to hear of the keys of a window; but the first frame keeps its own, and goes while some wait."""
        if window is not None and not isinstance(QWidget.find(window.winId()), FirstFrame):
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back what may be a scanner's."""
        if self._sends or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            if self._may_be_scanned(event):
                event.accept()
                return True
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._hear_release(event)
        if event.key() in MODIFIERS:
            return False
        return self._hear_press(watched, event)  # type: ignore[arg-type] # only windows are watched

    def _hear_release(self, event: QKeyEvent) -> bool:
        self._last_release, self._released_key = event.timestamp(), event.key()
        if any(each.key == event.key() for each in self._held):
            self._held.append(_Held.of(event))
            return True
        return False

    def _hear_press(self, window: QWindow, event: QKeyEvent) -> bool:
        at, follows = event.timestamp(), self._follows(event)
        if not follows:
            self._end()
        if not self._may_be_scanned(event):
            if follows and event.key() in ENDS:
                return self._end() or self._deaf
            self._end()
            return False
        self._last_press = at
        if not self._deaf and len(self._held) < LONGEST:
            self._window = window
            self._held.append(_Held.of(event))
        self._quiet.start(SOON if len(self._held) < FEW else QUIET)
        return True

    def _follows(self, event: QKeyEvent) -> bool:
        """Whether a key comes as fast as a scanner's."""
        gap = QUIET if len(self._held) >= MANY else GAP
        return self._deaf or (bool(self._held) and 0 <= event.timestamp() - self._last_press <= gap)

    def _may_be_scanned(self, event: QKeyEvent) -> bool:
        writes = bool(event.text()) and min(event.text()) >= " " and event.key() not in DELETES
        writes = writes and not event.modifiers() & CHORDS
        return writes and event.timestamp() > 0 and not self._is_repeated(event)

    def _is_repeated(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return True
        at_once = event.key() == self._released_key and event.timestamp() - self._last_release < AT_ONCE
        return at_once and event.timestamp() - self._last_press >= REPEATS

    # --- the end of what was written

    def _look_again(self) -> None:
        """Let keys come first that were waiting while the program was busy."""
        self._deaf = False
        waits = len(self._held)
        QTimer.singleShot(0, self, lambda: self._end() if len(self._held) == waits else None)

    def _end(self) -> bool:
        """Take it for a scan, or send it on to where it was meant for; tells which."""
        if not self._deaf:
            self._quiet.stop()
        held, self._held = self._held, []
        written = "".join(each.text for each in held if each.kind == QEvent.Type.KeyPress)
        if not written:
            return False
        if len(written) > 1 and self._is_scan(written, len(written) >= SURELY):
            return True
        self._send(held)
        return False

    def _send(self, held: list[_Held]) -> None:
        self._sends = True
        try:
            for each in held:
                if self._window is not None and isValid(self._window):
                    each.send(self._window)
        finally:
            self._sends = False
