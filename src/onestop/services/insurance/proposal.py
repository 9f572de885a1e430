"""自賠責証明書 新規, prefilled: from the car, from the certificate before it, and from the 満了日."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import ContractKind
from onestop.model.inspection_days import InspectionDays, base_day, propose_insurance
from onestop.model.insurance_checks import InsuranceFacts
from onestop.model.money import jibaiseki_class
from onestop.model.rate_tables import premium_classes
from onestop.model.validity import validity_of
from onestop.model.wareki import format_short
from onestop.model.written import written_in_vehicle
from onestop.services.filing.facts import facts_of_vehicle
from onestop.services.form_fields import words_of_car
from onestop.services.inspection.current import days_of_car, planned_date_of
from onestop.services.insurance.form import InsuranceForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.inspection_days import InsuranceProposal
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves

ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InsuranceBasis:
    """What a proposal was made from, for the clerk to see."""

    expiry_date: dt.date | None = None
    """The present 満了日."""
    new_expiry: dt.date | None = None
    """The 満了日 that the insurance must cover; None when the years of the new 有効期間 are not known."""
    question: str = ""
    """Why they are not known, and what to do."""
    days: InspectionDays | None = None
    """The days of the inspection, as far as they are known without the new insurance."""
    old_end: dt.date | None = None
    """The day on which the insurance before this one ends; None when no certificate of it is here."""
    old_chassis_number: str = field(default="", repr=False)
    """The 車台番号 in it, if it was issued here."""


def basis_of(
    vehicle: Vehicle, old: InsuranceCertificate | None, today: dt.date, planned_date: dt.date | None = None
) -> InsuranceBasis:
    """Return what a new insurance of this car has to fit.

    After a lapse the car is insured first and applied for then, tomorrow at the earliest: so 24 months do not reach,
    and 25 are sold (rule I10).
    """
    issued_here = old.chassis_number if old and not old.is_by_hand else ""
    basis = InsuranceBasis(vehicle.expiry_date, old_end=old.end_date if old else None, old_chassis_number=issued_here)
    if not _goes_on(basis, today):
        planned_date = base_day(planned_date, today + ONE_DAY)
    days = days_of_car(vehicle, today, planned_date)
    question = validity_of(facts_of_vehicle(vehicle).taxable, days.day).question
    return replace(basis, new_expiry=days.new_expiry, question=question, days=days)


def basis_in(
    shelves: Shelves,
    vehicle: Vehicle,
    control_number: int | None,
    today: dt.date,
    unplanned: dt.date | None = None,
) -> InsuranceBasis:
    """Return the same from what is stored of the car, for this certificate (None: a new one).

    Without a 申請予定日 `unplanned` counts, or today.
    """
    old = old_of(shelves.insurance.all_for_vehicle(vehicle.id), control_number)
    return basis_of(vehicle, old, today, planned_date_of(shelves, vehicle.id) or unplanned)


def _goes_on(basis: InsuranceBasis, today: dt.date) -> bool:
    old_end = _old_end(basis)
    return old_end is not None and old_end >= today


def _old_end(basis: InsuranceBasis) -> dt.date | None:
    """Return when the old insurance ends; without its certificate, a day past the 満了日, as it must at least."""
    if basis.old_end is not None or basis.expiry_date is None:
        return basis.old_end
    return basis.expiry_date + ONE_DAY


def proposed_form(vehicle: Vehicle, basis: InsuranceBasis, insurer: str, today: dt.date) -> InsuranceForm:
    """Return the form of 新規."""
    old_end, goes_on = _old_end(basis), _goes_on(basis, today)
    start = old_end if goes_on and old_end else today
    fitting = proposed_period(basis, today)
    return InsuranceForm(
        insurer=insurer,
        contract_kind=(ContractKind.RENEWAL if goes_on else ContractKind.NEW).value,
        rate_class=rate_class_of(vehicle),
        start_date=format_short(start),
        months=str(fitting.months) if fitting else "",
        **words_of_car(vehicle),
        policyholder_name=vehicle.effective_user_name,
        policyholder_address=vehicle.effective_user_address,
    )


def proposed_period(basis: InsuranceBasis, today: dt.date) -> InsuranceProposal | None:
    """Return from when and for how long a new insurance is proposed; None where nobody knows, or none on sale fits."""
    return propose_insurance(_old_end(basis), today, basis.new_expiry) if basis.new_expiry else None


def rate_class_of(vehicle: Vehicle) -> str:
    """Return the insurers' word for a car; "" when it does not follow from what is known of it."""
    key = jibaiseki_class(facts_of_vehicle(vehicle).taxable)
    return next((each.label for each in premium_classes() if each.key == key), "")


def old_of(certificates: Sequence[InsuranceCertificate], before: int | None = None) -> InsuranceCertificate | None:
    """Return the certificate before this one (None: before a new one) among a car's, the newest first."""
    earlier = (each for each in certificates if before is None or each.control_number < before)
    return next((each for each in earlier if each.certificate_number and not each.is_cancelled), None)


def facts_of(
    certificate: InsuranceCertificate,
    vehicle: Vehicle,
    basis: InsuranceBasis,
    *,
    by_hand: bool = False,
    known_insurers: frozenset[str] | None = None,
) -> InsuranceFacts:
    """Gather what the checks look at; without `known_insurers` any 保険会社 will do."""
    return InsuranceFacts(
        by_hand=by_hand,
        known_insurers=known_insurers,
        origin=certificate.origin,
        insurer=certificate.insurer,
        contract_kind=certificate.contract_kind,
        rate_class=certificate.rate_class,
        report_to_registry=certificate.report_to_registry,
        registration_number=certificate.registration_number,
        chassis_number=certificate.chassis_number,
        policyholder_name=certificate.policyholder_name,
        policyholder_address=certificate.policyholder_address,
        start_date=certificate.start_date,
        end_date=certificate.end_date,
        months=certificate.months,
        certificate_number=certificate.certificate_number or "",
        vehicle_class=vehicle.vehicle_class,
        officially_stamped=vehicle.officially_stamped,
        car=written_in_vehicle(vehicle),
        new_expiry=basis.new_expiry,
        years_question=basis.question,
        old_end=basis.old_end,
        old_chassis_number=basis.old_chassis_number,
    )
