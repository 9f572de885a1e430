"""What stands on the glass until 照会 is made: its title and its search field, which takes what is typed meanwhile.

Only what this needs is imported. PySide6 makes its classes when they are first asked for, and those of the whole
window take longer than a bare window takes to be painted: `Qt` with its enumerations alone 27 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from onestop.ui.first_size import place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPaintEvent

    from onestop.ui.keys.waiting_keys import WaitingKey, WaitingText

TITLE: Final = "照会"
SEARCH: Final = (13, 32, 1130, 32)
"""Where the search field of 照会 stands, about."""
GLANCE: Final = 5
"""Milliseconds between two looks whether a window is active yet."""
PATIENCE: Final = 400
"""Looks until the keys are pressed all the same."""


class FirstFrame(QWidget):
    """An empty 照会. Text goes into its field; from the first other key on, such as F4, every key waits in order."""

    def __init__(self, painted: Callable[[], None]) -> None:
        """`painted` is called once, after the first painting."""
        super().__init__()
        self.setObjectName("first_frame")
        self.setWindowTitle(TITLE)
        place(self)
        self.search = QLineEdit(self)
        self.search.setObjectName("search_text")
        self.search.setAccessibleName("検索")
        self.search.setGeometry(*SEARCH)
        self.search.installEventFilter(self)
        self.search.setFocus()
        self._painted: Callable[[], None] | None = painted
        self._waiting: list[WaitingKey | WaitingText] = []
        self._newest: Callable[[], QWidget | None] | None = None
        self._patience = PATIENCE
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._press_waiting)
        self._relieved = self._presses = False
        self._composes = False
        """Whether an input method composes text, to which every key belongs meanwhile."""

    def hand_over(self, successor: QWidget, newest: Callable[[], QWidget | None]) -> None:
        """Give what was typed, and what still comes, to the window that takes this one's place; go when it is painted.

        `newest` returns the window that was shown last: one of the keys may have opened it. It need not be active yet.
        None means that one of the keys, F12, has closed them all: those after it are lost.
        """
        from onestop.ui.first_paint import after_first_paint  # noqa: PLC0415 - everything is imported by now
        from onestop.ui.keys.waiting_keys import WaitingText  # noqa: PLC0415 - the same

        QGuiApplication.inputMethod().commit()
        self._newest = newest
        after_first_paint(successor, self._go)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - for mypy: a widget has been made
        app.focusWindowChanged.connect(self._press_waiting)  # before the keys that follow
        successor.activateWindow()
        if self.search.text():
            WaitingText(self.search.text()).press(successor)
        self._press_waiting()

    # --- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so once it is over."""
        super().paintEvent(event)
        if self._painted is not None:
            QTimer.singleShot(0, self._painted)
            self._painted = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what comes while the field has no focus."""
        self._take(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - it watches the field alone
        """Leave the field text that nothing waits before."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            return self._take_text(event)  # type: ignore[arg-type] # its kind says which event it is
        return kind == QEvent.Type.KeyPress and (self._composes or self._take(event))  # type: ignore[arg-type] # the same

    # --- inside

    def _take(self, event: QKeyEvent) -> bool:
        """Let a key wait; False leaves it to the field."""
        from onestop.ui.keys.waiting_keys import waiting_key  # noqa: PLC0415 - a key is seldom so early

        pressed = waiting_key(event)
        if pressed is None or (pressed.is_text and self._is_first):
            return False
        self._waiting.append(pressed)
        self._press_waiting()
        return True

    def _take_text(self, event: QInputMethodEvent) -> bool:
        """Let finished text of an input method wait; what is still being composed is the field's."""
        from onestop.ui.keys.waiting_keys import WaitingText  # noqa: PLC0415 - as above

        self._composes = bool(event.preeditString())
        if not event.commitString() or self._is_first:
            return False
        self._waiting.append(WaitingText(event.commitString()))
        event.setCommitString("")
        self._press_waiting()
        return False

    @property
    def _is_first(self) -> bool:
        """Whether text goes before everything that waits, and so into the field."""
        return not self._waiting and self._newest is None

    @property
    def _has_keys(self) -> bool:
        """Whether keys still come here after the successor was painted: were this one gone, they would be lost."""
        return self._relieved and self.isActiveWindow()

    def _press_waiting(self) -> None:
        """Press what waits, each key in the window that was shown last; shortcuts work from its being active on."""
        from onestop.ui.keys.waiting_keys import is_in_front  # noqa: PLC0415 - as above

        if self._newest is None or self._presses:
            return
        while (newest := self._newest()) is not None and (self._waiting or self._has_keys):
            if not is_in_front(newest) and self._patience > 0:
                self._patience -= 1
                self._look.start(GLANCE)
                return
            if not self._waiting:
                break
            self._presses = True
            try:
                self._waiting.pop(0).press(newest)
            finally:
                self._presses = False
        if newest is None or self._relieved:
            self.close()
            self.deleteLater()

    def _go(self) -> None:
        QGuiApplication.inputMethod().commit()
        self._relieved = True
        self._press_waiting()
