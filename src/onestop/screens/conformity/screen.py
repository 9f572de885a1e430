"""適合証・証明証発行: one 保適証, from the proposal to what AIRAS says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.documents.names import DocumentKind
from onestop.errors import Problem
from onestop.model.printable import is_past_validity, why_conformity_not_printed, why_mark_not_printed
from onestop.screens.conformity.form_screen import REASON, ConformityFormScreen
from onestop.screens.form_screen import Read
from onestop.screens.function_key import Can, no
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.wording import Errand
from onestop.services.conformity.outcomes import is_waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import OneStopError
    from onestop.model.findings import Finding
    from onestop.screens.conformity.shown import ShownConformity
    from onestop.screens.open_question import Decides
    from onestop.services.conformity.book import OpenedConformity
    from onestop.services.conformity.form import ConformityForm
    from onestop.services.desk import Desk


class ConformityScreen(ConformityFormScreen):
    """One 保適証. Nothing is sent twice, and no state looks better than AIRAS says."""

    # --- F5 発行, 訂正送信; F7 状態確認

    def issue_word(self) -> str:
        """What F5 does now."""
        return "訂正" if self.shown.is_correctable else "発行"

    def _findings(self, desk: Desk, form: ConformityForm) -> Sequence[Finding]:
        return desk.conformity_book.findings(form, self._vehicle_id or 0)

    def _send_once(self, desk: Desk, control_number: int) -> object:
        conformity = desk.conformity
        return (conformity.correct if self.shown.is_correctable else conformity.delivery.issue)(control_number)

    def _sent_text(self, before: ShownConformity) -> str:
        what = "訂正" if before.is_correctable else "発行"  # as it stood when F5 was pressed
        return f"{what}しました。交付番号 {self.shown.certificate_number}({self.shown.status})"

    def _not_sent(self, error: OneStopError) -> None:
        """Tell 自賠責の登録待ち as what it is: no trouble, but a wait."""
        if is_waiting(self.shown.record):
            self.say("自賠責の電子データを待っています。届いたら自動で送信します(この画面は閉じてもかまいません)。")
        else:
            super()._not_sent(error)

    def _ask_service(self, desk: Desk, control_number: int) -> object:
        return desk.conformity.refresh(control_number)

    def _decides(self, desk: Desk) -> Decides:
        return desk.conformity.delivery.resolution

    # --- F6 引戻

    def can_pull_back(self) -> Can:
        """Whether 引戻 may be asked for."""
        return self.can_work() and self.shown.can_pull_back(self.clock.now())

    def pull_back(self) -> None:
        """F6 引戻, with the reason that stands in its field; always after a question."""
        reason = self.pullback_reason.strip()
        if not reason:
            self.problems = (Problem(REASON, "引戻の理由を入力してから、もう一度 F6 を押してください。"),)
            self.say(self.problems[0].message, Tone.WARNING, REASON)
            return
        text = (
            f"交付番号 {self.shown.certificate_number} を引き戻します。作成中になるまで20～30分かかります。\n"
            f"理由: {reason}"
        )
        self._ask("引戻", text, Choice("引き戻す", lambda: self._pull_back_now(reason)))

    def _pull_back_now(self, reason: str) -> None:
        job = self._doing(lambda desk, number: desk.conformity.pull_back(number, reason))
        self.work("AIRASで引戻中", job, self._pulled_back, Errand.WITHDRAWING)

    def _pulled_back(self, opened: OpenedConformity) -> None:
        self.pullback_reason = ""
        self._take_news(opened)
        self.say("引戻を依頼しました。作成中になると、自動で入力できるようになります(20～30分)。")

    # --- F2 削除, F4 新規

    def can_delete(self) -> Can:
        """Whether it may be deleted, here or at AIRAS."""
        return self.can_work() and self.shown.can_delete()

    def delete(self) -> None:
        """F2 削除; always after a question."""
        if self.shown.is_draft:
            self._ask_to_delete(f"管理番号 {self.shown.control_number} の保適証を削除します。元に戻せません。")
            return
        text = (
            f"交付番号 {self.shown.certificate_number} をAIRASで削除します。元に戻せません。\n"
            "発行し直すと、新しい交付番号になります。"
        )
        self._ask("削除", text, Choice("削除する", self._void_now))

    def _delete(self, desk: Desk, control_number: int) -> object:
        return desk.conformity.delete(control_number)

    def _void_now(self) -> None:
        self.work("削除中", self._doing(self._delete), self._voided, Errand.WITHDRAWING)

    def _voided(self, opened: OpenedConformity) -> None:
        self._keeper.forget(self.place)
        self._take(opened)
        self._tell_others()
        self.say("削除しました。発行し直すときは F4 新規 を押してください。")

    def can_begin(self) -> Can:
        """Whether a new certificate of this car may be begun."""
        return self.can_work() and self.shown.can_begin(self.clock.today())

    def begin(self) -> None:
        """F4 新規: a new certificate of the same car."""
        vehicle_id = self._vehicle_id or 0
        self.work("準備中", lambda: Read(self.desk().conformity_book.propose(vehicle_id)), self._opened)

    # --- F9 and F11 印刷, F8 PDF

    def _why_not_printed(self) -> str:
        return why_conformity_not_printed(self.shown.record, self.clock.now())

    def can_print_mark(self) -> Can:
        """Whether the 適合標章 can be put on paper."""
        can = self.can_print()
        why_not = why_mark_not_printed(self.shown.record, self.clock.now())
        return no(why_not) if can and why_not else can

    def print(self) -> None:
        """F9 適合証印刷: a preview, and the printer's choice in it; after its 15 days a question first."""
        self._if_still_wanted(lambda: self.printing.preview(DocumentKind.CONFORMITY, self.shown.control_number))

    def _if_still_wanted(self, put_on_paper: Callable[[], None]) -> None:
        """Ask before a 適合証 is put on paper that no filing goes with any more."""
        if not is_past_validity(self.shown.record, self.clock.today()):
            put_on_paper()
            return
        text = "この保適証は有効期間(15日)が過ぎています。申請には使えません。控えとして出しますか。"
        self._ask("有効期間", text, Choice("このまま出す", put_on_paper))

    def print_mark(self) -> None:
        """F11 標章印刷."""
        self.printing.preview(DocumentKind.CONFORMITY_MARK, self.shown.control_number)

    def pdf(self) -> None:
        """F8 PDF: of the one or the other."""
        number, save = self.shown.control_number, self.printing.save
        choices = (
            Choice("適合証", lambda: self._if_still_wanted(lambda: save(DocumentKind.CONFORMITY, number)), safe=True),
            Choice("適合標章", lambda: save(DocumentKind.CONFORMITY_MARK, number)),
            Choice("やめる", self.view.refresh),
        )
        self.view.ask(Question("PDF", "どちらをPDFで保存しますか。", choices))
