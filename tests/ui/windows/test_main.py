"""Tests of ワンストップサービス on the glass, by keys alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.model.ending import Ending
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.places import (
    ConformityPlace,
    FilingListPlace,
    HelpPlace,
    InsurancePlace,
    IssuePlace,
    LookupPlace,
    RelayPlace,
    SettingsPlace,
    VehiclePlace,
)
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE
from onestop.ui.windows.main import MainWindow
from support.builders import an_insurance_certificate
from support.inspections import of_now
from support.qt import PRACTICE, SMALLEST, grow, page_of, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def show(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme) -> Callable[[int], MainWindow]:
    def open_on(vehicle_id: int) -> MainWindow:
        made = MainWindow(MainScreen(at_desk.surroundings, vehicle_id))
        made.furnish(theme, PRACTICE)
        on_glass(made)
        return made

    return open_on


def lit(window: MainWindow) -> str:
    """Name the panel that digits reach."""
    return "" if window.panels.focused is None else window.panels.focused.objectName()


def test_the_panels_show_the_car(room: DeskRoom, show: Callable[[int], MainWindow]) -> None:
    car = room.a_car(plate="土浦1あ1111", chassis_number="ABC123")
    with room.database.write() as shelves:
        policy = an_insurance_certificate(vehicle_id=car, end_date=dt.date(2028, 12, 21))
        shelves.insurance.add(of_now(shelves, policy))
    window = show(car)
    assert window.windowTitle() == "ワンストップサービス"
    assert window.vehicle.values["registration_number"].value() == "土浦1あ1111"
    assert window.vehicle.values["user_name"].value() == "***"
    assert window.insurance.values["premium"].value() == "¥18,560"
    assert window.insurance.badge.text() == "発行済"
    assert window.filing.badge.text() == window.conformity.badge.text() == "未発行"
    assert window.hint.text().startswith("次にすること: ")
    assert window.size() == QSize(1280, 720)


def test_the_focus_starts_at_the_next_work_and_1_opens_the_filing(
    room: DeskRoom, show: Callable[[int], MainWindow], at_desk: Stage
) -> None:
    window = show(room.a_car())
    assert lit(window) == "insurance"
    press(window.focusWidget(), Key.Key_1)
    press(window.focusWidget(), Key.Key_A, ALT)
    press(window.focusWidget(), Key.Key_1)
    press(window.focusWidget(), Key.Key_2)
    assert at_desk.navigator.went == [
        InsurancePlace(1, None),
        IssuePlace(1, None),
        FilingListPlace(),
    ]


def test_arrows_ctrl_tab_and_letters_move_between_the_panels(room: DeskRoom, show: Callable[[int], MainWindow]) -> None:
    window = show(room.a_car())
    ways = (
        (Key.Key_A, ALT, "filing"),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, "conformity"),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, "insurance"),
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, "conformity"),
        (Key.Key_Up, Qt.KeyboardModifier.NoModifier, "vehicle"),
        (Key.Key_Tab, CTRL, "insurance"),
        (Key.Key_Tab, CTRL | SHIFT, "vehicle"),
        (Key.Key_A, ALT, "filing"),
        (Key.Key_J, ALT, "insurance"),
        (Key.Key_H, ALT, "conformity"),
        (Key.Key_V, ALT, "vehicle"),
    )
    for key, modifier, panel in ways:
        press(window.focusWidget(), key, modifier)
        assert lit(window) == panel


def test_a_digit_presses_the_focused_panels_button(
    room: DeskRoom, show: Callable[[int], MainWindow], at_desk: Stage
) -> None:
    window = show(room.a_car())
    press(window.focusWidget(), Key.Key_H, ALT)
    press(window.focusWidget(), Key.Key_4)
    assert at_desk.navigator.went == [RelayPlace(1)]
    press(window.focusWidget(), Key.Key_1)
    assert at_desk.navigator.went == [RelayPlace(1), ConformityPlace(1, None)]


def test_a_digit_says_why_not(room: DeskRoom, show: Callable[[int], MainWindow], at_desk: Stage) -> None:
    filing = room.filing(room.a_draft())
    with room.database.write() as shelves:
        shelves.filings.get(filing.control_number).status = "手続完了"
        shelves.inspections.get(filing.inspection_id or 0).end(Ending.FINISHED, room.clock.now())
    window = show(filing.vehicle_id)
    press(window, Key.Key_H, ALT)
    press(window.focusWidget(), Key.Key_1)
    assert window.strip.message is not None
    assert window.strip.message.text == f"[1 適合証・証明証発行] は使えません: {AWAITS_CERTIFICATE}"
    assert not window.conformity.buttons["1"].allowed
    assert at_desk.navigator.went == []


def test_alt_s_leads_to_another_car(room: DeskRoom, show: Callable[[int], MainWindow], at_desk: Stage) -> None:
    window = show(room.a_car())
    assert window.hint.isVisible()
    press(window, Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert at_desk.navigator.went == [LookupPlace()]


def test_the_largest_text_scrolls_and_lays_nothing_over_anything(
    room: DeskRoom, show: Callable[[int], MainWindow], theme: Theme, qtbot: QtBot
) -> None:
    window = show(room.a_car())
    page = page_of(window)
    grow(theme, 200)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    for panel in window.panels.panels:
        layout = panel.layout()
        assert layout is not None
        assert panel.height() >= layout.minimumHeightForWidth(panel.width())
        bottoms = [value.geometry().bottom() for value in panel.values.values() if value.isVisible()]
        assert all(each.geometry().top() > max(bottoms) for each in panel.buttons.values())
        texts = [value.input for value in panel.values.values()]
        assert all(each.height() >= each.fontMetrics().height() for each in texts)
    for _ in range(2):
        theme.smaller()
    assert theme.percent == 150
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)


def test_long_names_neither_grow_the_window_nor_are_cut(
    room: DeskRoom, show: Callable[[int], MainWindow], theme: Theme
) -> None:
    window = show(room.a_car(owner_name="株式会社とても長い名前の自動車リース販売会社 " * 2))
    for _ in range(3):
        theme.larger()
    assert theme.percent == 150
    assert window.size() == QSize(1280, 720)
    name = window.vehicle.values["owner_name"].input
    assert name.height() >= name.heightForWidth(name.width())
    assert not window.grab().isNull()


def test_the_function_keys_and_closing(room: DeskRoom, show: Callable[[int], MainWindow], at_desk: Stage) -> None:
    window = show(room.a_car())
    for key in (Key.Key_F1, Key.Key_F3, Key.Key_F5, Key.Key_F7):
        press(window.focusWidget(), key)
    assert at_desk.navigator.went == [HelpPlace("main"), SettingsPlace(), VehiclePlace(1), FilingListPlace()]
    press(window.focusWidget(), Key.Key_F12)
    assert not window.isVisible()


def test_the_largest_text_is_read_from_its_top_and_the_next_step_stands_above_the_buttons(
    room: DeskRoom, show: Callable[[int], MainWindow], theme: Theme, qtbot: QtBot
) -> None:
    grow(theme, 200)
    window = show(room.a_car())
    window.resize(*SMALLEST)
    page = page_of(window)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: window.hint.geometry().bottom() < window.reprint.y())
    assert lit(window) == "insurance"
    assert page.verticalScrollBar().value() == 0
    press(window.focusWidget(), Key.Key_A, ALT)
    assert page.verticalScrollBar().value() > 0
