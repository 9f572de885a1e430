"""The first frame: what is typed before 照会 stands reaches 照会, in its order."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from onestop.tour.scanner import Scanner
from onestop.ui.first_frame import FirstFrame
from onestop.ui.keys.scanner_keys import ScannerKeys
from support.qt import compose, confirm, press, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot

HEAVY = (
    "onestop.ui.keys.waiting_keys",
    "onestop.ui.colours",
    "PySide6.QtTest",
    "onestop.screens.screen",
    "logging.handlers",
)


class Successor(QWidget):
    """Has a field, and remembers the keys which that leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.keys: list[tuple[int, str]] = []
        QVBoxLayout(self).addWidget(self.field)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.keys.append((event.key(), self.field.text()))


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[FirstFrame]:
    painted: list[bool] = []
    made = FirstFrame(lambda: painted.append(True))
    made.show()
    qtbot.waitUntil(lambda: painted == [True])
    yield made
    assert not isValid(made), "it went when its successor was painted"


@pytest.fixture
def successor(qtbot: QtBot) -> Successor:
    made = Successor()
    qtbot.addWidget(made)
    return made


def handed_over(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    with qtbot.waitSignal(frame.destroyed):
        successor.show()
        frame.hand_over(successor, lambda: successor)


def test_text_is_seen_at_once_and_handed_over(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    edited: list[str] = []
    successor.field.textEdited.connect(edited.append)
    write(frame.search, "12345")
    press(frame.search, Qt.Key.Key_Backspace)
    write(frame.search, "佐藤")
    assert frame.search.text() == "1234佐藤"
    handed_over(qtbot, frame, successor)
    assert successor.field.text() == "1234佐藤"
    assert edited == ["1234佐藤"]


def test_other_keys_wait_and_keep_their_order(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    write(frame.search, "12")
    press(frame.search, Qt.Key.Key_F4)
    write(frame.search, "3")
    press(frame.search, Qt.Key.Key_Return)
    press(frame.search, Qt.Key.Key_Shift)
    assert frame.search.text() == "12"
    handed_over(qtbot, frame, successor)
    assert successor.keys == [(Qt.Key.Key_F4, "12"), (Qt.Key.Key_Return, "123")]


def test_keys_that_come_while_the_window_changes_go_on(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    with qtbot.waitSignal(frame.destroyed):
        successor.show()
        frame.hand_over(successor, lambda: successor)
        write(frame.search, "7")
        press(frame, Qt.Key.Key_F7)
    assert successor.field.text() == "7"
    assert successor.keys == [(Qt.Key.Key_F7, "7")]


def test_text_of_an_input_method_keeps_its_order_among_keys(
    qtbot: QtBot, frame: FirstFrame, successor: Successor
) -> None:
    confirm(frame.search, "佐")
    press(frame.search, Qt.Key.Key_F4)
    confirm(frame.search, "藤")
    assert frame.search.text() == "佐"
    with qtbot.waitSignal(frame.destroyed):
        successor.show()
        frame.hand_over(successor, lambda: successor)
        confirm(frame.search, "工場")
        press(frame, Qt.Key.Key_F7)
    assert successor.keys == [(Qt.Key.Key_F4, "佐"), (Qt.Key.Key_F7, "佐藤工場")]


def test_what_is_being_composed_stays_in_the_field_until_it_is_finished(
    qtbot: QtBot, frame: FirstFrame, successor: Successor
) -> None:
    press(frame.search, Qt.Key.Key_F4)
    compose(frame.search, "さとう")
    confirm(frame.search, "佐藤")
    handed_over(qtbot, frame, successor)
    assert successor.field.text() == "佐藤"


def test_what_is_typed_fast_is_held_back_for_no_scanner(
    qtbot: QtBot, qapp: QApplication, frame: FirstFrame, successor: Successor
) -> None:
    handle = frame.windowHandle()
    assert handle is not None
    keys = ScannerKeys(qapp, lambda _written, _surely: False)
    qapp.focusWindowChanged.emit(handle)
    Scanner().write(handle, "1234", "")
    keys.stop()
    assert frame.search.text() == "1234"
    handed_over(qtbot, frame, successor)


def test_it_goes_once_the_keys_come_to_its_successor_which_gets_those_that_wait_first(
    qtbot: QtBot, frame: FirstFrame, successor: Successor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(successor, "activateWindow", lambda: None)  # the desktop takes its time
    successor.show()
    qtbot.waitUntil(successor.isActiveWindow)
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    with qtbot.waitSignal(frame.destroyed):
        frame.hand_over(successor, lambda: successor)
        successor.update()
        qtbot.waitUntil(lambda: frame._relieved)
        assert isValid(frame)
        write(frame.search, "7")
        assert successor.field.text() == ""
        QWidget.activateWindow(successor)
        qtbot.waitUntil(successor.isActiveWindow)
        assert successor.field.text() == "7"


def test_a_chord_is_no_text(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    write(frame.search, "99")
    press(frame.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(frame.search, "1")
    handed_over(qtbot, frame, successor)
    assert successor.field.text() == "1"


def test_a_shortcut_acts_unless_the_field_takes_its_keys_for_itself(
    qtbot: QtBot, frame: FirstFrame, successor: Successor
) -> None:
    acted: list[str] = []
    for keys in ("Ctrl+A", "F8"):
        action = QAction(successor)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked, keys=keys: acted.append(keys))
    write(frame.search, "99")
    press(frame.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(frame.search, Qt.Key.Key_F8)
    handed_over(qtbot, frame, successor)
    assert acted == ["F8"]
    assert successor.field.selectedText() == "99"


def test_without_a_focus_the_window_itself_gets_the_keys(qtbot: QtBot, frame: FirstFrame, successor: Successor) -> None:
    successor.field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    successor.field.clearFocus()
    press(frame.search, Qt.Key.Key_F4)
    handed_over(qtbot, frame, successor)
    assert successor.keys == [(Qt.Key.Key_F4, "")]


def test_it_imports_next_to_nothing() -> None:
    code = f"""if True:
        import sys
        from PySide6 import QtCore
        from PySide6.QtWidgets import QApplication
        import onestop.app.run
        app = QApplication([])
        frame = onestop.app.run.FirstFrame(app.quit)
        frame.show()
        app.exec()
        print([name for name in {HEAVY!r} if name in sys.modules], "Qt" in vars(QtCore))
    """
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own interpreter
    assert out.stdout.split("\n")[0] == "[] False"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_F7, Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_keys_belong_to_the_input_method_while_it_composes(
    qtbot: QtBot, frame: FirstFrame, successor: Successor, key: Qt.Key
) -> None:
    compose(frame.search, "さとう")
    press(frame.search, key)
    confirm(frame.search, "佐藤")
    press(frame.search, Qt.Key.Key_F4)
    handed_over(qtbot, frame, successor)
    assert successor.keys == [(Qt.Key.Key_F4, "佐藤")]
