"""Which fields of a form have to be filled in before its main key does its work: all have the same mark on the glass.

What is refused is decided by the rules; tests/screens/test_required_fields.py empties every field and holds both
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.words import PartyKind
from onestop.screens.plate_input import FIELD as PLATE

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from onestop.services.conformity.form import ConformityForm
    from onestop.services.filing.form import FilingForm
    from onestop.services.insurance.form import InsuranceForm
    from onestop.services.ledger.paper_form import PaperForm
    from onestop.services.vehicle.form import VehicleForm

CAR: Final = frozenset({PLATE, "chassis_number"})
"""What every paper is about."""
FILING: Final = CAR | {"user_name", "user_address1", "insurance_certificate_number", "conformity_certificate_number"}
POLICY: Final = CAR | {"insurer", "start_date"}
POLICY_ISSUED: Final = frozenset({"rate_class", "months", "policyholder_name", "policyholder_address"})
CONFORMITY: Final = CAR | {
    *("workshop_code", "inspector_code", "inspection_date", "issue_date"),
    *("user_name", "user_address", "new_insurance_number", "new_insurer"),
}
PAPER: Final = frozenset({"certificate_number", "chassis_number", "inspection_date", "issue_date", "inspector"})
SETTINGS: Final = frozenset({"api_key", "api_password", "requester_site_code", "agent_site_id"})
"""What the manual's 必要情報 names; 設定 saves without, and says what is missing."""
ENDING: Final = frozenset({"reason"})
NONE: Final[frozenset[str]] = frozenset()


def required_of_car(form: VehicleForm) -> AbstractSet[str]:
    """Return what 車両 needs to be saved."""
    return CAR | {"owner_name"} | (NONE if form.user_is_owner else {"user_name"})


def required_of_filing(form: FilingForm) -> AbstractSet[str]:
    """Return what 申請書発行 needs to be sent."""
    return FILING | ({"user_representative"} if form.user_kind == PartyKind.COMPANY.value else NONE)


def required_of_policy(form: InsuranceForm) -> AbstractSet[str]:
    """Return what 自賠責証明書発行 needs to be sent, or of one typed by hand to be saved."""
    if not form.by_hand:
        return POLICY | POLICY_ISSUED
    return POLICY | {"certificate_number"} | (NONE if form.months.strip() else {"end_date"})


def required_of_conformity(form: ConformityForm) -> AbstractSet[str]:
    """Return what 適合証・証明証発行 needs to be sent; a 旧自賠責 has its number and its insurer, or neither."""
    has_old = bool(form.old_insurance_number.strip() or form.old_insurer.strip())
    return CONFORMITY | ({"old_insurance_number", "old_insurer"} if has_old else NONE)


def required_of_paper(form: PaperForm) -> AbstractSet[str]:
    """Return what 紙の適合証 needs to be saved."""
    return PAPER | (ENDING if form.voided else NONE)
