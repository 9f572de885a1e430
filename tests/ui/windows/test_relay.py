"""Tests of 連動発行 on the glass, by keys alone, and of Enter in ワンストップサービス that leads to the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_screen import RelayScreen
from onestop.screens.places import ConformityPlace, InsurancePlace, IssuePlace
from onestop.ui.windows.main import MainWindow
from onestop.ui.windows.relay import RelayWindow
from support import insurance
from support.checklist import answer
from support.conformity import prepare_shop
from support.qt import PRACTICE, press, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

Key = Qt.Key


@pytest.fixture
def car(room: DeskRoom) -> int:
    prepare_shop(room)
    insurance.a_policy(room, plate="土浦300さ9999", chassis_number="ZN6-999999")
    car = room.a_car()
    answer(room, car)
    return car


@pytest.fixture
def relay(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme, car: int) -> RelayWindow:
    made = RelayWindow(RelayScreen(at_desk.surroundings, car))
    made.furnish(theme, PRACTICE)
    on_glass(made)
    return made


def test_the_three_panels_say_what_will_be_sent(relay: RelayWindow) -> None:
    assert relay.insurance.hasFocus()
    assert relay.insurance.values["insurer"].value() == insurance.INSURER
    assert relay.filing.values["filed_plate"].value() == "土浦300さ1234"
    assert [panel.badge.text().split()[-1] for panel in relay.steps.values()] == ["送信前", "注意", "送信前"]
    assert [words.text().startswith("! 注意") for words in relay.findings.values()] == [False, True, False]
    assert relay.money.value().startswith("見込 ¥")


def test_a_digit_opens_the_window_of_the_panel_with_the_focus(relay: RelayWindow, at_desk: Stage, car: int) -> None:
    for _panel in relay.steps:
        press(relay.focusWidget(), Key.Key_1)
        press(relay.focusWidget(), Key.Key_Right)
    assert at_desk.navigator.went == [InsurancePlace(car, None), ConformityPlace(car, None), IssuePlace(car, None)]


def test_f5_sends_once_the_window_was_seen_and_twice_sends_nothing_twice(
    relay: RelayWindow, at_desk: Stage, room: DeskRoom
) -> None:
    at_desk.clock.wait(1)
    press(relay.focusWidget(), Key.Key_F5)
    press(relay.focusWidget(), Key.Key_F5)
    assert "[F5 発行] は使えません" in said(relay)
    assert room.sandbox.requests["ejibai.issuePolicy"] == 1


def test_enter_in_the_main_window_opens_what_the_sentence_names(
    on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme, car: int
) -> None:
    made = MainWindow(MainScreen(at_desk.surroundings, car))
    made.furnish(theme, PRACTICE)
    on_glass(made)
    press(made.focusWidget(), Key.Key_Return)
    assert at_desk.navigator.went == [InsurancePlace(car, None)]
    press(made.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert len(at_desk.navigator.went) == 1
