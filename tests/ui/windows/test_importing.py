"""Tests of 取込 on the glass, by keys alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.screens.places import MainPlace
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.ui.windows.importing import ImportWindow
from support.qt import REAL, grow, press
from support.screens import Change, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom

Key = Qt.Key
SAMPLE = Path(__file__).parents[2] / "documents" / "data" / "shaken_sample_registered_synthetic.json"


@pytest.fixture
def show(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme) -> Callable[[Path], ImportWindow]:
    def shown(path: Path) -> ImportWindow:
        made = ImportWindow(ImportScreen(at_desk.surroundings, (path,)))
        made.furnish(theme, REAL)
        on_glass(made)
        return made

    return shown


@pytest.fixture
def known(room: DeskRoom) -> int:
    """Store the sample's car with two fields that differ."""
    plan = room.desk.imports.read(SAMPLE)
    car = room.desk.imports.accept(plan, frozenset(plan.differences))
    before = room.desk.vehicles.open(car)
    room.desk.vehicles.save(before, dataclasses.replace(before.form, fuel="電気", expiry_date="R6.12.5"))
    return car


def test_a_new_car_is_registered_with_enter_enter(show: Callable[[Path], ImportWindow], at_desk: Stage) -> None:
    window = show(SAMPLE)
    assert window.windowTitle() == "車検証の取込"
    assert "新しい車両" in window.heading.text()
    assert window.rows.hasFocus()
    assert window.full.text().startswith("登録番号\n")
    press(window.rows, Key.Key_Return)
    assert window.bar.buttons["F10"].hasFocus()
    press(window.focusWidget(), Key.Key_Return)
    assert at_desk.navigator.went == [MainPlace(1)]
    assert not window.isVisible()


def test_space_leaves_a_field_as_it_is(
    show: Callable[[Path], ImportWindow], room: DeskRoom, at_desk: Stage, known: int
) -> None:
    window = show(SAMPLE)
    assert window.count.text() == "違い 2項目 / 採用 2項目"
    fuel = next(row.place for row in window.screen_shown.fields.records if row.label == "燃料の種類")
    press(window.rows, Key.Key_Home)
    for _ in range(fuel):
        press(window.rows, Key.Key_Down)
    assert "電気" in window.full.text()
    press(window.rows, Key.Key_Space)
    assert window.screen_shown.fields.checked(fuel) is False
    assert window.count.text() == "違い 2項目 / 採用 1項目"
    press(window.rows, Key.Key_F10)
    form = room.desk.vehicles.open(known).form
    assert (form.fuel, form.expiry_date) == ("電気", "R8.12.5")
    assert at_desk.navigator.changes == [Change(vehicle_id=known)]


def test_a_file_that_cannot_be_read_is_told(show: Callable[[Path], ImportWindow], tmp_path: Path) -> None:
    window = show(tmp_path / "missing.json")
    assert window.strip.message is not None
    assert "missing.json" in window.strip.message.text
    assert window.full.isHidden()
    assert not window.bar.buttons["F10"].allowed
    press(window.rows, Key.Key_F12)
    assert not window.isVisible()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_it_fits_the_smallest_screen(show: Callable[[Path], ImportWindow], theme: Theme, percent: int) -> None:
    window = show(SAMPLE)
    grow(theme, percent)
    needed = window.rows.fontMetrics().horizontalAdvance("茨城県古河市見本一丁目123番地")
    assert min(window.rows.columnWidth(place) for place in (2, 3)) >= needed + 14
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_the_next_file_begins_at_its_first_row(show: Callable[[Path], ImportWindow]) -> None:
    window = show(SAMPLE)
    press(window.rows, Key.Key_Down)
    assert window.rows.current() == window.screen_shown.chosen == 1
    window.screen_shown.read(SAMPLE)
    assert window.rows.current() == window.screen_shown.chosen == 0
    assert window.full.text().startswith("登録番号\n")
