"""郵便番号 → 住所 in 車両 新規/修正."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.screens.ports import Tone
from onestop.screens.vehicle.postcode_search import read_postcode
from support.screens import InlineBackground, Stage
from support.vehicles import opened, unsaved

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen
    from support.desks import DeskRoom


def typed(stage: Stage, postcode: str, field: str = "owner_postcode") -> VehicleScreen:
    screen = opened(stage)
    screen.enter(field)
    screen.edit(field, postcode)
    return screen


@pytest.mark.parametrize("postcode", ["3060011", "306-0011", "〒306-0011", "３０６－００１１", " 306ー0011"])
def test_a_postcode_is_read_in_any_width_with_or_without_hyphen(stage: Stage, postcode: str) -> None:
    screen = typed(stage, postcode)
    assert screen.value("owner_address1") == "茨城県古河市東"
    assert stage.view.focused == ["owner_address1"]
    assert screen.value("owner_postcode") == postcode


def test_anything_else_is_no_number() -> None:
    assert read_postcode("古河3060011") == ""


def test_the_postcode_itself_is_not_kept(room: DeskRoom, stage: Stage) -> None:
    screen = typed(stage, "306001")
    assert not screen.changed
    stage.background.pass_time(1000)
    assert unsaved(room) is None
    assert screen.value("owner_address1") == ""


def test_the_users_address_is_filled_as_well_but_not_behind_three_stars(stage: Stage) -> None:
    screen = opened(stage)
    assert (screen.value("user_postcode"), screen.is_locked("user_postcode")) == ("***", True)
    screen.edit("user_is_owner", value=False)
    screen.edit("user_postcode", "3060011")
    assert screen.value("user_address1") == "茨城県古河市東"
    assert stage.view.focused == []  # the clerk was elsewhere


def test_an_unknown_postcode_says_so_and_loses_nothing(stage: Stage) -> None:
    screen = typed(stage, "9999999")
    assert screen.message is not None
    assert screen.message.text.startswith("郵便番号 999-9999 は一覧にありません。")
    assert (screen.value("owner_postcode"), screen.value("owner_address1")) == ("9999999", "")


def test_what_was_wrong_with_a_postcode_is_taken_back_when_another_is_typed(stage: Stage) -> None:
    screen = typed(stage, "9999999")
    screen.edit("owner_postcode", "")
    assert screen.message is None
    assert stage.view.focused == []


def test_another_postcode_takes_the_place_of_what_came_by_the_first(stage: Stage) -> None:
    screen = typed(stage, "3060011")
    screen.edit("owner_postcode", "306001")
    screen.edit("owner_postcode", "3060000")
    assert screen.value("owner_address1") == "茨城県古河市"


def test_an_address_that_was_typed_is_not_written_over(stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_address1", "茨城県古河市見本1")
    screen.edit("owner_postcode", "3060011")
    assert screen.value("owner_address1") == "茨城県古河市見本1"
    assert screen.message is not None
    assert screen.message.tone is Tone.WARNING
    assert screen.message.text.startswith("所有者の住所1 に入力があるので")


def test_what_was_typed_meanwhile_stays_behind_the_address(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    screen.edit("owner_postcode", "3060011")
    screen.edit("owner_address1", "1-2")
    stage.background.work_all()
    assert screen.value("owner_address1") == "茨城県古河市東1-2"


def test_one_of_a_few_towns_is_chosen_by_number(stage: Stage) -> None:
    screen = typed(stage, "4980000")
    assert [choice.label for choice in stage.view.asked.choices] == ["1 愛知県弥富市", "2 三重県桑名郡木曽岬町", "戻る"]
    assert screen.value("owner_address1") == ""
    stage.view.answer("2 三重県桑名郡木曽岬町")
    assert screen.value("owner_address1") == "三重県桑名郡木曽岬町"


def test_of_too_many_towns_only_what_they_share_is_filled(stage: Stage) -> None:
    screen = typed(stage, "4520961")
    assert str(screen.value("owner_address1")).startswith("愛知県清須市春日")
    assert screen.message is not None
    assert "町域から続けて" in screen.message.text


def test_a_number_that_is_too_short_is_told_when_it_is_left(stage: Stage) -> None:
    screen = typed(stage, "306")
    screen.enter("owner_postcode")
    said = [screen.message]
    screen.enter("owner_address1")
    said.append(screen.message)
    assert [each and each.text[:8] for each in said] == [None, "郵便番号は7桁で"]


def test_the_same_postcode_again_asks_for_nothing(stage: Stage) -> None:
    screen = typed(stage, "3060011")
    jobs = stage.background.jobs
    screen.edit("owner_postcode", "306-0011")
    assert (stage.background.jobs, screen.value("owner_address1")) == (jobs, "茨城県古河市東")
    screen.enter("owner_address1")
    assert screen.message is None


def test_an_answer_about_another_postcode_comes_too_late(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    screen.edit("owner_postcode", "3060011")
    screen.edit("owner_postcode", "3060000")
    stage.background.work_last()
    stage.background.work_all()
    assert screen.value("owner_address1") == "茨城県古河市"
