"""Tests of the choice whose words all stand on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from onestop.ui.fields.radio_field import RadioField
from support.qt import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def field(on_glass: Callable[[QWidget], None]) -> RadioField:
    window = QWidget()
    column = QVBoxLayout(window)
    other = QLineEdit()
    made = RadioField("condition", "検索条件", [("all", "すべて"), ("before", "前"), ("after", "後")], mnemonic="J")
    for widget in (other, made):
        column.addWidget(widget)
    on_glass(window)
    made.show_value("all")
    made.setFocus()
    return made


@pytest.mark.parametrize("keys", [(Key.Key_Right, Key.Key_Right), (Key.Key_3,)], ids=["arrows", "digit"])
def test_alt_and_the_letter_go_to_the_chosen_word_and_choose_nothing(
    field: RadioField, qtbot: QtBot, keys: tuple[Key, ...]
) -> None:
    for key in keys:
        press(QApplication.focusWidget(), key)
    assert field.value() == "after"
    told: list[object] = []
    field.edited.connect(lambda _name, value: told.append(value))
    other = field.window().findChild(QLineEdit)
    assert other is not None
    other.setFocus()
    press(other, Key.Key_J, ALT)
    assert field.group.button(2).hasFocus()
    qtbot.waitUntil(lambda: not any(each.isDown() for each in field.group.buttons()))
    assert field.value() == "after"
    assert set(told) <= {"after"}


def test_tab_comes_back_to_the_chosen_word(field: RadioField) -> None:
    press(QApplication.focusWidget(), Key.Key_Right)
    assert field.focusProxy() is field.group.button(1)


def test_a_value_that_is_shown_is_told_to_nobody(field: RadioField) -> None:
    told: list[object] = []
    field.edited.connect(lambda _name, value: told.append(value))
    field.show_value("before")
    assert (field.value(), told) == ("before", [])
