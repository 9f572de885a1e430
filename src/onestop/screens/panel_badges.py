"""The state badges of the three panels of ワンストップサービス."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.agreement import FILED_WITH
from onestop.model.certificate_words import Origin
from onestop.model.printable import is_past_validity
from onestop.model.sending_state import Sending
from onestop.model.words import conformity_status_word, oss_status_word, status_word
from onestop.screens.badge import ATTENTION, ISSUED, NOT_ISSUED, WAITING, Badge, BadgeKind
from onestop.screens.conformity_words import is_waiting

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.filing import Filing
    from onestop.services.inspection.current import CurrentInspection

UNSETTLED: Final = Badge(BadgeKind.WAITING, "確認中")
"""Sent, and whether it arrived is not known yet."""
EXPIRED: Final = Badge(BadgeKind.ATTENTION, "期限切れ")
ON_PAPER: Final = Badge(BadgeKind.DONE, "発行済(紙)")
UNCONFIRMED: Final = Badge(BadgeKind.ATTENTION, "未確認")
"""Typed by hand, and e-JIBAI has not shown it."""
AWAITED: Final = Badge(BadgeKind.WAITING, "登録待ち")
"""Issued, and not at the 登録機関 yet: AIRAS does not see it before."""
UNREPORTED: Final = Badge(BadgeKind.ATTENTION, "登録なし")
"""Issued without 登録機関: AIRAS never sees it."""
CANCELLED: Final = "取消"
"""An e-JIBAI certificate that was taken back (contract ejibai.yaml)."""
BEING_MADE: Final = "作成中"
DELETED: Final = "削除"


def insurance_badge(car: CurrentInspection | None, today: dt.date) -> Badge:  # noqa: PLR0911 - one line for each state
    """Return the state of the e-JIBAI panel: of the policy for the coming 有効期間."""
    certificate = car.insurance if car else None
    if car is None or certificate is None:
        return NOT_ISSUED
    if certificate.sending.is_unsettled:
        return UNSETTLED
    if certificate.status == CANCELLED:
        return Badge(BadgeKind.NONE, CANCELLED)
    if not certificate.certificate_number:
        return ATTENTION if certificate.refusal else NOT_ISSUED
    if certificate.end_date is not None and certificate.end_date < today:
        return EXPIRED
    if certificate.origin is not Origin.ELECTRONIC:
        return {Origin.PAPER: ON_PAPER}.get(certificate.origin, UNCONFIRMED)
    if certificate.is_by_hand and certificate.status is None:
        return UNCONFIRMED
    if certificate.is_by_hand or certificate.registry_reported_at is not None:
        return ISSUED
    return AWAITED if certificate.report_to_registry else UNREPORTED


def conformity_badge(certificate: ConformityCertificate | None, today: dt.date) -> Badge:
    """Return the state of the 保適[AIRAS] panel."""
    if certificate is None:
        return NOT_ISSUED
    if certificate.sending.is_unsettled:
        return UNSETTLED
    if is_waiting(certificate):
        return WAITING
    return ATTENTION if certificate.refusal else _of_airas(certificate, today)


def _of_airas(certificate: ConformityCertificate, today: dt.date) -> Badge:  # noqa: PLR0911 - one line for each state
    """Return the badge of AIRAS's own word; one that is not known is shown as it came, and is not issued yet."""
    word = conformity_status_word(certificate.status)
    if word.error:
        return Badge(BadgeKind.REJECTED, word.word)
    if word.word == DELETED:
        return Badge(BadgeKind.NONE, DELETED)
    if word.word == BEING_MADE:
        return WAITING
    if not certificate.certificate_number:
        return NOT_ISSUED
    if word.done:
        return ISSUED
    if word.word not in FILED_WITH:
        return Badge(BadgeKind.WAITING, word.word) if word.word else UNSETTLED
    return EXPIRED if is_past_validity(certificate, today) else ISSUED


def filing_badge(filing: Filing | None) -> Badge:  # noqa: PLR0911 - one line for each state
    """Return the state of the 申請[AINAS] panel."""
    if filing is None:
        return NOT_ISSUED
    if filing.sending is Sending.DRAFT:
        return ATTENTION if filing.refusal else NOT_ISSUED
    if filing.sending is not Sending.FILED:
        return UNSETTLED
    word, oss_word = status_word(filing.status), oss_status_word(filing.oss_status)
    if word.final and word.error:
        return Badge(BadgeKind.REJECTED, word.word)
    if word.error or oss_word.error:
        return ATTENTION
    if word.final and not word.done:
        return Badge(BadgeKind.NONE, word.word)
    return ISSUED
