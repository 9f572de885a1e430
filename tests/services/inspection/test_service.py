"""A clerk ends an inspection that nobody else ends, takes that back the same day, and looks at all of them."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.services.inspection.service import (
    FOLLOWED,
    NO_REASON,
    NONE_OPEN,
    NOT_BY_HAND,
    TOO_LATE,
    TOO_LONG,
    UNSETTLED,
    why_not_reopened,
)
from onestop.store.record_failures import GONE
from onestop.store.sqlite import engine
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate
from support.desks import a_desk
from support.inspections import an_inspection, of_now

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.inspection.service import InspectionService
    from support.clock import FixedClock
    from support.desks import DeskRoom

WHY = "お客様の都合"


@pytest.fixture
def inspections(room: DeskRoom) -> InspectionService:
    return room.desk.inspections


@pytest.fixture
def car(room: DeskRoom) -> int:
    """Store a car with a filing 依頼前 and return its id."""
    number = room.a_draft()
    return room.filing(number).vehicle_id


# --- looking


def test_a_car_that_is_gone_cannot_be_looked_at(inspections: InspectionService) -> None:
    with pytest.raises(errors.NotAllowed, match=GONE):
        inspections.current(99)


def test_the_car_last_looked_at_comes_first(room: DeskRoom, clock: FixedClock) -> None:
    first, second = room.a_car(chassis_number="ONE-1"), room.a_car(chassis_number="TWO-2")
    clock.advance(minutes=5)
    room.desk.inspections.current(first)
    assert [row.vehicle_id for row in room.desk.vehicles.search("")] == [first, second]
    clock.advance(minutes=5)
    room.desk.inspections.current(second)
    clock.advance(seconds=59)
    room.desk.inspections.current(second)  # a window that reads its car again
    assert [row.vehicle_id for row in room.desk.vehicles.search("")] == [second, first]
    assert room.desk.vehicles.open(first).version == 1  # looking is no change


def test_a_car_is_shown_even_if_the_look_cannot_be_noted(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    with a_desk(tmp_path, clock=clock) as room:
        car = room.a_car()
        clock.advance(minutes=5)
        with closing(engine.connect_raw(room.database.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert room.desk.inspections.current(car).vehicle.id == car


def test_the_history_has_all_inspections_of_a_car_the_newest_first(room: DeskRoom, car: int) -> None:
    room.desk.inspections.end(car, Ending.STOPPED, WHY)
    number = room.a_draft(car)
    now, before = room.desk.inspections.history(car)
    assert (now.inspection.is_open, before.inspection.ending) == (True, Ending.STOPPED)
    assert now.filing is not None
    assert (now.filing.control_number, len(before.filings)) == (number, 1)
    assert room.desk.inspections.history(room.a_car(chassis_number="OTHER-1")) == ()


# --- ending it


@pytest.mark.parametrize("ending", [Ending.COUNTER, Ending.STOPPED, Ending.FINISHED])
def test_a_clerk_ends_it_with_the_reason(
    room: DeskRoom, inspections: InspectionService, car: int, clock: FixedClock, ending: Ending
) -> None:
    inspections.end(car, ending, f"  {WHY}\n")
    current = inspections.current(car)
    assert (current.inspection, current.filing) == (None, None)
    assert current.last is not None
    ended = current.last.inspection
    assert (ended.ending, ended.ended_by_hand, ended.reason, ended.ended_at) == (ending, True, WHY, clock.now())
    assert current.awaits_certificate is (ending is not Ending.STOPPED)
    assert room.filing(1).sending is Sending.DRAFT


@pytest.mark.parametrize(("reason", "says"), [("", NO_REASON), (" \n", NO_REASON), ("あ" * 201, TOO_LONG)])
def test_it_is_not_ended_without_a_reason_that_can_be_kept(
    inspections: InspectionService, car: int, reason: str, says: str
) -> None:
    with pytest.raises(errors.InvalidInput) as caught:
        inspections.end(car, Ending.STOPPED, reason)
    assert [(each.field, each.message) for each in caught.value.problems] == [("reason", says)]
    assert inspections.current(car).inspection is not None


def test_a_reason_of_200_characters_can_be_kept(inspections: InspectionService, car: int) -> None:
    inspections.end(car, Ending.STOPPED, "あ" * 200)
    assert inspections.history(car)[0].inspection.reason == "あ" * 200


def test_there_must_be_one_to_end(room: DeskRoom, inspections: InspectionService, car: int) -> None:
    inspections.end(car, Ending.STOPPED, WHY)
    for without in (car, room.a_car(chassis_number="OTHER-1")):
        with pytest.raises(errors.NotAllowed, match=NONE_OPEN):
            inspections.end(without, Ending.STOPPED, WHY)


@pytest.mark.parametrize("sending", [Sending.SENDING, Sending.UNKNOWN])
@pytest.mark.parametrize(
    ("shelf", "record"),
    [
        ("filings", a_filing),
        ("insurance", an_insurance_certificate),
        ("conformity", a_conformity_certificate),
    ],
)
def test_it_is_not_ended_while_nobody_knows_whether_something_was_taken(
    room: DeskRoom,
    inspections: InspectionService,
    shelf: str,
    record: Any,  # noqa: ANN401 - a builder
    sending: Sending,
) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, ending=Ending.STOPPED)).id
        getattr(shelves, shelf).add(of_now(shelves, record(vehicle_id=car, sending=sending)))
    with pytest.raises(errors.NotAllowed, match=UNSETTLED):
        inspections.end(car, Ending.STOPPED, WHY)
    with room.database.write() as shelves:
        stored = next(iter(getattr(shelves, shelf).all_for_vehicle(car)))
        stored.inspection_id = last  # of another inspection it is no hindrance
    inspections.end(car, Ending.STOPPED, WHY)


# --- taking that back


def test_what_a_clerk_ended_is_open_again_the_same_day(
    inspections: InspectionService, car: int, clock: FixedClock
) -> None:
    inspections.end(car, Ending.STOPPED, WHY)
    clock.advance(hours=14)
    inspections.reopen(car)
    current = inspections.current(car)
    assert current.inspection is not None
    assert (current.inspection.ended_at, current.inspection.ending, current.inspection.reason) == (None, None, "")
    assert not current.inspection.ended_by_hand
    assert current.filing is not None


def test_the_next_day_it_stays_ended(inspections: InspectionService, car: int, clock: FixedClock) -> None:
    inspections.end(car, Ending.STOPPED, WHY)
    clock.advance(hours=15)
    with pytest.raises(errors.NotAllowed, match=TOO_LATE):
        inspections.reopen(car)
    assert inspections.current(car).inspection is None


def test_what_a_service_or_a_new_certificate_ended_stays_ended(room: DeskRoom, inspections: InspectionService) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.inspections.add(an_inspection(car, ending=Ending.RENEWED))
    with pytest.raises(errors.NotAllowed, match=NOT_BY_HAND):
        inspections.reopen(car)


def test_while_another_is_under_way_the_last_one_stays_ended(
    room: DeskRoom, inspections: InspectionService, car: int
) -> None:
    inspections.end(car, Ending.STOPPED, WHY)
    room.a_draft(car)
    with pytest.raises(errors.NotAllowed, match=FOLLOWED):
        inspections.reopen(car)


def test_a_car_without_inspections_has_none_to_open_again(room: DeskRoom, inspections: InspectionService) -> None:
    with pytest.raises(errors.NotAllowed, match=NONE_OPEN):
        inspections.reopen(room.a_car())


def test_why_not_says_nothing_where_it_can_be_taken_back() -> None:
    ended = an_inspection(ending=Ending.STOPPED)
    assert why_not_reopened(ended, dt.date(2026, 11, 24)) == NOT_BY_HAND
    ended.ended_by_hand = True
    assert why_not_reopened(ended, dt.date(2026, 11, 24)) == ""
