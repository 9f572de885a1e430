"""What 値の出所 knows: each value of a car, from where and when."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onestop.screens.function_keys import SOURCES, SOURCES_BUTTONS, VEHICLE_BUTTONS
from onestop.screens.places import SourcesPlace
from onestop.screens.vehicle.screen import NOT_STORED
from onestop.screens.vehicle.sources_screen import NO_DOCUMENT, UNKNOWN, SourcesScreen
from support.shaken import KEI
from support.vehicles import opened

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom
    from support.screens import Stage


def imported(room: DeskRoom) -> int:
    plan = room.desk.imports.read(KEI)
    return room.desk.imports.accept(plan, frozenset(plan.differences))


def lines(screen: SourcesScreen) -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1:]) for row in map(screen.rows.row, range(screen.rows.count))}


def choose(screen: SourcesScreen, label: str) -> None:
    screen.choose([*lines(screen)].index(label))


def test_every_value_says_from_where_and_when(room: DeskRoom, stage: Stage) -> None:
    car = imported(room)
    screen = stage.open(SourcesScreen(stage.surroundings, car))
    when = "令和8年11月24日(火) 2026/11/24 9:15"
    assert lines(screen)["登録番号"] == ("水戸580す123", f"車検証ファイル(JSON) {KEI.name}", when)
    assert lines(screen)["重量税の税率"][1:] == (UNKNOWN, "–")
    assert screen.full_text.startswith("登録番号: 水戸580す123\nどこから: 車検証ファイル(JSON)")
    before = room.desk.vehicles.open(car)
    room.desk.vehicles.save(before, dataclasses.replace(before.form, fuel="軽油"))
    screen.reload(vehicle_id=car)
    assert lines(screen)["燃料の種類"] == ("軽油", "手入力", when)
    screen.reload(vehicle_id=car + 1)
    assert stage.press(SOURCES, "F12", screen) is None


def test_a_value_that_was_taken_out_by_hand_is_still_told(room: DeskRoom, stage: Stage) -> None:
    car = imported(room)
    before = room.desk.vehicles.open(car)
    room.desk.vehicles.save(before, dataclasses.replace(before.form, fuel=""))
    screen = stage.open(SourcesScreen(stage.surroundings, car))
    assert lines(screen)["燃料の種類"][:2] == ("–", "手入力")


def test_a_car_of_before_has_no_sources(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(SourcesScreen(stage.surroundings, room.a_car()))
    assert {row[1] for row in lines(screen).values()} == {UNKNOWN}
    assert str(stage.press(SOURCES_BUTTONS, "Alt+G", screen)).endswith(NO_DOCUMENT)
    screen.choose(99)
    assert screen.full_text == ""
    assert str(stage.press(SOURCES_BUTTONS, "Alt+G", screen)).endswith(NO_DOCUMENT)


def test_the_file_is_written_as_it_came(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = stage.open(SourcesScreen(stage.surroundings, imported(room)))
    assert stage.press(SOURCES_BUTTONS, "Alt+G", screen) is None
    proposed, _patterns, chosen = stage.view.save_requests[-1]
    assert proposed.name == "車検証_1.json"
    chosen(tmp_path / "kept.json")
    assert (tmp_path / "kept.json").read_bytes() == KEI.read_bytes()
    assert screen.message is not None
    assert "kept.json" in screen.message.text


def test_the_key_in_the_car_leads_there_once_it_is_stored(room: DeskRoom, stage: Stage) -> None:
    new = opened(stage)
    assert str(stage.press(VEHICLE_BUTTONS, "Alt+I", new)).endswith(NOT_STORED)
    car = opened(stage, imported(room))
    assert stage.press(VEHICLE_BUTTONS, "Alt+I", car) is None
    assert stage.navigator.went == [SourcesPlace(1)]


def test_what_was_proposed_and_not_typed_over_keeps_its_own_source(room: DeskRoom, stage: Stage) -> None:
    imported(room)
    screen = opened(stage)
    for name, value in {"type_designation": "17128", "registration_number": ("水戸", "500", "さ", "1")}.items():
        screen.edit(name, value)
    screen.edit("owner_name", "見本")
    screen.edit("chassis_number", "AB1-1")
    screen.edit("fuel", "軽油")
    screen.save()
    told = {each.field: str(each.kind) for each in room.desk.sources.of_car(2).fields}
    assert (told["fuel"], told["use"]) == ("手入力", "計算")
