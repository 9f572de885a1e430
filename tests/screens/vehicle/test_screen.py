"""Tests of what 車両 新規/修正 knows: opening, typing, and what stands beside the fields."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_keys import VEHICLE
from onestop.screens.places import HelpPlace
from onestop.screens.vehicle.labels import PLATE
from onestop.screens.vehicle.screen import NEW_PLACE
from onestop.services.vehicle.form import NEW_CAR, VehicleForm
from support.screens import InlineBackground, Stage
from support.vehicles import SECOND, opened, stored, unsaved

if TYPE_CHECKING:
    from support.desks import DeskRoom


# --- opening


def test_a_new_car_begins_empty(stage: Stage) -> None:
    screen = opened(stage)
    assert screen.heading == "車両 新規"
    assert screen.editor.form == NEW_CAR
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
    assert screen.editor.form == VehicleForm()
    stage.press(VEHICLE, "F12", screen)
    assert stage.view.dismissed


def test_a_new_car_can_be_typed_before_the_desk_is_open(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    screen.edit("owner_name", "見本太郎")
    assert stage.press(VEHICLE, "F10", screen) == ("[F10 保存] は使えません: 車両を準備中。終わるまでお待ちください。")
    stage.background.work_all()
    assert screen.editor.form.owner_name == "見本太郎"
    stage.background.held = False
    stage.background.pass_time(SECOND)
    assert unsaved(room) == screen.editor.form


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
    assert screen.editor.form == dataclasses.replace(NEW_CAR, owner_name="髙橋", area="土浦")
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
    screen.edit("user_is_owner", value=False)
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
    assert unsaved(room) == dataclasses.replace(NEW_CAR, owner_name="見本")


def test_what_was_being_typed_is_offered_and_restored(room: DeskRoom, stage: Stage) -> None:
    room.desk.typing.keep(NEW_PLACE, VehicleForm(owner_name="見本"))
    screen = opened(stage)
    assert stage.view.asked.title == "入力の復元"
    stage.view.answer("復元する")
    assert screen.editor.form.owner_name == "見本"
    assert screen.changed
    assert screen.message is not None
    assert "F10 保存" in screen.message.text


def test_what_was_being_typed_can_be_dropped(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    place = f"vehicle/{car}"
    form = stored(room, car)
    room.desk.typing.keep(place, dataclasses.replace(form, owner_name="別人"))
    screen = opened(stage, car)
    stage.view.answer("破棄する")
    assert screen.editor.form == form
    assert unsaved(room, place) is None


def test_a_draft_without_a_difference_is_not_offered(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    room.desk.typing.keep(f"vehicle/{car}", stored(room, car))
    opened(stage, car)
    assert stage.view.questions == []


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
    screen.edit("user_is_owner", value=False)
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
    assert stage.navigator.went == [HelpPlace("vehicle")]


# --- the reading


def test_how_a_name_was_read_is_proposed(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("user_is_owner", value=False)
    screen.edit("user_name", "渡辺")
    screen.hear("user_name", "わたなべ")
    assert screen.value("name_reading") == "わたなべ"
    screen.hear("user_name", "わたなべけん")
    assert screen.value("name_reading") == "わたなべけん"


def test_the_owners_reading_counts_when_he_is_the_user(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("user_is_owner", value=False)
    screen.hear("owner_name", "かーねっとたろう")
    assert screen.value("name_reading") == ""
    screen.edit("user_is_owner", value=True)
    assert screen.value("name_reading") == "かーねっとたろう"
    screen.edit("user_is_owner", value=False)
    assert screen.value("name_reading") == "かーねっとたろう"
    screen.hear("user_name", "みほんはなこ")
    assert screen.value("name_reading") == "みほんはなこ"


def test_a_reading_that_the_clerk_wrote_stays(stage: Stage) -> None:
    screen = opened(stage)
    screen.hear("user_name", "かわの")
    screen.edit("name_reading", "こうの")
    screen.hear("user_name", "かわのたろう")
    assert screen.value("name_reading") == "こうの"


def test_a_stored_reading_stays(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, room.a_car(name_reading="みほんたろう"))
    screen.hear("user_name", "べつのひと")
    assert screen.value("name_reading") == "みほんたろう"
