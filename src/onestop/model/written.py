"""What each of the four papers says of its car, taken from the records as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import VehicleCategory
from onestop.model.chassis import normalise_chassis
from onestop.model.comparison import Written
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle

_REGISTERED: Final = (VehicleCategory.ORDINARY, VehicleCategory.SMALL, VehicleCategory.SPECIAL)
"""What a 登録車 can be, while its 自動車の種別 is not known."""


def category_of(vehicle: Vehicle) -> VehicleCategory:
    """Return the 自動車区分 of a car, from its 車両種別 and 自動車の種別."""
    if vehicle.vehicle_class is VehicleClass.KEI:
        return VehicleCategory.KEI
    if vehicle.vehicle_class is VehicleClass.MOTORCYCLE:
        return VehicleCategory.MOTORCYCLE
    if vehicle.vehicle_kind.startswith("大型特殊"):
        return VehicleCategory.SPECIAL
    return VehicleCategory.SMALL if vehicle.vehicle_kind.startswith("小型") else VehicleCategory.ORDINARY


def written_in_vehicle(vehicle: Vehicle) -> Written:
    """Return what the 車検証 says, as it is stored here; a 使用者 *** is resolved to the owner."""
    unknown = vehicle.vehicle_class is VehicleClass.REGISTERED and not vehicle.vehicle_kind
    categories = _REGISTERED if unknown else (category_of(vehicle),)
    kind = vehicle.vehicle_class.value
    return Written(
        registration_number=vehicle.registration_number,
        chassis_number=normalise_chassis(vehicle.chassis_number),
        user_name=vehicle.effective_user_name,
        address=vehicle.effective_user_address,
        kind=kind if unknown else "・".join(dict.fromkeys((kind, categories[0].value))),
        kinds=frozenset({kind, *(each.value for each in categories)}),
        expiry_date=vehicle.expiry_date,
    )


def written_in_insurance(certificate: InsuranceCertificate) -> Written:
    """Return what a 自賠責 says."""
    return Written(
        registration_number=certificate.registration_number,
        chassis_number=certificate.chassis_number,
        user_name=certificate.policyholder_name,
        address=certificate.policyholder_address,
        kind=certificate.rate_class,
        start_date=certificate.start_date,
        end_date=certificate.end_date,
        insurance_number=certificate.certificate_number or "",
    )


def written_in_conformity(certificate: ConformityCertificate) -> Written:
    """Return what a 保適証 says."""
    return Written(
        registration_number=certificate.registration_number,
        chassis_number=certificate.chassis_number,
        user_name=certificate.user_name,
        address=certificate.user_address,
        kind=certificate.vehicle_category,
        inspection_date=certificate.inspection_date,
        issue_date=certificate.issue_date,
        expiry_date=certificate.expiry_date,
        insurance_number=certificate.new_insurance_number,
        conformity_number=certificate.certificate_number or "",
    )


def written_in_filing(filing: Filing) -> Written:
    """Return what a 申請 says."""
    return Written(
        registration_number=filing.registration_number,
        chassis_number=filing.chassis_number,
        user_name=filing.user_name,
        address=filing.user_address1 + filing.user_address2,
        kind=filing.vehicle_class.value,
        planned_date=filing.planned_date,
        insurance_number=filing.insurance_certificate_number,
        conformity_number=filing.conformity_certificate_number,
    )
