"""Tests of held keys, as Windows marks them and as X11 does not: by the times of release and press alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from onestop.screens.ports import Choice, Question
from support.qt import SampleWindow, asked, done, hold, press, wait_active

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def send(widget: QWidget | None, kind: QEvent.Type, key: Qt.Key, text: str, at: int) -> QKeyEvent:
    """Send one event to the window that a widget is in, as the platform does."""
    assert widget is not None, "nothing has the focus"
    event = QKeyEvent(kind, key, NONE, text)
    event.setTimestamp(at)
    event.ignore()
    QApplication.sendEvent(widget.window().windowHandle(), event)
    return event


def type_key(widget: QWidget | None, key: Qt.Key, text: str, at: int) -> QKeyEvent:
    """Press a key at a time, and let it up 50 milliseconds later; returns what the shortcuts were asked."""
    override = send(widget, QEvent.Type.ShortcutOverride, key, text, at)
    send(widget, QEvent.Type.KeyPress, key, text, at)
    send(widget, QEvent.Type.KeyRelease, key, text, at + 50)
    return override


@pytest.mark.parametrize(("pause", "acts"), [(0, False), (4, False), (30, True)])
def test_a_key_that_goes_up_and_down_at_once_is_held(window: SampleWindow, pause: int, *, acts: bool) -> None:
    window.owner_name.setFocus()
    type_key(window.focusWidget(), Key.Key_Return, "\r", 1000)
    assert window.chassis_number.input.hasFocus()
    override = type_key(window.focusWidget(), Key.Key_Return, "\r", 1050 + pause)
    assert window.planned_date.input.hasFocus() is acts
    assert override.isAccepted() is not acts, "an override that is accepted keeps every shortcut from acting"


def test_another_key_is_not_held_however_soon_it_comes(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    type_key(window.focusWidget(), Key.Key_A, "a", 1000)
    type_key(window.focusWidget(), Key.Key_Return, "\r", 1050)
    assert window.chassis_number.input.hasFocus()


def test_letters_go_on_in_the_field_where_they_began_and_nowhere_else(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    type_key(window.focusWidget(), Key.Key_A, "a", 1000)
    type_key(window.focusWidget(), Key.Key_A, "a", 1050)
    assert window.owner_name.value() == "aa"
    window.chassis_number.setFocus()
    type_key(window.focusWidget(), Key.Key_A, "a", 1100)
    hold(window.focusWidget(), Key.Key_1, "1")
    assert window.chassis_number.value() == ""


def test_what_moves_and_what_deletes_goes_on(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    window.owner_name.show_value("abcdef")
    press(window.focusWidget(), Key.Key_End)
    hold(window.focusWidget(), Key.Key_Backspace, "\b", times=2)
    assert window.owner_name.value() == "abcd"
    hold(window.focusWidget(), Key.Key_Tab, "\t", times=2)
    assert window.planned_date.input.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_F5, Key.Key_F7, Key.Key_Return, Key.Key_Space])
def test_a_held_key_acts_on_nothing(window: SampleWindow, key: Qt.Key) -> None:
    window.focus_field("key_hint")
    hold(window.focusWidget(), key, " " if key == Key.Key_Space else "")
    assert done(window) == []
    assert window.strip.hint is not None
    assert window.strip.hint.hasFocus()


def test_the_key_that_asked_does_not_answer(window: SampleWindow, qtbot: QtBot) -> None:
    answered: list[str] = []
    safe = Choice("戻る", lambda: answered.append("戻る"), safe=True)
    window.ask(Question("確認", "発行しますか。", (safe, Choice("発行", lambda: answered.append("発行")))))
    dialog = asked()
    wait_active(qtbot, dialog)
    hold(dialog.focusWidget(), Key.Key_Return, "\r")
    assert answered == []
    press(dialog.focusWidget(), Key.Key_Return)
    assert answered == ["戻る"]
