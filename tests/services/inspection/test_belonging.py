"""When an inspection begins and ends, and what may belong to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.clock import JST
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.services.inspection.belonging import (
    AWAITS_CERTIFICATE,
    ENDED,
    end_when_done,
    follow_certificate,
    inspection_under_way,
    is_of_before,
    is_renewed,
    join_inspection,
)
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate
from support.inspections import an_inspection, of_now

if TYPE_CHECKING:
    from onestop.model.inspection import Inspection
    from support.clock import FixedClock
    from support.desks import DeskRoom

EXPIRY, LATER = dt.date(2026, 12, 20), dt.date(2028, 12, 20)
TODAY = dt.date(2026, 11, 24)


def newest(room: DeskRoom, car: int) -> Inspection:
    with room.database.read() as shelves:
        found = shelves.inspections.newest_for_vehicle(car)
    assert found is not None
    return found


# --- it begins


def test_it_begins_with_the_first_record_and_renews_the_cars_day(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        first = join_inspection(shelves, a_filing(vehicle_id=car), clock.now())
        clock.advance(days=1)
        second = join_inspection(shelves, an_insurance_certificate(vehicle_id=car), clock.now())
        assert second is first
    begun = newest(room, car)
    assert (begun.renews, begun.opened_at.astimezone(JST).date(), begun.is_open) == (EXPIRY, TODAY, True)


def test_a_record_stays_with_its_inspection(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    filing = a_filing(vehicle_id=car)
    with room.database.write() as shelves:
        mine = join_inspection(shelves, filing, clock.now())
        assert join_inspection(shelves, filing, clock.now()) is mine
        assert filing.inspection_id == mine.id


@pytest.mark.parametrize("ending", Ending)
def test_what_belongs_to_one_that_ended_is_refused(room: DeskRoom, clock: FixedClock, ending: Ending) -> None:
    car = room.a_car()
    filing = a_filing(vehicle_id=car)
    with room.database.write() as shelves:
        join_inspection(shelves, filing, clock.now()).end(ending, clock.now())
    with pytest.raises(errors.NotAllowed, match="前回の車検のもの") as caught, room.database.write() as shelves:
        join_inspection(shelves, filing, clock.now())
    assert caught.value.args == (ENDED,)


@pytest.mark.parametrize(
    ("ending", "renews", "begins"),
    [
        (Ending.FINISHED, EXPIRY, False),
        (Ending.COUNTER, EXPIRY, False),
        (Ending.FINISHED, dt.date(2024, 12, 20), True),
        (Ending.STOPPED, EXPIRY, True),
        (Ending.RENEWED, EXPIRY, True),
    ],
)
def test_the_next_one_begins_when_the_new_certificate_is_here(
    room: DeskRoom,
    clock: FixedClock,
    ending: Ending,
    renews: dt.date,
    begins: bool,  # noqa: FBT001 - a row
) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, renews, ending)).id
    with room.database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        if begins:
            assert inspection_under_way(shelves, vehicle, clock.now()).id != last
        else:
            with pytest.raises(errors.NotAllowed) as caught:
                inspection_under_way(shelves, vehicle, clock.now())
            assert caught.value.args == (AWAITS_CERTIFICATE,)


@pytest.mark.parametrize(
    ("start", "expiry", "before"),
    [
        (dt.date(2024, 12, 20), EXPIRY, True),
        (dt.date(2026, 10, 19), EXPIRY, True),
        (dt.date(2026, 10, 20), EXPIRY, False),
        (dt.date(2026, 9, 23), None, True),
        (dt.date(2026, 9, 24), None, False),
        (None, EXPIRY, False),
    ],
)
def test_a_policy_that_began_before_the_window_is_the_one_before(
    start: dt.date | None,
    expiry: dt.date | None,
    before: bool,  # noqa: FBT001 - a row
) -> None:
    assert is_of_before(an_insurance_certificate(start_date=start), expiry, TODAY) is before


# --- a service says that it is done


@pytest.mark.parametrize(
    ("record", "ending"),
    [
        (a_filing(status="手続完了"), Ending.FINISHED),
        (a_filing(status="却下"), None),
        (a_filing(status="特別調整中"), None),
        (a_conformity_certificate(status="申請完", application_kind="窓口申請"), Ending.COUNTER),
        (a_conformity_certificate(status="申請完"), None),
        (a_conformity_certificate(status="報告済", application_kind="窓口申請"), None),
        (an_insurance_certificate(status="発行済"), None),
    ],
    ids=lambda each: getattr(each, "status", None),
)
def test_what_ends_it(room: DeskRoom, clock: FixedClock, record: Any, ending: Ending | None) -> None:  # noqa: ANN401 - a record of any kind
    car = room.a_car()
    record.vehicle_id, record.inspection_id = car, None
    with room.database.write() as shelves:
        mine = join_inspection(shelves, record, clock.now())
        end_when_done(shelves, record, clock.now())
        assert (mine.ending, mine.is_open) == (ending, ending is None)


def test_it_ended_when_the_service_says_so(room: DeskRoom, clock: FixedClock) -> None:
    moments = []
    for told in (None, clock.now() - dt.timedelta(days=2), clock.now() + dt.timedelta(days=2)):
        car = room.a_car()
        with room.database.write() as shelves:
            filing = a_filing(vehicle_id=car, status="手続完了", status_updated_at=told)
            mine = join_inspection(shelves, filing, clock.now())
            end_when_done(shelves, filing, clock.now())
            moments.append(mine.ended_at)
    assert moments == [clock.now(), clock.now() - dt.timedelta(days=2), clock.now()]


def test_a_record_of_no_inspection_ends_none(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        mine = inspection_under_way(shelves, shelves.vehicles.get(car), clock.now())
        end_when_done(shelves, a_filing(vehicle_id=car, status="手続完了"), clock.now())
        assert mine.is_open


def test_nothing_of_it_is_sent_by_itself_or_listed_by_its_last_day_any_more(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    waits = {"certificate_number": None, "status": None, "waiting_since": clock.now(), "next_try_at": clock.now()}
    with room.database.write() as shelves:
        older = shelves.conformity.add(a_conformity_certificate(vehicle_id=car, **waits)).control_number
        made = shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car, **waits))).control_number
    number = room.a_draft(car)
    with room.database.write() as shelves:
        shelves.inspections.note_last_application_date(1, LATER)
    assert room.filing(number).last_application_date == LATER
    room.desk.inspections.end(car, Ending.STOPPED, "お客様の都合")
    assert room.filing(number).last_application_date is None
    with room.database.read() as shelves:
        mine, other = shelves.conformity.get(made), shelves.conformity.get(older)
        assert (mine.waiting_since, mine.next_try_at) == (None, None)
        assert other.next_try_at is not None


# --- the car's 満了日


@pytest.mark.parametrize(
    ("renews", "expiry", "issued", "renewed"),
    [
        (EXPIRY, None, TODAY, False),
        (EXPIRY, EXPIRY, TODAY, False),
        (EXPIRY, dt.date(2026, 12, 2), TODAY, False),
        (EXPIRY, LATER, None, None),
        (EXPIRY, LATER, TODAY, True),
        (EXPIRY, LATER, dt.date(2026, 11, 23), False),
        (None, LATER, None, False),
        (None, LATER, TODAY, True),
        (None, LATER, dt.date(2024, 12, 1), False),
    ],
)
def test_whether_a_day_is_that_of_a_new_certificate(
    renews: dt.date | None,
    expiry: dt.date | None,
    issued: dt.date | None,
    renewed: bool | None,  # noqa: FBT001 - a row
) -> None:
    assert is_renewed(an_inspection(1, renews), expiry, issued) is renewed


def test_it_follows_a_corrected_day_and_ends_with_a_new_certificate(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        follow_certificate(shelves, vehicle, clock.now(), renewed=True)
        assert shelves.inspections.newest_for_vehicle(car) is None
        mine = inspection_under_way(shelves, vehicle, clock.now())
        vehicle.expiry_date = dt.date(2026, 12, 2)
        follow_certificate(shelves, vehicle, clock.now(), renewed=False)
        assert (mine.renews, mine.is_open) == (dt.date(2026, 12, 2), True)
        vehicle.expiry_date = LATER
        follow_certificate(shelves, vehicle, clock.now(), renewed=True)
        assert (mine.renews, mine.ending) == (dt.date(2026, 12, 2), Ending.RENEWED)
        follow_certificate(shelves, vehicle, clock.now(), renewed=False)
        assert (mine.renews, mine.is_open) == (dt.date(2026, 12, 2), False)


def test_a_day_that_is_put_back_the_same_day_was_a_slip_and_it_goes_on(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        mine, before = inspection_under_way(shelves, vehicle, clock.now()), vehicle.expiry_date
        for hours, goes_on in ((14, True), (24, False)):
            vehicle.expiry_date = LATER
            follow_certificate(shelves, vehicle, clock.now(), renewed=True)
            clock.advance(hours=hours)
            vehicle.expiry_date = before
            follow_certificate(shelves, vehicle, clock.now(), renewed=False)
            assert mine.is_open is goes_on


def test_what_a_service_ended_does_not_go_on_for_a_day_that_is_put_back(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        mine = inspection_under_way(shelves, vehicle, clock.now())
        mine.end(Ending.FINISHED, clock.now())
        follow_certificate(shelves, vehicle, clock.now(), renewed=False)
        assert mine.ending is Ending.FINISHED


@pytest.mark.parametrize("sending", [Sending.SENDING, Sending.UNKNOWN])
def test_the_first_thing_issued_begins_it_too(room: DeskRoom, sending: Sending) -> None:
    number = room.a_draft(sending=sending)
    assert room.filing(number).inspection_id == newest(room, room.filing(number).vehicle_id).id
