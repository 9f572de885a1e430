"""Tests of 照会 on the glass, by keys alone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtWidgets import QFileDialog

from onestop.screens.places import FilingListPlace, HelpPlace, ImportPlace, MainPlace, SettingsPlace, VehiclePlace
from onestop.screens.screen import Surroundings
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.services.vehicle.arriving import Arrivals, ArrivedFile
from onestop.ui.windows.lookup import LookupWindow
from support.desks import DeskRoom, a_desk
from support.qt import (
    REAL,
    SMALLEST,
    answer,
    asked,
    compose,
    confirm,
    grow,
    hold,
    lets_compose,
    press,
    wait_active,
    write,
)
from support.screens import RecordingNavigator, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.services.desk import Desk
    from onestop.ui.background import QtBackground
    from onestop.ui.theme import Theme

Key = Qt.Key


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        for serial in (11, 12, 13, 22):
            made.a_car(plate=f"土浦300さ{serial}", chassis_number=f"ZN6-0000{serial}")
        yield made


@pytest.fixture
def lookup(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme) -> LookupWindow:
    made = LookupWindow(LookupScreen(at_desk.surroundings))
    made.furnish(theme, REAL)
    on_glass(made)
    return made


def test_it_stands_ready_for_typing(lookup: LookupWindow) -> None:
    assert lookup.windowTitle() == "照会"
    assert lookup.search.input.hasFocus()
    assert lookup.search.input.objectName() == "search_text"
    assert lookup.rows.accessibleName() == "車両の一覧"
    assert lookup.count.text() == "4件(最近使った順)"
    assert lookup.rows.current() == 0


@pytest.mark.parametrize(
    "key", [Key.Key_Down, Key.Key_PageDown, Key.Key_Up, Key.Key_PageUp, Key.Key_Tab, Key.Key_Space]
)
def test_t85_the_list_is_not_entered_while_a_name_is_composed(lookup: LookupWindow, key: Key) -> None:
    compose(lookup.search.input, "とよ")
    press(lookup.search.input, key)
    assert lookup.search.input.hasFocus()
    confirm(lookup.search.input, "豊")
    press(lookup.search.input, Key.Key_Down)
    assert lookup.rows.hasFocus()


def test_what_is_composed_is_searched_for_before_it_is_written(
    lookup: LookupWindow, room: DeskRoom, at_desk: Stage
) -> None:
    room.a_car(plate="土浦300さ99", chassis_number="ZN6-000099", owner_name="渡邉真理", name_reading="わたなべまり")
    at_desk.navigator.changed()
    lookup.screen_shown.reload()
    line = lookup.search.input
    for preedit in ("わ", "わｔ", "わた", "わたｎ", "わたなべ", "渡辺"):
        compose(line, preedit)
        assert (lookup.count.text(), line.text()) == ("1件", ""), preedit
    confirm(line, "渡辺")
    assert (lookup.count.text(), line.text()) == ("1件", "渡辺")
    compose(line, "ないひと")
    assert lookup.count.text() == "0件"
    compose(line, "")
    assert (lookup.count.text(), line.text()) == ("1件", "渡辺")


def test_an_input_method_that_begins_in_the_list_composes_in_the_search(lookup: LookupWindow, room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ99", chassis_number="ZN6-000099", owner_name="渡邉真理", name_reading="わたなべまり")
    write(lookup.search.input, "土浦")
    press(lookup.focusWidget(), Key.Key_Down)
    rows = lookup.rows
    assert lets_compose(rows)
    compose(rows, "")
    assert lookup.search.input.selectedText() == ""
    compose(rows, "わ")
    assert (rows.hasFocus(), lookup.count.text()) == (True, "1件")
    compose(rows, "わたなべ")
    confirm(rows, "渡辺")
    assert lookup.search.input.hasFocus()
    assert lookup.search.input.text() == "渡辺"


def test_the_candidates_stand_at_the_search_while_the_list_has_the_focus(lookup: LookupWindow) -> None:
    line, rows = lookup.search.input, lookup.rows
    there = line.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    here = rows.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(here, QRectF | QRect)
    assert rows.mapToGlobal(here.topLeft()) == line.mapToGlobal(there.topLeft())
    assert here.size() == there.size()


def test_typing_and_enter_open_the_car(lookup: LookupWindow, at_desk: Stage) -> None:
    write(lookup.search.input, "12")
    assert lookup.count.text() == "1件"
    press(lookup.focusWidget(), Key.Key_Return)
    assert at_desk.navigator.went == [MainPlace(2)]


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_PageDown])
def test_down_goes_into_the_list_and_enter_opens_the_row(lookup: LookupWindow, at_desk: Stage, key: Key) -> None:
    press(lookup.focusWidget(), key)
    assert lookup.rows.hasFocus()
    press(lookup.rows, Key.Key_Down)
    assert lookup.screen_shown.chosen == 3
    press(lookup.rows, Key.Key_Enter)
    assert at_desk.navigator.went == [MainPlace(3)]


def test_new_words_bring_the_first_row_back(lookup: LookupWindow) -> None:
    press(lookup.focusWidget(), Key.Key_Down)
    press(lookup.rows, Key.Key_End)
    assert lookup.rows.current() == 3
    press(lookup.rows, Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert lookup.search.input.hasFocus()
    write(lookup.search.input, "見本")
    assert lookup.rows.current() == 0


def test_a_car_that_was_put_in_is_the_chosen_row_and_nothing_is_searched_for(lookup: LookupWindow) -> None:
    write(lookup.search.input, "9999")
    lookup.screen_shown.turn_to_car(2)
    assert lookup.search.input.text() == ""
    assert lookup.rows.source.row_id(lookup.rows.current()) == 2


def test_a_held_letter_does_not_go_from_the_list_into_the_search(lookup: LookupWindow) -> None:
    press(lookup.focusWidget(), Key.Key_Down)
    hold(lookup.rows, Key.Key_1, "1")
    assert lookup.rows.hasFocus()
    assert lookup.search.input.text() == ""


def test_a_held_enter_opens_nothing(lookup: LookupWindow, at_desk: Stage) -> None:
    hold(lookup.search.input, Key.Key_Return, "\r")
    press(lookup.focusWidget(), Key.Key_Down)
    hold(lookup.rows, Key.Key_Return, "\r")
    assert at_desk.navigator.went == []


def test_nothing_found_says_what_to_do(lookup: LookupWindow, at_desk: Stage) -> None:
    write(lookup.search.input, "9999")
    assert lookup.rows.source.count == 0
    assert not lookup.open_button.allowed
    press(lookup.focusWidget(), Key.Key_Return)
    assert at_desk.navigator.went == []
    assert lookup.strip.message is not None
    assert lookup.strip.message.text.startswith("[Alt+W ワンストップサービス] は使えません")
    write(lookup.search.input, "9")
    assert lookup.strip.message is None


def test_the_function_keys_lead_on(lookup: LookupWindow, at_desk: Stage) -> None:
    for key in (Key.Key_F1, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F7):
        press(lookup.focusWidget(), key)
    press(lookup.focusWidget(), Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert at_desk.navigator.went == [
        HelpPlace("lookup"),
        SettingsPlace(),
        VehiclePlace(None),
        VehiclePlace(4),
        FilingListPlace(),
        MainPlace(4),
    ]


def test_f11_asks_for_a_file(lookup: LookupWindow, at_desk: Stage, tmp_path: Path) -> None:
    path = tmp_path / "car.json"
    path.write_text("{}", encoding="utf-8")
    press(lookup.focusWidget(), Key.Key_F11)
    dialog = lookup.findChild(QFileDialog, "open_file")
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert at_desk.navigator.went == [ImportPlace((path,))]


def test_a_function_key_does_nothing_while_text_is_composed(lookup: LookupWindow, at_desk: Stage) -> None:
    compose(lookup.search.input, "みほ")
    press(lookup.search.input, Key.Key_Return)
    press(lookup.search.input, Key.Key_Return)
    assert at_desk.navigator.went == []
    compose(lookup.search.input, "")


def test_coming_back_the_old_search_is_selected(
    qtbot: QtBot, on_glass: Callable[[QWidget], None], lookup: LookupWindow
) -> None:
    write(lookup.search.input, "12")
    assert lookup.search.input.selectedText() == ""
    other = LookupWindow(LookupScreen(Stage(desk=lookup.screen_shown.desk).surroundings))
    on_glass(other)
    other.dismiss()
    lookup.activateWindow()
    wait_active(qtbot, lookup)
    assert lookup.search.input.selectedText() == "12"


def test_what_is_typed_before_the_desk_is_open_is_answered_when_it_is(
    qtbot: QtBot, room: DeskRoom, background: QtBackground, theme: Theme, on_glass: Callable[[QWidget], None]
) -> None:
    gate = threading.Event()
    navigator = RecordingNavigator()

    def desk() -> Desk:
        assert gate.wait(10)
        return room.desk

    around = Surroundings(background, navigator, desk, room.clock, lambda: desk().vehicles.search)
    window = LookupWindow(LookupScreen(around))
    window.furnish(theme, REAL)
    on_glass(window)
    write(window.search.input, "ZN6-000012")
    press(window.focusWidget(), Key.Key_Return)
    assert navigator.went == []
    gate.set()
    qtbot.waitUntil(lambda: navigator.went == [MainPlace(2)])
    assert window.count.text() == "1件"
    window.dismiss()


@pytest.mark.parametrize("key", [Key.Key_F12, Key.Key_Escape])
def test_f12_and_esc_ask_before_they_end_the_program(lookup: LookupWindow, key: Key) -> None:
    write(lookup.search.input, "12")
    press(lookup.focusWidget(), key)
    assert asked().windowTitle() == "終了"
    press(asked().focusWidget(), Key.Key_Escape)
    assert (navigator_of(lookup).went, lookup.search.input.text()) == ([], "12")
    press(lookup.focusWidget(), key)
    answer("終了する")
    assert navigator_of(lookup).went == ["end"]


def test_alt_c_clears_the_search(lookup: LookupWindow) -> None:
    write(lookup.search.input, "12")
    press(lookup.focusWidget(), Key.Key_Down)
    press(lookup.focusWidget(), Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert lookup.search.input.text() == ""
    assert lookup.search.input.hasFocus()
    assert lookup.count.text() == "4件(最近使った順)"


def navigator_of(window: LookupWindow) -> RecordingNavigator:
    navigator = window.screen_shown.navigator
    assert isinstance(navigator, RecordingNavigator)
    return navigator


@pytest.mark.parametrize("percent", [100, 150, 175, 200])
def test_it_fits_the_smallest_screen(lookup: LookupWindow, theme: Theme, percent: int) -> None:
    grow(theme, percent)
    assert lookup.minimumSizeHint().width() <= 1280
    assert lookup.minimumSizeHint().height() <= 720
    assert sum(lookup.rows.columnWidth(column) for column in range(7)) <= lookup.rows.viewport().width()
    metrics = lookup.rows.fontMetrics()
    row = (
        "尾張小牧500わ9999",
        "トヨタ 86",
        "6AA-ZVW51",
        "カーネット太郎",
        "ZVW51-1234567",
        "2026/12/20 あと26日",
        "手続完了",
    )
    for place, sample in enumerate(row):
        assert metrics.horizontalAdvance(sample) + 14 <= lookup.rows.columnWidth(place), sample


def test_what_is_typed_in_the_list_is_the_next_search(lookup: LookupWindow) -> None:
    write(lookup.search.input, "12")
    press(lookup.search.input, Key.Key_Down)
    assert lookup.rows.hasFocus()
    write(lookup.rows, "2")
    assert lookup.search.input.hasFocus()
    write(lookup.search.input, "2")
    assert lookup.search.value() == "22"
    assert lookup.rows.current() == 0


def test_what_arrives_is_told_below_the_search_and_opened_by_its_key(
    lookup: LookupWindow, at_desk: Stage, theme: Theme, qtbot: QtBot
) -> None:
    assert not lookup.arrived.isVisible()
    assert not lookup.arrived_button.isVisible()
    file = ArrivedFile(Path("car.json"), "a1")
    lookup.screen_shown.show_arrived(Arrivals((file,), ("x" * 90, "y.csv")))
    assert lookup.arrived.text().startswith("届いた車検証: 1件。")
    press(lookup.search.input, Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert at_desk.navigator.went == [ImportPlace((Path("car.json"),))]
    grow(theme, 200)
    qtbot.waitUntil(lookup.arrived_button.isVisible)
    assert lookup.width() <= 1280
    lookup.screen_shown.show_arrived(Arrivals())
    assert not lookup.arrived.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_what_can_be_searched_for_is_never_cut(lookup: LookupWindow, theme: Theme, qtbot: QtBot, percent: int) -> None:
    lookup.resize(*SMALLEST)
    lookup.folder.show()
    grow(theme, percent)
    line = lookup.search.input
    qtbot.waitUntil(lambda: line.width() > line.fontMetrics().horizontalAdvance(line.placeholderText()))
    qtbot.waitUntil(lambda: lookup.folder.x() + lookup.folder.width() <= lookup.body.width())
