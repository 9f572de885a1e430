"""What 自賠責証明書発行 shows besides the fields that are typed: what e-JIBAI said, and what that allows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import Origin
from onestop.model.cover_words import last_application_words
from onestop.model.findings import Severity
from onestop.model.insurance_checks import has_started
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_short, format_western
from onestop.model.words import NO_WORD
from onestop.screens.display import moment, money
from onestop.screens.form_problems import confirmed_lines
from onestop.screens.function_key import YES, Can, no
from onestop.screens.ports import Message, Tone
from onestop.screens.shown_record import ShownRecord

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self

    from onestop.model.certificates import InsuranceCertificate
    from onestop.services.insurance.proposal import InsuranceBasis
    from onestop.services.insurance.service import AssessedInsurance

ISSUED_ALREADY: Final = "発行済みです。直すときは F2 取消 のあと F4 新規 で発行し直してください。"
UNSETTLED_HINT: Final = "発行されたかどうかを確認中です。F7 確認 で確かめてください(二重には発行されません)。"
STILL_UNSETTLED: Final = "まだ分かりません。送信から数分たってから、もう一度 F7 確認 を行ってください。"
NOT_FILED: Final = "発行されていませんでした。未発行に戻しました。"
WAITING: Final = "登録待ち(発行から約1時間)"
NOT_SHOWN: Final = (
    "e-JIBAIでは確認できませんでした(ほかの代理店の証明書は表示されないことがあります)。入力した内容のままです。"
)
PAPER: Final = "紙の証明書です。"


@dataclass(frozen=True, slots=True)
class ShownInsurance(ShownRecord):
    """A certificate as it is stored now, and what was found in the form."""

    record: InsuranceCertificate | None = None
    basis: InsuranceBasis | None = None
    assessed: AssessedInsurance | None = None

    # --- what stands beside the fields

    @property
    def certificate_number(self) -> str:
        """保険証番号, once there is one."""
        return (self.record.certificate_number if self.record else None) or ""

    @property
    def status(self) -> str:
        """未発行, 確認中, 手入力, or e-JIBAI's own word."""
        held = self.record
        if held is None or self.is_draft:
            return "未発行"
        if self.is_unsettled:
            return "確認中"
        return f"手入力({held.origin.value})" if held.status is None else held.status or NO_WORD

    @property
    def registry(self) -> str:
        """登録機関: since when AIRAS sees it, or why it does not."""
        held = self.record
        if held is None or not held.certificate_number:
            return ""
        if held.registry_reported_at is not None:
            return f"登録済 {moment(held.registry_reported_at)}"
        if held.is_by_hand:
            return {Origin.PAPER: "紙のため、なし"}.get(held.origin, "未確認")
        return WAITING if held.report_to_registry else "なし(登録機関のチェックなし)"

    @property
    def validity(self) -> str:
        """The present 満了日 and the one that must be covered."""
        if self.basis is None:
            return ""
        old, new = format_western(self.basis.expiry_date), format_western(self.basis.new_expiry)
        return f"{old or '不明'} → 新しい満了日 {new or '不明(車両の「有効期間」で年数を選びます)'}"

    @property
    def last_application_date(self) -> str:
        """最終の検査申請日, by the period as it is typed."""
        days, end = self.basis.days if self.basis else None, self.assessed.end_date if self.assessed else None
        return last_application_words(dataclasses.replace(days, insurance_end=end)) if days and end else ""

    @property
    def old_end(self) -> str:
        """When the insurance before this one ends, or that the old certificate should be looked at."""
        if self.basis is None:
            return ""
        if self.basis.old_end is None:
            return "記録なし(前の証明書で確認)"
        return format_western(self.basis.old_end)

    @property
    def estimate(self) -> str:
        """What the insurer said, and before that 見込."""
        held, assessed = self.record, self.assessed
        if held is not None and held.premium is not None:
            return money(held.premium)
        estimate = assessed.estimate if assessed else None
        if estimate is None:
            return ""
        return estimate.display() + (f" {estimate.note}の料率" if estimate.amount is not None else "")

    @property
    def advice(self) -> str:
        """The first thing to look at again or to fill in before F5, and how many more there are."""
        if self.assessed is None or not self.is_editable:
            return ""
        findings = self.assessed.findings
        weights = (Severity.WARNING, Severity.ERROR)
        found = [each.message for weight in weights for each in findings if each.severity is weight]
        more = f"(ほかに{len(found) - 1}件)" if len(found) > 1 else ""
        return f"{found[0]}{more}" if found else " ".join(confirmed_lines(findings)) or "確認事項はありません。"

    @property
    def counted_end(self) -> str:
        """保険終了日 as it follows from 始期 and months."""
        end = self.assessed.end_date if self.assessed else None
        return "" if end is None else format_short(end)

    # --- where it stands

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it was ever issued."""
        held = self.record
        return held is None or (held.sending is Sending.DRAFT and not held.certificate_number)

    @property
    def is_by_hand(self) -> bool:
        """Whether it was issued elsewhere, and typed here."""
        return self.record is not None and self.record.is_by_hand

    @property
    def is_asked_about(self) -> bool:
        """Whether it was issued here, and still stands."""
        held = self.record
        return held is not None and held.sending is Sending.FILED and not held.is_by_hand and not held.is_cancelled

    @property
    def saved_word(self) -> str:
        """What F10 did: a draft stays 未発行, one of elsewhere is registered."""
        return "登録" if self.is_by_hand else "保存"

    @property
    def is_editable(self) -> bool:
        """Whether it is ours alone to change."""
        return self.is_draft or self.is_by_hand

    def can_change(self, now: dt.datetime) -> Can:
        """Whether it can be saved; one that cannot says by which key it may still be replaced."""
        if self.is_unsettled:
            return no(UNSETTLED_HINT)
        if self.is_editable:
            return YES
        can = self.can_delete(now)
        return no(ISSUED_ALREADY if can else f"{can.why_not}新しい証明書は F4 新規 で発行します。")

    def can_check(self) -> Can:
        """Whether e-JIBAI can be asked about it."""
        held = self.record
        if held is None or self.is_draft:
            return no("まだ発行していません。")
        return no(PAPER) if held.is_by_hand and held.origin is Origin.PAPER else YES

    def can_begin(self) -> Can:
        """Whether another certificate may be begun: this one is finished, whatever it says."""
        if self.record is None:
            return no("新規の入力中です。")
        if self.is_unsettled:
            return no("発行されたかどうかを確認中です。先に F7 確認 を行ってください。")
        return no("この証明書はまだ発行していません。") if self.is_draft else YES

    def can_delete(self, now: dt.datetime) -> Can:
        """Whether it may be deleted here (未発行, 手入力), or taken back at e-JIBAI (before it begins)."""
        held = self.record
        if held is None:
            return no("まだ保存されていません。")
        if self.is_unsettled:
            return no("発行されたかどうかを確認中です。先に F7 確認 を行ってください。")
        if held.is_cancelled:
            return no("取消済みです。")
        if self.is_editable or not has_started(held.start_date, now):
            return YES
        return no("保険期間が始まっています。保険会社に連絡してください。")

    # --- what to say

    def standing_message(self) -> Message | None:
        """Return what the clerk must know of it when it is opened."""
        held = self.record
        if held is not None and self.is_draft and held.refusal:
            return Message(f"前回の発行は受け付けられませんでした: {held.refusal}", Tone.WARNING)
        return Message(UNSETTLED_HINT, Tone.WARNING) if self.is_unsettled else None

    def sent_text(self, before: Self) -> str:  # noqa: ARG002 - only a draft is sent
        """Return what is said once it was issued."""
        return f"発行しました。保険証番号 {self.certificate_number} 保険料 {self.estimate}"

    def check_message(self) -> Message:
        """Return what came of F7 確認."""
        if self.is_draft:
            return Message(NOT_FILED + ((self.record.refusal if self.record else None) or ""), Tone.WARNING)
        if self.is_unsettled:
            return Message(STILL_UNSETTLED, Tone.WARNING)
        if self.record is not None and self.record.status is None:
            return Message(NOT_SHOWN, Tone.WARNING)
        return Message(f"確認: {self.status} / 登録機関 {self.registry or '–'}")
