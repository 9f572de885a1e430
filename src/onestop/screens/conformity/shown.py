"""What 適合証・証明証発行 shows of a certificate besides the fields that are typed, and what that allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.certificate_words import CORRECTABLE, DELETED, REJECTED, may_delete, may_pull_back
from onestop.model.printable import is_past_validity
from onestop.model.pullback import is_pulling_back
from onestop.model.sending_state import Sending
from onestop.screens.conformity.words import standing_message, status_of
from onestop.screens.display import moment
from onestop.screens.function_key import YES, Can, no
from onestop.screens.ports import Message
from onestop.screens.shown_record import ShownRecord
from onestop.services.conformity.outcomes import is_waiting

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self

    from onestop.model.certificates import ConformityCertificate

FIRST_FIELD: Final = "inspector_code"
REASON: Final = "pullback_reason"
FIXED: Final = ("vehicle_category", "chassis_number", "issue_date")
UNKNOWN: Final = "受け付けられたかどうかを確認中です。先に F7 状態確認 を行ってください。"
PULLED_BACK: Final = "引戻を受け付け済みです。作成中になるまで20～30分お待ちください(F7 で確かめます)。"
BEGIN_ANEW: Final = "有効期間(15日)が過ぎています。F4 新規 で発行し直してください。"
NOT_ISSUED_YET: Final = "まだ発行していません。"
STILL_GOOD: Final = "この保適証はまだ使えます。発行し直すときは、先に F2 削除 を行ってください。"
IN_USE: Final = "この保適証はまだ使えます。発行し直すときは、先に代理人に差戻を頼んでください。"
CORRECT_IT: Final = "新規は要りません。直して F5 で送信できます(車台番号・自動車区分の誤りは、F2 削除 のあとです)。"
WAITING_FOR_POLICY: Final = (
    "自賠責の電子データを待っています。届いたら自動で送信します(この画面は閉じてもかまいません)。"
)
ELECTRONIC: Final = "電子"
AGREES: Final = "一致(電子)"
OF_BEFORE: Final = "前回の車検の保適証です。記録として残すため、削除できません。"


@dataclass(frozen=True, slots=True)
class ShownConformity(ShownRecord):
    """A certificate as it is stored now."""

    record: ConformityCertificate | None = None
    of_before: bool = False
    """Whether its inspection has ended."""

    @property
    def mode(self) -> str:
        """新規, 修正 or 訂正."""
        if self.record is None:
            return "新規"
        return "訂正" if self.is_correctable else "修正"

    @property
    def certificate_number(self) -> str:
        """交付番号."""
        return (self.record.certificate_number if self.record else None) or ""

    @property
    def status(self) -> str:
        """交付ステータス."""
        return status_of(self.record)

    @property
    def report_status(self) -> str:
        """報告状況, as it came."""
        return (self.record.report_status if self.record else None) or ""

    @property
    def insurance_match(self) -> str:
        """自賠責の照合: AIRAS's own word, which alone does not say that 電子 means that they agree."""
        word = (self.record.insurance_match if self.record else None) or ""
        return AGREES if word == ELECTRONIC else word

    @property
    def status_updated_at(self) -> str:
        """状況更新日."""
        return moment(self.record.status_updated_at if self.record else None)

    @property
    def airas_message(self) -> str:
        """エラー詳細."""
        return (self.record.message if self.record else None) or ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What a service wrote, which may be long."""
        return (self.airas_message,)

    @property
    def is_asked_about(self) -> bool:
        """Whether AIRAS has it, or may have it."""
        return not self.is_draft

    @property
    def waiting_text(self) -> str:
        """自賠責の登録待ち."""
        return WAITING_FOR_POLICY if is_waiting(self.record) else ""

    @property
    def is_correctable(self) -> bool:
        """Whether AIRAS lets it be corrected: 作成中 or 却下."""
        certificate = self.record
        return certificate is not None and certificate.sending is Sending.FILED and certificate.counts_as in CORRECTABLE

    @property
    def is_over(self) -> bool:
        """Whether AIRAS has done with it."""
        return self.record is not None and self.record.is_closed

    @property
    def is_editable(self) -> bool:
        """Whether what stands in the fields may be changed."""
        return self.is_draft or self.is_correctable

    def can_change(self, now: dt.datetime) -> Can:
        """Whether it can be saved or sent."""
        if self.is_unsettled:
            return no(UNKNOWN)
        return YES if self.is_editable else no(self._way_out(now))

    def _way_out(self, now: dt.datetime) -> str:
        """Say by which key one that stands at AIRAS may still become another; a key that is named works."""
        certificate = self.record
        if certificate is None or self.is_over:
            return f"{self.status}です。ここでは何も変更できません。"
        if is_pulling_back(certificate, now):
            return PULLED_BACK
        if is_past_validity(certificate, now.astimezone(JST).date()):
            return BEGIN_ANEW
        if may_pull_back(certificate.application_kind, certificate.status):
            return "発行済みです。直すときは Alt+P 引戻 を行ってください。"
        return f"{self.status}のため変更できません。直すときは、代理人に差戻を頼み、F7 で確かめてください。"

    def can_begin(self, today: dt.date) -> Can:
        """Whether a new certificate may be begun: this one is finished, taken away, or too old."""
        certificate = self.record
        if certificate is None:
            return no("新規の入力中です。")
        if self.is_unsettled:
            return no(UNKNOWN)
        if self.is_draft:
            return no("この保適証はまだ発行していません。F5 で発行してください。")
        if self.is_correctable:
            return no(CORRECT_IT if certificate.counts_as == REJECTED else "作成中です。直して F5 で送信してください。")
        if self.is_over or is_past_validity(certificate, today):
            return YES
        return no(STILL_GOOD if may_delete(certificate.status) else IN_USE)

    def can_delete(self) -> Can:
        """Whether it may be deleted, here or at AIRAS."""
        if self.record is None:
            return no("まだ保存されていません。")
        if self.is_unsettled:
            return no(UNKNOWN)
        return YES if self.is_draft else self._can_delete_at_airas(self.record)

    def _can_delete_at_airas(self, certificate: ConformityCertificate) -> Can:
        if self.of_before:
            return no(OF_BEFORE)
        if may_delete(certificate.status):
            return YES
        if certificate.counts_as == DELETED:
            return no("削除済みです。")
        return no(f"{self.status}のため削除できません(作成中・作成済・却下のときだけです)。")

    def can_pull_back(self, now: dt.datetime) -> Can:
        """Whether 引戻 may be asked for."""
        certificate = self.record
        if certificate is None or self.is_draft:
            return no(NOT_ISSUED_YET)
        if self.is_unsettled:
            return no(UNKNOWN)
        if self.is_correctable:
            return no(f"{self.status}です。引戻は要りません。直して F5 で送信してください。")
        if is_pulling_back(certificate, now):
            return no("引戻を受け付け済みです。20～30分お待ちください。")
        if may_pull_back(certificate.application_kind, certificate.status):
            return YES
        return no(self._way_out(now))

    def can_check(self) -> Can:
        """Whether AIRAS can be asked about it."""
        return no(NOT_ISSUED_YET) if self.is_draft else YES

    def standing_message(self) -> Message | None:
        """Return what the clerk must know of it when it is opened."""
        return standing_message(self.record)

    def sent_text(self, before: Self) -> str:
        """Return what is said once it was sent: 訂正 of one that stood at AIRAS, or 発行."""
        what = "訂正" if before.is_correctable else "発行"
        return f"{what}しました。交付番号 {self.certificate_number}({self.status})"

    def check_message(self) -> Message:
        """Return what came of F7 状態確認."""
        more = f" / {self.report_status}" if self.report_status else ""
        return self.standing_message() or Message(f"状態確認: {self.status}{more}")
