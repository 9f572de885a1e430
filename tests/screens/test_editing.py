"""修正中: two desks on one database see which car the other is typing into, and lock nothing by it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.change import Author
from onestop.screens.editing import ASK_EVERY, LOOK_EVERY
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import VEHICLE
from onestop.store.database import Database
from onestop.store.sqlite.backing import SqliteFile
from support.screens import Stage
from support.vehicles import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.desks import DeskRoom

MINUTE = 60_000
TANAKA = Author("田中", "端末2")


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "is_shared", True)


@contextmanager
def the_other_desk(room: DeskRoom) -> Iterator[Database]:
    database = Database(SqliteFile(room.database.path), room.clock)
    try:
        yield database
    finally:
        database.close()


def typing_elsewhere(room: DeskRoom, car: int, window: str = "theirs") -> None:
    """Let 田中 type about a car at the other desk."""
    with the_other_desk(room) as database, database.write() as shelves:
        shelves.editing.hold(window, car, TANAKA, room.clock.now())


def seen_elsewhere(room: DeskRoom, car: int) -> tuple[Author, ...]:
    """Return who the other desk sees typing about a car."""
    with the_other_desk(room) as database, database.read() as shelves:
        return shelves.editing.others("端末2", car, room.clock.now())


def test_who_types_at_another_desk_stands_in_the_window(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    typing_elsewhere(room, car)

    screen = opened(stage, car)

    assert screen.edited_elsewhere == "端末2 の 田中 が修正中"
    assert not screen.is_locked("owner_name")


def test_it_comes_and_goes_while_the_window_stands_open(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    assert screen.edited_elsewhere == ""

    typing_elsewhere(room, car)
    screen.typed_elsewhere(car + 1)
    assert screen.edited_elsewhere == ""
    screen.typed_elsewhere(car)
    assert screen.edited_elsewhere == "端末2 の 田中 が修正中"

    with the_other_desk(room) as database, database.write() as shelves:
        shelves.editing.let_go("theirs")
    screen.typed_elsewhere(None)
    assert screen.edited_elsewhere == ""


def test_what_was_not_heard_is_asked_for_now_and_then(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    typing_elsewhere(room, car)
    jobs = stage.background.jobs

    stage.background.pass_time(LOOK_EVERY * (ASK_EVERY - 1))
    assert (screen.edited_elsewhere, stage.background.jobs) == ("", jobs)
    stage.background.pass_time(LOOK_EVERY)
    assert screen.edited_elsewhere == "端末2 の 田中 が修正中"


def test_of_two_answers_the_one_asked_for_last_is_shown(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    stage.background.held = True
    screen.typed_elsewhere(car)
    screen.typed_elsewhere(car)
    typing_elsewhere(room, car)
    stage.background.work_next()
    assert screen.edited_elsewhere == ""
    stage.background.work_next()
    assert screen.edited_elsewhere == "端末2 の 田中 が修正中"


def test_nobody_is_believed_longer_than_a_minute(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    typing_elsewhere(room, car)
    screen = opened(stage, car)

    room.clock.advance(seconds=61)  # type: ignore[attr-defined] # a FixedClock
    stage.background.pass_time(LOOK_EVERY * ASK_EVERY)

    assert screen.edited_elsewhere == ""


def test_what_is_typed_here_is_told_renewed_and_taken_back_when_it_is_saved(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    assert seen_elsewhere(room, car) == ()

    screen.edit("fuel", "軽油")
    stage.background.pass_time(LOOK_EVERY)
    assert [each.terminal for each in seen_elsewhere(room, car)] == [room.desk.operators.author().terminal]
    for _ in range(20):
        room.clock.advance(seconds=3)  # type: ignore[attr-defined] # a FixedClock
        stage.background.pass_time(LOOK_EVERY)
    assert len(seen_elsewhere(room, car)) == 1

    screen.edit("fuel", "ガソリン")
    stage.background.pass_time(LOOK_EVERY)
    assert not screen.changed
    assert seen_elsewhere(room, car) == ()


def test_closing_the_window_takes_it_back(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage, car)
    screen.edit("fuel", "軽油")
    stage.background.pass_time(LOOK_EVERY)

    screen.gone()
    screen.gone()

    assert seen_elsewhere(room, car) == ()


def test_a_filing_tells_of_its_car_too(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    car = room.filing(number).vehicle_id
    typing_elsewhere(room, car)
    typing_elsewhere(room, car, "another window of theirs")

    screen = stage.open(IssueScreen(stage.surroundings, None, number))
    assert screen.edited_elsewhere == "端末2 の 田中 が修正中"
    screen.edit("planned_date", "R8.12.1")
    stage.background.pass_time(LOOK_EVERY)
    assert len(seen_elsewhere(room, car)) == 1


def test_on_a_database_of_one_desk_nobody_is_asked(
    room: DeskRoom, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "is_shared", False)
    car = room.a_car()
    screen = opened(stage, car)
    screen.edit("fuel", "軽油")
    stage.background.pass_time(MINUTE)

    assert seen_elsewhere(room, car) == ()
    screen.gone()


def test_a_new_car_is_nobody_s_yet(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.edit("owner_name", "見本太郎")
    stage.background.pass_time(MINUTE)

    assert screen.edited_elsewhere == ""
    assert stage.press(VEHICLE, "F12", screen) is None
    assert room.database.is_shared


def test_a_trouble_with_it_interrupts_nobody(room: DeskRoom) -> None:
    def no_desk() -> object:
        raise errors.StoreError

    car = room.a_car()
    stage = Stage(desk=lambda: room.desk)
    screen = opened(stage, car)
    screen.edit("fuel", "軽油")
    screen.desk = no_desk  # type: ignore[assignment] # a desk that fails
    stage.background.pass_time(LOOK_EVERY)

    assert screen.edited_elsewhere == ""
    assert screen.message is None
