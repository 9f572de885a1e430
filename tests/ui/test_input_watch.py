"""Keys with Alt in an input: a shortcut, or nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from support.qt import SampleWindow, press

Key = Qt.Key


@pytest.mark.parametrize("letter", [Key.Key_Q, Key.Key_1])
def test_alt_with_a_letter_that_nothing_uses_writes_nothing(window: SampleWindow, letter: Key) -> None:
    for part in (window.owner_name.input, window.chassis_number.input):
        part.setFocus()
        press(part, letter, Qt.KeyboardModifier.AltModifier)
        assert part.text() == ""


def test_altgr_writes_its_sign(window: SampleWindow) -> None:
    part = window.owner_name.input
    part.setFocus()
    alt_gr = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(part, QKeyEvent(QEvent.Type.KeyPress, Key.Key_At, alt_gr, "@"))
    assert part.text() == "@"
