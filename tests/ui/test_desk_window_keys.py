"""Tests of the keys of every window, by real keys: function keys, Enter, and the size of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from onestop.screens.function_key import FunctionKey
from onestop.screens.places import HelpPlace
from onestop.screens.ports import Message, Tone
from onestop.ui.desk_window import DeskWindow
from onestop.ui.keys.function_bar import FunctionBar
from support.qt import (
    KEYS,
    SampleScreen,
    SampleWindow,
    compose,
    confirm,
    done,
    focused,
    press,
    read,
    wait_active,
    write,
)
from support.screens import Stage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


# --- function keys


def test_every_key_of_the_table_does_its_action(window: SampleWindow, stage: Stage) -> None:
    for key in (Key.Key_F1, Key.Key_F4, Key.Key_F5, Key.Key_F7, Key.Key_F8):
        press(window.focusWidget(), key)
    assert stage.navigator.went == [HelpPlace("sample")]
    assert done(window) == ["start", "issue", "lookup", "start"]


def test_a_key_works_by_mouse_too_and_takes_no_focus(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    QTest.mouseClick(window.bar.buttons["F7"], Qt.MouseButton.LeftButton)
    assert done(window) == ["lookup"]
    assert window.owner_name.input.hasFocus()


def test_a_disabled_key_is_dim_and_answers_why(window: SampleWindow) -> None:
    button = window.bar.buttons["F2"]
    allowed = [button.allowed]
    assert button.toolTip() == button.accessibleDescription() == "申請済みのデータです。"
    press(window.focusWidget(), Key.Key_F2)
    assert window.strip.message == Message("[F2 削除] は使えません: 申請済みのデータです。", Tone.WARNING)
    dim = button.grab().toImage()
    window.screen_shown.deletable = True
    window.refresh()
    assert [*allowed, button.allowed] == [False, True]
    assert button.toolTip() == ""
    assert button.grab().toImage() != dim
    press(window.focusWidget(), Key.Key_F2)
    assert done(window) == ["delete"]


def test_the_bar_has_twelve_slots_with_names(window: SampleWindow) -> None:
    assert [*window.bar.buttons] == [f"F{number}" for number in range(1, 13)]
    assert window.bar.buttons["F5"].accessibleName() == "F5 発行"
    assert not window.bar.buttons["F3"].isEnabled()


def test_a_held_key_fires_once(window: SampleWindow) -> None:
    actions = [action for action in window.actions() if action.shortcut().toString() == "F5"]
    assert [action.autoRepeat() for action in actions] == [False]


def test_no_function_key_fires_while_text_is_composed(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "にほん")
    for key in (Key.Key_F5, Key.Key_F7, Key.Key_F8, Key.Key_F12):
        press(window.owner_name.input, key)
    assert done(window) == []
    assert window.isVisible()
    confirm(window.owner_name.input, "日本")
    press(window.owner_name.input, Key.Key_F7)
    assert done(window) == ["lookup"]
    assert window.owner_name.value() == "日本"


def test_composing_ends_when_the_focus_leaves(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "に")
    window.chassis_number.setFocus()
    assert not window.owner_name.composing


def test_what_is_typed_is_settled_before_a_key_acts(window: SampleWindow) -> None:
    window.chassis_number.setFocus()
    write(window.chassis_number.input, "abc")
    press(window.chassis_number.input, Key.Key_F5)
    assert window.screen_shown.edits[-1] == ("chassis_number", "ABC")
    assert done(window) == ["issue"]


def test_only_the_active_window_hears_a_key(qtbot: QtBot, window: SampleWindow) -> None:
    inner = Stage()
    child = SampleWindow(SampleScreen(inner.surroundings), window)
    child.open()
    wait_active(qtbot, child)
    read(qtbot, child)
    press(child.focusWidget(), Key.Key_F5)
    assert done(child) == ["issue"]
    assert done(window) == []
    child.dismiss()


@pytest.mark.parametrize(("key", "also"), [("F13", ""), ("1", ""), ("F5", ""), ("F11", "F5"), ("F11", "F13")])
def test_a_table_with_a_strange_or_double_key_is_refused(qtbot: QtBot, key: str, also: str) -> None:
    bar = FunctionBar()
    qtbot.addWidget(bar)
    with pytest.raises(ValueError, match="twice"):
        bar.draw((*KEYS, FunctionKey(key, "変", SampleScreen.issue, also=also)))


# --- Enter


def test_enter_goes_from_field_to_field_and_never_sends(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    names = []
    for key in [Key.Key_Return, Key.Key_Enter] * 5:
        names.append(focused(window))
        press(window.focusWidget(), key)
    assert names == [
        "owner_name",
        "chassis_number",
        "planned_date",
        "party_kind",
        "officially_stamped",
        "registration_number_area",
        "registration_number_class_number",
        "registration_number_kana",
        "registration_number_serial",
        "api_password",
    ]
    assert focused(window) == "key_hint"
    assert window.strip.hint is not None
    assert window.strip.hint.text() == window.strip.hint.accessibleName() == "F5 で発行"
    press(window.focusWidget(), Key.Key_Return)
    assert focused(window) == "key_hint"
    assert done(window) == []
    press(window.focusWidget(), Key.Key_F5)
    assert done(window) == ["issue"]


def test_shift_enter_goes_back(window: SampleWindow) -> None:
    window.focus_field("key_hint")
    press(window.focusWidget(), Key.Key_Return, Shift)
    assert window.api_password.input.hasFocus()
    window.owner_name.setFocus()
    press(window.focusWidget(), Key.Key_Return, Shift)
    assert window.owner_name.input.hasFocus()
    assert done(window) == []


def test_enter_passes_over_what_cannot_be_changed(window: SampleWindow) -> None:
    window.chassis_number.set_locked(True)
    window.planned_date.setEnabled(False)
    window.owner_name.setFocus()
    press(window.focusWidget(), Key.Key_Return)
    assert window.party_kind.input.hasFocus()


def test_the_enter_that_ends_a_composition_does_not_move(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    compose(window.owner_name.input, "にほん")
    press(window.owner_name.input, Key.Key_Return)
    assert window.owner_name.input.hasFocus()
    confirm(window.owner_name.input, "日本")
    press(window.owner_name.input, Key.Key_Return)
    assert window.chassis_number.input.hasFocus()


def test_no_button_is_a_default_button(window: SampleWindow) -> None:
    assert not any(button.autoDefault() or button.isDefault() for button in window.findChildren(QPushButton))


class Plain(DeskWindow[SampleScreen]):
    """A window whose field lies far down, with an ordinary button and no main key."""

    def __init__(self, screen: SampleScreen) -> None:
        super().__init__()
        self.button = QPushButton("押す")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addSpacing(3000)
        self.far = QPushButton("遠い")
        self.far.setObjectName("far")
        column.addWidget(self.far)
        area = QScrollArea()
        area.setWidget(inner)
        layout = QVBoxLayout(self.body)
        layout.addWidget(self.button)
        layout.addWidget(area)
        self.bind(screen, KEYS, "平ら")


def test_a_window_without_a_main_key_stays_where_it_is(qtbot: QtBot, stage: Stage) -> None:
    plain = Plain(SampleScreen(stage.surroundings))
    qtbot.addWidget(plain)
    plain.show()
    wait_active(qtbot, plain)
    plain.button.setFocus()
    press(plain.button, Key.Key_Return)
    assert plain.button.hasFocus()
    assert not plain.button.autoDefault()


def test_a_field_far_down_is_brought_into_sight(qtbot: QtBot, stage: Stage) -> None:
    plain = Plain(SampleScreen(stage.surroundings))
    qtbot.addWidget(plain)
    plain.show()
    assert plain.far.visibleRegion().isEmpty()
    plain.focus_field("far")
    assert not plain.far.visibleRegion().isEmpty()


# --- text size


def test_text_sizes_by_keys_for_the_whole_application(qtbot: QtBot, window: SampleWindow, theme: Theme) -> None:
    usual = window.owner_name.input.fontMetrics().height()
    press(window.focusWidget(), Key.Key_Plus, Ctrl)
    assert theme.percent == 110
    press(window.focusWidget(), Key.Key_Equal, Ctrl)
    assert theme.percent == 125
    qtbot.waitUntil(lambda: window.owner_name.input.fontMetrics().height() > usual)
    press(window.focusWidget(), Key.Key_Minus, Ctrl)
    assert theme.percent == 110
    press(window.focusWidget(), Key.Key_0, Ctrl)
    assert theme.percent == 100
    qtbot.waitUntil(lambda: window.owner_name.input.fontMetrics().height() == usual)
