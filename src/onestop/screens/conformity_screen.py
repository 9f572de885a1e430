"""適合証・証明証発行: one 保適証, from the proposal to what AIRAS says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.documents.names import DocumentKind
from onestop.errors import OneStopError, Problem
from onestop.model.findings import Severity
from onestop.model.printable import why_conformity_not_printed
from onestop.screens.conformity_form_screen import REASON, ConformityFormScreen, ReadConformity
from onestop.screens.conformity_words import is_waiting, standing_message
from onestop.screens.function_key import YES, Can, no
from onestop.screens.issue_problems import problems_of
from onestop.screens.ports import Choice, Question, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.findings import Finding
    from onestop.services.conformity_book import OpenedConformity
    from onestop.services.conformity_form import ConformityForm
    from onestop.services.desk import Desk


class ConformityScreen(ConformityFormScreen):
    """One 保適証. Nothing is sent twice, and no state looks better than AIRAS says."""

    # --- F5 発行, 訂正送信

    def issue(self) -> None:
        """F5: save, check, ask about warnings if there are any, send: 発行 of a draft, 訂正 while 作成中."""
        form, saving = self.form, self._saving(self.form)
        self._sending = True
        if self.changed or self.shown.certificate is None:
            self.work("保存中", lambda: saving(self.desk()), lambda opened: self._saved_to_send(opened, form))
        else:
            self._check_form()

    def _saved_to_send(self, opened: OpenedConformity, form: ConformityForm) -> None:
        self._take_saved(opened, form)
        self._check_form()

    def _check_form(self) -> None:
        form, vehicle_id = self.form, self._vehicle_id or 0
        self.work("内容を確認中", lambda: self.desk().conformity_book.findings(form, vehicle_id), self._reviewed)

    def _reviewed(self, findings: tuple[Finding, ...]) -> None:
        errors = problems_of(Severity.ERROR, findings)
        warnings = problems_of(Severity.WARNING, findings)
        if errors:
            self._show_errors(errors)
        elif warnings:
            self._ask_about(warnings)
        else:
            self._send()

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        self._sending = False
        self.problems = tuple(each for each in errors if each.field)
        more = f"(ほかに{len(errors) - 1}件)" if len(errors) > 1 else ""
        self.say(errors[0].message + more, Tone.ERROR, errors[0].field or None)

    def _ask_about(self, warnings: Sequence[Problem]) -> None:
        lines = "\n".join(f"・{warning.message}" for warning in warnings)
        back = Choice("戻って直す", lambda: self._go_back(warnings[0].field), safe=True)
        on = Choice("このまま送信する", self._send)
        self.view.ask(Question("送信前の確認", f"次の点を確かめてください。\n\n{lines}", (back, on)))

    def _go_back(self, field: str) -> None:
        self._sending = False
        self.view.refresh()
        self.view.focus_field(field)

    def _send(self) -> None:
        number, correcting = self.shown.control_number, self.shown.is_being_made

        def job() -> ReadConformity:
            desk, trouble = self.desk(), None
            try:
                (desk.conformity.correct if correcting else desk.conformity.issue)(number)
            except OneStopError as error:
                trouble = error
            return ReadConformity(desk.conformity_book.open(None, number), error=trouble)

        self.work("AIRASへ送信中", job, lambda read: self._sent(read, "訂正" if correcting else "発行"))

    def _sent(self, read: ReadConformity, what: str) -> None:
        self._sending = False
        self._take(read.opened)
        self._tell_others()
        if read.error is None:
            self.say(f"{what}しました。交付番号 {self.shown.certificate_number}({self.shown.status})")
        elif is_waiting(self.shown.certificate):
            self.say("自賠責の電子データを待っています。届いたら自動で送信します(この画面は閉じてもかまいません)。")
        else:
            self.failed(read.error)
            self.view.alarm()

    # --- F7 状態確認

    def can_check(self) -> Can:
        """Whether there is something to ask AIRAS about."""
        return self.can_work() and self.shown.can_check()

    def check(self) -> None:
        """F7 状態確認: ask AIRAS how it stands; one whose answer was lost is settled."""
        self.work(
            "AIRASで状態を確認中", self._checking(lambda desk, number: desk.conformity.refresh(number)), self._checked
        )

    def _checked(self, read: ReadConformity) -> None:
        self._take_news(read)
        more = f" / {self.shown.report_status}" if self.shown.report_status else ""
        self.message = standing_message(self.shown.certificate)
        if self.message is None:
            self.say(f"状態確認: {self.shown.status}{more}")

    def _checking(self, ask: Callable[[Desk, int], object]) -> Callable[[], ReadConformity]:
        number = self.shown.control_number

        def job() -> ReadConformity:
            desk = self.desk()
            ask(desk, number)
            return ReadConformity(desk.conformity_book.open(None, number))

        return job

    def _take_news(self, read: ReadConformity) -> None:
        """Take what AIRAS said; what is being typed stays while it may still be sent."""
        typed = self.form if self.changed else None
        self._take(read.opened)
        if typed is not None and self.editable:
            self.form = typed
            self._hold()
        self._tell_others()

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
        self._ask_to("引戻", text, "引き戻す", lambda: self._pull_back_now(reason))

    def _pull_back_now(self, reason: str) -> None:
        job = self._checking(lambda desk, number: desk.conformity.pull_back(number, reason))
        self.work("AIRASで引戻中", job, self._pulled_back)

    def _pulled_back(self, read: ReadConformity) -> None:
        self.pullback_reason = ""
        self._take_news(read)
        self.say("引戻を依頼しました。作成中になると、自動で入力できるようになります(20～30分)。")

    # --- F2 削除, F4 新規

    def can_delete(self) -> Can:
        """Whether it may be deleted, here or at AIRAS."""
        return self.can_work() and self.shown.can_delete()

    def delete(self) -> None:
        """F2 削除; always after a question."""
        if self.shown.is_draft:
            text = f"管理番号 {self.shown.control_number} の保適証を削除します。元に戻せません。"
        else:
            text = (
                f"交付番号 {self.shown.certificate_number} をAIRASで削除します。元に戻せません。\n"
                "発行し直すと、新しい交付番号になります。"
            )
        self._ask_to("削除", text, "削除する", self._delete_now)

    def _delete_now(self) -> None:
        number, drafted = self.shown.control_number, self.shown.is_draft

        def job() -> ReadConformity | None:
            desk = self.desk()
            desk.conformity.delete(number)
            return None if drafted else ReadConformity(desk.conformity_book.open(None, number))

        self.work("削除中", job, self._deleted)

    def _deleted(self, read: ReadConformity | None) -> None:
        self._keeper.forget(self.place)
        if read is None:
            self._tell_others()
            self.view.dismiss()
            return
        self._take(read.opened)
        self._tell_others()
        self.say("削除しました。発行し直すときは F4 新規 を押してください。")

    def can_begin(self) -> Can:
        """Whether a new certificate of this car may be begun."""
        return self.can_work() and self.shown.can_begin(self.clock.today())

    def begin(self) -> None:
        """F4 新規: a new certificate of the same car."""
        vehicle_id = self._vehicle_id or 0
        self.work("準備中", lambda: ReadConformity(self.desk().conformity_book.propose(vehicle_id)), self._opened)

    def _ask_to(self, title: str, text: str, verb: str, action: Callable[[], None]) -> None:
        back = Choice("戻る", self.view.refresh, safe=True)
        self.view.ask(Question(title, text, (back, Choice(verb, action))))

    # --- F9 and F11 印刷, F8 PDF

    def can_print(self) -> Can:
        """Whether the certificate can be put on paper: issued, and nothing of it being changed."""
        working = self.can_work()
        if not working:
            return working
        why_not = why_conformity_not_printed(self.shown.certificate)
        return no(why_not) if why_not else YES

    def print(self) -> None:
        """F9 適合証印刷: a preview, and the printer's choice in it."""
        self.printing.preview(DocumentKind.CONFORMITY, self.shown.control_number)

    def print_mark(self) -> None:
        """F11 標章印刷."""
        self.printing.preview(DocumentKind.CONFORMITY_MARK, self.shown.control_number)

    def pdf(self) -> None:
        """F8 PDF: of the one or the other."""
        number = self.shown.control_number
        choices = (
            Choice("適合証", lambda: self.printing.save(DocumentKind.CONFORMITY, number), safe=True),
            Choice("適合標章", lambda: self.printing.save(DocumentKind.CONFORMITY_MARK, number)),
            Choice("やめる", self.view.refresh),
        )
        self.view.ask(Question("PDF", "どちらをPDFで保存しますか。", choices))

    def can_open_folder(self) -> Can:
        """Whether a file was written."""
        return self.printing.exporter.can_open_folder()

    def open_folder(self) -> None:
        """Alt+O フォルダを開く."""
        self.printing.exporter.open_folder()

    # --- F3, F12

    def settings(self) -> None:
        """F3 設定."""
        self.navigator.show_settings()

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        if self._sending:
            self.say("送信が終わるまでお待ちください。", Tone.WARNING)
        elif self.changed:
            back = Choice("戻る", self.view.refresh, safe=True)
            leave = Choice("破棄して閉じる", self._leave)
            self.view.ask(Question("保存していない変更", "変更が保存されていません。", (back, leave)))
        else:
            self._let_go()
            self.view.dismiss()

    def _leave(self) -> None:
        self._keeper.forget(self.place)
        self._let_go()
        self.view.dismiss()
