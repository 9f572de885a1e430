"""Which certificates may be printed, and why not: never one that counts for nothing, or that is being changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.certificate_words import BEING_MADE, DELETED, REJECTED, Origin
from onestop.model.inspection_days import last_conformity_day
from onestop.model.pullback import is_held_back

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate

NO_NUMBER: Final = "まだ発行していません。発行すると印刷できます。"
UNSETTLED: Final = "受け付けられたかどうかを確認中です。先に F7 で確かめてください。"
CANCELLED: Final = "取消済みの証明書は印刷できません。"
TAKEN_AWAY: Final = "削除済みの保適証は印刷できません。"
ON_PAPER: Final = "紙の適合証は、紙に書かれたものが正本です。ここからは印刷できません。"
IN_CORRECTION: Final = "作成中です。F5 で訂正を送信すると印刷できます。"
TURNED_DOWN: Final = "却下された保適証は印刷できません。"
HELD_BACK: Final = "引戻を待っています。訂正して発行し直すと印刷できます。"
OF_STATUS: Final = {DELETED: TAKEN_AWAY, BEING_MADE: IN_CORRECTION, REJECTED: TURNED_DOWN}
EXPIRED: Final = "有効期間(15日)が過ぎた保適証の適合標章は印刷できません。"


def why_insurance_not_printed(certificate: InsuranceCertificate | None) -> str:
    """Return why a 自賠責証明書 is not printed; nothing when it may be."""
    if certificate is None:
        return NO_NUMBER
    return _why_not_issued(certificate) or (CANCELLED if certificate.is_cancelled else "")


def why_conformity_not_printed(certificate: ConformityCertificate | None, now: dt.datetime) -> str:
    """Return why a 適合証 is not printed; nothing when it may be."""
    if certificate is None:
        return NO_NUMBER
    if certificate.origin is Origin.PAPER:
        return ON_PAPER
    of_status = OF_STATUS.get(certificate.counts_as, "")
    return _why_not_issued(certificate) or of_status or (HELD_BACK if is_held_back(certificate, now) else "")


def why_mark_not_printed(certificate: ConformityCertificate | None, now: dt.datetime) -> str:
    """Return why a 適合標章 is not printed: as the 適合証, and the car may run with it for its 15 days only."""
    over = is_past_validity(certificate, now.astimezone(JST).date())
    return why_conformity_not_printed(certificate, now) or (EXPIRED if over else "")


def is_past_validity(certificate: ConformityCertificate | None, today: dt.date) -> bool:
    """Tell whether the 15 days of a certificate are over; the 適合証 is then printed after a question only."""
    if certificate is None:
        return False
    last_day, inspected = certificate.valid_until, certificate.inspection_date
    if last_day is None and inspected is not None:  # AIRAS has not said it: as we count it
        last_day = last_conformity_day(inspected)
    return last_day is not None and today > last_day


def _why_not_issued(certificate: InsuranceCertificate | ConformityCertificate) -> str:
    if certificate.sending.is_unsettled:
        return UNSETTLED
    return "" if certificate.certificate_number else NO_NUMBER
