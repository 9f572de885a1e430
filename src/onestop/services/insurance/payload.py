"""The frozen words of a 自賠責証明書: checked here first for all that e-JIBAI would refuse, then written once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, cast

from pydantic import ValidationError

from onestop import errors
from onestop.clock import JST
from onestop.gateway.ejibai import PolicyRequest
from onestop.gateway.wire import WirePlate, as_invalid_input
from onestop.model.findings import refuse_errors
from onestop.model.insurance_checks import check_insurance
from onestop.services.insurance.proposal import basis_in, facts_of

if TYPE_CHECKING:
    import datetime as dt

    from onestop.gateway.ejibai import Policy
    from onestop.model.certificates import InsuranceCertificate
    from onestop.store.database import Shelves

OTHER_UNKNOWN = (
    "この車両には、受け付けられたかどうかを確認中の自賠責があります。先にそれを F7 確認 で確かめてください。"
)


def frozen(certificate: InsuranceCertificate, shelves: Shelves, today: dt.date) -> str:
    """Return the text that is sent, byte for byte.

    Raises:
        InvalidInput: e-JIBAI would refuse it; every such field is named.
        NotAllowed: another certificate of this car may have been issued a moment ago.
    """
    vehicle = shelves.vehicles.get(certificate.vehicle_id)
    others = shelves.insurance.all_for_vehicle(certificate.vehicle_id)
    if any(each.sending.is_unsettled for each in others):
        raise errors.NotAllowed(OTHER_UNKNOWN)
    basis = basis_in(shelves, vehicle, certificate.control_number, today)
    refuse_errors(check_insurance(facts_of(certificate, vehicle, basis), today))
    try:
        return _request(certificate).frozen_json()
    except ValidationError as error:  # what the checks let through and the contract does not
        raise as_invalid_input(error) from None


def _request(certificate: InsuranceCertificate) -> PolicyRequest:
    return PolicyRequest(
        control_number=certificate.control_number,
        insurer=certificate.insurer,
        contract_kind=cast("Literal['新規', '継続']", certificate.contract_kind),
        report_to_registry=certificate.report_to_registry,
        rate_class=certificate.rate_class,
        registration_number=WirePlate.of(certificate.registration_number),
        chassis_number=certificate.chassis_number,
        policyholder_name=certificate.policyholder_name,
        policyholder_address=certificate.policyholder_address,
        start_date=cast("dt.date", certificate.start_date),
        months=certificate.months or 0,
    )


def may_be(policy: Policy, certificate: InsuranceCertificate) -> bool:
    """Tell whether a policy of the car has the 管理番号 and the period that were sent.

    Of a restored draft nobody knows what was sent, or whether: there the 管理番号 alone decides.
    """
    if policy.control_number != certificate.control_number:
        return False
    sent = json.loads(certificate.payload or "{}")
    start = policy.start_at.astimezone(JST).date().isoformat()
    return not sent or (start, policy.months) == (sent["start_date"], sent["months"])
