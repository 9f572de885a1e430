"""Which certificates may be printed, and why not: never one that counts for nothing, or that is being changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import BEING_MADE, DELETED
from onestop.model.sending_state import Sending

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate

NO_NUMBER: Final = "まだ発行していません。発行すると印刷できます。"
UNSETTLED: Final = "受け付けられたかどうかを確認中です。先に F7 で確かめてください。"
CANCELLED: Final = "取消済みの証明書は印刷できません。"
TAKEN_AWAY: Final = "削除済みの保適証は印刷できません。"
IN_CORRECTION: Final = "作成中です。F5 で訂正を送信すると印刷できます。"


def why_insurance_not_printed(certificate: InsuranceCertificate | None) -> str:
    """Return why a 自賠責証明書 is not printed; nothing when it may be."""
    if certificate is None:
        return NO_NUMBER
    return _why_not_issued(certificate) or (CANCELLED if certificate.is_cancelled else "")


def why_conformity_not_printed(certificate: ConformityCertificate | None) -> str:
    """Return why a 適合証 and its 適合標章 are not printed; nothing when they may be."""
    if certificate is None:
        return NO_NUMBER
    changed = {DELETED: TAKEN_AWAY, BEING_MADE: IN_CORRECTION}
    return _why_not_issued(certificate) or changed.get(certificate.status or "", "")


def _why_not_issued(certificate: InsuranceCertificate | ConformityCertificate) -> str:
    if certificate.sending in (Sending.SENDING, Sending.UNKNOWN):
        return UNSETTLED
    return "" if certificate.certificate_number else NO_NUMBER
