"""The frozen words of a filing: checked here first for all that AINAS would refuse, then written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from onestop.clock import JST
from onestop.gateway.ainas import FilingRequest, WireUser
from onestop.gateway.wire import WirePlate, as_invalid_input
from onestop.model.checks import check_filing
from onestop.model.findings import refuse_errors
from onestop.services.filing.held import facts_in

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.filing import Filing
    from onestop.store.database import Shelves


def frozen(filing: Filing, shelves: Shelves, sites: tuple[str, str], now: dt.datetime) -> str:
    """Return the text that is sent, byte for byte.

    Args:
        filing: as it is stored.
        shelves: of the transaction that notes the intent.
        sites: 依頼人拠点コード and 代理人拠点ID.
        now: as of when it is checked.

    Raises:
        InvalidInput: AINAS would refuse it; every such field is named.
        NotAllowed: its inspection has another one that goes on.
    """
    shelves.filings.refuse_second(filing)
    facts = next(facts_in(shelves, [filing], now))
    refuse_errors(check_filing(facts, now.astimezone(JST).date()))
    try:
        return _request(filing, *sites).frozen_json()
    except ValidationError as error:  # what the checks let through and the contract does not
        raise as_invalid_input(error) from None


def _request(filing: Filing, requester_site_code: str, agent_site_id: str) -> FilingRequest:
    return FilingRequest(
        control_number=filing.control_number,
        requester_site_code=requester_site_code,
        agent_site_id=agent_site_id,
        procedure=filing.procedure.value,
        vehicle_class=filing.vehicle_class.value,
        planned_date=filing.planned_date,
        registration_number=WirePlate.of(filing.registration_number),
        chassis_number=filing.chassis_number,
        officially_stamped=filing.officially_stamped,
        user=WireUser(
            name=filing.user_name,
            kind=filing.user_kind.value,
            representative=filing.user_representative or None,
            address1=filing.user_address1,
            address2=filing.user_address2 or None,
        ),
        insurance_certificate_number=filing.insurance_certificate_number or None,
        conformity_certificate_number=filing.conformity_certificate_number or None,
        certificate_update=filing.certificate_update or None,
        recording_contract_number=filing.recording_contract_number or None,
    )
