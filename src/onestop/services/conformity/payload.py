"""The frozen words of a 保適証: checked here first for all that AIRAS would refuse, then written once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal, cast

from pydantic import ValidationError

from onestop import errors
from onestop.gateway.airas import CertificateRequest, WireInsurance
from onestop.gateway.wire import WirePlate, as_invalid_input
from onestop.model.confirmation import remembered
from onestop.model.conformity_checks import AroundCertificate, KnownInsurance, check_conformity
from onestop.model.findings import refuse_errors
from onestop.model.plate import RegistrationNumber
from onestop.model.policies import policy_before, usable, why_not_electronic
from onestop.model.written import written_in_insurance, written_in_vehicle
from onestop.services.filing.facts import facts_of_vehicle
from onestop.services.inspection.current import planned_date_of
from onestop.services.inspection.next_step import with_keys

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.findings import Finding
    from onestop.store.database import Shelves

OTHER_UNKNOWN = (
    "この車両には、受け付けられたかどうかを確認中の保適証があります。先にそれを F7 状態確認 で確かめてください。"
)
ON_GLASS = {
    "new_insurance.certificate_number": "new_insurance_number",
    "new_insurance.insurer": "new_insurer",
    "old_insurance.certificate_number": "old_insurance_number",
    "old_insurance.insurer": "old_insurer",
    "inspector_name": "inspector_code",
}
"""Names of the contract whose field on the glass has another name."""
WRITTEN_BACK = (
    "application_kind",
    "workshop_code",
    "inspector_code",
    "inspector_name",
    "vehicle_category",
    "chassis_number",
    "officially_stamped",
    "vehicle_name",
    "user_name",
    "user_address",
    "odometer_km",
    "inspection_date",
    "issue_date",
    "expiry_date",
)


def findings_of(
    certificate: ConformityCertificate, shelves: Shelves, today: dt.date, coming: InsuranceCertificate | None = None
) -> tuple[Finding, ...]:
    """Check a certificate against its car and the 自賠責 that has its number; what was confirmed is said as that."""
    vehicle = shelves.vehicles.get(certificate.vehicle_id)
    answers = shelves.checklists.of_car(vehicle, shelves.inspections.open_for_vehicle(vehicle.id), today)
    around = dataclasses.replace(around_of(certificate, shelves, coming), checklist=answers)
    found = with_keys(check_conformity(certificate, around, today))
    return remembered(found, certificate, shelves.confirmations.of_vehicle(certificate.vehicle_id), today)


def around_of(
    certificate: ConformityCertificate, shelves: Shelves, coming: InsuranceCertificate | None = None
) -> AroundCertificate:
    """Return what a certificate is held against: its car, the 自賠責 that have its numbers, and the 申請予定日.

    `coming` is a 自賠責 that is about to be issued for it, and has no number yet.
    """
    vehicle = shelves.vehicles.get(certificate.vehicle_id)
    held = usable(shelves.insurance.all_for_vehicle(vehicle.id))
    by_number = {each.certificate_number: each for each in reversed(held)}
    new = coming or by_number.get(certificate.new_insurance_number)
    old = by_number.get(certificate.old_insurance_number) or (policy_before(held, new) if new else None)
    return AroundCertificate(
        car=written_in_vehicle(vehicle),
        taxable=facts_of_vehicle(vehicle).taxable,
        insurance=_known(new),
        old_insurance=_known(old),
        planned_date=planned_date_of(shelves, vehicle.id),
    )


def _known(insurance: InsuranceCertificate | None) -> KnownInsurance | None:
    if insurance is None:
        return None
    return KnownInsurance(
        written=written_in_insurance(insurance),
        start_date=insurance.start_date,
        end_date=insurance.end_date,
        reaches_airas=not why_not_electronic(insurance),
    )


def frozen(certificate: ConformityCertificate, shelves: Shelves, today: dt.date) -> str:
    """Return the text that is sent, byte for byte.

    Raises:
        InvalidInput: AIRAS would refuse it; every such field is named.
        NotAllowed: another certificate of this car may have been issued a moment ago.
    """
    others = shelves.conformity.all_for_vehicle(certificate.vehicle_id)
    unknown = (each for each in others if each.sending.is_unsettled)
    if any(each.control_number != certificate.control_number for each in unknown):
        raise errors.NotAllowed(OTHER_UNKNOWN)
    refuse_errors(findings_of(certificate, shelves, today))
    try:
        return _request(certificate).frozen_json()
    except ValidationError as error:  # what the checks let through and the contract does not
        problems = as_invalid_input(error).problems
        renamed = (errors.Problem(ON_GLASS.get(each.field, each.field), each.message) for each in problems)
        raise errors.InvalidInput(*renamed) from None


def restore(certificate: ConformityCertificate) -> None:
    """Write back what AIRAS has: the words that were sent last, instead of what was saved here after them."""
    if certificate.payload is None:
        return
    sent = CertificateRequest.model_validate_json(certificate.payload)
    for name in WRITTEN_BACK:
        setattr(certificate, name, getattr(sent, name))
    plate = sent.registration_number
    certificate.registration_number = RegistrationNumber(plate.area, plate.class_number, plate.kana, plate.serial)
    certificate.model_code, certificate.engine_model = sent.model_code or "", sent.engine_model or ""
    certificate.remarks = sent.remarks or ""
    certificate.new_insurance_number = sent.new_insurance.certificate_number
    certificate.new_insurer = sent.new_insurance.insurer
    old = sent.old_insurance
    certificate.old_insurance_number = old.certificate_number if old else ""
    certificate.old_insurer = old.insurer if old else ""


def _request(certificate: ConformityCertificate) -> CertificateRequest:
    return CertificateRequest(
        control_number=certificate.control_number,
        application_kind=cast("Literal['OSS申請', '窓口申請']", certificate.application_kind),
        workshop_code=certificate.workshop_code,
        inspector_code=certificate.inspector_code,
        inspector_name=certificate.inspector_name,
        vehicle_category=cast("Literal['普通自動車']", certificate.vehicle_category),
        registration_number=WirePlate.of(certificate.registration_number),
        chassis_number=certificate.chassis_number,
        officially_stamped=certificate.officially_stamped,
        vehicle_name=certificate.vehicle_name,
        model_code=certificate.model_code or None,
        engine_model=certificate.engine_model or None,
        user_name=certificate.user_name,
        user_address=certificate.user_address,
        odometer_km=certificate.odometer_km,
        inspection_date=cast("dt.date", certificate.inspection_date),
        issue_date=cast("dt.date", certificate.issue_date),
        expiry_date=certificate.expiry_date,
        new_insurance=_policy(certificate.new_insurance_number, certificate.new_insurer),
        old_insurance=_policy(certificate.old_insurance_number, certificate.old_insurer)
        if certificate.old_insurance_number
        else None,
        remarks=certificate.remarks or None,
    )


def _policy(number: str, insurer: str) -> WireInsurance:
    return WireInsurance(certificate_number=number, insurer=insurer)
