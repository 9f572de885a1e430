"""What the checks look at, as plain values: a car alone, or a filing with its car and the car's certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from onestop.model.checklist import Checklist
from onestop.model.checks import FilingFacts
from onestop.model.comparison import Comparison, Source
from onestop.model.money import TaxRate
from onestop.model.policies import policy_before, why_not_electronic
from onestop.model.pullback import is_held_back
from onestop.model.wareki import YearMonth
from onestop.model.written import written_in_conformity, written_in_filing, written_in_insurance, written_in_vehicle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle

OF_FILING: Final = (
    "registration_number",
    "chassis_number",
    "officially_stamped",
    "vehicle_class",
    "user_name",
    "user_kind",
    "user_representative",
    "user_address1",
    "user_address2",
    "planned_date",
    "insurance_certificate_number",
    "conformity_certificate_number",
    "certificate_update",
    "recording_contract_number",
)
OF_VEHICLE: Final = (
    "vehicle_kind",
    "use",
    "private_or_business",
    "body_shape",
    "validity_years",
    "fuel",
    "model_code",
    "type_designation",
    "classification_number",
    "certificate_issued_on",
    "expiry_date",
    "capacity",
    "max_load_kg",
    "weight_kg",
    "gross_weight_kg",
)


CertificateT = TypeVar("CertificateT", "InsuranceCertificate", "ConformityCertificate")


@dataclass(frozen=True, slots=True)
class HeldCertificates:
    """The certificates of a car, and which of them count now (see held.py)."""

    insurances: Sequence[InsuranceCertificate] = ()
    conformities: Sequence[ConformityCertificate] = ()
    present_insurance: InsuranceCertificate | None = None
    present_conformity: ConformityCertificate | None = None
    sent_back: Filing | None = None
    """The 差戻 that the filing follows."""
    checklist: Checklist = field(default=Checklist())


def facts_of_vehicle(vehicle: Vehicle) -> FilingFacts:
    """Return the facts of a car for which no filing stands yet."""
    return FilingFacts(
        registration_number=vehicle.registration_number,
        chassis_number=vehicle.chassis_number,
        officially_stamped=vehicle.officially_stamped,
        vehicle_class=vehicle.vehicle_class,
        user_name=vehicle.effective_user_name,
        user_kind=vehicle.user_kind,
        user_representative=vehicle.user_representative,
        user_address1=vehicle.effective_user_address1,
        user_address2=vehicle.effective_user_address2,
        **_of_car(vehicle),
    )


def facts_of_filing(filing: Filing, vehicle: Vehicle, held: HeldCertificates, now: dt.datetime) -> FilingFacts:
    """Return the facts of a filing; the filing's own words win over the car's."""
    insurance = numbered(held.insurances, filing.insurance_certificate_number)
    conformity = numbered(held.conformities, filing.conformity_certificate_number)
    before = policy_before(held.insurances, insurance) if insurance else None
    return FilingFacts(
        **{name: getattr(filing, name) for name in OF_FILING},
        **_of_car(vehicle),
        insurance_start=insurance.start_date if insurance else None,
        insurance_end=insurance.end_date if insurance else None,
        insurance_cancelled=insurance is not None and insurance.is_cancelled,
        insurance_not_electronic=why_not_electronic(insurance) if insurance else "",
        old_insurance_end=before.end_date if before else None,
        inspection_date=conformity.inspection_date if conformity else None,
        conformity_kind=conformity.application_kind if conformity else "",
        conformity_status=(conformity.status if conformity else None) or "",
        conformity_held_back=is_held_back(conformity, now),
        sent_back=_told_of_unchanged(filing, held.sent_back),
        checklist=held.checklist,
        insurance_known=insurance is not None or held.present_insurance is not None,
        conformity_known=conformity is not None or held.present_conformity is not None,
        papers=compared(vehicle, held.present_insurance or insurance, held.present_conformity or conformity, filing),
    )


def compared(
    vehicle: Vehicle,
    insurance: InsuranceCertificate | None,
    conformity: ConformityCertificate | None,
    filing: Filing | None,
) -> Comparison:
    """Hold what there is of an inspection against its car and against each other."""
    papers = {Source.CAR: written_in_vehicle(vehicle)}
    if insurance is not None:
        papers[Source.INSURANCE] = written_in_insurance(insurance)
    if conformity is not None:
        papers[Source.CONFORMITY] = written_in_conformity(conformity)
    if filing is not None:
        papers[Source.FILING] = written_in_filing(filing)
    return Comparison(papers)


def _told_of_unchanged(filing: Filing, before: Filing | None) -> str | None:
    """Return what the agent wrote of the 差戻 before, if the filing says the same again; 申請予定日 is no change."""
    names = [name for name in OF_FILING if name != "planned_date"]
    if before is None or any(getattr(filing, name) != getattr(before, name) for name in names):
        return None
    return " ".join((before.message or "").split())


def numbered(certificates: Sequence[CertificateT], number: str | None) -> CertificateT | None:
    """Return the certificate with this number."""
    return next((each for each in certificates if number and each.certificate_number == number), None)


def _of_car(vehicle: Vehicle) -> dict[str, Any]:
    values = {name: getattr(vehicle, name) for name in OF_VEHICLE}
    values["first_registration"] = YearMonth.parse(vehicle.first_registration)
    values["axles_kg"] = (vehicle.ff_axle_kg, vehicle.fr_axle_kg, vehicle.rf_axle_kg, vehicle.rr_axle_kg)
    values["tax_rate"] = TaxRate(vehicle.tax_rate)
    return values
