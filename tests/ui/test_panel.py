"""Tests of panels and of the ways between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGridLayout, QWidget

from onestop.screens.badge import ATTENTION, ISSUED, NOT_ISSUED, REJECTED, WAITING, Badge, BadgeKind
from onestop.ui.icons import SIGN_FILES, icon
from onestop.ui.labels import BadgeLabel
from onestop.ui.panel import Panel, PanelGroup
from support.qt import PANEL_KEYS, SampleScreen, SampleWindow, hold, press, wait_active

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.screens.function_key import FunctionKey

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier


def test_a_digit_presses_the_focused_panels_button(window: SampleWindow) -> None:
    pressed: list[str] = []
    window.ejibai.pressed.connect(lambda key: pressed.append(f"ejibai {key}"))
    window.airas.pressed.connect(lambda key: pressed.append(f"airas {key}"))
    window.airas.setFocus()
    press(window.airas, Key.Key_2)
    press(window.airas, Key.Key_3)
    window.ejibai.setFocus()
    press(window.ejibai, Key.Key_1)
    assert pressed == ["airas 2", "ejibai 1"]


def test_a_digit_works_from_a_value_inside_the_panel(window: SampleWindow) -> None:
    pressed: list[str] = []
    window.ejibai.pressed.connect(pressed.append)
    value = window.ejibai.values["period"]
    value.setFocus()
    assert window.ejibai.lit
    press(value.input, Key.Key_1)
    assert pressed == ["1"]


def test_a_held_digit_presses_once(window: SampleWindow) -> None:
    pressed: list[str] = []
    window.ejibai.pressed.connect(pressed.append)
    window.ejibai.setFocus()
    hold(window.ejibai, Key.Key_1, "1")
    assert pressed == []


def test_a_button_works_by_mouse_and_its_panel_gets_the_focus(window: SampleWindow) -> None:
    pressed: list[str] = []
    window.airas.pressed.connect(pressed.append)
    window.owner_name.setFocus()
    QTest.mouseClick(window.airas.buttons["1"], Qt.MouseButton.LeftButton)
    assert pressed == ["1"]
    assert window.panels.focused is window.airas


def test_the_focused_panel_is_lit_and_its_digits_too(window: SampleWindow) -> None:
    dark = window.airas.grab().toImage()
    window.airas.setFocus()
    assert window.panels.focused is window.airas
    assert [button.lit for button in window.airas.buttons.values()] == [True, True]
    assert window.airas.grab().toImage() != dark
    window.owner_name.setFocus()
    assert window.panels.focused is None


def test_ctrl_tab_goes_round_in_the_order_of_the_work(window: SampleWindow) -> None:
    focused = []
    for modifier in (Ctrl, Ctrl, Ctrl, Ctrl | Qt.KeyboardModifier.ShiftModifier):
        press(window.focusWidget(), Key.Key_Tab, modifier)
        focused.append(window.panels.focused)
    assert focused == [window.ejibai, window.airas, window.ejibai, window.airas]


def test_ctrl_shift_tab_starts_at_the_last(window: SampleWindow) -> None:
    press(window.focusWidget(), Key.Key_Tab, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert window.panels.focused is window.airas


def test_alt_and_a_letter_reach_a_panel_from_anywhere(window: SampleWindow) -> None:
    window.owner_name.setFocus()
    press(window.owner_name.input, Key.Key_H, Alt)
    assert window.panels.focused is window.airas


def test_arrows_follow_the_eye(qtbot: QtBot) -> None:
    window = QWidget()
    grid = QGridLayout(window)
    top, left, right = (Panel(name, name, values=[]) for name in ("top", "left", "right"))
    grid.addWidget(top, 0, 0, 1, 2)
    grid.addWidget(left, 1, 0)
    grid.addWidget(right, 1, 1)
    group = PanelGroup(window, (top, left, right))
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    wait_active(qtbot, window)
    group._go(1, 0)
    top.setFocus()
    seen = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Up, Key.Key_Up):
        press(window.focusWidget(), key)
        assert group.focused is not None
        seen.append(group.focused.objectName())
    assert seen == ["left", "right", "right", "left", "top", "top"]


def test_a_key_that_is_nobodys_goes_on(window: SampleWindow) -> None:
    window.ejibai.setFocus()
    press(window.ejibai, Key.Key_Return)
    assert not window.ejibai.hasFocus()


def test_buttons_show_why_they_do_not_work(window: SampleWindow) -> None:
    assert window.airas.buttons["1"].allowed
    assert window.airas.buttons["2"].toolTip() == "申請済みのデータです。"
    window.screen_shown.deletable = True
    window.refresh()
    assert window.airas.buttons["2"].allowed
    assert [row.key for row in PANEL_KEYS] == ["1", "2"]
    assert window.airas.buttons["1"].accessibleName() == "1 適合証・証明証発行"


def test_values_are_shown_and_nothing_is_a_dash(window: SampleWindow) -> None:
    assert window.ejibai.values["certificate_number"].value() == "A12345678"
    assert window.airas.values["issue_number"].value() == "–"
    assert window.ejibai.values["certificate_number"].input.objectName() == "certificate_number"


def test_each_state_has_word_sign_and_its_own_look(qtbot: QtBot) -> None:
    label = BadgeLabel()
    qtbot.addWidget(label)
    looks = []
    for badge in (NOT_ISSUED, WAITING, ISSUED, ATTENTION, REJECTED):
        label.show_badge(badge)
        label.resize(label.sizeHint())
        assert label.text() == badge.word
        assert label.accessibleName() == f"状態 {badge.kind.value} {badge.word}"
        looks.append(label.grab().toImage())
    assert all(one != other for number, one in enumerate(looks) for other in looks[:number])
    assert label.minimumSizeHint() == label.sizeHint()
    label.show_badge(None)
    label.repaint()
    label.grab()
    assert label.text() == ""


def test_an_unknown_word_is_a_badge_too(window: SampleWindow) -> None:
    window.airas.show_badge(Badge(BadgeKind.WAITING, "未知の語"))
    assert window.airas.accessibleDescription() == "◷ 未知の語"
    window.airas.show_badge(None)
    assert window.airas.accessibleDescription() == ""


def test_every_sign_has_its_icon(qtbot: QtBot) -> None:
    assert qtbot is not None
    assert {*SIGN_FILES} == {*BadgeKind}
    for name in SIGN_FILES.values():
        assert not icon(name).pixmap(16, 16).isNull()


def test_a_panel_without_keys_has_no_buttons(qtbot: QtBot) -> None:
    panel = Panel("vehicle", "車両情報", values=[("owner_name", "所有者の氏名"), ("model", "型式")], columns=2)
    qtbot.addWidget(panel)
    keys: tuple[FunctionKey[SampleScreen], ...] = ()
    panel.show_verdicts(keys, None)
    assert panel.buttons == {}
    assert panel.title.text() == "車両情報"


def test_values_run_down_one_column_and_then_the_next(qtbot: QtBot) -> None:
    names = ("owner", "user", "vehicle_name", "model")
    panel = Panel("vehicle", "車両情報", values=[(name, name) for name in names], columns=2)
    qtbot.addWidget(panel)
    panel.show()
    owner, user, vehicle_name, model = (panel.values[name].geometry() for name in names)
    assert owner.left() == user.left() < vehicle_name.left() == model.left()
    assert owner.top() == vehicle_name.top() < user.top() == model.top()


def test_a_sub_heading_stands_between_the_values_above_and_below_it(qtbot: QtBot) -> None:
    names = ("number", "filing_id", "status")
    panel = Panel(
        "filing", "申請", values=[(name, name) for name in names], headings={"filing_id": "AINAS情報", "x": "-"}
    )
    qtbot.addWidget(panel)
    panel.show()
    (heading,) = panel.headings.values()
    assert heading.text() == "AINAS情報"
    assert panel.values["number"].geometry().bottom() < heading.geometry().top()
    assert heading.geometry().bottom() < panel.values["filing_id"].geometry().top()


def test_what_is_told_when_it_is_known_takes_no_room_before(on_glass: Callable[[QWidget], None]) -> None:
    panel = Panel("filing", "申請", values=[("status", "状態"), ("last", "前回")], when_known={"last"})
    on_glass(panel)
    panel.show_values([("status", ""), ("last", "")])
    assert panel.values["status"].isVisible()
    assert not panel.values["last"].isVisible()
    assert not panel.values["last"].caption.isVisible()
    panel.show_values([("last", "R8.11.27 完了")])
    assert panel.values["last"].isVisible()
    assert panel.values["last"].caption.isVisible()
