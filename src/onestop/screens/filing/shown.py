"""What 申請書発行 shows of a filing besides the fields that are typed: what AINAS said, and what that allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.cover_words import last_application_words
from onestop.model.words import Procedure, status_word
from onestop.screens.display import moment
from onestop.screens.filing.fee_lines import fee_lines
from onestop.screens.filing.words import filing_status
from onestop.screens.function_key import YES, Can, no
from onestop.screens.ports import Message, Tone
from onestop.screens.shown_record import ShownRecord

if TYPE_CHECKING:
    import datetime as dt
    from typing import Self

    from onestop.model.filing import Filing
    from onestop.model.inspection_days import InspectionDays
    from onestop.screens.filing.fee_lines import FeeLine
    from onestop.services.filing.review import EstimatedFee

ISSUED_ALREADY: Final = "発行済みです。直すときは代理人に連絡してください。"
OVER: Final = "この申請は終わっています。新しい申請は ワンストップサービス の申請[AINAS] 1 から始めます。"
UNSETTLED_HINT: Final = (
    "受け付けられたかどうかを確認中です。申請確認(Alt+K)で確かめてください(二重には申請されません)。"
)
STILL_UNSETTLED: Final = "まだ分かりません。送信から数分たってから、もう一度 申請確認 を行ってください。"
NOT_FILED: Final = "受け付けられていませんでした。依頼前に戻しました。"
CALL_THE_AGENT: Final = "受付が始まっています。代理人に電話で連絡してください。"
GAVE_WAY: Final = (
    "今回の車検の前の申請が、AINASでまた手続中になりました。この申請は今は発行できません。代理人に確かめ、要らないほうを"
    "取り下げてもらうか、これを F2 で削除してください。"
)
DOUBLED: Final = (
    "今回の車検の申請が、ほかにも手続中です。二重にならないよう代理人に電話し、1件を残して取り下げてもらってください。"
)
SENT_BACK_BEFORE: Final = "前の申請は差し戻されました。直してから発行してください。代理人から: {told}"
FORGOTTEN: Final = (
    "AINASに該当のデータがありません(完了から40日を過ぎると削除されます)。保存済みの内容を表示しています。"
)


@dataclass(frozen=True, slots=True)
class ShownFiling(ShownRecord):
    """A filing as it is stored now, and what its fees are estimated at."""

    record: Filing | None = None
    estimates: tuple[EstimatedFee, ...] = ()
    days: InspectionDays | None = None
    """The days of the inspection, by the numbers that stand in the saved form."""
    sent_back: Filing | None = None
    """The 差戻 that it follows, while it is 依頼前."""
    recording: str = ""
    """記録等事務: who may write the IC tag, and why; empty once it was issued."""

    @property
    def is_over(self) -> bool:
        """Whether it stands in no other filing's way."""
        return self.record is not None and not self.record.goes_on

    @property
    def procedure(self) -> str:
        """手続種別."""
        return Procedure.RENEWAL.value

    @property
    def filing_id(self) -> str:
        """申請ID, once AINAS gave it."""
        return (self.record.filing_id if self.record else None) or ""

    @property
    def status(self) -> str:
        """申請ステータス."""
        return filing_status(self.record)

    @property
    def oss_status(self) -> str:
        """OSSステータス, as it came."""
        return (self.record.oss_status if self.record else None) or ""

    @property
    def status_updated_at(self) -> str:
        """状況更新日."""
        return moment(self.record.status_updated_at if self.record else None)

    @property
    def last_application_date(self) -> str:
        """最終の検査申請日, as far as the certificates are known here."""
        return last_application_words(self.days) if self.days else ""

    @property
    def agent_message(self) -> str:
        """What the agent or the office wrote; of one that is 依頼前 what they wrote of the 差戻 before it."""
        told = self.sent_back or self.record
        return (told.message if told else None) or ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What a service wrote, which may be long."""
        return (self.agent_message,)

    @property
    def fees(self) -> tuple[FeeLine, ...]:
        """手数料・税種別."""
        return fee_lines(self.record, self.estimates)

    def can_change(self, now: dt.datetime) -> Can:  # noqa: ARG002 - no day changes what a filing allows
        """Whether it can be saved or sent: 依頼前."""
        if self.is_unsettled:
            return no(UNSETTLED_HINT)
        return YES if self.is_draft else no(OVER if self.is_over else ISSUED_ALREADY)

    def can_check(self) -> Can:
        """Whether AINAS can be asked about it."""
        return no("まだ発行していません。") if self.is_draft else YES

    def can_delete(self) -> Can:
        """Whether it may be deleted here (依頼前), or taken back at AINAS (受付前)."""
        if self.record is None:
            return no("まだ保存されていません。")
        if self.is_unsettled:
            return no("受け付けられたかどうかを確認中です。先に 申請確認 を行ってください。")
        word = status_word(self.record.status)
        if self.is_draft or word.withdrawable:
            return YES
        return no(OVER if self.is_over else CALL_THE_AGENT)

    def standing_message(self) -> Message | None:
        """Return what the clerk must know of it when it is opened."""
        if self.sent_back is not None and not (self.record and self.record.refusal):
            return Message(SENT_BACK_BEFORE.format(told=self.agent_message or "理由は代理人に確かめてください。"))
        if self.record is None:
            return None
        if self.is_draft and self.record.refusal:
            return Message(f"前回の発行は受け付けられませんでした: {self.record.refusal}", Tone.WARNING)
        if self.is_unsettled:
            return Message(UNSETTLED_HINT, Tone.WARNING)
        if self.record.goes_on and not self.record.is_open:
            return Message(GAVE_WAY if self.is_draft else DOUBLED, Tone.WARNING)
        return Message(FORGOTTEN) if self.record.forgotten else None

    def sent_text(self, before: Self) -> str:  # noqa: ARG002 - only a draft is sent
        """Return what is said once it was issued."""
        return f"発行しました。申請ID {self.filing_id}({self.status})"

    def check_message(self) -> Message:
        """Return what came of 申請確認."""
        if self.is_draft:
            return Message(NOT_FILED + ((self.record.refusal if self.record else None) or ""), Tone.WARNING)
        if self.is_unsettled:
            return Message(STILL_UNSETTLED, Tone.WARNING)
        more = f" / {self.oss_status}" if self.oss_status else ""
        return self.standing_message() or Message(f"申請確認: {self.status}{more}")
