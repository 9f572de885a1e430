"""次にすること: what a car needs next, in one sentence with the key that does it; one pure function."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.certificate_words import ApplicationKind, Origin
from onestop.model.inspection import conformity_validity
from onestop.model.sending_state import Sending
from onestop.model.words import conformity_status_word, oss_status_word, status_word

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing

UNSURE: Final = (Sending.SENDING, Sending.UNKNOWN)
REGISTRY_TAKES: Final = dt.timedelta(hours=1)
"""How long e-JIBAI's data takes at most until AIRAS sees it (DOMAIN §1)."""
OVER: Final = dt.timedelta(days=40)
"""A filing that ended longer ago belongs to the last inspection; AINAS has forgotten it as well (DOMAIN §3)."""
BEING_MADE: Final = "作成中"
CANCELLED: Final = "取消"
DELETED: Final = "削除"


class Press(StrEnum):
    """The key that does it, as it stands on the glass."""

    INSURANCE = "e-JIBAI の 1"
    CONFORMITY = "保適[AIRAS] の 1"
    LINK = "保適[AIRAS] の 4"
    FILING = "申請[AINAS] の 1"
    LIST = "F7"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, and the key that does it."""

    sentence: str
    press: Press = Press.NOTHING

    def __str__(self) -> str:
        """Return 自賠責保険を証明書発行します → e-JIBAI の 1."""
        return f"{self.sentence} → {self.press.value}" if self.press else self.sentence


def next_step(
    insurance: InsuranceCertificate | None,
    conformity: ConformityCertificate | None,
    filing: Filing | None,
    now: dt.datetime,
) -> NextStep:
    """Say what the car needs next.

    The filing decides first, because whatever it waits for, the two before it are done; then 保適証, then 自賠責.
    """
    return (
        _of_filing(filing, now)
        or _of_conformity(conformity, now)
        or _of_insurance(insurance, now)
        or NextStep("自賠責の証明書番号が揃いました。適合証を発行します", Press.CONFORMITY)
    )


def _of_filing(filing: Filing | None, now: dt.datetime) -> NextStep | None:  # noqa: PLR0911 - one row for each state
    if filing is None or _is_of_last_time(filing, now):
        return None
    if filing.sending in UNSURE:
        return NextStep("申請が受け付けられたかどうかを確かめます", Press.LIST)
    if filing.sending is Sending.DRAFT:
        return _of_draft(filing)
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


def _is_of_last_time(filing: Filing, now: dt.datetime) -> bool:
    ended = filing.status_updated_at
    return filing.is_closed and ended is not None and now - ended > OVER


def _of_draft(filing: Filing) -> NextStep | None:
    if filing.refusal:
        return NextStep("申請が受け付けられませんでした。理由を見て直します", Press.FILING)
    if filing.insurance_certificate_number and filing.conformity_certificate_number:
        return NextStep("申請の用意ができています。申請書を開いて F5 発行を押します", Press.FILING)
    return None


def _of_conformity(  # noqa: PLR0911 - one row for each state
    certificate: ConformityCertificate | None, now: dt.datetime
) -> NextStep | None:
    if certificate is None or certificate.status == DELETED:
        return None
    if certificate.sending in UNSURE:
        return NextStep("保適証が受け付けられたかどうかを確かめます", Press.CONFORMITY)
    if certificate.waiting_since is not None:
        return NextStep(f"自賠責の登録待ちです。{_next_try(certificate)}", Press.NOTHING)
    if certificate.pullback_requested_at is not None:
        return NextStep("引戻を待っています(20~30分)。状態を見るには", Press.CONFORMITY)
    if certificate.sending is Sending.DRAFT:
        return NextStep("保適証が作りかけです。続きを入力して発行します", Press.CONFORMITY)
    word = conformity_status_word(certificate.status)
    if word.error:
        return NextStep(f"保適証が{word.word}されました。理由を見て作り直します", Press.CONFORMITY)
    if word.word == BEING_MADE:
        return NextStep("保適証を訂正して、もう一度発行します", Press.CONFORMITY)
    if word.done:
        return None
    return _of_made(certificate, now)


def _of_made(certificate: ConformityCertificate, now: dt.datetime) -> NextStep:
    if certificate.inspection_date is not None:
        validity = conformity_validity(certificate.inspection_date, now.astimezone(JST).date())
        if validity.expired:
            return NextStep("保適証の有効期間(15日)が過ぎました。削除して発行し直します", Press.CONFORMITY)
    if certificate.application_kind != ApplicationKind.OSS:
        return NextStep("窓口申請の保適証です。運輸支局の窓口で手続します")
    return NextStep("自賠責と保適証が揃いました。突き合わせて申請の用意をします", Press.LINK)


def _next_try(certificate: ConformityCertificate) -> str:
    if certificate.next_try_at is None:
        return "自動で確かめます"
    return f"{certificate.next_try_at.astimezone(JST):%H:%M}に自動で確かめます"


def _of_insurance(  # noqa: PLR0911 - one row for each state
    certificate: InsuranceCertificate | None, now: dt.datetime
) -> NextStep | None:
    if certificate is None or certificate.status == CANCELLED:
        return NextStep("自賠責保険の証明書を発行します", Press.INSURANCE)
    if certificate.sending in UNSURE:
        return NextStep("自賠責が受け付けられたかどうかを確かめます", Press.INSURANCE)
    if not certificate.certificate_number:
        return NextStep("自賠責が作りかけです。続きを入力して発行します", Press.INSURANCE)
    if certificate.end_date is not None and certificate.end_date <= now.astimezone(JST).date():
        return NextStep("自賠責の期間が終わっています。新しい証明書を発行します", Press.INSURANCE)
    if certificate.origin is not Origin.ELECTRONIC:
        return None
    if not certificate.report_to_registry:
        return NextStep("登録機関にチェックのない自賠責です。取消して発行し直します", Press.INSURANCE)
    if certificate.registry_reported_at is None:
        waiting = f"自賠責の登録待ちです({_minutes_left(certificate, now)})。先に適合証を作れます"
        return NextStep(waiting, Press.CONFORMITY)
    return None


def _minutes_left(certificate: InsuranceCertificate, now: dt.datetime) -> str:
    since = certificate.first_sent_at or certificate.created_at
    left = since + REGISTRY_TAKES - now
    minutes = max(0, round(left.total_seconds() / 60))
    return f"残り約{minutes}分" if minutes else "まもなく、または登録の確認が必要"
