"""How the 自賠責, 保適証 and 申請 of 今回の車検 stand: the one word for each by which tables are read.

次にすること (resources/rules/next_steps.csv) and the badges of the panels both go by these words, so that they cannot
say different things of one car.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.agreement import FILED_WITH
from onestop.model.certificate_words import (
    BEING_MADE,
    DELETED,
    REJECTED,
    ApplicationKind,
    Origin,
    may_pull_back,
    needs_new_one,
)
from onestop.model.checklist import StandsInTheWay
from onestop.model.findings import blocks
from onestop.model.inspection_days import window_start
from onestop.model.insurance_checks import has_started
from onestop.model.printable import is_past_validity
from onestop.model.pullback import is_held_back, is_pulling_back
from onestop.model.sending_state import Sending
from onestop.model.words import conformity_status_word, may_file_anew, oss_status_word, status_word
from onestop.services.inspection.current import days_in, is_unfinished

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.services.inspection.current import CurrentInspection

REGISTRY_TAKES: Final = dt.timedelta(hours=1)
"""How long e-JIBAI's data takes at most until AIRAS sees it (DOMAIN §1)."""
NO_WORD: Final = "–"


class InsuranceState(StrEnum):
    """How the 自賠責 for the coming 有効期間 stands."""

    NONE = "なし"
    TOO_EARLY = "時期前"
    """None is needed yet: the car's last two months have not begun."""
    CANCELLED = "取消"
    UNSETTLED = "確認中"
    REFUSED = "受付不可"
    BEGUN = "作りかけ"
    OVER = "期間終了"
    SHORT = "期間不足"
    """It does not cover the whole new 有効期間."""
    UNREPORTED = "登録なし"
    """Issued without 登録機関, and not begun: it can be taken back."""
    UNREACHABLE = "登録不可"
    """Without 登録機関, and not ours to take back (any more)."""
    AWAITED = "登録待ち"
    LATE = "登録遅れ"
    """At the 登録機関 it is not after an hour."""
    PAPER = "紙"
    UNCONFIRMED = "未確認"
    ISSUED = "発行済"


class ConformityState(StrEnum):
    """How the 保適証 stands."""

    NONE = "なし"
    UNSETTLED = "確認中"
    WAITING = "登録待ち"
    """For e-JIBAI's data (code 127); it is sent by itself."""
    STOPPED = "登録待ち(停止)"
    """The same, but it is not sent by itself."""
    REFUSED = "受付不可"
    BARE = "作りかけ(自賠責なし)"
    BEGUN = "作りかけ"
    REJECTED = "却下"
    REJECTED_FOR_GOOD = "却下(作り直し)"
    """About 車台番号 or 自動車区分, which never change."""
    BEING_MADE = "作成中"
    PULLING_BACK = "引戻中"
    PULLBACK_LATE = "引戻遅れ"
    EXPIRED = "期限切れ"
    COUNTER = "窓口申請"
    COUNTER_EXPIRED = "窓口申請(期限切れ)"
    OTHER_POLICY = "自賠責違い"
    """It names another 自賠責 than the one that counts, and 引戻 is possible."""
    OTHER_POLICY_REPORTED = "自賠責違い(報告済)"
    OTHER_WORD = "知らない語"
    DONE = "申請完"
    USABLE = "使用可"
    """作成済 or 報告済, for an OSS filing, within its 15 days."""


class FilingState(StrEnum):
    """How the 申請 stands while AINAS has no word for it; then its 申請ステータス and OSSステータス say it."""

    NONE = "なし"
    UNSETTLED = "確認中"
    REFUSED = "受付不可"
    NO_NUMBERS = "番号なし"
    OTHER_NUMBERS = "番号違い"
    """Not those of the certificates that count."""
    UNKNOWN_NUMBERS = "番号不明"
    """No certificate here carries them."""
    PREPARED = "用意済"
    AWAITS_CERTIFICATE = "車検証待ち"
    """The last inspection is finished, and its new 車検証 is not here."""
    DOUBLED = "二重"
    """AINAS goes on with more than one of this inspection."""
    FORGOTTEN = "消去済"
    """AINAS does not know it any more."""


class ChecklistState(StrEnum):
    """How 確認票 stands."""

    UNASKED = "未確認"
    NO_CONFORMITY = "保適証不可"
    NO_FILING = "申請不可"
    DONE = "済"


# --- 確認票


def checklist_state(car: CurrentInspection) -> ChecklistState:
    """Say how a car's 確認票 stands: what is not answered comes before what is answered badly."""
    checklist = car.checklist
    if checklist.unasked:
        return ChecklistState.UNASKED
    if blocks(checklist.findings(StandsInTheWay.CONFORMITY)):
        return ChecklistState.NO_CONFORMITY
    return ChecklistState.NO_FILING if blocks(checklist.findings(StandsInTheWay.FILING)) else ChecklistState.DONE


# --- 自賠責


def insurance_state(car: CurrentInspection, now: dt.datetime) -> InsuranceState:
    """Say how a car's 自賠責 stands: first the one that is worked on, then the one for the coming 有効期間."""
    held = car.insurance
    if held is not None and not held.is_cancelled and is_unfinished(held):
        if held.sending.is_unsettled:
            return InsuranceState.UNSETTLED
        return InsuranceState.REFUSED if held.refusal else InsuranceState.BEGUN
    if car.policy is not None:
        return _of_policy(car, car.policy, now)
    if held is not None:  # one whose period is over counts for nothing any more
        return InsuranceState.CANCELLED if held.is_cancelled else InsuranceState.OVER
    return InsuranceState.TOO_EARLY if window_of(car, now) is not None else InsuranceState.NONE


def _of_policy(car: CurrentInspection, policy: InsuranceCertificate, now: dt.datetime) -> InsuranceState:
    today = now.astimezone(JST).date()
    if days_in(car, today).is_covered is False:
        return InsuranceState.SHORT
    if policy.origin is not Origin.ELECTRONIC:
        return InsuranceState.PAPER if policy.origin is Origin.PAPER else InsuranceState.UNCONFIRMED
    if not policy.report_to_registry:
        ours = not policy.is_by_hand and not has_started(policy.start_date, now)
        return InsuranceState.UNREPORTED if ours else InsuranceState.UNREACHABLE
    if policy.is_by_hand:
        return InsuranceState.UNCONFIRMED if policy.status is None else InsuranceState.ISSUED
    if policy.registry_reported_at is not None or _was_found(car.conformity, policy):
        return InsuranceState.ISSUED
    return InsuranceState.AWAITED if minutes_left(policy, now) else InsuranceState.LATE


def _was_found(held: ConformityCertificate | None, policy: InsuranceCertificate) -> bool:
    """Tell whether AIRAS has issued a 保適証 for OSS with a policy: then its data is there, whatever is noted here."""
    if held is None or held.counts_as == DELETED or held.application_kind != ApplicationKind.OSS:
        return False
    return bool(held.certificate_number) and held.new_insurance_number == policy.certificate_number


def minutes_left(policy: InsuranceCertificate | None, now: dt.datetime) -> int:
    """Return how many minutes at most AIRAS does not see a policy yet."""
    if policy is None:
        return 0
    since = policy.first_sent_at or policy.created_at
    return max(0, round((since + REGISTRY_TAKES - now).total_seconds() / 60))


def window_of(car: CurrentInspection, now: dt.datetime) -> dt.date | None:
    """Return from when a car may be inspected and keep its 満了日; None once it may, or where that is not known."""
    expiry, today = car.vehicle.expiry_date, now.astimezone(JST).date()
    if expiry is None or today >= window_start(expiry, today):
        return None
    return window_start(expiry, today)


# --- 保適証


def conformity_state(car: CurrentInspection, now: dt.datetime) -> ConformityState:
    """Say how a car's 保適証 stands."""
    held = car.conformity
    if held is None or held.counts_as == DELETED:
        return ConformityState.NONE
    if held.sending.is_unsettled:
        return ConformityState.UNSETTLED
    if held.waiting_since is not None:
        return ConformityState.STOPPED if held.next_try_at is None else ConformityState.WAITING
    if held.sending is Sending.DRAFT:
        if held.refusal:
            return ConformityState.REFUSED
        lacks_policy = car.policy is None and not held.new_insurance_number
        return ConformityState.BARE if lacks_policy else ConformityState.BEGUN
    return _of_airas(held, car, now)


def _of_airas(held: ConformityCertificate, car: CurrentInspection, now: dt.datetime) -> ConformityState:
    word = conformity_status_word(held.status)
    if needs_new_one(held.status, held.message):
        return ConformityState.REJECTED_FOR_GOOD
    if word.correctable and held.refusal:
        return ConformityState.REFUSED
    if word.counts_as == REJECTED:
        return ConformityState.REJECTED
    if word.counts_as == BEING_MADE:
        return ConformityState.BEING_MADE
    if word.done:
        return ConformityState.DONE
    return _of_made(held, car, now) if word.counts_as in FILED_WITH else ConformityState.OTHER_WORD


def _of_made(held: ConformityCertificate, car: CurrentInspection, now: dt.datetime) -> ConformityState:
    if is_held_back(held, now):
        return ConformityState.PULLING_BACK if is_pulling_back(held, now) else ConformityState.PULLBACK_LATE
    at_counter = held.application_kind != ApplicationKind.OSS
    if is_past_validity(held, now.astimezone(JST).date()):
        return ConformityState.COUNTER_EXPIRED if at_counter else ConformityState.EXPIRED
    if at_counter:
        return ConformityState.COUNTER
    if car.policy is not None and car.policy.certificate_number != held.new_insurance_number:
        pulled = may_pull_back(held.application_kind, held.status)
        return ConformityState.OTHER_POLICY if pulled else ConformityState.OTHER_POLICY_REPORTED
    return ConformityState.USABLE


# --- 申請


def filing_state(car: CurrentInspection) -> str:
    """Say how a car's 申請 stands: our own word, or AINAS's 申請ステータス."""
    filing = car.filing
    if filing is None:
        return FilingState.AWAITS_CERTIFICATE if car.awaits_certificate else FilingState.NONE
    if filing.sending.is_unsettled:
        return FilingState.UNSETTLED
    if filing.sending is Sending.DRAFT:
        return FilingState.REFUSED if filing.refusal else _of_draft(filing, car)
    if car.doubled:
        return FilingState.DOUBLED
    word = status_word(filing.status)
    if filing.forgotten and not (word.final or may_file_anew(filing.status, filing.oss_status)):
        return FilingState.FORGOTTEN
    return word.counts_as


def _of_draft(filing: Filing, car: CurrentInspection) -> FilingState:
    """Hold the numbers of a prepared filing against the certificates that count."""
    present = (car.policy, car.conformity)
    numbers = (filing.insurance_certificate_number, filing.conformity_certificate_number)
    if not all(numbers):
        return FilingState.NO_NUMBERS
    known = [each.certificate_number if each is not None else None for each in present]
    if not all(known):
        return FilingState.UNKNOWN_NUMBERS
    return FilingState.PREPARED if list(numbers) == known else FilingState.OTHER_NUMBERS


def oss_state(filing: Filing | None) -> str:
    """Return the OSSステータス by which the tables are read."""
    if filing is None or filing.sending is not Sending.FILED or not filing.oss_status:
        return NO_WORD
    return oss_status_word(filing.oss_status).counts_as
