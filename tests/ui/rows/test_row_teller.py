"""What is cut in a row stands whole in the strip after an arrow, until another row is current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from onestop.ui.rows.view import ALL_SEEN
from support.qt import Numbers, press, said

if TYPE_CHECKING:
    from support.qt import SampleWindow

NARROW = (90, 90, 50, 900)


def test_an_arrow_tells_what_is_cut_and_another_row_takes_it_back(window: SampleWindow) -> None:
    window.screen_shown.rows.load(Numbers(50))
    window.rows.choose_widths(NARROW)
    window.rows.go_to(6)
    window.rows.setFocus()
    press(window.rows, Qt.Key.Key_Right)
    assert said(window) == "車台番号: ABC-6"
    press(window.rows, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert said(window) == ""
    window.rows.choose_widths((1, 1, 1, 1))
    press(window.rows, Qt.Key.Key_Right)
    assert said(window) == ALL_SEEN


def test_what_else_is_said_is_not_taken_back(window: SampleWindow) -> None:
    window.screen_shown.rows.load(Numbers(50))
    window.rows.go_to(6)
    window.rows.setFocus()
    press(window.rows, Qt.Key.Key_Right)
    window.screen_shown.say("保存しました。")
    press(window.rows, Qt.Key.Key_Down)
    assert said(window) == "保存しました。"
