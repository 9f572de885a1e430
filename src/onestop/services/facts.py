"""Gathers what the checks look at: a filing with its car, and the newest certificates."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from onestop.model.checks import FilingFacts
from onestop.model.money import TaxRate
from onestop.model.wareki import YearMonth

if TYPE_CHECKING:
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
    "model_code",
    "type_designation",
    "classification_number",
    "certificate_issued_on",
    "expiry_date",
    "capacity",
    "max_load_kg",
    "weight_kg",
    "gross_weight_kg",
    "note_info",
)


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


def facts_of_filing(
    filing: Filing,
    vehicle: Vehicle,
    insurance: InsuranceCertificate | None = None,
    conformity: ConformityCertificate | None = None,
) -> FilingFacts:
    """Return the facts of a filing; the filing's own words win over the car's."""
    facts = FilingFacts(**{name: getattr(filing, name) for name in OF_FILING}, **_of_car(vehicle))
    if insurance is not None and insurance.certificate_number == filing.insurance_certificate_number:
        facts = dataclasses.replace(facts, insurance_end=insurance.end_date)
    if conformity is not None and conformity.certificate_number == filing.conformity_certificate_number:
        facts = dataclasses.replace(facts, inspection_date=conformity.inspection_date)
    return facts


def _of_car(vehicle: Vehicle) -> dict[str, Any]:
    values = {name: getattr(vehicle, name) for name in OF_VEHICLE}
    values["first_registration"] = YearMonth.parse(vehicle.first_registration)
    values["axles_kg"] = (vehicle.ff_axle_kg, vehicle.fr_axle_kg, vehicle.rf_axle_kg, vehicle.rr_axle_kg)
    values["tax_rate"] = TaxRate(vehicle.tax_rate)
    return values
