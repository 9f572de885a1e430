"""What is put into empty fields of 車両: by the plate, by sums, by a car of the type, by the car before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_keys import VEHICLE_BUTTONS
from onestop.screens.vehicle.labels import PLATE
from onestop.screens.vehicle.proposals import NOT_HERE
from support.screens import InlineBackground, Stage
from support.vehicles import opened

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen
    from support.desks import DeskRoom

PAIR = {"type_designation": "17128", "classification_number": "0021"}


def type_in(screen: VehicleScreen, **values: object) -> VehicleScreen:
    for name, value in values.items():
        screen.edit(name, value)
    return screen


def press(stage: Stage, key: str, screen: VehicleScreen) -> str | None:
    return stage.press(VEHICLE_BUTTONS, key, screen)


# --- the plate


def test_a_plate_proposes_what_it_tells_and_takes_it_back(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit(PLATE, ("土浦", "300", "さ", ""))
    assert [screen.value(name) for name in ("vehicle_kind", "use", "private_or_business")] == ["普通", "乗用", "自家用"]
    assert screen.proposals.origin("use") == "番号から"
    assert screen.is_passed_over("use")
    screen.edit(PLATE, ("土浦", "100", "", ""))
    assert screen.value("use") == ""
    assert screen.proposals.origin("use") == ""
    assert not screen.is_passed_over("use")


def test_what_the_clerk_chose_stays_when_the_plate_tells_another(stage: Stage) -> None:
    screen = type_in(opened(stage), use="特種")
    screen.edit(PLATE, ("土浦", "300", "さ", "1"))
    assert screen.value("use") == "特種"
    screen.edit("vehicle_kind", "小型")
    screen.edit(PLATE, ("土浦", "300", "す", "1"))
    assert screen.value("vehicle_kind") == "小型"


def test_the_kind_chooses_the_class(stage: Stage) -> None:
    screen = type_in(opened(stage), vehicle_kind="軽自動車")
    assert screen.value("vehicle_class") == "軽"
    assert type_in(screen, vehicle_kind="").value("vehicle_class") == "軽"


# --- sums


def test_weights_that_follow_from_others_are_proposed(stage: Stage) -> None:
    screen = type_in(opened(stage), use="乗用", capacity="4", weight_kg="1240", ff_axle_kg="700")
    assert (screen.value("gross_weight_kg"), screen.value("rr_axle_kg")) == ("1460", "540")
    assert screen.proposals.origin("rr_axle_kg") == "計算値"
    type_in(screen, fr_axle_kg="100")
    assert screen.value("rr_axle_kg") == ""


@pytest.mark.parametrize(
    ("typed", "gross"),
    [({"capacity": "2"}, ""), ({"capacity": "2", "max_load_kg": "350"}, "1310"), ({"capacity": "x"}, "")],
)
def test_who_carries_goods_needs_the_load_for_it(stage: Stage, typed: dict[str, str], gross: str) -> None:
    screen = type_in(opened(stage), use="貨物", **typed, weight_kg="850")
    assert screen.value("gross_weight_kg") == gross


def test_an_axle_that_is_too_heavy_proposes_nothing(stage: Stage) -> None:
    assert type_in(opened(stage), weight_kg="700", ff_axle_kg="900").value("rr_axle_kg") == ""


def test_a_weight_that_was_typed_is_not_reckoned_again(stage: Stage) -> None:
    screen = type_in(opened(stage), use="乗用", capacity="4", gross_weight_kg="1500", weight_kg="1240")
    assert screen.value("gross_weight_kg") == "1500"


# --- a car of the same type


def test_one_key_fills_what_cars_of_the_type_have_in_common(room: DeskRoom, stage: Stage) -> None:
    room.a_car(**PAIR, fuel="ガソリン", capacity=4, body_shape="箱型", owner_name="見本花子")
    screen = type_in(opened(stage), fuel="軽油", **PAIR)
    assert screen.proposals.origin("classification_number") == "Alt+D で同じ型の値"
    assert press(stage, "Alt+D", screen) is None
    assert (screen.value("fuel"), screen.value("capacity"), screen.value("body_shape")) == ("軽油", "4", "箱型")
    assert (screen.value("owner_name"), screen.value("chassis_number"), screen.value("expiry_date")) == ("", "", "")
    assert screen.proposals.origin("body_shape") == "同型車から"
    assert screen.message is not None
    assert "見比べてください" in screen.message.text
    screen.edit("body_shape", "バン")
    assert (screen.proposals.origin("body_shape"), screen.is_passed_over("body_shape")) == ("", False)
    assert press(stage, "Alt+D", screen) == "[Alt+D 同じ型の値] は使えません: 空いている項目がありません。"


def test_without_such_a_car_the_key_says_so(stage: Stage) -> None:
    screen = type_in(opened(stage), **PAIR)
    refusal = press(stage, "Alt+D", screen)
    assert refusal is not None
    assert "登録されていません" in refusal


def test_half_a_pair_is_not_looked_for(room: DeskRoom, stage: Stage) -> None:
    room.a_car(type_designation="17128", classification_number="002")
    screen = opened(stage)
    jobs = stage.background.jobs
    type_in(screen, type_designation="17128", classification_number="002")
    assert (stage.background.jobs, bool(screen.can_take_like())) == (jobs, False)


def test_an_answer_about_another_pair_comes_too_late(room: DeskRoom) -> None:
    room.a_car(**PAIR, fuel="ガソリン")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    type_in(screen, **PAIR)
    type_in(screen, classification_number="0022")
    stage.background.work_all()
    assert not screen.can_take_like()


# --- the car before


def test_the_value_of_the_car_before_is_taken_into_the_field_with_the_focus(room: DeskRoom, stage: Stage) -> None:
    first = type_in(opened(stage), chassis_number="ZN6-1", owner_name="見本太郎", base_location="茨城県古河市")
    first.edit(PLATE, ("土浦", "300", "さ", "1"))
    first.enter("base_location")
    assert press(stage, "Alt+M", first) == (
        "[Alt+M 前の車の値] は使えません: このプログラムを始めてから、まだ車両を保存していません。"
    )
    first.save()
    assert room.desk.vehicles.last_saved == first.editor.form
    second = opened(stage)
    second.enter("base_location")
    assert press(stage, "Alt+M", second) is None
    assert second.value("base_location") == "茨城県古河市"
    assert second.proposals.origin("base_location") == "前の車から"
    assert second.message is not None
    assert second.message.text.startswith("使用の本拠の位置 に、前の車の値")


@pytest.mark.parametrize("field", ["", PLATE, "chassis_number", "owner_postcode", "user_name"])
def test_what_is_of_one_car_alone_is_not_taken_over(room: DeskRoom, stage: Stage, field: str) -> None:
    car = room.desk.vehicles.open(room.a_car())
    room.desk.vehicles.save(car, car.form)
    screen = opened(stage)
    screen.enter(field)
    assert press(stage, "Alt+M", screen) == f"[Alt+M 前の車の値] は使えません: {NOT_HERE}"
