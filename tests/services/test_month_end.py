"""A desk that stays open over the end of a month: what belongs to which. In Japan it ends nine hours before UTC's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.clock import JST
from onestop.model.lists import FilingQuery
from support.conformity import a_form, certificate, insure

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom

NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DECEMBER = (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def set_to(clock: FixedClock, moment: str) -> None:
    """Let the time pass until a moment in Japan."""
    clock.moment = dt.datetime.fromisoformat(moment).replace(tzinfo=JST)


def asked_in(room: DeskRoom, days: tuple[dt.date, dt.date]) -> list[int]:
    """Return what 申請書一覧 lists for a month of 依頼日時."""
    return [*room.desk.filings.ids(FilingQuery(requested_from=days[0], requested_to=days[1]))]


def test_a_filing_belongs_to_the_month_in_which_it_was_asked_for_in_japan(room: DeskRoom, clock: FixedClock) -> None:
    late, early = room.drafts(2)
    set_to(clock, "2026-11-30 23:59")
    room.desk.filings.delivery.issue(late)
    set_to(clock, "2026-12-01 00:00")
    room.desk.filings.delivery.issue(early)
    assert (asked_in(room, NOVEMBER), asked_in(room, DECEMBER)) == ([late], [early])
    shown = {row.control_number: row.requested_at for row in room.desk.filings.rows([late, early])}
    assert {n: at.astimezone(JST).day for n, at in shown.items() if at} == {late: 30, early: 1}


def insured(room: DeskRoom, chassis_number: str) -> int:
    """Return a car with its 自賠責."""
    car = room.a_car(chassis_number=chassis_number)
    insure(room, car, chassis_number=chassis_number)
    return car


def issued(room: DeskRoom, car: int) -> int:
    """Issue a 保適証 with the days that are proposed; return its 管理番号."""
    number = room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number
    room.desk.conformity.delivery.issue(number)
    return number


@pytest.mark.usefixtures("shop")
def test_a_certificate_is_counted_in_the_month_in_which_it_was_issued_in_japan(
    room: DeskRoom, clock: FixedClock
) -> None:
    cars = insured(room, "ZN6-000001"), insured(room, "ZN6-000002")
    set_to(clock, "2026-11-30 23:59")
    late = issued(room, cars[0])
    set_to(clock, "2026-12-01 00:00")
    early = issued(room, cars[1])
    assert [certificate(room, number).issue_date for number in (late, early)] == [NOVEMBER[1], DECEMBER[0]]
    november, december = room.desk.report.month(2026, 11), room.desk.report.month(2026, 12)
    assert (november.control_numbers, december.control_numbers) == ((late,), (early,))
    assert (december.total.counts.oss, december.total.before.oss) == (1, 1)


@pytest.mark.usefixtures("shop")
def test_the_day_that_is_proposed_and_the_fees_are_those_of_japan(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car(expiry_date=dt.date(2026, 4, 20))
    told = []
    for moment in ("2026-03-31 23:59", "2026-04-01 00:00"):
        set_to(clock, moment)
        told.append((a_form(room, car).inspection_date, room.desk.review.estimates(car)[0].estimate.amount))
    assert told == [("R8.3.31", 1200), ("R8.4.1", 1450)]


def test_a_certificate_may_be_used_over_the_end_of_the_month_and_until_its_last_day(
    room: DeskRoom, clock: FixedClock
) -> None:
    car = room.a_car()
    number = room.a_draft(car)
    with room.database.write() as shelves:
        held = shelves.conformity.all_for_vehicle(car)[0]
        held.inspection_date = dt.date(2026, 11, 17)
    told = []
    for day in (30, 31, 32):  # of November, as it were: the 15th day is the first of December
        set_to(clock, "2026-11-30 23:59")
        clock.advance(days=day - 30)
        (row,) = room.desk.review.review_many([number])
        told.append(row.issuable)
    assert told == [True, True, False]
