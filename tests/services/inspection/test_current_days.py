"""最終の検査申請日 kept with the inspection: in 照会, in 申請書一覧, and gone once the inspection has ended."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from onestop.model.ending import Ending
from onestop.model.lists import FilingColumn, FilingQuery
from onestop.services.inspection.current import note_days
from support import conformity, insurance

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


def last_days(room: DeskRoom) -> list[dt.date | None]:
    """Return the day as the inspection, 照会 and 申請書一覧 have it."""
    (car,) = room.desk.vehicles.search("")
    (mine,) = room.desk.inspections.history(car.vehicle_id)
    filings = room.desk.filings.first_rows(FilingQuery(sort=FilingColumn.LAST_APPLICATION_DATE), 5)
    return [
        mine.inspection.last_application_date,
        car.last_application_date,
        *(row.last_application_date for row in filings),
    ]


def test_each_paper_that_is_written_brings_its_part_of_the_last_day(room: DeskRoom, clock: FixedClock) -> None:
    conformity.prepare_shop(room)
    policy = insurance.an_issued_policy(room)
    car = insurance.certificate(room, policy).vehicle_id
    filing = room.desk.filings.save(room.desk.filings.open(car, None).form, car, None, None)
    by_policy = dt.date(2026, 12, 21)
    assert last_days(room) == [by_policy] * 3
    clock.advance(hours=1)
    saved = room.desk.conformity_book.save(conformity.a_form(room, car), car, None, None)
    assert last_days(room) == [dt.date(2026, 12, 8)] * 3
    room.desk.conformity.delivery.issue(saved.control_number)
    assert last_days(room) == [dt.date(2026, 12, 8)] * 3
    opened = room.desk.vehicles.open(car)
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, validity_years="3"))
    assert last_days(room) != [dt.date(2026, 12, 8)] * 3
    room.desk.inspections.end(car, Ending.STOPPED, "取りやめ")
    assert last_days(room)[1:] == [None, None]
    assert room.filing(filing.control_number).last_application_date is None


def test_an_inspection_that_goes_on_has_its_last_day_again(room: DeskRoom) -> None:
    car = insurance.certificate(room, insurance.an_issued_policy(room)).vehicle_id
    before = last_days(room)
    assert before == [dt.date(2026, 12, 21)] * 2
    room.desk.inspections.end(car, Ending.STOPPED, "取りやめ")
    room.desk.inspections.reopen(car)
    assert last_days(room) == before
    opened = room.desk.vehicles.open(car)
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, expiry_date="2028/12/20"), renewed=True)
    assert last_days(room)[1:] == [None]
    room.desk.vehicles.save(room.desk.vehicles.open(car), opened.form)
    assert last_days(room) == before


def test_a_car_without_an_open_inspection_has_nothing_to_note(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        note_days(shelves, car, room.clock.today())
    assert room.desk.inspections.history(car) == ()
