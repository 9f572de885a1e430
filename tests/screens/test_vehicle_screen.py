"""Tests of what 車両 新規/修正 knows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.screens.function_keys import VEHICLE
from onestop.screens.ports import Tone
from onestop.screens.vehicle_labels import PLATE
from onestop.screens.vehicle_screen import NEW_PLACE, VehicleScreen
from onestop.services.vehicle_form import VehicleForm
from support.screens import Change, InlineBackground, Stage

if TYPE_CHECKING:
    from onestop.services.desk import Desk
    from support.desks import DeskRoom

SECOND = 1000
"""Milliseconds."""


def opened(stage: Stage, vehicle_id: int | None = None) -> VehicleScreen:
    return stage.open(VehicleScreen(stage.surroundings, vehicle_id))


def typed(screen: VehicleScreen) -> None:
    """Type the least that can be saved."""
    screen.edit(PLATE, ("土浦", "300", "さ", "1234"))
    screen.edit("chassis_number", "ZN6-012345")
    screen.edit("owner_name", "見本太郎")
    screen.edit("user_is_owner", value=True)


def stored(room: DeskRoom, vehicle_id: int) -> VehicleForm:
    return room.desk.vehicles.open(vehicle_id).form


def unsaved(room: DeskRoom, place: str = NEW_PLACE) -> VehicleForm | None:
    return room.desk.typing.found(place, VehicleForm())


# --- opening


def test_a_new_car_begins_empty(stage: Stage) -> None:
    screen = opened(stage)
    assert screen.heading == "車両 新規"
    assert screen.form == VehicleForm()
    assert not screen.changed
    assert screen.value(PLATE) == ("", "", "", "")


def test_a_stored_car_is_shown(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, room.a_car(plate="土浦1あ1111"))
    assert screen.heading == "車両 修正"
    assert screen.value(PLATE) == ("土浦", "1", "あ", "1111")
    assert screen.value("expiry_date") == "R8.12.20"
    assert screen.value("weight_kg") == "1240"
    assert not screen.changed


def test_a_car_that_is_gone_is_told_and_leaving_works(stage: Stage) -> None:
    screen = opened(stage, 99)
    assert screen.message is not None
    assert screen.is_locked("owner_name")
    screen.edit("owner_name", "誰か")
    screen.save()
    assert screen.form == VehicleForm()
    stage.press(VEHICLE, "F12", screen)
    assert stage.view.dismissed


def test_a_new_car_can_be_typed_before_the_desk_is_open(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    screen.edit("owner_name", "見本太郎")
    assert stage.press(VEHICLE, "F9", screen) == (
        "[F9 保存] は使えません: 車両を開いています。終わるまでお待ちください。"
    )
    stage.background.work_all()
    assert screen.form.owner_name == "見本太郎"
    stage.background.held = False
    stage.background.pass_time(SECOND)
    assert unsaved(room) == screen.form


def test_a_stored_car_is_locked_until_it_is_open(room: DeskRoom) -> None:
    car = room.a_car()
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage, car)
    assert screen.is_locked("owner_name")
    stage.background.work_all()
    assert not screen.is_locked("owner_name")


# --- typing


def test_what_is_typed_stands_in_the_form(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_name", "髙橋")
    screen.edit(PLATE, ("土浦", "", "", ""))
    assert screen.form == VehicleForm(owner_name="髙橋", area="土浦")
    assert screen.changed
    screen.edit("owner_name", "")
    screen.edit(PLATE, ("", "", "", ""))
    assert not screen.changed


def test_the_same_value_again_is_no_change(stage: Stage) -> None:
    screen = opened(stage)
    refreshes = stage.view.refreshes
    screen.edit("owner_name", "")
    assert stage.view.refreshes == refreshes
    assert stage.background.timers == []


def test_the_user_who_is_the_owner_shows_three_stars(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("user_name", "髙橋")
    screen.edit("user_is_owner", value=True)
    assert (screen.value("user_name"), screen.is_locked("user_name")) == ("***", True)
    assert not screen.is_locked("user_kind")
    screen.edit("user_is_owner", value=False)
    assert (screen.value("user_name"), screen.is_locked("user_name")) == ("髙橋", False)


def test_a_crash_loses_at_most_a_second_of_typing(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_name", "見")
    screen.edit("owner_name", "見本")
    assert unsaved(room) is None
    stage.background.pass_time(SECOND)
    assert unsaved(room) == VehicleForm(owner_name="見本")


def test_what_was_being_typed_is_offered_and_restored(room: DeskRoom, stage: Stage) -> None:
    room.desk.typing.keep(NEW_PLACE, VehicleForm(owner_name="見本"))
    screen = opened(stage)
    assert stage.view.asked.title == "入力の復元"
    stage.view.answer("復元する")
    assert screen.form.owner_name == "見本"
    assert screen.changed
    assert screen.message is not None
    assert "F9 保存" in screen.message.text


def test_what_was_being_typed_can_be_dropped(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    place = f"vehicle/{car}"
    form = stored(room, car)
    room.desk.typing.keep(place, dataclasses.replace(form, owner_name="別人"))
    screen = opened(stage, car)
    stage.view.answer("破棄する")
    assert screen.form == form
    assert unsaved(room, place) is None


def test_a_draft_without_a_difference_is_not_offered(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    room.desk.typing.keep(f"vehicle/{car}", stored(room, car))
    opened(stage, car)
    assert stage.view.questions == []


# --- saving


def test_one_key_saves() -> None:
    assert [row.key for row in VEHICLE if row.label == "保存"] == ["F9"]


def test_a_new_car_is_saved_told_and_the_window_closes(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    typed(screen)
    stage.background.pass_time(SECOND)
    assert stage.press(VEHICLE, "F9", screen) is None
    assert stored(room, 1) == screen.form
    assert stage.navigator.changes == [Change(vehicle_id=1)]
    assert stage.view.dismissed
    assert unsaved(room) is None
    stage.background.pass_time(SECOND)
    assert unsaved(room) is None


def test_a_changed_car_is_saved(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    screen.edit("expiry_date", "R10.12.20")
    screen.save()
    assert stored(room, car).expiry_date == "R10.12.20"


def test_what_is_behind_three_stars_is_not_stored(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("user_name", "別人")
    typed(screen)
    screen.save()
    assert stored(room, 1).user_name == ""


def test_every_field_that_cannot_be_is_blamed_and_the_first_on_the_glass_focused(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit(PLATE, ("土浦", "30X0", "さ", "1"))
    screen.edit("expiry_date", "99")
    screen.edit("weight_kg", "重い")
    screen.save()
    assert [screen.problem(name) is not None for name in (PLATE, "chassis_number", "expiry_date", "weight_kg")] == (
        [True] * 4
    )
    assert screen.problem("fuel") is None
    assert stage.view.focused == ["registration_number_class_number"]
    assert screen.message is not None
    assert screen.message.text.startswith("登録番号: ")
    assert "ほかに" in screen.message.text
    assert not stage.view.dismissed
    assert screen.busy is None


def test_a_blamed_field_that_is_changed_is_blamed_no_more(stage: Stage) -> None:
    screen = opened(stage)
    screen.save()
    assert screen.problem(PLATE) is not None
    screen.edit(PLATE, ("土浦", "300", "さ", "1"))
    assert screen.problem(PLATE) is None
    assert screen.problem("owner_name") is not None


def test_a_car_changed_in_another_window_is_not_overwritten(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    other = room.desk.vehicles.open(car)
    room.desk.vehicles.save(other, dataclasses.replace(other.form, fuel="軽油"))
    screen.edit("fuel", "電気")
    screen.save()
    assert stored(room, car).fuel == "軽油"
    assert screen.message is not None
    assert screen.message.tone is Tone.WARNING
    assert screen.changed


def test_a_car_changed_in_another_window_is_read_again_unless_it_is_being_typed(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    other = room.desk.vehicles.open(car)
    room.desk.vehicles.save(other, dataclasses.replace(other.form, fuel="軽油"))
    screen.reload(vehicle_id=car + 1)
    screen.reload(control_number=1)
    assert screen.form.fuel == "ガソリン"
    screen.reload(vehicle_id=car)
    assert screen.form.fuel == "軽油"
    screen.edit("fuel", "電気")
    screen.reload(vehicle_id=car)
    assert screen.form.fuel == "電気"


def test_typing_while_the_car_is_read_again_stays(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, room.a_car())
    stage.background.held = True
    screen.reload(vehicle_id=screen.vehicle_id)
    screen.edit("fuel", "電気")
    stage.background.work_all()
    assert screen.form.fuel == "電気"
    assert screen.changed


def test_a_failing_disk_is_told_and_nothing_closes(room: DeskRoom) -> None:
    desks: list[Desk] = [room.desk]

    def desk() -> Desk:
        if not desks:
            raise StoreError
        return desks.pop()

    stage = Stage(desk=desk)
    screen = opened(stage)
    typed(screen)
    screen.save()
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    assert not stage.view.dismissed


# --- another car with the same 車台番号


def test_a_second_car_with_the_same_chassis_number_is_a_question(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(chassis_number="ZN6-012345")
    screen = opened(stage)
    typed(screen)
    screen.save()
    assert stage.view.asked.title == "同じ車台番号"
    stage.view.answer("戻る")
    assert stage.view.focused == ["chassis_number"]
    screen.save()
    stage.view.answer("既存の車両を開く")
    assert stage.navigator.went == [("show_vehicle", car)]
    assert not stage.view.dismissed
    screen.save()
    stage.view.answer("別の車両として保存")
    assert stored(room, car + 1) == screen.form
    assert stage.view.dismissed


def test_a_second_car_with_the_same_plate_is_a_question(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(chassis_number="OTHER-1")
    screen = opened(stage)
    typed(screen)
    screen.edit("registration_number", ("土浦", "300", "さ", "1234"))
    screen.save()
    assert stage.view.asked.title == "同じ登録番号"
    assert "車台番号 OTHER-1" in stage.view.asked.text
    stage.view.answer("戻る")
    assert stage.view.focused == ["registration_number_area"]
    screen.save()
    stage.view.answer("既存の車両を開く")
    assert stage.navigator.went == [("show_vehicle", car)]
    screen.save()
    stage.view.answer("別の車両として保存")
    assert stored(room, car + 1) == screen.form


def test_a_car_is_not_its_own_double(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, room.a_car(chassis_number="ZN6-012345"))
    screen.edit("chassis_number", "zn6 012345")
    screen.edit("chassis_number", "ZN6012345")
    screen.save()
    assert stage.view.questions == []
    assert stage.view.dismissed


def test_a_known_double_does_not_ask_each_time(room: DeskRoom, stage: Stage) -> None:
    room.a_car(chassis_number="ZN6-012345")
    screen = opened(stage, room.a_car(chassis_number="ZN6-012345", plate="土浦300さ2"))
    screen.edit("fuel", "電気")
    screen.save()
    assert stage.view.questions == []
    assert stage.view.dismissed


# --- leaving


def test_an_unchanged_form_closes_at_once(stage: Stage) -> None:
    screen = opened(stage)
    stage.press(VEHICLE, "F12", screen)
    assert stage.view.dismissed
    assert stage.view.questions == []


def test_a_changed_form_asks_and_going_back_keeps_everything(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_name", "見本")
    stage.background.pass_time(SECOND)
    stage.press(VEHICLE, "F12", screen)
    stage.view.answer("戻る")
    assert not stage.view.dismissed
    assert unsaved(room) == screen.form


def test_a_changed_form_can_be_dropped(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_name", "見本")
    stage.background.pass_time(SECOND)
    stage.press(VEHICLE, "F12", screen)
    stage.view.answer("破棄")
    assert stage.view.dismissed
    assert unsaved(room) is None
    assert room.desk.vehicles.search("") == ()


def test_a_changed_form_can_be_saved_on_leaving(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    typed(screen)
    stage.press(VEHICLE, "F12", screen)
    stage.view.answer("保存")
    assert stage.view.dismissed
    assert stored(room, 1).owner_name == "見本太郎"


# --- what stands beside the fields


def test_warnings_stand_at_their_fields_and_below(stage: Stage) -> None:
    screen = opened(stage)
    assert screen.warning_text == ""
    screen.edit("chassis_number", "ABC123")
    assert screen.warning("chassis_number") == "車台番号にハイフンがありません。車検証のとおりか確かめてください。"
    assert screen.warning(PLATE) is None
    assert screen.warning_text.startswith("▲ 車台番号に")


def test_more_warnings_than_there_is_room_for_are_counted(stage: Stage) -> None:
    screen = opened(stage)
    for name in ("owner_name", "owner_address1", "user_name", "user_address1", "user_address2"):
        screen.edit(name, "髙")
    assert screen.warning_text.endswith("(ほかに2件)")
    assert screen.warning_text.count("▲") == 3


@pytest.mark.parametrize(
    ("field", "text", "echo"),
    [
        ("expiry_date", "R8.12.20", "令和8年12月20日(日) 2026/12/20"),
        ("expiry_date", "5/1", "令和9年5月1日(土) 2027/05/01"),
        ("certificate_issued_on", "5/1", "令和8年5月1日(金) 2026/05/01"),
        ("recorded_on", "5/1", "令和8年5月1日(金) 2026/05/01"),
        ("expiry_date", "", ""),
        ("first_registration", "R3.12", "令和3年12月 2021/12"),
        ("first_registration", "", ""),
    ],
)
def test_days_and_months_are_echoed_in_both_calendars(stage: Stage, field: str, text: str, echo: str) -> None:
    assert opened(stage).read_date(field, text) == (echo, None)


@pytest.mark.parametrize("field", ["expiry_date", "first_registration"])
def test_what_is_no_day_says_so(stage: Stage, field: str) -> None:
    echo, error = opened(stage).read_date(field, "いつか")
    assert echo == ""
    assert error


def test_help_opens_at_its_page(stage: Stage) -> None:
    stage.press(VEHICLE, "F1", opened(stage))
    assert stage.navigator.went == [("show_help", "vehicle")]
