"""What 変更の履歴 knows: every change of a car, restricted to a field or an operator, and written as a file."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

import pytest

from onestop.model.change import Author
from onestop.screens.function_keys import CHANGES, CHANGES_BUTTONS, VEHICLE_BUTTONS
from onestop.screens.places import ChangesPlace
from onestop.screens.vehicle.change_words import NOBODY
from onestop.screens.vehicle.changes_screen import (
    CLEARED,
    LOADING,
    NO_ROWS,
    NOTHING_FITS,
    OF_NO_CAR,
    ChangesScreen,
)
from onestop.screens.vehicle.screen import NO_CHANGES
from support.screens import InlineBackground, Stage, said
from support.vehicles import opened

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


PLATE = "土浦300さ1234"


@pytest.fixture
def car(room: DeskRoom) -> int:
    """Return a car that two changed."""
    made = room.a_car(plate=PLATE, fuel="ガソリン", use="乗用")
    for author, changes in ((Author("田中", "端末1"), {"fuel": "軽油"}), (Author("", "端末2"), {"use": ""})):
        room.database.author = partial(Author, author.operator, author.terminal)
        before = room.desk.vehicles.open(made)
        room.desk.vehicles.save(before, dataclasses.replace(before.form, **changes))  # type: ignore[arg-type]
    return made


@pytest.fixture
def screen(stage: Stage, car: int) -> ChangesScreen:
    return stage.open(ChangesScreen(stage.surroundings, car))


def lines(screen: ChangesScreen) -> list[tuple[str, ...]]:
    return [tuple(screen.rows.row(place)) for place in range(screen.rows.count)]


def test_every_change_stands_there_the_newest_first(screen: ChangesScreen) -> None:
    when = "2026/11/24 9:15"
    assert lines(screen)[:2] == [
        (when, NOBODY, "端末2", "車両", "用途", "乗用", "–"),
        (when, "田中", "端末1", "車両", "燃料の種類", "ガソリン", "軽油"),
    ]
    assert lines(screen)[-1][4:] == ("新規", "–", "–")
    assert screen.full_text == f"車両 用途  {when} {NOBODY} 端末2\n変更前: 乗用\n変更後: –"


def test_it_says_whose_history_it_is(room: DeskRoom, stage: Stage, screen: ChangesScreen) -> None:
    before = room.desk.vehicles.open(screen.vehicle_id)
    assert screen.car == f"{PLATE}  {before.form.chassis_number}"
    room.desk.vehicles.save(before, dataclasses.replace(before.form, chassis_number="ANEW-1"))
    screen.reload(vehicle_id=screen.vehicle_id)
    assert screen.car == f"{PLATE}  ANEW-1"
    assert stage.open(ChangesScreen(stage.surroundings, None)).car == OF_NO_CAR


def test_the_list_is_restricted_to_a_field_and_to_an_operator(stage: Stage, screen: ChangesScreen) -> None:
    assert ("田中", "田中") in screen.operator_options
    screen.edit("operator", "田中")
    assert [line[4] for line in lines(screen)] == ["燃料の種類"]
    screen.edit("field", "用途")
    assert lines(screen) == []
    assert (screen.empty_text, screen.full_text) == (NOTHING_FITS, "")
    assert str(stage.press(CHANGES, "F11", screen)).endswith(NO_ROWS)

    assert stage.press(CHANGES_BUTTONS, "Alt+C", screen) is None
    assert len(lines(screen)) == 3
    assert said(screen) == CLEARED


def test_another_row_is_told_in_full(screen: ChangesScreen) -> None:
    screen.choose(1)
    assert screen.full_text == "車両 燃料の種類  2026/11/24 9:15 田中 端末1\n変更前: ガソリン\n変更後: 軽油"
    screen.choose(99)
    assert screen.full_text == ""


def test_a_filing_is_named_by_its_number(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    screen = stage.open(ChangesScreen(stage.surroundings, room.filing(number).vehicle_id))

    assert f"申請 {number}" in [line[3] for line in lines(screen)]


def test_it_is_read_again_when_the_car_was_changed(room: DeskRoom, stage: Stage, screen: ChangesScreen) -> None:
    before = room.desk.vehicles.open(screen.vehicle_id)
    room.desk.vehicles.save(before, dataclasses.replace(before.form, fuel="電気"))
    screen.reload(vehicle_id=99)
    assert len(lines(screen)) == 3
    screen.reload(vehicle_id=screen.vehicle_id)
    assert len(lines(screen)) == 4
    assert stage.press(CHANGES, "F7", screen) is None
    assert stage.view.focused[-1] == "changes"


def test_before_it_is_read_it_says_so(car: int, room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ChangesScreen(stage.surroundings, car))

    assert screen.empty_text == LOADING
    assert screen.field_options == (("", "すべて"),)
    assert screen.car == ""


@pytest.mark.parametrize(("key", "suffix"), [("F11", ".xlsx"), ("Alt+B", ".csv")])
def test_what_is_shown_is_written_as_a_file(
    stage: Stage, screen: ChangesScreen, tmp_path: Path, key: str, suffix: str
) -> None:
    assert stage.press((*CHANGES, *CHANGES_BUTTONS), key, screen) is None
    proposed, _patterns, chosen = stage.view.save_requests[-1]
    assert proposed.name == f"変更の履歴_20261124{suffix}"
    chosen(tmp_path / f"x{suffix}")

    written = (tmp_path / f"x{suffix}").read_bytes()
    assert written
    if suffix == ".csv":
        text = written.decode("utf-8-sig")
        assert text.startswith("登録番号,車台番号,いつ,")
        assert "田中,端末1,車両,燃料の種類,ガソリン,軽油" in text
        assert text.count(f"\n{PLATE},") == screen.rows.count


def test_a_file_of_what_is_about_no_car_has_no_column_for_it(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    with room.database.write() as shelves:
        shelves.changes.note(Author("", "端末1"), room.clock.now(), "settings", [("poll_seconds", "10", "20")])
    screen = stage.open(ChangesScreen(stage.surroundings, None))
    stage.press(CHANGES_BUTTONS, "Alt+B", screen)
    stage.view.save_requests[-1][2](tmp_path / "x.csv")

    assert (tmp_path / "x.csv").read_text("utf-8-sig").startswith("いつ,")


def test_the_key_in_the_car_leads_there_once_it_is_stored(stage: Stage, car: int) -> None:
    new = opened(stage)
    assert str(stage.press(VEHICLE_BUTTONS, "Alt+H", new)).endswith(NO_CHANGES)
    stored = opened(stage, car)
    assert stage.press(VEHICLE_BUTTONS, "Alt+H", stored) is None
    assert stage.navigator.went == [ChangesPlace(car)]
