"""Tests of the button that Alt with a letter presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from onestop.screens.function_key import Can, FunctionKey, no
from onestop.ui.keys.action_button import ActionButton
from support.qt import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.ui.theme import Theme


class Switch:
    """Something that works now and then."""

    on = True

    def can(self) -> Can:
        return Can(allowed=True) if self.on else no("電源が入っていません。")

    def push(self) -> None:
        """Do nothing: the button only asks."""


ROW = FunctionKey("Alt+K", "申請確認", Switch.push, Switch.can)


@pytest.fixture
def button(on_glass: Callable[[QWidget], None], theme: Theme) -> ActionButton:  # noqa: ARG001 - it dresses the button
    dialog = QDialog()
    made = ActionButton("check", ROW)
    QVBoxLayout(dialog).addWidget(made)
    made.listen_in(dialog)
    on_glass(dialog)
    return made


@pytest.fixture
def asked(button: ActionButton) -> list[object]:
    heard: list[object] = []
    button.asked.connect(heard.append)
    return heard


def test_its_key_stands_beside_its_label(button: ActionButton) -> None:
    assert button.text() == "申請確認 (Alt+K)"
    assert (button.objectName(), button.accessibleName()) == ("check", "申請確認")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_with_the_focus_enter_and_space_press_it(button: ActionButton, asked: list[object], key: Qt.Key) -> None:
    button.setFocus()
    press(button, key)
    assert asked == [ROW]


def test_its_key_presses_it_from_anywhere_while_it_is_seen(button: ActionButton, asked: list[object]) -> None:
    press(button.window(), Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert asked == [ROW]
    button.hide()
    press(button.window(), Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert asked == [ROW]


def test_it_looks_dim_when_it_does_not_work_and_still_answers(button: ActionButton, asked: list[object]) -> None:
    switch = Switch()
    button.show_verdict(switch)
    bright = button.grab().toImage()
    switch.on = False
    button.show_verdict(switch)
    assert button.grab().toImage() != bright
    assert button.toolTip() == button.accessibleDescription() == "電源が入っていません。"
    button.click()
    assert asked == [ROW]
    switch.on = True
    button.show_verdict(switch)
    assert button.grab().toImage() == bright
    assert button.toolTip() == ""
