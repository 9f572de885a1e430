"""自賠責証明書発行: one certificate, from 新規 to what e-JIBAI says of it, or typed from one of elsewhere."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind
from onestop.errors import InvalidInput, NoAnswer, OneStopError
from onestop.model.certificate_words import Origin
from onestop.model.insurance_checks import REGISTRY_OFF
from onestop.model.printable import why_insurance_not_printed
from onestop.model.sending_state import Sending
from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.function_key import Can, no
from onestop.screens.insurance.shown import ShownInsurance
from onestop.screens.ports import Choice, Tone
from onestop.screens.sending_screen import SendingScreen
from onestop.screens.wording import Errand
from onestop.services.insurance.form import InsuranceForm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.findings import Finding
    from onestop.screens.form_screen import Read
    from onestop.screens.open_question import Decides
    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Surroundings
    from onestop.services.desk import Desk
    from onestop.services.insurance.service import AssessedInsurance, OpenedInsurance

FIRST_FIELD: Final = "insurer"
BY_HAND: Final = "手入力の証明書です。F10 で登録してください。"
BY_HAND_HINT: Final = "手入力: 証明書を見ながら入力し、F10 で登録してください。もう一度 F6 を押すと発行に戻ります。"
NOT_SAVED: Final = "保存していない変更があります。F10 で保存すると印刷できます。"
REGISTRY_NOTE: Final = "このままではAIRASに届きません"
LOST: Final = (
    "送信しましたが、応答がありませんでした。発行されたかどうかは分かりません。"
    "F7 確認 で確かめてください(二重には発行されません)。"
)
OF_CERTIFICATE: Final = ("origin", "certificate_number", "end_date", "premium")
"""Fields that are typed only from a certificate of elsewhere."""


class InsuranceScreen(SendingScreen[InsuranceForm, "OpenedInsurance", ShownInsurance]):
    """One certificate. Nothing typed is lost, nothing is issued twice, nothing issued can be changed."""

    help_page = "insurance"
    look = "F7 確認"
    kept_as = "insurance"
    noun = "証明書"
    sending_word = "発行"
    sent_to = "e-JIBAI"
    number_word = "保険証番号"
    checking = "e-JIBAIに確認中"
    first_field = FIRST_FIELD

    def __init__(self, surroundings: Surroundings, vehicle_id: int, control_number: int | None = None) -> None:
        super().__init__(surroundings, vehicle_id, control_number)
        self.printing = CertificatePrinting(self)
        self.insurers: tuple[str, ...] = ()
        self.rate_classes: tuple[str, ...] = ()
        self._assessing: Ticket | None = None
        self._began = False
        """Whether F4 began another certificate than the one that is under way."""

    # --- opening and saving

    def _blank(self) -> tuple[InsuranceForm, ShownInsurance]:
        return InsuranceForm(), ShownInsurance()

    def _open(self, desk: Desk, control_number: int | None) -> OpenedInsurance:
        return desk.insurance.open(self._vehicle_id, control_number)

    def _read(self) -> Read[InsuranceForm, OpenedInsurance]:
        """Ask e-JIBAI how it stands, too."""
        desk = self.desk()
        opened, error, has_news = self._open(desk, self._control_number), None, False
        held = opened.certificate
        if held is not None and held.sending is Sending.FILED and not held.is_by_hand and not held.is_cancelled:
            try:
                desk.insurance.refresh(held.control_number)
            except OneStopError as trouble:
                error = trouble
            opened = self._open(desk, held.control_number)
            has_news = opened.certificate is not None and opened.certificate.version != held.version
        return self._with_draft(desk, opened, error, has_news=has_news)

    def _reopen(self) -> OpenedInsurance:
        """Propose a new one again, rather than go back to the one before it."""
        desk = self.desk()
        return desk.insurance.propose(self._vehicle_id or 0) if self._began else self._open(desk, self._control_number)

    def _showing(self, opened: OpenedInsurance) -> ShownInsurance:
        return dataclasses.replace(self.shown, record=opened.certificate, basis=opened.basis)

    def _take(self, opened: OpenedInsurance) -> None:
        super()._take(opened)
        self._began = self._began and opened.certificate is None
        self.insurers, self.rate_classes = opened.insurers, opened.rate_classes
        self._assess()

    def _saver(
        self, desk: Desk, form: InsuranceForm
    ) -> Callable[[InsuranceForm, int, int | None, int | None], InsuranceCertificate]:
        return desk.insurance.enter_by_hand if form.by_hand else desk.insurance.save

    @property
    def saved_word(self) -> str:
        """What F10 did: a draft stays 未発行, one of elsewhere is registered."""
        return "登録" if self.shown.is_by_hand else "保存"

    # --- what stands on the glass

    def is_locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        return super().is_locked(field) or (field in OF_CERTIFICATE and not self.editor.form.by_hand)

    def value(self, field: str) -> object:
        """Return what stands in a field; 保険終了日 follows from the others unless it is typed."""
        counted = field == "end_date" and not self.editor.form.end_date
        return self.shown.counted_end if counted else super().value(field)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field; 登録機関 without its tick is said at all times."""
        off = field == "report_to_registry" and not self.editor.form.report_to_registry and not self.editor.form.by_hand
        return super().problem(field) or (REGISTRY_NOTE if off and self._loaded else None)

    def edit(self, name: str, value: object) -> None:
        """Take what was typed into one field; 登録機関 without its tick is said at once."""
        super().edit(name, value)
        if name == "report_to_registry" and not self.editor.form.report_to_registry and not self.editor.form.by_hand:
            self.say(REGISTRY_OFF, Tone.WARNING, name)

    # --- what is thought of the form

    def _form_changed(self) -> None:
        self._assess()

    def _assess(self) -> None:
        """Look in the background at what stands in the form; a later look overtakes an earlier one."""
        form, vehicle_id, number = self.editor.form, self._vehicle_id or 0, self._control_number
        if self._assessing is not None:
            self._assessing.drop()

        def assessed(found: AssessedInsurance | None) -> None:
            self.shown = dataclasses.replace(self.shown, assessed=found)
            self.view.refresh()

        def job() -> AssessedInsurance | None:
            try:
                return self.desk().insurance.assess(form, vehicle_id, number)
            except InvalidInput:
                return None  # half a date; F5 and F10 say what is wrong

        self._assessing = self.background.run(job, assessed, lambda _error: None)  # F5 and F10 tell it

    # --- F4 新規

    def can_begin(self) -> Can:
        """Whether another certificate of this car may be begun."""
        if self.shown.record is not None and self.changed:
            return no("変更が保存されていません。先に F10 で登録してください。")
        return self.can_work() and self.shown.can_begin()

    def begin(self) -> None:
        """F4 新規: another certificate of the same car, such as the one before, or one that takes its place."""
        vehicle_id = self._vehicle_id or 0

        def job() -> Read[InsuranceForm, OpenedInsurance]:
            desk = self.desk()
            return self._with_draft(desk, desk.insurance.propose(vehicle_id))

        self.work("準備中", job, self._begun)

    def _begun(self, read: Read[InsuranceForm, OpenedInsurance]) -> None:
        self._began = True
        self._opened(read)

    # --- F6 手入力

    def can_enter_by_hand(self) -> Can:
        """Whether it may be typed from a certificate of elsewhere: nothing was issued for it."""
        if self.shown.is_by_hand:
            return no("手入力で登録済みです。直したら F10 で保存してください。")
        return self.can_change()

    def enter_by_hand(self) -> None:
        """F6: turn the form to a certificate of elsewhere, or back to one that is issued here."""
        by_hand = not self.editor.form.by_hand
        origin = Origin.UNCONFIRMED if by_hand else Origin.ELECTRONIC
        self.editor.type(dataclasses.replace(self.editor.form, by_hand=by_hand, origin=origin.value))
        if self.editor.form.by_hand:
            self.say(BY_HAND_HINT, field="origin")
        else:
            self.quiet()
            self.view.focus_field(FIRST_FIELD)

    # --- F5 発行, F7 確認

    def can_issue(self) -> Can:
        """Whether it can be issued at e-JIBAI."""
        can = self.can_change()
        return no(BY_HAND) if can and self.editor.form.by_hand else can

    def _findings(self, desk: Desk, form: InsuranceForm) -> Sequence[Finding]:
        return desk.insurance.assess(form, self._vehicle_id or 0, self._control_number).findings

    def _send_once(self, desk: Desk, control_number: int) -> object:
        return desk.insurance.delivery.issue(control_number)

    def _sent_text(self, _before: ShownInsurance) -> str:
        return f"発行しました。保険証番号 {self.shown.certificate_number} 保険料 {self.shown.estimate}"

    def _ask_service(self, desk: Desk, control_number: int) -> object:
        insurance = desk.insurance
        return (insurance.delivery.settle_one if self.shown.is_unsettled else insurance.refresh)(control_number)

    def _decides(self, desk: Desk) -> Decides:
        return desk.insurance.delivery.resolution

    # --- F2 取消, or 削除

    def can_cancel(self) -> Can:
        """Whether it may be deleted here, or taken back at e-JIBAI."""
        return self.can_work() and self.shown.can_delete(self.clock.now())

    def cancel_word(self) -> str:
        """What F2 does now."""
        return "削除" if self.shown.is_editable else "取消"

    def cancel(self) -> None:
        """F2: 取消 at e-JIBAI once issued, 削除 of what is only written here; always after a question."""
        if self.shown.is_editable:
            number = self.shown.control_number
            self._ask_to_delete(f"管理番号 {number} の自賠責証明書の記録を削除します。元に戻せません。")
        else:
            text = f"保険証番号 {self.shown.certificate_number} の契約をe-JIBAIで取り消します。元に戻せません。"
            self.ask("取消", text, Choice("取消する", self._cancel_now))

    def _delete(self, desk: Desk, control_number: int) -> None:
        desk.insurance.delete(control_number)

    def _cancel_now(self) -> None:
        job = self._doing(lambda desk, number: desk.insurance.cancel(number))
        self.work("e-JIBAIで取消中", job, self._cancelled, Errand.WITHDRAWING)

    def _cancelled(self, opened: OpenedInsurance) -> None:
        self._take_news(opened)
        self.say("取消しました。発行し直すときは F4 新規 を押してください。")

    # --- F9 印刷, F8 PDF

    def can_print(self) -> Can:
        """Whether it can be put on paper, and nothing is under way."""
        return self.printing.can_print(
            why_insurance_not_printed(self.shown.record) or (NOT_SAVED if self.changed else "")
        )

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
