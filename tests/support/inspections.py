"""今回の車検 for tests that put records straight into the shelves: each gets the one that the program gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from onestop.model.certificates import InsuranceCertificate
from onestop.model.inspection import Inspection
from onestop.model.sending import Sendable
from onestop.services.inspection.belonging import end_when_done, is_of_before, join_inspection
from onestop.services.inspection.current import CurrentInspection, InspectionRecords, current_of
from support.builders import BUILT_AT
from support.checklist import a_checklist, put_answers

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.checklist import Checklist
    from onestop.model.ending import Ending
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves

RecordT = TypeVar("RecordT", bound=Sendable)


def of_now(shelves: Shelves, record: RecordT) -> RecordT:
    """Let a record belong to 今回の車検 of its car, which begins with it, answered; one that says it is done ends it.

    A 自賠責 from elsewhere that began before the window is that of the present 有効期間, and belongs to none.
    """
    if isinstance(record, InsuranceCertificate) and record.is_by_hand and _is_of_before(shelves, record):
        return record
    put_answers(shelves, join_inspection(shelves, record, BUILT_AT))
    end_when_done(shelves, record, BUILT_AT)
    return record


def _is_of_before(shelves: Shelves, policy: InsuranceCertificate) -> bool:
    return is_of_before(policy, shelves.vehicles.get(policy.vehicle_id).expiry_date, BUILT_AT.date())


def an_inspection(
    vehicle_id: int = 1,
    renews: dt.date | None = None,
    ending: Ending | None = None,
    opened_at: dt.datetime = BUILT_AT,
    ended_at: dt.datetime | None = None,
) -> Inspection:
    """Return an inspection that is open, or ended thus."""
    begun = Inspection(
        created_at=opened_at, updated_at=opened_at, vehicle_id=vehicle_id, renews=renews, opened_at=opened_at
    )
    if ending is not None:
        begun.end(ending, ended_at or opened_at)
    return begun


def a_current(  # noqa: PLR0913 - what a car may have
    car: Vehicle,
    today: dt.date,
    insurances: tuple[InsuranceCertificate, ...] = (),
    conformity: ConformityCertificate | None = None,
    filing: Filing | None = None,
    *,
    before: tuple[InsuranceCertificate, ...] = (),
    ending: Ending | None = None,
    renews: dt.date | None = None,
    checklist: Checklist | None = None,
) -> CurrentInspection:
    """Return how a car stands with the records of its one inspection, which is open unless it ended thus.

    Args:
        car: the car.
        today: the day on which it is looked at.
        insurances: its 自賠責, the newest first.
        conformity: its 保適証.
        filing: its 申請.
        before: 自賠責 that belong to no inspection.
        ending: how it ended.
        renews: the 満了日 that it renews; the car's present one unless told otherwise.
        checklist: its 確認票; answered well unless told otherwise.
    """
    mine = InspectionRecords(
        an_inspection(1, renews or car.expiry_date, ending),
        insurances,
        (conformity,) if conformity else (),
        (filing,) if filing else (),
    )
    current = current_of(car, (mine,), (*insurances, *before), today)
    return replace(current, checklist=checklist or a_checklist())
