"""One car with 今回の車検: which 自賠責, 保適証 and 申請 count now; decided here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from onestop.model.certificate_words import Origin
from onestop.model.checklist import Checklist
from onestop.model.ending import Ending
from onestop.model.filing import that_counts
from onestop.model.inspection_days import insurance_covers
from onestop.model.policies import policy_before, usable
from onestop.services.filing.facts import facts_of_vehicle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.inspection import Inspection
    from onestop.model.inspection_days import InspectionDays
    from onestop.model.sending import Sendable
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves

SendableT = TypeVar("SendableT", bound="Sendable")


@dataclass(frozen=True, slots=True)
class InspectionRecords:
    """An inspection with what was made for it."""

    inspection: Inspection
    insurances: tuple[InsuranceCertificate, ...] = ()
    """The newest first, as are the others."""
    conformities: tuple[ConformityCertificate, ...] = ()
    """Electronic ones; those on paper stand in 指定整備元帳 alone."""
    filings: tuple[Filing, ...] = ()

    @property
    def insurance(self) -> InsuranceCertificate | None:
        """Return its 自賠責: one that covers something before one that was taken back."""
        return next(iter(usable(self.insurances)), None) or next(iter(self.insurances), None)

    @property
    def conformity(self) -> ConformityCertificate | None:
        """Return its newest 保適証."""
        return next(iter(self.conformities), None)

    @property
    def filing(self) -> Filing | None:
        """Return the one of its 申請 that counts."""
        return that_counts(self.filings)

    @property
    def doubled(self) -> tuple[int, ...]:
        """Return the 管理番号 of its 申請 with which AINAS goes on, where they are more than the one there may be."""
        going_on = sorted(each.control_number for each in self.filings if each.is_at_ainas)
        return tuple(going_on) if len(going_on) > 1 else ()


@dataclass(frozen=True, slots=True)
class CurrentInspection:
    """What the panels, 照会, 次にすること, 連動 and the review look at. Without an open inspection nothing counts."""

    vehicle: Vehicle
    inspection: Inspection | None = None
    """今回の車検; None: none is open."""
    insurance: InsuranceCertificate | None = None
    """The 自賠責 of this inspection that is worked on: one that is not finished before one that is."""
    policy: InsuranceCertificate | None = None
    """The 自賠責 with a number for the coming 有効期間: of this inspection, or an older one that covers all of it."""
    old_policy: InsuranceCertificate | None = None
    """The 自賠責 before it."""
    conformity: ConformityCertificate | None = None
    """The newest electronic 保適証 of this inspection."""
    filing: Filing | None = None
    doubled: tuple[int, ...] = ()
    """管理番号 of the 申請 with which AINAS goes on, where they are more than one."""
    last: InspectionRecords | None = None
    """前回: the inspection that ended last."""
    checklist: Checklist = field(default=Checklist())

    @property
    def awaits_certificate(self) -> bool:
        """Whether the last inspection is finished and its new 車検証 is not here: nothing may be made for the car."""
        last = self.last
        return (
            self.inspection is None
            and last is not None
            and last.inspection.awaits_certificate_of(self.vehicle.expiry_date)
        )


def read_current(shelves: Shelves, vehicle: Vehicle, today: dt.date) -> CurrentInspection:
    """Read a car's 今回の車検 with everything that counts of it."""
    records = records_of(shelves, vehicle.id)
    insurances = shelves.insurance.all_for_vehicle(vehicle.id)
    current = current_of(vehicle, records, insurances, today)
    return replace(current, checklist=shelves.checklists.of_car(vehicle, current.inspection, today))


def note_days(shelves: Shelves, vehicle_id: int, today: dt.date) -> None:
    """Note 検査年月日 and 最終の検査申請日 with 今回の車検, if one is open, so that lists can be sorted by them.

    Both follow from the car, its 自賠責 and its 保適証: whoever writes one of them notes them in the same transaction.
    """
    current = read_current(shelves, shelves.vehicles.get(vehicle_id), today)
    mine = current.inspection
    if mine is None:
        return
    last = days_in(current, today).last_application_date
    mine.inspection_date = current.conformity.inspection_date if current.conformity else None
    if mine.last_application_date != last:
        mine.last_application_date = last
        shelves.inspections.note_last_application_date(mine.id, last)


def days_of_car(
    vehicle: Vehicle,
    today: dt.date,
    planned_date: dt.date | None = None,
    insurance: InsuranceCertificate | None = None,
    before: InsuranceCertificate | None = None,
) -> InspectionDays:
    """Return the days of an inspection, with the 申請予定日 of a filing that is begun.

    `insurance` is its 自賠責 for the coming 有効期間, `before` the one before that.
    """
    facts = replace(
        facts_of_vehicle(vehicle),
        planned_date=planned_date,
        insurance_start=insurance.start_date if insurance else None,
        insurance_end=insurance.end_date if insurance else None,
        old_insurance_end=before.end_date if before else None,
    )
    return facts.days(today)


def planned_date_of(shelves: Shelves, vehicle_id: int) -> dt.date | None:
    """Return the 申請予定日 of the filing that is under way for a car; None when there is none."""
    inspection = shelves.inspections.open_for_vehicle(vehicle_id)
    filing = shelves.filings.that_counts(inspection.id) if inspection else None
    return filing.planned_date if filing and filing.is_draft else None


def days_in(car: CurrentInspection, today: dt.date, unplanned: dt.date | None = None) -> InspectionDays:
    """Return the days of the inspection that is under way for a car.

    Without a 申請予定日 `unplanned` counts, or today.
    """
    planned = car.filing.planned_date if car.filing is not None and car.filing.is_draft else None
    days = days_of_car(car.vehicle, today, planned or unplanned, car.policy, car.old_policy)
    return replace(days, inspection_date=car.conformity.inspection_date if car.conformity else None)


def records_of(shelves: Shelves, vehicle_id: int) -> tuple[InspectionRecords, ...]:
    """Return the inspections of a car with their records, the newest first."""
    insurances = shelves.insurance.all_for_vehicle(vehicle_id)
    conformities = shelves.conformity.all_for_vehicle(vehicle_id)
    filings = shelves.filings.all_for_vehicle(vehicle_id)
    return tuple(
        records_among(each, insurances, conformities, filings)
        for each in shelves.inspections.all_for_vehicle(vehicle_id)
    )


def records_among(
    inspection: Inspection,
    insurances: Sequence[InsuranceCertificate],
    conformities: Sequence[ConformityCertificate],
    filings: Sequence[Filing] = (),
) -> InspectionRecords:
    """Choose the records of one inspection among those of its car."""
    return InspectionRecords(
        inspection,
        made_for(insurances, inspection.id),
        electronic_for(conformities, inspection.id),
        made_for(filings, inspection.id),
    )


def made_for(records: Iterable[SendableT], inspection_id: int) -> tuple[SendableT, ...]:
    """Choose the records of an inspection."""
    return tuple(each for each in records if each.inspection_id == inspection_id)


def electronic_for(
    conformities: Iterable[ConformityCertificate], inspection_id: int
) -> tuple[ConformityCertificate, ...]:
    """Choose the 保適証 of an inspection that AIRAS has."""
    return tuple(each for each in made_for(conformities, inspection_id) if each.origin is Origin.ELECTRONIC)


def current_of(
    vehicle: Vehicle,
    records: Sequence[InspectionRecords],
    insurances: Sequence[InsuranceCertificate],
    today: dt.date,
) -> CurrentInspection:
    """Choose what counts among a car's inspections, the newest first, and all its 自賠責, also those of none."""
    mine = next((each for each in records if each.inspection.is_open), None)
    last = next((each for each in records if not each.inspection.is_open), None)
    if mine is None:
        return _between(vehicle, last, insurances, today)
    planned = mine.filing.planned_date if mine.filing else None
    policy = policy_for(mine.insurances, insurances, vehicle, today, planned)
    return CurrentInspection(
        vehicle,
        mine.inspection,
        next((each for each in mine.insurances if is_unfinished(each)), None) or policy or mine.insurance,
        policy,
        _before(insurances, policy),
        mine.conformity,
        mine.filing,
        mine.doubled,
        last,
    )


def _between(
    vehicle: Vehicle, last: InspectionRecords | None, insurances: Sequence[InsuranceCertificate], today: dt.date
) -> CurrentInspection:
    """Return what counts while no inspection is open: at most the policy that one which was given up left behind."""
    between = CurrentInspection(vehicle, last=last)
    if last is None or last.inspection.ending is not Ending.STOPPED:
        return between
    policy = _covering(insurances, days_of_car(vehicle, today).new_expiry)
    return replace(between, insurance=policy, policy=policy, old_policy=_before(insurances, policy))


def policy_for(
    mine: Sequence[InsuranceCertificate],
    insurances: Sequence[InsuranceCertificate],
    vehicle: Vehicle,
    today: dt.date,
    planned_date: dt.date | None = None,
) -> InsuranceCertificate | None:
    """Return the 自賠責 for the period that an inspection gives: its own, else one of before that covers it whole.

    One whose period is over is for no period to come.
    """
    own = [each for each in usable(mine) if each.end_date is None or each.end_date > today]
    if len(own) == 1:
        return own[0]
    if not own and not usable(insurances):
        return None
    expiry = days_of_car(vehicle, today, planned_date).new_expiry
    fitting = max(own, key=lambda each: (_covers(each, expiry), each.control_number), default=None)
    return fitting or _covering(insurances, expiry)


def _covering(insurances: Sequence[InsuranceCertificate], expiry: dt.date | None) -> InsuranceCertificate | None:
    """Return one that covers the whole period up to a new 満了日."""
    return next((each for each in usable(insurances) if _covers(each, expiry)), None)


def _before(
    insurances: Sequence[InsuranceCertificate], policy: InsuranceCertificate | None
) -> InsuranceCertificate | None:
    return policy_before(insurances, policy) if policy else None


def is_unfinished(certificate: InsuranceCertificate) -> bool:
    """Tell whether it is a draft, or its answer is still awaited."""
    return certificate.sending.is_unsettled or not certificate.certificate_number


def _covers(policy: InsuranceCertificate, expiry: dt.date | None) -> bool:
    return policy.end_date is not None and expiry is not None and insurance_covers(policy.end_date, expiry)
