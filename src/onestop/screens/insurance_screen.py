"""自賠責証明書発行: F5, and what can be asked of e-JIBAI after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind
from onestop.errors import NoAnswer, OneStopError, Problem
from onestop.model.findings import Severity
from onestop.model.printable import why_insurance_not_printed
from onestop.screens.function_key import YES, Can, no
from onestop.screens.insurance_typing import InsuranceTyping
from onestop.screens.issue_problems import problems_of
from onestop.screens.ports import Choice, Question, Tone
from onestop.services.insurance_form import InsuranceForm, form_of_certificate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.certificates import InsuranceCertificate
    from onestop.services.insurance import AssessedInsurance, OpenedInsurance

BY_HAND: Final = "手入力の証明書です。F10 で登録してください。"
NOT_SAVED: Final = "保存していない変更があります。F10 で保存すると印刷できます。"
LOST: Final = (
    "送信しましたが、応答がありませんでした。発行されたかどうかは分かりません。"
    "F7 確認 で確かめてください(二重には発行されません)。"
)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came of F5: the certificate as it is written down now, and what went wrong."""

    opened: OpenedInsurance
    error: OneStopError | None = None


class InsuranceScreen(InsuranceTyping):
    """One certificate, from 新規 to what e-JIBAI says of it. Nothing is issued twice."""

    # --- F5 発行

    def can_issue(self) -> Can:
        """Whether it can be issued at e-JIBAI."""
        can = self.can_change()
        return no(BY_HAND) if can and self.form.by_hand else can

    def issue(self) -> None:
        """F5 発行: save, check, ask about warnings if there are any, send once."""
        form, saving = self.form, self._saving(self.form)
        self._issuing = True
        if self.changed or self.shown.certificate is None:
            self.work(
                "保存中", lambda: saving(self.desk()), lambda certificate: self._saved_to_issue(certificate, form)
            )
        else:
            self._check_form()

    def _saved_to_issue(self, certificate: InsuranceCertificate, form: InsuranceForm) -> None:
        self._take_saved(certificate, form)
        self._check_form()

    def _check_form(self) -> None:
        form, vehicle_id, number = self.form, self._vehicle_id, self._control_number
        self.work("内容を確認中", lambda: self.desk().insurance.assess(form, vehicle_id, number), self._checked_form)

    def _checked_form(self, assessed: AssessedInsurance) -> None:
        errors = problems_of(Severity.ERROR, assessed.findings)
        warnings = problems_of(Severity.WARNING, assessed.findings)
        if errors:
            self._show_errors(errors)
        elif warnings:
            self._ask_about(warnings)
        else:
            self._send()

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        self._issuing = False
        self.problems = tuple(errors)
        more = f"(ほかに{len(errors) - 1}件)" if len(errors) > 1 else ""
        self.say(errors[0].message + more, Tone.ERROR, errors[0].field)

    def _ask_about(self, warnings: Sequence[Problem]) -> None:
        lines = "\n".join(f"・{warning.message}" for warning in warnings)
        back = Choice("戻って直す", lambda: self._go_back(warnings[0].field), safe=True)
        on = Choice("このまま発行する", self._send)
        self.view.ask(Question("発行前の確認", f"次の点を確かめてください。\n\n{lines}", (back, on)))

    def _go_back(self, field: str) -> None:
        self._issuing = False
        self.view.refresh()
        self.view.focus_field(field)

    def _send(self) -> None:
        number, vehicle_id = self.shown.control_number, self._vehicle_id

        def job() -> _Sent:
            desk, trouble = self.desk(), None
            try:
                desk.insurance.issue(number)
            except OneStopError as error:
                trouble = error
            return _Sent(desk.insurance.open(vehicle_id, number), trouble)

        self.work("e-JIBAIへ送信中", job, self._sent)

    def _sent(self, sent: _Sent) -> None:
        self._issuing = False
        self._take_opened(sent.opened)
        self._tell_others()
        if sent.error is None:
            self.say(f"発行しました。保険証番号 {self.shown.certificate_number} 保険料 {self.shown.estimate}")
        else:
            self.failed(sent.error)
            self.view.alarm()

    # --- F7 確認

    def can_check(self) -> Can:
        """Whether there is something to ask e-JIBAI about."""
        return self.can_work() and self.shown.can_check()

    def check(self) -> None:
        """F7 確認: ask e-JIBAI about this certificate; one whose answer was lost is settled."""
        number, unsettled = self.shown.control_number, self.shown.is_unsettled

        def job() -> InsuranceCertificate:
            service = self.desk().insurance
            return service.settle_one(number) if unsettled else service.refresh(number)

        self.work("e-JIBAIに確認中", job, self._checked)

    def _checked(self, certificate: InsuranceCertificate) -> None:
        self._take(certificate, form_of_certificate(certificate))
        self._tell_others()
        self.message = self.shown.check_message()

    # --- F2 取消, or 削除

    def can_cancel(self) -> Can:
        """Whether it may be deleted here, or taken back at e-JIBAI."""
        return self.can_work() and self.shown.can_delete(self.clock.now())

    def cancel(self) -> None:
        """F2: 取消 at e-JIBAI once issued, 削除 of what is only written here; always after a question."""
        if self.shown.is_changeable:
            text = f"管理番号 {self.shown.control_number} の自賠責証明書の記録を削除します。元に戻せません。"
            self._ask_to("削除", text, "削除する", self._delete_now)
        else:
            text = f"保険証番号 {self.shown.certificate_number} の契約をe-JIBAIで取り消します。元に戻せません。"
            self._ask_to("取消", text, "取消する", self._cancel_now)

    def _ask_to(self, title: str, text: str, verb: str, action: Callable[[], None]) -> None:
        back = Choice("戻る", self.view.refresh, safe=True)
        self.view.ask(Question(title, text, (back, Choice(verb, action))))

    def _delete_now(self) -> None:
        number = self.shown.control_number
        self.work("削除中", lambda: self.desk().insurance.delete(number), self._deleted)

    def _deleted(self, _nothing: None) -> None:
        self._keeper.forget(self.place)
        self._tell_others()
        self.view.dismiss()

    def _cancel_now(self) -> None:
        number = self.shown.control_number
        self.work("e-JIBAIで取消中", lambda: self.desk().insurance.cancel(number), self._cancelled)

    def _cancelled(self, certificate: InsuranceCertificate) -> None:
        self._take(certificate, form_of_certificate(certificate))
        self._tell_others()
        self.say("取消しました。発行し直すときは、この画面を閉じて、もう一度 証明書発行 を開いてください。")

    # --- F9 印刷, F8 PDF

    def can_print(self) -> Can:
        """Whether the certificate can be put on paper as it is stored."""
        working = self.can_work()
        if not working:
            return working
        why_not = why_insurance_not_printed(self.shown.certificate) or (NOT_SAVED if self.changed else "")
        return no(why_not) if why_not else YES

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it."""
        self.printing.preview(DocumentKind.INSURANCE_COPY, self.shown.control_number)

    def pdf(self) -> None:
        """F8 PDF."""
        self.printing.save(DocumentKind.INSURANCE_COPY, self.shown.control_number)

    def can_open_folder(self) -> Can:
        """Whether a file was written."""
        return self.printing.exporter.can_open_folder()

    def open_folder(self) -> None:
        """Alt+O フォルダを開く."""
        self.printing.exporter.open_folder()

    # --- troubles

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble; whether a policy was issued is never left open without the key that finds out."""
        super().failed(error)
        if isinstance(error, NoAnswer) and self.shown.is_unsettled:
            self.say(LOST, Tone.ERROR)
