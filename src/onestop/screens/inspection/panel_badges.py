"""The state badges of the three panels of ワンストップサービス, by the same words as 次にすること."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import DELETED
from onestop.model.sending_state import Sending
from onestop.model.words import NO_WORD, may_file_anew, oss_status_word, status_word
from onestop.screens.badge import ATTENTION, ISSUED, NOT_ISSUED, REJECTED, WAITING, Badge, BadgeKind
from onestop.screens.busy import busy_word
from onestop.services.inspection.states import (
    ConformityState,
    FilingState,
    InsuranceState,
    conformity_state,
    filing_state,
    insurance_state,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from onestop.model.filing import Filing
    from onestop.screens.busy import Busy
    from onestop.services.inspection.current import CurrentInspection

UNSETTLED: Final = Badge(BadgeKind.WAITING, "確認中")
"""Sent, and whether it arrived is not known yet."""
EXPIRED: Final = Badge(BadgeKind.ATTENTION, "期限切れ")
ON_PAPER: Final = Badge(BadgeKind.DONE, "発行済(紙)")
UNCONFIRMED: Final = Badge(BadgeKind.ATTENTION, "未確認")
"""Typed by hand, and e-JIBAI has not shown it."""
AWAITED: Final = Badge(BadgeKind.WAITING, "登録待ち")
"""Issued, and not at the 登録機関 yet: AIRAS does not see it before."""
LATE: Final = Badge(BadgeKind.ATTENTION, "登録遅れ")
UNREPORTED: Final = Badge(BadgeKind.ATTENTION, "登録なし")
"""Issued without 登録機関: AIRAS never sees it."""
TAKEN_AWAY: Final = Badge(BadgeKind.NONE, DELETED)

INSURANCE: Final[Mapping[InsuranceState, Badge]] = {
    InsuranceState.NONE: NOT_ISSUED,
    InsuranceState.TOO_EARLY: NOT_ISSUED,
    InsuranceState.CANCELLED: Badge(BadgeKind.NONE, "取消"),
    InsuranceState.UNSETTLED: UNSETTLED,
    InsuranceState.REFUSED: ATTENTION,
    InsuranceState.BEGUN: NOT_ISSUED,
    InsuranceState.OVER: EXPIRED,
    InsuranceState.SHORT: Badge(BadgeKind.ATTENTION, "期間不足"),
    InsuranceState.UNREPORTED: UNREPORTED,
    InsuranceState.UNREACHABLE: UNREPORTED,
    InsuranceState.AWAITED: AWAITED,
    InsuranceState.LATE: LATE,
    InsuranceState.PAPER: ON_PAPER,
    InsuranceState.UNCONFIRMED: UNCONFIRMED,
    InsuranceState.ISSUED: ISSUED,
}
CONFORMITY: Final[Mapping[ConformityState, Badge]] = {
    ConformityState.NONE: NOT_ISSUED,
    ConformityState.UNSETTLED: UNSETTLED,
    ConformityState.WAITING: WAITING,
    ConformityState.STOPPED: ATTENTION,
    ConformityState.REFUSED: ATTENTION,
    ConformityState.BARE: NOT_ISSUED,
    ConformityState.BEGUN: NOT_ISSUED,
    ConformityState.REJECTED: REJECTED,
    ConformityState.REJECTED_FOR_GOOD: REJECTED,
    ConformityState.BEING_MADE: Badge(BadgeKind.ATTENTION, "作成中"),
    ConformityState.PULLING_BACK: Badge(BadgeKind.WAITING, "引戻中"),
    ConformityState.PULLBACK_LATE: ATTENTION,
    ConformityState.EXPIRED: EXPIRED,
    ConformityState.COUNTER: ISSUED,
    ConformityState.COUNTER_EXPIRED: EXPIRED,
    ConformityState.OTHER_POLICY: ATTENTION,
    ConformityState.OTHER_POLICY_REPORTED: ATTENTION,
    ConformityState.DONE: ISSUED,
    ConformityState.USABLE: ISSUED,
}
FILING: Final[Mapping[str, Badge]] = {
    FilingState.NONE: NOT_ISSUED,
    FilingState.AWAITS_CERTIFICATE: NOT_ISSUED,
    FilingState.UNSETTLED: UNSETTLED,
    FilingState.REFUSED: ATTENTION,
    FilingState.NO_NUMBERS: NOT_ISSUED,
    FilingState.OTHER_NUMBERS: NOT_ISSUED,
    FilingState.UNKNOWN_NUMBERS: NOT_ISSUED,
    FilingState.PREPARED: NOT_ISSUED,
    FilingState.DOUBLED: ATTENTION,
    FilingState.FORGOTTEN: ATTENTION,
}
"""Until AINAS has a word for it."""


def insurance_badge(car: CurrentInspection | None, now: dt.datetime) -> Badge:
    """Return the state of the e-JIBAI panel: of the policy for the coming 有効期間."""
    if car is None:
        return NOT_ISSUED
    return _busy(car.insurance, now) or INSURANCE[insurance_state(car, now)]


def conformity_badge(car: CurrentInspection | None, now: dt.datetime) -> Badge:
    """Return the state of the 保適[AIRAS] panel; a word that is not known is shown as it came, and not as issued."""
    held = car.conformity if car else None
    if car is None or held is None:
        return NOT_ISSUED
    if held.counts_as == DELETED:
        return TAKEN_AWAY
    if busy := _busy(held, now):
        return busy
    state = conformity_state(car, now)
    if state is ConformityState.OTHER_WORD:
        return Badge(BadgeKind.WAITING, held.status or NO_WORD)
    return CONFORMITY[state]


def filing_badge(car: CurrentInspection | None, now: dt.datetime) -> Badge:
    """Return the state of the 申請[AINAS] panel."""
    if car is None:
        return NOT_ISSUED
    if busy := _busy(car.filing, now):
        return busy
    state, filing = filing_state(car), car.filing
    if filing is None or filing.sending is not Sending.FILED or state in FILING:
        return FILING[state]
    return _of_ainas(filing)


def _busy(record: Busy | None, now: dt.datetime) -> Badge | None:
    """Return the badge of a record that another desk is sending."""
    word = None if record is None else busy_word(record, now)
    return None if word is None else Badge(BadgeKind.WAITING, word)


def _of_ainas(filing: Filing) -> Badge:
    """Return the badge of the word, of the two that came, which says that the filing goes on no more; else of both."""
    words = (status_word(filing.status), oss_status_word(filing.oss_status))
    ended = next((each for each in words if each.final and each.anew), None)
    if ended is not None:
        return Badge(BadgeKind.REJECTED if ended.error else BadgeKind.NONE, ended.word)
    if may_file_anew(filing.status, filing.oss_status) or any(each.error for each in words):
        return ATTENTION
    return ISSUED
