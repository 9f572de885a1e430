"""次にすること: what a car needs next, in one sentence with the key that does it; one pure function."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.agreement import FILED_WITH
from onestop.model.certificate_words import BEING_MADE, DELETED, ApplicationKind, Origin
from onestop.model.inspection_days import conformity_validity, window_start
from onestop.model.insurance_checks import has_started
from onestop.model.pullback import is_held_back, is_pulling_back
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_western
from onestop.model.words import conformity_status_word, oss_status_word, status_word
from onestop.services.car_days import days_in

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.services.inspection.current import CurrentInspection

REGISTRY_TAKES: Final = dt.timedelta(hours=1)
"""How long e-JIBAI's data takes at most until AIRAS sees it (DOMAIN §1)."""


class Press(StrEnum):
    """The key that does it, as it stands on the glass."""

    INSURANCE = "e-JIBAI の 1"
    CONFORMITY = "保適[AIRAS] の 1"
    LINK = "保適[AIRAS] の 4"
    FILING = "申請[AINAS] の 1"
    LIST = "F7"
    IMPORT = "F2 照会 の F6"
    VEHICLE = "F5 車両修正"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, and the key that does it."""

    sentence: str
    press: Press = Press.NOTHING

    def __str__(self) -> str:
        """Return 自賠責保険を証明書発行します → e-JIBAI の 1."""
        return f"{self.sentence} → {self.press.value}" if self.press else self.sentence


def next_step(car: CurrentInspection, now: dt.datetime) -> NextStep:
    """Say what the car needs next.

    The filing decides first, because whatever it waits for, the two before it are done; then 保適証, then 自賠責.
    """
    return (
        _of_finished_inspection(car)
        or _of_filing(car, now)
        or _of_conformity(car, now)
        or _of_unfinished_insurance(car.insurance)
        or _of_insurance(car, now)
        or NextStep("自賠責の証明書番号が揃いました。適合証を発行します", Press.CONFORMITY)
    )


# --- 申請


def _of_filing(car: CurrentInspection, now: dt.datetime) -> NextStep | None:  # noqa: PLR0911 - one row for each state
    filing = car.filing
    if filing is None:
        return None
    if filing.sending.is_unsettled:
        return NextStep("申請が受け付けられたかどうかを確かめます", Press.LIST)
    if filing.sending is Sending.DRAFT:
        return _of_draft(filing, car, now)
    word, office = status_word(filing.status), oss_status_word(filing.oss_status)
    if word.done:
        return NextStep("手続完了です。車検証を受け取れます")
    if word.correctable:
        return NextStep("差し戻されました。内容を直して、新しく申請します", Press.FILING)
    if word.final:
        return NextStep(f"前の申請は{word.word}です。続けるには新しく申請します", Press.FILING)
    if office.error:
        return NextStep(f"{office.word}です。代理人の連絡を申請書で確かめます", Press.FILING)
    waits = f"{word.word}・{office.word}" if office.word else word.word
    return NextStep(f"代理人と運輸支局の手続を待ちます({waits})。状態を見るには", Press.LIST)


def _of_draft(filing: Filing, car: CurrentInspection, now: dt.datetime) -> NextStep | None:
    """Say that a prepared filing may go; while what comes before it does not stand, that speaks for itself."""
    if filing.refusal:
        return NextStep("申請が受け付けられませんでした。理由を見て直します", Press.FILING)
    numbers = (filing.insurance_certificate_number, filing.conformity_certificate_number)
    if not all(numbers) or not _may_be_filed(car, now):
        return None
    held = car.conformity if car.conformity and not _is_done(car.conformity) else None
    if any(each and each.certificate_number != mine for each, mine in zip((car.policy, held), numbers, strict=True)):
        return NextStep("申請の証明書番号が今の証明書と違います。もう一度 突き合わせます", Press.LINK)
    return NextStep("申請の用意ができています。申請書を開いて F5 発行を押します", Press.FILING)


def _may_be_filed(car: CurrentInspection, now: dt.datetime) -> bool:
    """Tell whether the certificates stand, as far as they are known here; one of last time says nothing."""
    held = car.conformity
    if car.insurance is not None and car.policy is None:
        return False
    if held is None or _is_done(held):
        return True
    stands = held.sending is Sending.FILED and held.status in FILED_WITH
    for_oss = held.application_kind == ApplicationKind.OSS
    return stands and for_oss and not is_held_back(held, now) and not _is_expired(held, now)


def _is_done(certificate: ConformityCertificate) -> bool:
    return conformity_status_word(certificate.status).done


def _is_expired(certificate: ConformityCertificate, now: dt.datetime) -> bool:
    inspected = certificate.inspection_date
    return inspected is not None and conformity_validity(inspected, now.astimezone(JST).date()).expired


# --- 保適証


def _of_conformity(car: CurrentInspection, now: dt.datetime) -> NextStep | None:  # noqa: PLR0911 - one row for each state
    certificate = car.conformity
    if certificate is None or certificate.status == DELETED:
        return None
    if certificate.sending.is_unsettled:
        return NextStep("保適証が受け付けられたかどうかを確かめます", Press.CONFORMITY)
    if certificate.waiting_since is not None:
        return _of_waiting(certificate)
    if certificate.sending is Sending.DRAFT:
        return _of_begun(certificate, car)
    word = conformity_status_word(certificate.status)
    if word.error:
        return NextStep(f"保適証が{word.word}されました。理由を見て作り直します", Press.CONFORMITY)
    if word.word == BEING_MADE:
        return NextStep("保適証を訂正して、もう一度発行します", Press.CONFORMITY)
    if word.done:
        return None
    if word.word not in FILED_WITH:
        return NextStep(f"AIRASの状態「{word.word}」を確かめます", Press.CONFORMITY)
    return _of_made(certificate, car, now)


def _of_waiting(certificate: ConformityCertificate) -> NextStep:
    if certificate.next_try_at is None:
        return NextStep("自賠責の登録待ちですが、自動送信は止まっています。F5 で送信します", Press.CONFORMITY)
    return NextStep(f"自賠責の登録待ちです。{certificate.next_try_at.astimezone(JST):%H:%M}に自動で確かめます")


def _of_begun(certificate: ConformityCertificate, car: CurrentInspection) -> NextStep | None:
    """Say that a draft goes on; one without any 自賠責 lacks the step before it."""
    if car.policy is None and not certificate.new_insurance_number:
        return None
    return NextStep("保適証が作りかけです。続きを入力して発行します", Press.CONFORMITY)


def _of_made(certificate: ConformityCertificate, car: CurrentInspection, now: dt.datetime) -> NextStep:  # noqa: PLR0911 - one row for each state
    if is_pulling_back(certificate, now):
        return NextStep("引戻を待っています(20~30分)。状態を見るには", Press.CONFORMITY)
    if certificate.pullback_requested_at is not None:
        return NextStep("引戻が終わっていません。F7 で確かめ、もう一度 F6 引戻 を押します", Press.CONFORMITY)
    if _is_expired(certificate, now):
        return NextStep("保適証の有効期間(15日)が過ぎました。削除して発行し直します", Press.CONFORMITY)
    if certificate.application_kind != ApplicationKind.OSS:
        return NextStep("窓口申請の保適証です。運輸支局の窓口で手続します")
    if car.policy is not None:
        together = NextStep("自賠責と保適証が揃いました。突き合わせて申請の用意をします", Press.LINK)
        return _of_short_insurance(car, now) or together
    if car.insurance is None:
        return NextStep("保適証の自賠責がここにありません。手入力で登録します", Press.INSURANCE)
    return _of_unfinished_insurance(car.insurance) or _of_missing_insurance(car, now)


# --- 自賠責


def _of_unfinished_insurance(certificate: InsuranceCertificate | None) -> NextStep | None:
    if certificate is None or certificate.is_cancelled:
        return None
    if certificate.sending.is_unsettled:
        return NextStep("自賠責が受け付けられたかどうかを確かめます", Press.INSURANCE)
    if not certificate.certificate_number:
        return NextStep("自賠責が作りかけです。続きを入力して発行します", Press.INSURANCE)
    return None


def _of_insurance(car: CurrentInspection, now: dt.datetime) -> NextStep | None:  # noqa: PLR0911 - one row for each state
    policy = car.policy
    if policy is None:
        return _of_next_inspection(car, now) or _of_missing_insurance(car, now)
    if short := _of_short_insurance(car, now):
        return short
    if policy.origin is not Origin.ELECTRONIC:
        return None
    if not policy.report_to_registry:
        return _of_unreported(policy, now)
    if policy.is_by_hand or policy.registry_reported_at is not None:
        return None
    minutes = _minutes_left(policy, now)
    if minutes:
        return NextStep(f"自賠責の登録待ちです(残り約{minutes}分)。先に適合証を作れます", Press.CONFORMITY)
    return NextStep("自賠責の登録に1時間以上かかっています。F7 で確かめます", Press.INSURANCE)


def _of_short_insurance(car: CurrentInspection, now: dt.datetime) -> NextStep | None:
    """Say that a policy which reaches on still falls short of the new 有効期間: nothing is complete then."""
    if days_in(car, now.astimezone(JST).date()).is_covered is not False:
        return None
    return NextStep("自賠責が新しい満了日の翌日に届きません。足りる期間の証明書を用意します", Press.INSURANCE)


def _of_missing_insurance(car: CurrentInspection, now: dt.datetime) -> NextStep:
    held = car.insurance
    end = held.end_date if held is not None and not held.is_cancelled else None
    if end is not None and end <= now.astimezone(JST).date():
        return NextStep("自賠責の期間が終わっています。新しい証明書を発行します", Press.INSURANCE)
    return NextStep("自賠責保険の証明書を発行します", Press.INSURANCE)


def _of_unreported(policy: InsuranceCertificate, now: dt.datetime) -> NextStep:
    if policy.is_by_hand or has_started(policy.start_date, now):
        return NextStep("登録機関に届かない自賠責です。窓口申請で適合証を発行します", Press.CONFORMITY)
    return NextStep("登録機関にチェックのない自賠責です。取消して発行し直します", Press.INSURANCE)


def _minutes_left(certificate: InsuranceCertificate, now: dt.datetime) -> int:
    since = certificate.first_sent_at or certificate.created_at
    return max(0, round((since + REGISTRY_TAKES - now).total_seconds() / 60))


# --- between two inspections


def _of_finished_inspection(car: CurrentInspection) -> NextStep | None:
    """Say that the 車検証 of an inspection that is finished is not here yet: the stored 満了日 is the one before."""
    return (
        NextStep("車検は終わっています。新しい車検証を取り込みます", Press.IMPORT) if car.awaits_certificate else None
    )


def _of_next_inspection(car: CurrentInspection, now: dt.datetime) -> NextStep | None:
    """Say from when the car may be inspected and keep its 満了日; nothing once it may, or where that is not known."""
    expiry, today = car.vehicle.expiry_date, now.astimezone(JST).date()
    if expiry is None or today >= window_start(expiry, today):
        return None
    start = format_western(window_start(expiry, today))
    return NextStep(f"次の車検は満了日の2か月前({start})からです")
