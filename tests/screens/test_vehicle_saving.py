"""車両 新規/修正 from 保存 to leaving: what is blamed, cars with the same number, and changes that are not saved."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.model.change import Author
from onestop.screens.desk.sharing_words import changed_meanwhile
from onestop.screens.function_keys import VEHICLE
from onestop.screens.places import VehiclePlace
from onestop.screens.ports import Message, Tone
from onestop.screens.two_saves import TITLE
from onestop.screens.vehicle.labels import PLATE
from onestop.screens.vehicle.warnings import UNFILLED
from support.screens import Change, Stage, said
from support.vehicles import SECOND, opened, stored, unsaved

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen
    from onestop.services.desk import Desk
    from support.desks import DeskRoom


def typed(screen: VehicleScreen) -> None:
    """Type the least that can be saved."""
    screen.edit(PLATE, ("土浦", "300", "さ", "1234"))
    screen.edit("chassis_number", "ZN6-012345")
    screen.edit("owner_name", "見本太郎")
    screen.edit("user_is_owner", value=True)


# --- saving


def test_one_key_saves() -> None:
    assert [row.key for row in VEHICLE if row.label == "保存"] == ["F10"]


def test_a_new_car_is_saved_told_and_the_window_closes(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    typed(screen)
    screen.edit("use", "")
    stage.background.pass_time(SECOND)
    assert stage.press(VEHICLE, "F10", screen) is None
    assert stored(room, 1) == screen.editor.form
    assert stage.navigator.changes == [Change(vehicle_id=1)]
    assert stage.navigator.put_in == [1]
    assert stage.navigator.lacks == UNFILLED.format(labels="有効期間の満了する日・用途")
    assert stage.view.dismissed
    assert unsaved(room) is None
    stage.background.pass_time(SECOND)
    assert unsaved(room) is None


def test_a_new_car_that_lacks_nothing_is_told_without_a_warning(stage: Stage) -> None:
    screen = opened(stage)
    typed(screen)
    screen.edit("expiry_date", "R8.12.20")
    screen.edit("use", "乗用")
    screen.save()
    assert (stage.navigator.put_in, stage.navigator.lacks) == ([1], "")


def test_a_stored_car_names_what_it_lacks_and_a_new_one_does_not_yet(stage: Stage) -> None:
    new = opened(stage)
    typed(new)
    new.edit("use", "")
    assert (new.warning("expiry_date"), new.warning("use")) == (None, None)
    new.save()
    stored_car = opened(stage, 1)
    assert stored_car.warning("expiry_date") == "有効期間の満了する日 が未入力です。"
    assert stored_car.warning("use") == "用途 が未入力です。"


def test_the_strip_names_a_field_once(stage: Stage) -> None:
    screen = opened(stage)
    typed(screen)
    screen.edit("user_is_owner", value=False)
    screen.save()
    assert screen.message is not None
    assert screen.message.text == "使用者の氏名・名称を入力するか、「使用者は所有者に同じ」にチェックしてください。"


def test_a_changed_car_is_saved(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    screen.edit("expiry_date", "R10.12.20")
    screen.save()
    assert stored(room, car).expiry_date == "R10.12.20"
    assert stage.navigator.changes == [Change(vehicle_id=car)]
    assert stage.navigator.put_in == []


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
    assert [
        screen.editor.problem(name) is not None for name in (PLATE, "chassis_number", "expiry_date", "weight_kg")
    ] == ([True] * 4)
    assert screen.editor.problem("fuel") is None
    assert stage.view.focused == ["registration_number_class_number"]
    assert screen.message is not None
    assert screen.message.text.startswith("登録番号: ")
    assert "ほかに" in screen.message.text
    assert not stage.view.dismissed
    assert screen.busy is None


def test_a_blamed_field_that_is_changed_is_blamed_no_more(stage: Stage) -> None:
    screen = opened(stage)
    screen.save()
    assert screen.editor.problem(PLATE) is not None
    assert said(screen).startswith("登録番号: ")
    screen.edit("owner_name", "見本花子")
    assert said(screen).startswith("登録番号: ")
    screen.edit(PLATE, ("土浦", "300", "さ", "1"))
    assert screen.editor.problem(PLATE) is None
    assert said(screen) == ""
    assert screen.editor.problem("chassis_number") is not None


def test_a_car_changed_in_another_window_is_not_overwritten(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    other = room.desk.vehicles.open(car)
    room.desk.vehicles.save(other, dataclasses.replace(other.form, fuel="軽油"))
    screen.edit("fuel", "電気")
    screen.save()
    assert stored(room, car).fuel == "軽油"
    assert stage.view.asked.title == TITLE
    assert screen.changed


def test_a_car_changed_in_another_window_is_read_again_unless_it_is_being_typed(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    other = room.desk.vehicles.open(car)
    room.desk.vehicles.save(other, dataclasses.replace(other.form, fuel="軽油"))
    screen.reload(vehicle_id=car + 1)
    screen.reload(control_number=1)
    assert screen.editor.form.fuel == "ガソリン"
    screen.reload(vehicle_id=car)
    assert screen.editor.form.fuel == "軽油"
    screen.edit("fuel", "電気")
    screen.reload(vehicle_id=car)
    assert screen.editor.form.fuel == "電気"
    assert screen.message is None
    other = room.desk.vehicles.open(car)
    room.desk.vehicles.save(other, dataclasses.replace(other.form, fuel="LPG"))
    screen.reload()
    assert screen.editor.form.fuel == "電気"
    assert screen.message == Message(changed_meanwhile(Author()), Tone.WARNING)


def test_typing_while_the_car_is_read_again_stays(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, room.a_car())
    stage.background.held = True
    screen.reload(vehicle_id=screen.vehicle_id)
    screen.edit("fuel", "電気")
    stage.background.work_all()
    assert screen.editor.form.fuel == "電気"
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
    assert stage.navigator.went == [VehiclePlace(car)]
    assert not stage.view.dismissed
    screen.save()
    stage.view.answer("別の車両として保存")
    assert stored(room, car + 1) == screen.editor.form
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
    assert stage.navigator.went == [VehiclePlace(car)]
    screen.save()
    stage.view.answer("別の車両として保存")
    assert stored(room, car + 1) == screen.editor.form


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
    assert unsaved(room) == screen.editor.form


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


# --- a later 満了日 while an inspection is open


def with_open_inspection(room: DeskRoom) -> int:
    """Store a car with a filing that is begun; return the car."""
    car = room.a_car()
    room.desk.filings.save(room.desk.filings.open(car, None).form, car, None, None)
    return car


@pytest.mark.parametrize(("answer", "is_open"), [("新しい車検証", False), ("入力の訂正", True)])
def test_only_the_clerk_knows_whether_a_later_expiry_is_that_of_a_new_certificate(
    room: DeskRoom, stage: Stage, answer: str, *, is_open: bool
) -> None:
    car = with_open_inspection(room)
    screen = opened(stage, car)
    screen.edit("expiry_date", "R10.12.20")
    screen.save()
    assert stage.view.asked.title == "満了日の変更"
    assert stored(room, car).expiry_date == "R8.12.20"
    stage.view.answer(answer)
    assert stored(room, car).expiry_date == "R10.12.20"
    (inspection,) = room.desk.inspections.history(car)
    assert inspection.inspection.is_open is is_open
    assert stage.view.dismissed


def test_going_back_from_that_question_leads_to_the_expiry(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, with_open_inspection(room))
    screen.edit("expiry_date", "R10.12.20")
    screen.save()
    stage.view.answer("戻る")
    assert stage.view.focused == ["expiry_date"]
    assert screen.changed


def test_a_certificate_that_was_issued_since_is_new_without_a_question(room: DeskRoom, stage: Stage) -> None:
    car = with_open_inspection(room)
    screen = opened(stage, car)
    screen.edit("expiry_date", "R10.12.20")
    screen.edit("certificate_issued_on", "R8.11.24")
    screen.save()
    assert stage.view.questions == []
    (inspection,) = room.desk.inspections.history(car)
    assert not inspection.inspection.is_open
