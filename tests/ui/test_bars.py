"""Bars on the glass: the arrows go from one to the next, what is chosen is said, and room is never taken from rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest

from onestop.screens.bars import Bar, Bars
from onestop.screens.function_key import FunctionKey
from onestop.screens.ledger.report_screen import ReportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.ui.bars import BarsView
from onestop.ui.colours import DARK, LIGHT, palette_of
from onestop.ui.windows.lookup import LookupWindow
from onestop.ui.windows.report import ReportWindow
from support.qt import Stand, focused, grow, press, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.colours import Colours
    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def some(chosen: str = "3", **changes: str) -> Bars:
    bars = tuple(Bar(str(n), f"{n}日 {n * 2}台", (n, n), f"{n}", pale=n == 4) for n in range(20))
    return Bars(bars, chosen, "台数", **changes)


@pytest.fixture
def view(on_glass: Callable[[QWidget], None], theme: Theme) -> BarsView:  # noqa: ARG001 - the fonts
    made = BarsView("bars", FunctionKey("Alt+X", "棒", lambda _screen: None))
    made.show_bars(some())
    made.resize(600, made.height_needed())
    on_glass(made)
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("key", "chosen"),
    [
        (Key.Key_Left, "2"),
        (Key.Key_Right, "4"),
        (Key.Key_PageDown, "10"),
        (Key.Key_PageUp, "0"),
        (Key.Key_Home, "0"),
        (Key.Key_End, "19"),
    ],
)
def test_a_key_goes_to_another_bar(view: BarsView, key: Key, chosen: str) -> None:
    moved: list[str] = []
    view.moved.connect(moved.append)
    press(view, key)
    assert moved == [chosen]


def test_beyond_the_ends_lies_what_the_bars_say(view: BarsView) -> None:
    moved: list[str] = []
    view.moved.connect(moved.append)
    view.show_bars(some("0", before="before"))
    press(view, Key.Key_Left)
    view.show_bars(some("19", after="after"))
    press(view, Key.Key_Right)
    view.show_bars(some("19"))
    press(view, Key.Key_Right)
    assert moved == ["before", "after", "19"]


def test_enter_opens_the_chosen_one_and_a_click_chooses(view: BarsView) -> None:
    done: list[str] = []
    view.moved.connect(done.append)
    view.opened.connect(done.append)
    press(view, Key.Key_Return)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2 + 2, 50))
    press(view, Key.Key_A)
    assert done == ["3", "10"]


def test_what_is_chosen_stands_above_and_is_the_accessible_name(view: BarsView) -> None:
    view.show_bars(some("5"))
    assert view.text() == "台数 (Alt+X)  5日 10台"
    assert view.accessibleName() == "棒: 台数 (Alt+X)  5日 10台"


def test_without_bars_nothing_is_drawn_and_no_key_does_anything(view: BarsView) -> None:
    done: list[str] = []
    view.moved.connect(done.append)
    view.show_bars(None)
    assert not view.fits(2000)
    press(view, Key.Key_Left)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    blank = view.grab().toImage()
    assert done == []
    view.show_bars(some())
    assert view.grab().toImage() != blank


def test_bars_too_many_for_the_width_do_not_fit(view: BarsView) -> None:
    assert view.fits(600)
    assert not view.fits(20 * view.fontMetrics().height() // 2 - 1)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_second_part_is_told_by_its_hatching_and_the_chosen_bar_by_its_frame(
    view: BarsView, colours: Colours
) -> None:
    view.setPalette(palette_of(colours))
    picture = view.grab().toImage()
    share, bottom = view.width() / 20, view.height() - int(view.fontMetrics().height() * 1.5)
    inside = range(int(share * 19 + share * 0.3), int(share * 20 - share * 0.3))
    upper = {picture.pixelColor(x, y).name() for x in inside for y in range(bottom // 2 - 15, bottom // 2)}
    assert {picture.pixelColor(x, bottom).name() for x in inside} == {colours.accent.paper}
    assert len(upper) > 1
    assert picture.pixelColor(int(share * 3) + 1, bottom).name() == colours.accent.paper


# --- in their windows


@pytest.fixture
def cars(room: DeskRoom) -> DeskRoom:
    room.a_car(expiry_date=dt.date(2026, 12, 5))
    room.a_car(plate="土浦300さ1", chassis_number="ZN6-1", expiry_date=dt.date(2026, 12, 8))
    return room


@pytest.mark.usefixtures("cars")
def test_alt_d_goes_to_the_days_arrows_move_and_enter_lists_them(at_desk: Stage, stand: Stand) -> None:
    window = stand(LookupWindow(LookupScreen(at_desk.surroundings)))
    press(window.focusWidget(), Key.Key_D, ALT)
    assert focused(window) == "expiring_days"
    assert "2台です。" in said(window)
    for _ in range(3):
        press(window.focusWidget(), Key.Key_Right)
    assert window.days.text() == "これから60日の満了日 (Alt+D)  令和8年12月8日(火) 2026/12/08 1台"
    press(window.focusWidget(), Key.Key_Return)
    assert window.search.value() == "満了日 2026/12/08"
    assert (focused(window), window.count.text()) == ("vehicles", "1件")


@pytest.mark.usefixtures("cars")
def test_the_days_are_gone_in_a_small_window_with_large_text_and_their_words_are_not(
    at_desk: Stage, stand: Stand, theme: Theme, qtbot: QtBot
) -> None:
    window = stand(LookupWindow(LookupScreen(at_desk.surroundings)))
    assert window.days.isVisible()
    grow(theme, 200)
    window.resize(QSize(1024, 520))
    qtbot.waitUntil(lambda: not window.days.isVisible())
    press(window.focusWidget(), Key.Key_D, ALT)
    assert focused(window) == "search_text"
    assert "2台です。" in said(window)


def test_the_arrows_choose_the_month_of_the_report(at_desk: Stage, stand: Stand) -> None:
    window = stand(ReportWindow(ReportScreen(at_desk.surroundings)))
    press(window.focusWidget(), Key.Key_Y, ALT)
    assert focused(window) == "year"
    press(window.focusWidget(), Key.Key_Left)
    assert window.month.value() == "2026-10"
    press(window.focusWidget(), Key.Key_End)
    assert window.month.value() == "2026-10"
    assert window.year.text() == "月ごとの交付と削除(斜線) (Alt+Y)  令和8年10月 交付 0件 削除 0件"
