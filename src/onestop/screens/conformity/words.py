"""What 適合証・証明証発行 and the 保適[AIRAS] panel say of a certificate: its state, its days, what it waits for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.certificate_words import BEING_MADE, DELETED, REJECTED, needs_new_one
from onestop.model.inspection_days import conformity_validity
from onestop.model.pullback import PULLBACK_FROM, PULLBACK_TO, is_pulling_back
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_western
from onestop.model.words import NO_WORD, UNSETTLED, conformity_status_word
from onestop.screens.ports import Message, Tone
from onestop.services.conformity.outcomes import is_waiting

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate

NOT_ISSUED: Final = "未発行"
UNSETTLED_HINT: Final = "受け付けられたかどうかを確認中です。F7 状態確認 で確かめてください(二重には発行されません)。"
CAUSES: Final = (
    "長く続くときの3つの原因: ① まだ早い(自賠責の発行から1時間ほど) "
    "② 自賠責の「登録機関」にチェックがない ③ 保険証番号か車台番号(ハイフン)が自賠責と違う"
)
CORRECT: Final = "直して F5 で訂正を送信してください。"
ANEW: Final = "車台番号・自動車区分は直せません。F2 削除 のあと F4 新規 で発行し直してください。"
FIXED_HINT: Final = (
    "自動車区分・車台番号・交付年月日は、発行後は変更できません。直すときは F2 削除 のあと F4 新規 で"
    "発行し直します(交付番号は変わります)。"
)
FILLED: Final = "自賠責の証明書があるので、新自賠責と申請種別を入れました。まだ保存していません。"
LOST: Final = (
    "送信しましたが、AIRASから応答がありませんでした。F7 状態確認 で確かめてください(二重には発行されません)。"
)
GONE: Final = "AIRASに該当の保適証がありません。保存済みの内容を表示しています。"


@dataclass(frozen=True, slots=True)
class Days:
    """The 15-day count of a certificate: its words and their tone."""

    text: str = ""
    tone: Tone | None = None
    short: str = ""
    """For the panel, where there is little room."""


def status_of(certificate: ConformityCertificate | None) -> str:
    """Return the 交付ステータス for the glass: AIRAS's own word, or ours before it has one."""
    if certificate is None:
        return NOT_ISSUED
    without = {Sending.DRAFT: NOT_ISSUED, Sending.FILED: NO_WORD}.get(certificate.sending, UNSETTLED)
    return certificate.status or without


def days_of(certificate: ConformityCertificate | None, today: dt.date) -> Days:
    """Return where in its 15 days an issued certificate is; nothing once it is finished or was taken away."""
    if certificate is None or certificate.sending is not Sending.FILED or certificate.inspection_date is None:
        return Days()
    word = conformity_status_word(certificate.status)
    if word.done or word.counts_as == DELETED:
        return Days()
    validity = conformity_validity(certificate.inspection_date, today)
    last_day = certificate.valid_until or validity.last_day
    if today > last_day:
        return Days(f"× 期限切れ({format_western(last_day)}まで)", Tone.ERROR, "× 期限切れ")
    near = "! 期限間近 " if validity.nearly_expired else ""
    count = f"まで({validity.day_number}日目)"
    whole, short = f"{near}{format_western(last_day)}{count}", f"{near}{last_day.month}/{last_day.day}{count}"
    return Days(whole, Tone.WARNING if near else None, short)


def short_wait(certificate: ConformityCertificate | None, now: dt.datetime) -> str:
    """Say in a few words what is waited for, for the panel."""
    if certificate is not None and is_waiting(certificate):
        due = certificate.next_try_at
        return f"自賠責 次{_hour(due)}" if due else "自賠責 F5で送信"
    if certificate is not None and is_pulling_back(certificate, now):
        return f"引戻 {_pullback(certificate, now)}"
    return ""


def wait_lines(certificate: ConformityCertificate | None, now: dt.datetime) -> tuple[str, ...]:
    """Say what is missing, since when, when the next try is, and the usual causes; nothing when nothing is awaited."""
    if certificate is not None and is_waiting(certificate):
        missing = (
            f"◷ 自賠責の登録待ち: 保険証番号 {certificate.new_insurance_number}・"
            f"車台番号 {certificate.chassis_number} の電子データが、まだAIRASにありません"
            "(127 自賠責保険証明書情報該当なし)。誤りではありません。"
        )
        return missing, f"待ち始め {_hour(certificate.waiting_since or now)} ・ {_next_try(certificate, now)}", CAUSES
    if certificate is not None and is_pulling_back(certificate, now):
        text = "◷ 引戻を受け付けました。20～30分かかります。作成中になると、自動で入力できるようになります。"
        return text, f"{_hour(certificate.pullback_requested_at or now)} に依頼 ・ {_pullback(certificate, now)}"
    return ()


def standing_message(certificate: ConformityCertificate | None) -> Message | None:
    """Return what the clerk must know of a certificate when it is opened."""
    if certificate is None:
        return None
    if certificate.sending.is_unsettled:
        return Message(UNSETTLED_HINT, Tone.WARNING)
    if certificate.refusal and not needs_new_one(certificate.status, certificate.message):
        return Message(f"前回の送信は受け付けられませんでした: {certificate.refusal}", Tone.WARNING)
    if certificate.counts_as == BEING_MADE:
        return Message("AIRASで作成中です。直して F5 で訂正を送信してください。", Tone.WARNING)
    return _of_rejected(certificate) if certificate.counts_as == REJECTED else None


def _of_rejected(certificate: ConformityCertificate) -> Message:
    """Say why AIRAS turned it down, and the way out that fits the reason."""
    way_out = ANEW if needs_new_one(certificate.status, certificate.message) else CORRECT
    return Message(f"却下されました: {certificate.message or '理由なし'} {way_out}", Tone.ERROR)


def _next_try(certificate: ConformityCertificate, now: dt.datetime) -> str:
    due = certificate.next_try_at
    if due is None:
        return "自動送信は止まっています。F5 で送信してください"
    span = due - now
    about = "まもなく" if span <= dt.timedelta(seconds=30) else f"あと約{_minutes(span)}分"
    return f"次の自動送信 {_hour(due)}({about})"


def _pullback(certificate: ConformityCertificate, now: dt.datetime) -> str:
    asked = certificate.pullback_requested_at or now
    if now - asked >= PULLBACK_FROM:
        return "まもなく"
    return f"あと約{_minutes(asked + PULLBACK_FROM - now)}～{_minutes(asked + PULLBACK_TO - now)}分"


def _minutes(span: dt.timedelta) -> int:
    return max(1, -(-int(span.total_seconds()) // 60))


def _hour(moment: dt.datetime) -> str:
    there = moment.astimezone(JST)
    return f"{there.month}/{there.day} {there.hour}:{there.minute:02}"
