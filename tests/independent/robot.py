"""The real program with a clerk at its keyboard: for each car what 次にすること says, and 一括申請 and F7 besides.

    robot.py DATA_DIR URL SEED

Keys go as events into the real windows. What only a person can know she asks by telephone. She says "open" once 照会
can be used, "crash …" and "stuck …" where a program may do neither, and "done" when every car is filed.
"""

from __future__ import annotations

import json
import os
import random
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from urllib.request import urlopen

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from onestop import __main__ as program
from onestop.app import opening
from onestop.clock import SystemClock
from onestop.model.sending_state import Sending
from onestop.screens.open_question import LATER, NONE
from onestop.store.keychain import Keychain
from onestop.store.sqlite.engine import connect_raw
from onestop.ui.crash import CrashDialog
from onestop.ui.desk_window import DeskWindow
from onestop.ui.question import QuestionDialog
from onestop.ui.windows.batch import BatchWindow
from onestop.ui.windows.conformity import ConformityWindow
from onestop.ui.windows.filing_list import FilingListWindow
from onestop.ui.windows.insurance import InsuranceWindow
from onestop.ui.windows.issue import IssueWindow
from onestop.ui.windows.lookup import LookupWindow
from onestop.ui.windows.main import MainWindow
from support.keychains import FileBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.filing import Filing
    from onestop.screens.inspection.main_screen import MainScreen

TICK: Final = 25
"""Milliseconds between two looks at the screen."""
STANDING_STILL: Final = 20.0
"""Seconds that a window may be busy: no fault of the servers here takes so long."""
TRIES: Final = 6
"""Keys pressed in one window before it is closed: whatever is wrong there is looked at again later."""
ALT: Final = Qt.KeyboardModifier.AltModifier
PANELS: Final = {"e-JIBAI の": Qt.Key.Key_J, "保適[AIRAS] の": Qt.Key.Key_H, "申請[AINAS] の": Qt.Key.Key_A}
SERVICES: Final = {InsuranceWindow: "ejibai", ConformityWindow: "airas", IssueWindow: "ainas"}
TABLES: Final = {"ejibai": "insurance_certificate", "airas": "conformity_certificate", "ainas": "filing"}
NOT_FILED: Final = """
    SELECT chassis_number FROM vehicle WHERE id NOT IN (SELECT vehicle_id FROM filing WHERE sending = 'filed')
"""
READY: Final = "SELECT count(*) FROM filing WHERE sending = 'draft'"
OPEN: Final = "SELECT count(*) FROM {} WHERE sending IN ('sending', 'unknown')"

Keys = tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]
NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier
OPEN_FILING: Final[Keys] = ((Qt.Key.Key_A, ALT), (Qt.Key.Key_1, NO_MODIFIER))
"""Where 申請確認 is, which may ask her what became of a filing."""


class Robot(QObject):
    """Looks at the active window and presses the next key."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        super().__init__()
        self._database = folder / "onestop.db"
        self._url = url
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._clock = SystemClock()
        self._window: QWidget | None = None
        self._tries = 0
        self._busy_since: float | None = None
        self._pressed_at = self._clock.monotonic()
        self._opened = self._done = False
        self._in_vain = False
        """一括申請 had nothing that can be sent: another car comes first."""
        self._wanted = ""
        """The end of the 車台番号 that is looked for."""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begin when the first window is painted."""
        if event.type() == QEvent.Type.Paint and not self._timer.isActive():
            self._timer.start(TICK)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        window = QApplication.activeWindow()
        if self._clock.monotonic() - self._pressed_at > 2 * STANDING_STILL:
            say(f"stuck {self._where(window)}")
            self._pressed_at = self._clock.monotonic()
            self._press(window or QApplication.topLevelWidgets()[0], Qt.Key.Key_F12)
        if isinstance(window, CrashDialog):
            say(f"crash {' '.join(window.account.toPlainText().split())}")
            self._press(window, Qt.Key.Key_Return)
        elif isinstance(window, QuestionDialog):
            self._answer(window)
        elif isinstance(window, DeskWindow):
            self._look_at(window)

    def _where(self, window: QWidget | None) -> str:
        shown = [type(each).__name__ for each in QApplication.topLevelWidgets() if each.isVisible()]
        guard = window.guard if isinstance(window, DeskWindow) else None
        seen = guard and (guard.is_painted, guard.holds)
        return f"at {type(window).__name__} {seen}, pressed in {type(self._window).__name__}; shown: {shown}"

    def _look_at(self, window: DeskWindow[Any]) -> None:
        if self._is_busy(window):
            return
        if window is not self._window:
            self._window, self._tries = window, 0
        if not window.guard.is_painted:
            return
        match window:
            case LookupWindow():
                self._at_the_lookup(window)
            case MainWindow():
                self._at_the_car(window)
            case InsuranceWindow() | ConformityWindow() | IssueWindow():
                self._at_the_form(window)
            case FilingListWindow():
                self._at_the_list(window)
            case BatchWindow():
                self._at_the_batch(window)
            case _:
                self._press(window, Qt.Key.Key_F12)

    def _is_busy(self, window: DeskWindow[Any]) -> bool:
        """Whether the window works; one that works for ever is told of."""
        busy = window.screen_shown.busy
        if busy is None:
            self._busy_since = None
            return False
        now = self._clock.monotonic()
        self._busy_since = self._busy_since or now
        if now - self._busy_since > STANDING_STILL:
            say(f"stuck {type(window).__name__} {busy}")
            self._busy_since = now
            self._press(window, Qt.Key.Key_F12)
        return True

    # --- windows

    def _at_the_lookup(self, window: LookupWindow) -> None:
        screen = window.screen_shown
        if screen.searching:
            return
        if not self._opened:
            self._opened = True
            say("open")
        if self._done:
            self._press(window, Qt.Key.Key_F12)
        elif self._wanted and screen.search_text == self._wanted and screen.found.count == 1:
            self._wanted = ""
            self._press(window, Qt.Key.Key_Return)
        else:
            self._choose_work(window)

    def _choose_work(self, window: LookupWindow) -> None:
        waiting = [str(row[0]) for row in self._rows(NOT_FILED)]
        if not waiting and not any(self._count(OPEN.format(table)) for table in TABLES.values()):
            say("done")
            self._done = True
        elif not waiting or (self._count(READY) and self._random.random() < 0.3):
            self._wanted = ""
            self._press(window, Qt.Key.Key_F7)
        else:
            self._wanted = self._random.choice(waiting)[-6:]
            window.search.input.setFocus()
            self._press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(window.search.input, self._wanted)

    def _at_the_car(self, window: MainWindow) -> None:
        self._in_vain = False
        screen = window.screen_shown
        if screen.current is None:
            return
        keys = self._what_the_car_needs(screen, screen.current.filing)
        if self._tries >= TRIES or not keys:
            self._press(window, Qt.Key.Key_F12)
            return
        self._tries += 1
        for key, modifier in keys:
            self._press(window, key, modifier)

    def _what_the_car_needs(self, screen: MainScreen, filing: Filing | None) -> Keys:
        """Return the keys that 次にすること names; about what was sent she does not always follow it."""
        if filing is not None and filing.sending is not Sending.DRAFT and self._random.random() < 0.7:
            return OPEN_FILING if filing.sending.is_unsettled else ()
        for press in screen.hint.split(" → ")[
            1:
        ]:  # the first that works here; what comes after it is for the next window
            if press == "F7":
                return ((Qt.Key.Key_F7, NO_MODIFIER),)
            place, _, digit = press.rpartition(" ")
            if place in PANELS:
                return ((PANELS[place], ALT), (Qt.Key(ord(digit)), NO_MODIFIER))
        return ()

    def _at_the_form(self, window: InsuranceWindow | ConformityWindow | IssueWindow) -> None:
        screen = window.screen_shown
        if window.guard.holds:
            return
        self._tries += 1
        if self._tries > TRIES:
            self._press(window, Qt.Key.Key_F12)
        elif screen.shown.is_unsettled:
            self._check(window)
        elif screen.shown.is_draft and screen.can_change():
            self._issue(window)
        else:
            self._press(window, Qt.Key.Key_F12)

    def _check(self, window: QWidget) -> None:
        if isinstance(window, IssueWindow):
            self._press(window, Qt.Key.Key_K, ALT)
        else:
            self._press(window, Qt.Key.Key_F7)

    def _issue(self, window: InsuranceWindow | ConformityWindow | IssueWindow) -> None:
        if isinstance(window, InsuranceWindow) and not window.screen_shown.editor.form.insurer:
            self._write(window, "見本損害保険株式会社")
        self._press(window, Qt.Key.Key_F5)

    def _at_the_list(self, window: FilingListWindow) -> None:
        self._tries += 1
        if self._in_vain:
            self._press(window, Qt.Key.Key_F12)
        elif self._tries <= self._random.randint(1, 2):
            self._press(window, Qt.Key.Key_F7)
        elif self._tries <= 3 and self._count(READY):
            self._press(window, Qt.Key.Key_F9)
        else:
            self._press(window, Qt.Key.Key_F12)

    def _at_the_batch(self, window: BatchWindow) -> None:
        if window.guard.holds:
            return
        screen = window.screen_shown
        self._tries += 1
        if self._tries == 1 and not screen.rows.ticked:  # each has a 注意, which Alt+A leaves alone
            for _ in range(screen.rows.count):
                self._press(window, Qt.Key.Key_Space)
                self._press(window, Qt.Key.Key_Down)
        elif self._tries <= TRIES and screen.can_send():
            self._press(window, Qt.Key.Key_F5)
        elif self._tries <= TRIES and screen.can_settle():
            self._press(window, Qt.Key.Key_F7)
        else:
            self._in_vain = True
            self._press(window, Qt.Key.Key_F12)

    # --- questions

    def _answer(self, question: QuestionDialog) -> None:
        """Go to the right button by Tab, and press it."""
        wanted = self._right_button(question)
        focused = question.focusWidget()
        if wanted is None:
            self._press(question, Qt.Key.Key_Escape)
        elif focused is wanted:
            self._press(question, Qt.Key.Key_Return)
        else:
            self._press(question, Qt.Key.Key_Tab)

    def _right_button(self, question: QuestionDialog) -> QPushButton | None:
        if question.windowTitle() == "確認中の送信":
            words = self._by_telephone(question.parentWidget())
        else:
            words = ("このまま", "終了")
        return next((button for word in words for button in question.buttons if word in button.text()), None)

    def _by_telephone(self, window: QWidget | None) -> Sequence[str]:
        """Ask the service itself what it has, as a clerk does who cannot see it."""
        if not isinstance(window, InsuranceWindow | ConformityWindow | IssueWindow):
            return (LATER,)
        service, number = SERVICES[type(window)], window.screen_shown.shown.control_number
        asked = f"SELECT chassis_number FROM {TABLES[service]} WHERE control_number = {number}"  # noqa: S608 - our own
        query = urlencode({"service": service, "control_number": number, "chassis_number": self._rows(asked)[0][0]})
        with urlopen(f"{self._url}/telephone?{query}") as answer:  # noqa: S310 - our own server
            told = list(json.load(answer)["numbers"])
        return [f" {number} " for number in told] if told else (NONE,)

    # --- hands and eyes

    def _press(self, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self._pressed_at = self._clock.monotonic()
        shown = getattr(window, "screen_shown", None)
        told = shown.message.text if shown is not None and shown.message is not None else ""
        print(type(window).__name__, key.name, told, file=sys.stderr, flush=True)  # noqa: T201 - the log of the robot
        focused: QWidget | None = window.focusWidget()
        QTest.keyClick(window if focused is None else focused, key, modifier or NO_MODIFIER)

    def _write(self, window: QWidget, text: str) -> None:
        """Write Japanese, as it comes from an IME that has finished."""
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(window.focusWidget(), composed)

    def _rows(self, asked: str) -> list[tuple[Any, ...]]:
        # by the program's own SQLite: a second library in one process would break the locks of the first
        with closing(connect_raw(self._database, read_only=True)) as database:
            return list(database.execute(asked).fetchall())

    def _count(self, asked: str) -> int:
        return int(self._rows(asked)[0][0])


def say(word: str) -> None:
    """Tell the parent."""
    print(word, flush=True)  # noqa: T201 - it is how the parent hears


def main() -> None:
    """Start the program on a data folder with the robot at its keyboard."""
    folder, url, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    backend = FileBackend(folder / "keychain.json")  # no desktop here has a keychain
    vars(opening)["open_keychain"] = lambda desk_id: Keychain(backend, desk_id)
    app = QApplication(["onestop"])
    robot = Robot(folder, url, seed)
    app.installEventFilter(robot)
    sys.exit(program.main(["--data-dir", str(folder), "--services-url", url, "--unencrypted"]))


if __name__ == "__main__":
    main()
