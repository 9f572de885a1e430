"""Tests of 車両 新規/修正 on the glass, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from onestop.model.plate import PLATE_PARTS
from onestop.screens.ports import Message
from onestop.screens.vehicle.labels import LABELS, PLATE, POSTCODES, is_rare, names_in_form
from onestop.screens.vehicle.screen import HIDDEN, VehicleScreen
from onestop.services.vehicle.form import NEW_CAR
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.vehicle_fields import COLUMNS, ROWS, shares
from onestop.ui.question import QuestionDialog
from onestop.ui.windows.vehicle import VehicleWindow
from support.qt import REAL, confirm, cut, grow, lets_compose, press, write
from support.screens import Change, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom

Key = Qt.Key


@pytest.fixture
def show(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme) -> Callable[[int | None], VehicleWindow]:
    def shown(vehicle_id: int | None) -> VehicleWindow:
        made = VehicleWindow(VehicleScreen(at_desk.surroundings, vehicle_id))
        made.furnish(theme, REAL)
        on_glass(made)
        return made

    return shown


@pytest.fixture
def window(show: Callable[[int | None], VehicleWindow]) -> VehicleWindow:
    return show(None)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def reach(window: VehicleWindow, name: str) -> None:
    """Go to a field by Tab, as a clerk does."""
    window.fields[name].setFocus(Qt.FocusReason.TabFocusReason)


def answer(window: VehicleWindow, label: str) -> None:
    """Press a button of the open question."""
    dialog = window.findChild(QuestionDialog, "question")
    assert dialog is not None
    next(button for button in dialog.findChildren(QPushButton) if button.accessibleName() == label).click()


def test_every_field_of_the_labels_stands_in_the_window() -> None:
    names = [name for column in COLUMNS for title in column for row in ROWS[title] for name in row]
    assert sorted(names) == sorted([*POSTCODES, *LABELS])
    assert all(sum(shares(row)) <= 12 for rows in ROWS.values() for row in rows)


def test_every_input_has_its_label_and_its_english_name(window: VehicleWindow) -> None:
    for name, label in LABELS.items():
        widget = window.fields[name].focusProxy()
        assert widget is not None
        assert widget.accessibleName().startswith(label)
        assert widget.objectName().startswith(name)


def test_the_input_method_may_write_a_stamp(window: VehicleWindow) -> None:
    chassis = window.fields["chassis_number"].focusProxy()
    assert chassis is not None
    assert not lets_compose(chassis)
    window.fields["officially_stamped"].setFocus()
    press(focused(), Key.Key_Space)
    assert lets_compose(chassis)


def test_a_car_is_typed_and_saved_by_keyboard_alone(window: VehicleWindow, at_desk: Stage, room: DeskRoom) -> None:
    write(focused(), "土浦300さ12-34")
    press(focused(), Key.Key_Return)
    assert window.screen_shown.value(PLATE) == ("土浦", "300", "さ", "1234")
    while focused().objectName() != "chassis_number":
        press(focused(), Key.Key_Return)
    write(focused(), "zn6-012345")
    while focused().objectName() != "expiry_date":
        press(focused(), Key.Key_Return)
    write(focused(), "R8.12.20")
    while focused().objectName() != "owner_name":
        press(focused(), Key.Key_Return)
    write(focused(), "見本太郎")
    press(focused(), Key.Key_F10)
    assert not window.isVisible()
    form = room.desk.vehicles.open(1).form
    assert (form.chassis_number, form.expiry_date, form.user_is_owner) == ("ZN6-012345", "R8.12.20", True)
    assert at_desk.navigator.changes == [Change(vehicle_id=1)]


@pytest.mark.parametrize("percent", [100, 200])
def test_enter_goes_through_every_field_into_sight_and_ends_at_the_main_key(
    window: VehicleWindow, theme: Theme, percent: int
) -> None:
    grow(theme, percent)
    seen = []
    while focused() is not window.bar.buttons["F10"]:
        widget = focused()
        assert widget.visibleRegion().boundingRect() == widget.rect(), widget.objectName()
        seen.append(widget.objectName())
        press(widget, Key.Key_Return)
    assert len(seen) == len(set(seen))
    on_glass = [field for field in LABELS if not is_rare(NEW_CAR, field)]
    names = [name for field in on_glass if field not in HIDDEN for name in names_in_form(field)]
    assert sorted(seen) == sorted([*(f"{PLATE}_{n}" if n in PLATE_PARTS else n for n in names), "owner_postcode"])
    assert seen[0] == "registration_number_area"
    assert seen[-1] == "rr_axle_kg"


def test_tab_reaches_what_enter_passes_over(window: VehicleWindow) -> None:
    seen: set[str] = set()
    assert window.isActiveWindow()
    while focused().objectName() not in seen:
        seen.add(focused().objectName())
        press(focused(), Key.Key_Tab)
    assert {"officially_stamped", "base_location", "note_info", "max_load_kg"} <= seen


def test_who_carries_goods_or_is_a_company_is_asked_for_more(window: VehicleWindow) -> None:
    screen = window.screen_shown
    assert window.fields["max_load_kg"].passed_over
    assert window.fields["user_representative"].passed_over
    screen.edit("use", "貨物")
    screen.edit("user_kind", "法人")
    screen.edit("fuel", "ガソリン・電気")
    assert not any(window.fields[name].passed_over for name in ("max_load_kg", "user_representative", "tax_rate"))


def test_the_user_fields_are_grey_behind_three_stars(window: VehicleWindow) -> None:
    window.fields["user_is_owner"].setFocus()
    for name in ("user_name", "user_address1", "user_address2"):
        field = window.fields[name]
        assert (field.value(), field.locked) == ("***", True)
    assert not window.fields["user_representative"].locked
    press(focused(), Key.Key_Space)
    assert (window.fields["user_name"].value(), window.fields["user_name"].locked) == ("", False)


def test_odd_values_are_warned_of_beside_the_field_and_below(window: VehicleWindow) -> None:
    assert window.warnings.isHidden()
    window.fields["chassis_number"].setFocus()
    write(focused(), "ABC123")
    assert window.fields["chassis_number"].note.text().startswith("▲ 車台番号に")
    assert window.warnings.isVisible()
    assert "ハイフン" in window.warnings.text()
    assert window.fields["chassis_number"].problem is None


def test_wrong_values_are_framed_and_the_first_has_the_focus(window: VehicleWindow) -> None:
    window.fields["chassis_number"].setFocus()
    write(focused(), "ABC123")
    press(focused(), Key.Key_F10)
    blamed = [name for name, field in window.fields.items() if field.problem]
    assert blamed == [PLATE, "owner_name"]
    assert focused().objectName() == "registration_number_area"
    assert window.fields["owner_name"].note.text().startswith("! ")
    assert window.strip.message is not None
    assert window.isVisible()
    write(focused(), "土浦")
    assert window.fields[PLATE].problem is None


def test_what_is_wrong_with_the_focused_field_stands_in_full_in_the_strip(window: VehicleWindow) -> None:
    press(focused(), Key.Key_F10)
    first, second, *_ = [field for field in window.fields.values() if field.problem]
    assert window.strip.message is not None
    assert (first.problem or "") in window.strip.message.text
    second.setFocus()
    assert window.strip.message.text == second.problem
    first.setFocus()
    assert (first.problem or "") in window.strip.message.text


def test_codes_and_numbers_are_folded_on_leaving(window: VehicleWindow) -> None:
    for name, text, folded in (
        ("model_code", "ｄｂａ－ｚｎ６", "DBA-ZN6"),
        ("weight_kg", "１，２４０", "1240"),
        ("chassis_number", "zn6ー012345", "ZN6-012345"),
    ):
        window.fields[name].setFocus()
        write(focused(), text)
        press(focused(), Key.Key_Return)
        assert window.screen_shown.value(name) == folded


def test_days_are_echoed_and_bad_ones_blamed_at_once(window: VehicleWindow) -> None:
    window.fields["first_registration"].setFocus()
    write(focused(), "R3.12")
    echo = window.fields["first_registration"]
    assert isinstance(echo, DateField)
    assert echo.echo.text() == "令和3年12月 2021/12"
    window.fields["expiry_date"].setFocus()
    write(focused(), "99")
    press(focused(), Key.Key_Return)
    assert window.fields["expiry_date"].problem is not None


def test_a_choice_is_made_by_digit(window: VehicleWindow) -> None:
    reach(window, "vehicle_kind")
    press(focused(), Key.Key_3)
    form = window.screen_shown.editor.form
    assert (form.vehicle_kind, form.vehicle_class) == ("軽自動車", "軽")
    assert window.strip.message == Message("0 –  1 普通  2 小型  3 軽自動車  4 大型特殊  5 小型二輪")
    press(focused(), Key.Key_9)
    press(focused(), Key.Key_0)
    assert window.screen_shown.editor.form.vehicle_kind == ""


@pytest.mark.parametrize("name", ["vehicle_kind", "fuel"])
def test_a_digit_meant_for_the_field_before_chooses_nothing(window: VehicleWindow, name: str) -> None:
    window.screen_shown.view.focus_field(name)  # as the program does, not the clerk
    press(focused(), Key.Key_1)
    assert window.screen_shown.value(name) == ""
    assert "受け取りません" in window.fields[name].note.text()
    press(focused(), Key.Key_1)
    assert window.screen_shown.value(name) in ("普通", "ガソリン")


def test_a_name_is_chosen_by_digit_or_typed(window: VehicleWindow) -> None:
    reach(window, "fuel")
    press(focused(), Key.Key_3)
    assert window.screen_shown.value("fuel") == "ガソリン・電気"
    press(focused(), Key.Key_0)
    assert window.screen_shown.value("fuel") == "ガソリン・電気"
    reach(window, "vehicle_name")
    write(focused(), "ベンツ")
    assert window.screen_shown.value("vehicle_name") == "ベンツ"


def test_seven_digits_lead_behind_the_address(window: VehicleWindow) -> None:
    reach(window, "owner_postcode")
    confirm(focused(), "306")
    write(focused(), "-0011")
    assert focused().objectName() == "owner_address1"
    write(focused(), "1-2-3")
    assert window.screen_shown.value("owner_address1") == "茨城県古河市東1-2-3"
    reach(window, "owner_postcode")
    confirm(focused(), "東")
    assert window.fields["owner_postcode"].problem is not None


def test_what_is_typed_before_the_address_comes_stays_behind_it(
    show: Callable[[int | None], VehicleWindow], at_desk: Stage
) -> None:
    window = show(None)
    at_desk.background.held = True
    reach(window, "owner_postcode")
    write(focused(), "3060011")
    press(focused(), Key.Key_Return)
    write(focused(), "1-")
    at_desk.background.work_all()
    write(focused(), "2")
    assert window.screen_shown.value("owner_address1") == "茨城県古河市東1-2"


def test_one_of_several_towns_is_chosen_by_number(window: VehicleWindow) -> None:
    reach(window, "owner_postcode")
    write(focused(), "0680546")
    dialog = window.findChild(QuestionDialog, "question")
    assert dialog is not None
    press(dialog.focusWidget(), Key.Key_2)
    assert window.screen_shown.value("owner_address1") == "北海道夕張市南部菊水町"


def test_the_value_of_the_car_before_comes_into_the_field_with_the_focus(
    show: Callable[[int | None], VehicleWindow], room: DeskRoom
) -> None:
    vehicles = room.desk.vehicles
    before = vehicles.open(room.a_car(owner_address1="茨城県古河市見本1"))
    vehicles.save(before, before.form)
    window = show(None)
    reach(window, "owner_address1")
    press(focused(), Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert window.screen_shown.value("owner_address1") == "茨城県古河市見本1"
    assert window.fields["owner_address1"].note.text() == "前の車から"
    assert focused().objectName() == "owner_address1"


def test_a_stored_car_fills_the_window(show: Callable[[int | None], VehicleWindow], room: DeskRoom) -> None:
    window = show(room.a_car(plate="土浦1あ1111", use="建設", note_info="一行目\n二行目"))
    assert window.windowTitle() == "車両 修正"
    assert window.fields[PLATE].value() == ("土浦", "1", "あ", "1111")
    assert window.fields["use"].value() == "建設"
    assert window.fields["note_info"].value() == "一行目\n二行目"
    assert window.fields["tax_rate"].value() == "normal"


@pytest.mark.parametrize("key", [Key.Key_F12, Key.Key_Escape])
def test_leaving_a_changed_form_asks(window: VehicleWindow, key: Key) -> None:
    window.fields["owner_name"].setFocus()
    write(focused(), "見本")
    press(focused(), key)
    answer(window, "戻る")
    assert window.isVisible()
    press(window.focusWidget(), key)
    answer(window, "破棄")
    assert not window.isVisible()


def test_what_a_crash_left_is_offered(
    show: Callable[[int | None], VehicleWindow], at_desk: Stage, room: DeskRoom
) -> None:
    first = show(None)
    first.fields["owner_name"].setFocus()
    write(focused(), "見本")
    at_desk.background.pass_time(1000)
    first.dismiss()  # as a crash would: nothing was asked, nothing forgotten
    second = show(None)
    answer(second, "復元する")
    assert second.fields["owner_name"].value() == "見本"
    assert room.desk.vehicles.search("") == ()


@pytest.mark.parametrize("percent", [100, 150, 175, 200])
def test_everything_fits_and_large_text_puts_the_columns_below_each_other(
    window: VehicleWindow, theme: Theme, qtbot: QtBot, percent: int
) -> None:
    grow(theme, percent)
    qtbot.waitUntil(lambda: cut(window) == [])
    left, right = (window.fields[name] for name in ("owner_name", "vehicle_name"))
    beside = right.mapTo(window, QPoint()).x() > left.mapTo(window, left.rect().topRight()).x()
    assert beside == (percent < 200)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720
