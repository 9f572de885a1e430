"""The tour's hands and eyes: presses real keys, waits for what must appear, and keeps pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage, QInputMethodEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextBrowser,
    QWidget,
)

from onestop.clock import SystemClock
from onestop.tour.scanner import Scanner
from onestop.ui.colours import DARK, LIGHT, palette_of
from onestop.ui.desk_window import DeskWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QPixmap

    from onestop.app.windows import Windows

PATIENCE: Final = 120.0
"""Seconds that something may take to appear on a slow machine, be it a first start with every file unread."""
SENDING: Final = ("F2", "F5", "Alt+p", "Alt+j")
"""Keys that make a service do something in one window or the other."""
GLANCE: Final = 20
"""Milliseconds between two looks, at first."""
LONGEST_GLANCE: Final = 100
"""The same of what takes long: the more often somebody looked in vain, the longer she waits until she looks again."""
TIGHT: Final = 80
"""How Qt is asked to pack a picture: its quickest way, whose files are not larger than those of its slowest."""
KEYS: Final = {f"F{number}": getattr(Qt.Key, f"Key_F{number}") for number in range(1, 13)} | {
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "Space": Qt.Key.Key_Space,
    "Down": Qt.Key.Key_Down,
    "End": Qt.Key.Key_End,
    "Home": Qt.Key.Key_Home,
}
MODIFIERS: Final = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class StepFailed(Exception):  # noqa: N818 - says what happened
    """A step did not show what it should."""


class Hands:
    """One pair of hands on the keyboard."""

    def __init__(self, windows: Windows, folder: Path, tell: Callable[[str], None]) -> None:
        self._windows = windows
        self._folder = folder
        self._tell = tell
        self._clock = SystemClock()
        self._scanner = Scanner()
        self.pictures: list[Path] = []

    def step(self, text: str) -> None:
        """Say what is done next."""
        self._tell(text)

    def until(self, what: str, condition: Callable[[], object]) -> None:
        """Let the program work until something is so.

        Raises:
            StepFailed: it was not so in time; the picture of the active window is kept.
        """
        end, pause = self._clock.monotonic() + PATIENCE, GLANCE
        while not condition():
            if self._clock.monotonic() > end:
                self.picture("failed")
                raise StepFailed(f"{what} / 画面: {self.glass()[:800]}")
            self.rest(pause)
            pause = min(pause * 5 // 4, LONGEST_GLANCE)

    def rest(self, milliseconds: int) -> None:
        """Let the program work for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def press(self, *keys: str, to: str = "") -> None:
        """Press keys such as F5, Enter, Ctrl+Tab, Alt+K or 1, and wait for the window that they lead to, if named."""
        for key in keys:
            *modifiers, name = key.split("+")
            modifier = Qt.KeyboardModifier.NoModifier
            for each in modifiers:
                modifier |= MODIFIERS[each]
            self._read_before(key)
            target = self._target()
            QTest.keyClick(target, KEYS[name] if name in KEYS else Qt.Key(ord(name.upper())), modifier)
            self.rest(1)
        if to:
            self.window(to)

    def write(self, text: str) -> None:
        """Type text into the focused field; Japanese comes as from an IME that has finished."""
        target = self._target()
        if text.isascii():
            QTest.keyClicks(target, text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(target, composed)
        self.rest(1)

    def scan(self, text: str) -> None:
        """Read a symbol with a scanner that plays keyboard, whatever window is there.

        Raises:
            StepFailed: no window is there.
        """
        window = self._target().window().windowHandle()
        if window is None:
            raise StepFailed("どの画面も選ばれていません")
        self._scanner.write(window, text)
        self.rest(1)

    def fill(self, name: str, text: str) -> None:
        """Go to a field by Tab, as a person does, and type.

        Raises:
            StepFailed: Tab never reaches it.
        """
        self.go_to(name)
        self.press("Ctrl+a")
        self.write(text)

    def go_to(self, name: str) -> None:
        """Press Tab until the field with this English name has the focus.

        Raises:
            StepFailed: Tab never reaches it.
        """
        for _ in range(120):
            if self._focused_name() == name:
                return
            self.press("Tab")
        raise StepFailed(f"Tab では {name} に着きません")

    def choose_in(self, name: str, word: str) -> None:
        """Go to a choice by Tab, and press the arrow until it says a word.

        Raises:
            StepFailed: Tab never reaches it, or it has no such word.
        """
        self.go_to(name)
        self.press("Home")
        choice = self._target()
        assert isinstance(choice, QComboBox)  # noqa: S101 - for mypy
        for _ in range(choice.count()):
            if choice.currentText() == word:
                return
            self.press("Down")
        raise StepFailed(f"{name} に「{word}」がありません")

    def window(self, title: str) -> QWidget:
        """Wait for the window with this title to be the active one, not busy, and return it."""
        self.until(f"画面「{title}」", lambda: self._is_ready(title))
        active = QApplication.activeWindow()
        assert active is not None  # noqa: S101 - for mypy: it has just been the active one
        return active

    def shows(self, *words: str) -> None:
        """Wait until the active window shows all these words."""

        def are_there() -> bool:
            glass = self.glass()
            return all(word in glass for word in words)

        self.until(f"「{'」「'.join(words)}」の表示", are_there)

    def glass(self) -> str:
        """Return all text that the active window shows."""
        active = QApplication.activeWindow()
        return "" if active is None else "\n".join(_texts(active))

    def choose(self, verb: str) -> None:
        """Go to a button of a question by Tab, and press it.

        Raises:
            StepFailed: Tab never reaches it.
        """
        for _ in range(6):
            button = QApplication.focusWidget()
            if isinstance(button, QAbstractButton) and verb in button.text():
                self.press("Enter")
                return
            self.press("Tab")
        raise StepFailed(f"Tab では「{verb}」に着きません")

    def new_file(self, name: str) -> Path:
        """Return where a file may be written beside the pictures; one of an earlier tour is taken away."""
        path = self._folder.resolve() / name
        path.unlink(missing_ok=True)
        return path

    def picture(self, name: str) -> None:
        """Keep a picture of the active window."""
        active = QApplication.activeWindow()
        if active is None:
            return
        self.rest(50)
        self._keep(name, active.grab().toImage())

    def both_looks(self, name: str) -> None:
        """Keep a picture of the active window in the light and, beside it, in the dark colours."""
        active, app = QApplication.activeWindow(), QApplication.instance()
        if active is None or not isinstance(app, QApplication):
            return
        before, looks = app.palette(), []
        for colours in (LIGHT, DARK):
            app.setPalette(palette_of(colours))
            self.rest(50)
            looks.append(active.grab())
        app.setPalette(before)
        self._keep_together(name, looks)

    def turn_to(self, windows: Windows) -> None:
        """Sit down at the desk that these windows belong to."""
        window = windows.last()
        window.come_forward()
        self.until("端末の画面", lambda: QApplication.activeWindow() is window)

    def told_at(self, windows: Windows, word: str) -> None:
        """Wait until the window of a desk where nobody sits shows a word: the server told it, and no key."""
        window = windows.last()
        self.until(f"ほかの端末の「{word}」", lambda: word in "\n".join(_texts(window)))

    def side_by_side(self, name: str, *desks: Windows) -> None:
        """Keep a picture of what several desks show at the same moment."""
        self.rest(50)
        self._keep_together(name, [desk.last().grab() for desk in desks])

    def tell_pictures(self) -> None:
        """Say where the pictures lie."""
        self._tell(f"画像: {self._folder.resolve()} ({len(self.pictures)}枚)")

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog and press Enter."""
        self.until("ファイルの選択", lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)  # noqa: S101 - for mypy
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)  # noqa: S101 - Qt's own dialog has it
        field.setFocus()
        self.press("Ctrl+a")
        field.insert(str(path))
        self.press("Enter")

    # --- inside

    def _keep_together(self, name: str, pictures: list[QPixmap]) -> None:
        """Keep several pictures as one, beside each other."""
        width, height = sum(each.width() for each in pictures), pictures[0].height()
        together = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(together)
        left = 0
        for each in pictures:
            painter.drawPixmap(left, 0, each)
            left += each.width()
        painter.end()
        self._keep(name, together)

    def _keep(self, name: str, picture: QImage) -> None:
        path = self._folder / f"{name}.png"
        picture.save(str(path), quality=TIGHT)
        self.pictures.append(path)

    def _is_ready(self, title: str) -> bool:
        active = QApplication.activeWindow()
        if active is None or not active.windowTitle().startswith(title):
            return False
        screen: Any = getattr(active, "screen_shown", None)
        return screen is None or screen.busy is None

    def _read_before(self, key: str) -> None:
        """Read a window that has just opened, as a person does before she sends something."""
        active = QApplication.activeWindow()
        if isinstance(active, DeskWindow) and key in SENDING:
            self.until("画面の内容", lambda: not active.guard.holds)

    def _target(self) -> QWidget:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            raise StepFailed("どの画面も選ばれていません")
        return target

    def _focused_name(self) -> str:
        widget = QApplication.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return "" if widget is None else widget.objectName().removesuffix("_field")


def _texts(window: QWidget) -> list[str]:
    found = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        in_other_dialog = widget.window() is not window and isinstance(widget.window(), QDialog)
        if not widget.isVisible() or in_other_dialog:
            continue
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextBrowser):
            found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found.append(widget.currentText())
        elif isinstance(widget, QTableView):
            found.extend(_cells(widget))
    return found


def _cells(view: QTableView) -> list[str]:
    model = view.model()
    rows = min(model.rowCount(), 200)
    return [str(model.index(row, column).data() or "") for row in range(rows) for column in range(model.columnCount())]
