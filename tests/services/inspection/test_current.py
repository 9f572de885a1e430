"""今回の車検 of a car: which 自賠責, 保適証 and 申請 count, and which are of last time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.policies import policy_before, usable
from onestop.model.sending_state import Sending
from onestop.services.inspection.current import (
    InspectionRecords,
    current_of,
    is_unfinished,
    policy_for,
    read_current,
    records_among,
)
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.inspections import a_current, an_inspection

if TYPE_CHECKING:
    from onestop.model.certificates import InsuranceCertificate
    from support.desks import DeskRoom

TODAY = dt.date(2026, 11, 24)
OLD, NEW = dt.date(2026, 12, 21), dt.date(2028, 12, 21)


def held(control_number: int = 1, **changes: Any) -> InsuranceCertificate:  # noqa: ANN401 - any field of it
    certificate = an_insurance_certificate(**{"end_date": NEW, **changes})
    certificate.control_number = control_number
    return certificate


def of(*insurances: InsuranceCertificate, **changes: Any) -> InspectionRecords:  # noqa: ANN401 - the others
    return InspectionRecords(an_inspection(1, dt.date(2026, 12, 20)), insurances, **changes)


# --- which 自賠責


def test_those_of_the_inspection_count_and_of_them_the_one_that_covers_the_period_then_the_newest() -> None:
    car = a_vehicle()
    short, first, second = held(3, end_date=dt.date(2027, 12, 21)), held(1), held(2)
    mine = (short, second, first)
    assert policy_for(mine, mine, car, TODAY) is second
    assert policy_for((short,), mine, car, TODAY) is short
    assert policy_for((short, first), mine, a_vehicle(use=""), TODAY) is short


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"status": "取消"}, False),
        ({"certificate_number": None}, False),
        ({"end_date": None}, False),
        ({"end_date": dt.date(2028, 12, 20)}, False),
        ({"end_date": OLD}, False),
    ],
)
def test_an_older_one_counts_only_if_it_covers_the_whole_new_period(changes: dict[str, Any], counts: bool) -> None:  # noqa: FBT001 - a row
    older = held(**changes)
    assert policy_for((), (older,), a_vehicle(), TODAY) is (older if counts else None)
    assert policy_for((), (older,), a_vehicle(use=""), TODAY) is None


def test_one_whose_period_is_over_is_for_no_period_to_come() -> None:
    last_day, over = held(end_date=TODAY + dt.timedelta(days=1)), held(2, end_date=TODAY)
    assert policy_for((last_day,), (last_day,), a_vehicle(), TODAY) is last_day
    current = a_current(a_vehicle(), TODAY, (over,))
    assert (current.policy, current.insurance) == (None, over)


@pytest.mark.parametrize("changes", [{"end_date": None}, {"end_date": OLD}])
def test_one_of_the_inspection_counts_whatever_its_days(changes: dict[str, Any]) -> None:
    mine = held(**changes)
    assert policy_for((mine,), (mine,), a_vehicle(), TODAY) is mine


def test_the_day_on_which_the_office_is_applied_to_decides_what_covers() -> None:
    """A lapsed car: its new period is counted from that day."""
    car, older = a_vehicle(expiry_date=dt.date(2026, 10, 1)), held(end_date=dt.date(2028, 11, 25))
    assert policy_for((), (older,), car, TODAY) is older
    assert policy_for((), (older,), car, TODAY, dt.date(2026, 12, 10)) is None


def test_the_one_before_ends_earlier() -> None:
    new, twin, old, cancelled = held(3), held(4), held(2, end_date=OLD), held(1, status="取消", end_date=OLD)
    assert policy_before((twin, new, old, cancelled), new) is old
    assert policy_before((new,), new) is None
    assert policy_before((old, cancelled), None) is old
    assert policy_before((held(5, end_date=None), old), held(6, end_date=None)) is old


def test_those_that_cover_something_come_by_their_end() -> None:
    new, old, endless = held(1), held(2, end_date=OLD), held(3, end_date=None)
    gone, begun = held(4, status="取消"), held(5, certificate_number=None)
    assert usable((gone, old, begun, endless, new)) == (new, old, endless)


def test_what_is_not_finished_goes_before_what_was_issued() -> None:
    issued, draft = held(1), held(2, certificate_number=None, sending=Sending.DRAFT)
    lost = held(3, sending=Sending.UNKNOWN)
    assert [is_unfinished(each) for each in (draft, lost, issued)] == [True, True, False]
    assert a_current(a_vehicle(), TODAY, (draft, issued)).insurance is draft
    assert a_current(a_vehicle(), TODAY, (lost, draft)).insurance is lost
    assert a_current(a_vehicle(), TODAY, (draft,), before=(issued,)).policy is issued
    assert a_current(a_vehicle(), TODAY, before=(issued,)).insurance is issued
    assert a_current(a_vehicle(), TODAY, before=(held(end_date=OLD),)).insurance is None
    gone = held(status="取消")
    assert a_current(a_vehicle(), TODAY, (gone,)).insurance is gone


# --- which records


def test_records_are_chosen_by_their_inspection_and_one_on_paper_is_none(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, ending=Ending.STOPPED))
        mine = shelves.inspections.add(an_inspection(car))
        insurances = tuple(an_insurance_certificate(inspection_id=each) for each in (mine.id, last.id, None))
        conformities = (
            a_conformity_certificate(inspection_id=mine.id, origin=Origin.PAPER),
            a_conformity_certificate(inspection_id=mine.id),
            a_conformity_certificate(inspection_id=last.id),
        )
        filings = (a_filing(inspection_id=last.id), a_filing(inspection_id=mine.id))
        found = records_among(mine, insurances, conformities, filings)
    assert (found.insurances, found.conformities, found.filings) == (insurances[:1], conformities[1:2], filings[1:])
    assert (found.insurance, found.conformity, found.filing) == (insurances[0], conformities[1], filings[1])
    nothing = records_among(last, (), ())
    assert (nothing.insurance, nothing.conformity, nothing.filing) == (None, None, None)


def test_an_inspection_shows_the_policy_that_covers_something_before_one_that_was_taken_back() -> None:
    gone, issued = held(2, status="取消"), held(1)
    assert of(gone, issued).insurance is issued
    assert of(gone).insurance is gone


def test_without_an_open_inspection_nothing_counts_and_the_last_one_is_named(room: DeskRoom) -> None:
    car = room.a_car(expiry_date=dt.date(2026, 12, 20))
    with room.database.write() as shelves:
        first = shelves.inspections.add(an_inspection(car, ending=Ending.STOPPED)).id
        last = shelves.inspections.add(an_inspection(car, dt.date(2024, 12, 20), Ending.FINISHED)).id
        for inspection, end in ((first, dt.date(2024, 12, 21)), (last, OLD)):
            shelves.insurance.add(an_insurance_certificate(vehicle_id=car, inspection_id=inspection, end_date=end))
        shelves.filings.add(a_filing(vehicle_id=car, inspection_id=last, status="手続完了", filing_id="2000000001"))
    current = room.desk.inspections.current(car)
    assert (current.inspection, current.insurance, current.policy) == (None, None, None)
    assert (current.conformity, current.filing, current.awaits_certificate) == (None, None, False)
    assert current.last is not None
    assert current.last.insurance is not None
    assert current.last.insurance.end_date == OLD
    assert (current.last.inspection.id, current.last.filing and current.last.filing.filing_id) == (last, "2000000001")


def test_one_that_was_given_up_leaves_a_policy_that_is_not_bought_again() -> None:
    """A second one of the same days would be money for nothing."""
    bought, old = held(2), held(1, end_date=OLD)
    current = a_current(a_vehicle(), TODAY, (bought, old), ending=Ending.STOPPED)
    assert (current.inspection, current.insurance, current.policy, current.old_policy) == (None, bought, bought, old)
    assert a_current(a_vehicle(), TODAY, (old,), ending=Ending.STOPPED).policy is None
    for ending in (Ending.FINISHED, Ending.RENEWED):
        assert a_current(a_vehicle(), TODAY, (bought,), ending=ending).policy is None


def test_a_car_without_anything_has_no_last_time() -> None:
    current = current_of(a_vehicle(), (), (), TODAY)
    assert (current.last, current.old_policy, current.awaits_certificate) == (None, None, False)


@pytest.mark.parametrize(
    ("ending", "awaits"),
    [(Ending.FINISHED, True), (Ending.COUNTER, True), (Ending.STOPPED, False), (Ending.RENEWED, False), (None, False)],
)
def test_the_new_certificate_is_awaited_while_the_old_day_stands(ending: Ending | None, awaits: bool) -> None:  # noqa: FBT001 - a row
    assert a_current(a_vehicle(), TODAY, ending=ending).awaits_certificate is awaits


def test_an_open_inspection_is_read_beside_the_last_one(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, dt.date(2024, 12, 20), Ending.FINISHED)).id
        mine = shelves.inspections.add(an_inspection(car, dt.date(2026, 12, 20))).id
        for inspection, number, end in ((last, "OLD", OLD), (mine, "NEW", NEW)):
            shelves.insurance.add(
                an_insurance_certificate(
                    vehicle_id=car, inspection_id=inspection, certificate_number=number, end_date=end
                )
            )
            shelves.conformity.add(
                a_conformity_certificate(vehicle_id=car, inspection_id=inspection, certificate_number=number)
            )
            shelves.filings.add(a_filing(vehicle_id=car, inspection_id=inspection))
    with room.database.read() as shelves:
        current = read_current(shelves, shelves.vehicles.get(car), TODAY)
    assert current.inspection is not None
    assert (current.inspection.id, current.last and current.last.inspection.id) == (mine, last)
    numbers = [each and each.certificate_number for each in (current.insurance, current.policy, current.old_policy)]
    assert numbers == ["NEW", "NEW", "OLD"]
    assert current.conformity is not None
    assert current.filing is not None
    assert (current.conformity.control_number, current.filing.control_number) == (2, 2)
