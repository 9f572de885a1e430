"""The days of a car's inspection: from the car as it is stored, its certificates and the 申請予定日 of its filing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onestop.services.filing.facts import facts_of_vehicle

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.inspection_days import InspectionDays
    from onestop.model.vehicle import Vehicle
    from onestop.services.inspection.current import CurrentInspection
    from onestop.store.database import Shelves


def days_of_car(
    vehicle: Vehicle,
    today: dt.date,
    planned_date: dt.date | None = None,
    insurance: InsuranceCertificate | None = None,
    before: InsuranceCertificate | None = None,
) -> InspectionDays:
    """Return the days of an inspection.

    Args:
        vehicle: the car.
        today: the day on which it is looked at.
        planned_date: 申請予定日, if a filing is begun and has one.
        insurance: its 自賠責 for the coming 有効期間.
        before: the 自賠責 before that one.
    """
    facts = dataclasses.replace(
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
    return dataclasses.replace(days, inspection_date=car.conformity.inspection_date if car.conformity else None)
