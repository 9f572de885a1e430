"""操作者, 操作者の切替 and 変更の履歴 on the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from onestop.model.right import Right
from onestop.screens.operators.screen import BEGIN_FIRST, OperatorsScreen
from onestop.screens.operators.sign_in_screen import NO_PIN, SignInScreen
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.services.operators.service import OperatorForm
from onestop.ui.touches import Touches
from onestop.ui.windows.changes import ChangesWindow
from onestop.ui.windows.operators import OperatorsWindow
from onestop.ui.windows.sign_in import SignInWindow
from support.qt import compose, press

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.qt import Stand
    from support.screens import Stage

pytestmark = pytest.mark.usefixtures("quick_pins")
PIN = "2580"


def test_the_history_is_read_by_the_arrows_and_restricted_by_its_choices(
    stand: Stand, at_desk: Stage, room: DeskRoom
) -> None:
    car = room.a_car(fuel="ガソリン")
    with room.database.write() as shelves:
        shelves.vehicles.get(car).fuel = "軽油"
    window = stand(ChangesWindow(ChangesScreen(at_desk.surroundings, car)))
    assert window.rows.hasFocus()
    assert window.car.text() == window.screen_shown.car != ""
    assert window.full.text().startswith("車両 燃料の種類  2026/11/24 9:15 ")
    press(window.rows, Qt.Key.Key_Down)
    assert window.full.text().startswith("車両 新規")
    press(window.rows, Qt.Key.Key_F7)
    assert (window.rows.current(), window.full.text().partition("  ")[0]) == (0, "車両 燃料の種類")
    window.screen_shown.edit("field", "燃料の種類")
    assert window.rows.model().rowCount() == 1


def test_an_operator_is_made_by_keys(stand: Stand, at_desk: Stage, room: DeskRoom) -> None:
    window = stand(OperatorsWindow(OperatorsScreen(at_desk.surroundings)))
    window.screen_shown.edit("name", "だれか")
    assert window.typing.text() == BEGIN_FIRST
    assert window.name.value() == ""
    press(window.rows, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_F4)
    for name, value in {"name": "所長", "pin": PIN, "pin_again": PIN}.items():
        window.screen_shown.edit(name, value)
    press(window, Qt.Key.Key_F10)
    assert room.desk.operators.names() == ((1, "所長"),)


def test_enter_behind_the_pin_lets_in(stand: Stand, at_desk: Stage, room: DeskRoom) -> None:
    room.desk.operators.save(OperatorForm("所長", "", Right.ADMINISTER.value, PIN, PIN), None)
    window = stand(SignInWindow(SignInScreen(at_desk.surroundings)))
    assert window.isModal()
    window.pin.input.setFocus()
    press(window.pin.input, Qt.Key.Key_Return)
    assert not room.desk.operators.present().name
    press(window, Qt.Key.Key_F5)
    assert NO_PIN in window.strip.text.text()
    window.screen_shown.edit("pin", PIN)
    window.pin.input.setFocus()
    press(window.pin.input, Qt.Key.Key_Return)
    assert room.desk.operators.present().name == "所長"


def test_keys_and_clicks_are_noted_only_while_that_is_wanted(stand: Stand, at_desk: Stage, room: DeskRoom) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = stand(ChangesWindow(ChangesScreen(at_desk.surroundings, room.a_car())))
    touches = Touches(app)
    press(window.rows, Qt.Key.Key_Down)
    assert not touches.taken()
    touches.watch(wanted=True)
    assert touches.taken()  # whoever wants it is there
    assert not touches.taken()
    press(window.rows, Qt.Key.Key_Up)
    assert touches.taken()
    compose(window.rows, "たなか")
    assert touches.taken()
    touches.watch(wanted=False)
    press(window.rows, Qt.Key.Key_Down)
    assert not touches.taken()
    touches.deleteLater()
