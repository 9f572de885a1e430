"""The frozen words of a filing: checked here first for all that AINAS would refuse, then written once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from onestop.gateway.ainas import FilingRequest, WireUser
from onestop.gateway.wire import WirePlate, as_invalid_input
from onestop.model.checks import check_filing
from onestop.model.findings import refuse_errors
from onestop.services.filing.held import facts_in

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.model.filing import Filing
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Shelves


@dataclass(frozen=True, slots=True)
class Sites:
    """Who asks whom: 依頼人拠点コード and 代理人拠点ID."""

    requester_site_code: str
    agent_site_id: str


class FilingPayload:
    """Makes the body of submitFiling."""

    def __init__(self, settings: SettingsService, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def sites(self) -> Sites:
        """Read the settings that every filing needs; apart, because a keychain may keep one waiting.

        Raises:
            NotConfigured: settings are missing that a filing needs.
            KeychainUnavailable: the keychain cannot be read.
        """
        return Sites(*self._settings.sites())

    def frozen(self, filing: Filing, shelves: Shelves, sites: Sites) -> str:
        """Return the text that is sent, byte for byte.

        Raises:
            InvalidInput: AINAS would refuse it; every such field is named.
        """
        self._check(filing, shelves)
        try:
            return _request(filing, sites).frozen_json()
        except ValidationError as error:  # what the checks let through and the contract does not
            raise as_invalid_input(error) from None

    def _check(self, filing: Filing, shelves: Shelves) -> None:
        facts = facts_in(shelves, filing, self._clock.now())
        refuse_errors(check_filing(facts, self._clock.today()))


def _request(filing: Filing, sites: Sites) -> FilingRequest:
    return FilingRequest(
        control_number=filing.control_number,
        requester_site_code=sites.requester_site_code,
        agent_site_id=sites.agent_site_id,
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
