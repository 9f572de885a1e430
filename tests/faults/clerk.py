"""The real program with a tireless clerk at its keyboard: F7, F9, F9 … until every filing is issued.

    clerk.py DATA_DIR URL

Keys go as events into the real windows. "sending" is told when 一括申請 begins, "done" when nothing is left to issue.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from onestop import __main__ as program
from onestop.app import opening
from onestop.store.keychain import Keychain
from onestop.store.sqlite.engine import connect_raw
from onestop.ui.desk_window import DeskWindow
from onestop.ui.windows.batch import BatchWindow
from onestop.ui.windows.filing_list import FilingListWindow
from onestop.ui.windows.lookup import LookupWindow
from support.keychains import FileBackend

TICK = 20
"""Milliseconds between two looks at the screen."""
PATIENCE = 25
"""Ticks after which another key is pressed in the same window."""


class Clerk(QObject):
    """Looks at the active window and presses the next key."""

    def __init__(self, database: Path) -> None:
        super().__init__()
        self._database = database
        self._waiting = 0
        self._pressed_in: QObject | None = None
        self._searched = True
        self._done = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begin when the first window is painted."""
        if event.type() == QEvent.Type.Paint and not self._timer.isActive():
            self._timer.start(TICK)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        self._waiting -= 1
        window = QApplication.activeWindow()
        waits = self._waiting > 0 and window is self._pressed_in
        if waits or not isinstance(window, DeskWindow) or window.screen_shown.busy is not None:
            return
        if isinstance(window, BatchWindow) and window.guard.holds:
            return
        self._waiting, self._pressed_in = PATIENCE, window
        match window:
            case BatchWindow():
                self._at_the_batch(window)
            case FilingListWindow():
                self._at_the_list(window)
            case LookupWindow():
                if self._done:
                    window.close()
                else:
                    self._press(window, Qt.Key.Key_F7)

    def _at_the_list(self, window: FilingListWindow) -> None:
        if self._left() == 0:
            say("done")
            self._done = True
            self._press(window, Qt.Key.Key_F12)
            return
        self._searched = not self._searched
        self._press(window, Qt.Key.Key_F7 if self._searched else Qt.Key.Key_F9)

    def _at_the_batch(self, window: BatchWindow) -> None:
        if window.screen_shown.can_send():
            say("sending")
            self._press(window, Qt.Key.Key_F5)
        else:
            self._press(window, Qt.Key.Key_F12)

    def _press(self, window: DeskWindow, key: Qt.Key) -> None:  # type: ignore[type-arg]  # any screen
        QTest.keyClick(window.focusWidget(), key)

    def _left(self) -> int:
        # by the program's own SQLite: a second library in one process would break the locks of the first
        with closing(connect_raw(self._database, read_only=True)) as database:
            return int(database.execute("SELECT count(*) FROM filing WHERE sending != 'filed'").fetchone()[0])


def say(word: str) -> None:
    """Tell the parent."""
    print(word, flush=True)  # noqa: T201 - it is how the parent hears


def main() -> None:
    """Start the program on a data folder with the clerk at its keyboard."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    backend = FileBackend(folder / "keychain.json")  # no desktop here has a keychain
    vars(opening)["open_keychain"] = lambda desk_id: Keychain(backend, desk_id)
    app = QApplication(["onestop"])
    clerk = Clerk(folder / "onestop.db")
    app.installEventFilter(clerk)
    sys.exit(program.main(["--data-dir", str(folder), "--services-url", url, "--unencrypted"]))


if __name__ == "__main__":
    main()
