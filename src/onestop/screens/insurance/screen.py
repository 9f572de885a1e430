"""自賠責証明書発行: one certificate, from 新規 to what e-JIBAI says of it, or typed from one of elsewhere."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind
from onestop.errors import InvalidInput, NoAnswer, OneStopError
from onestop.model.certificate_words import Origin
from onestop.model.insurance_checks import REGISTRY_OFF
from onestop.model.printable import why_insurance_not_printed
from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.editor import Editor
from onestop.screens.function_key import Can, no
from onestop.screens.open_record import OpenRecord
from onestop.screens.places import InsurancePlace
from onestop.screens.ports import Choice, Tone
from onestop.screens.record_kinds import INSURANCE_KIND
from onestop.screens.record_sending import RecordSending
from onestop.screens.required_fields import required_of_policy
from onestop.screens.screen import Screen
from onestop.services.insurance.form import InsuranceForm

if TYPE_CHECKING:
    from onestop.screens.insurance.shown import ShownInsurance
    from onestop.screens.screen import Surroundings
    from onestop.services.insurance.service import AssessedInsurance, OpenedInsurance

BY_HAND: Final = "手入力の証明書です。F10 で登録してください。"
BY_HAND_HINT: Final = "手入力: 証明書を見ながら入力し、F10 で登録してください。もう一度 Alt+E を押すと発行に戻ります。"
NOT_SAVED: Final = "保存していない変更があります。F10 で保存すると印刷できます。"
REGISTRY_NOTE: Final = "このままではAIRASに届きません"
LOST: Final = (
    "送信しましたが、応答がありませんでした。発行されたかどうかは分かりません。"
    "F7 確認 で確かめてください(二重には発行されません)。"
)
OF_CERTIFICATE: Final = ("origin", "certificate_number", "end_date", "premium")
"""Fields that are typed only from a certificate of elsewhere."""


class InsuranceScreen(Screen):
    """One certificate. Nothing typed is lost, nothing is issued twice, nothing issued can be changed."""

    help_page = "insurance"
    look = "F7 確認"
    editor: Editor[InsuranceForm]

    def __init__(self, surroundings: Surroundings, vehicle_id: int, control_number: int | None = None) -> None:
        """Open the certificate with this 管理番号, or the one under way for a car, or a new one."""
        super().__init__(surroundings)
        self.editor = Editor(self, InsuranceForm(), self._assess)
        place = InsurancePlace(vehicle_id, control_number)
        self.record = OpenRecord(self, self.editor, INSURANCE_KIND, place, self._taken)
        self.told = self.record.told
        self.to_service = RecordSending(self, self.editor, self.record)
        self.printing = CertificatePrinting(self)
        self.exporter = self.printing.exporter
        self.insurers: tuple[str, ...] = ()
        self.rate_classes: tuple[str, ...] = ()
        self._assessed: AssessedInsurance | None = None

    @property
    def shown(self) -> ShownInsurance:
        """What stands beside the fields."""
        return self.record.shown

    # --- opening

    def started(self) -> None:
        """Open the certificate, and what was being typed when the program last stopped."""
        self.work("読み込み中", self.record.read, self.record.opened)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """It or its car was changed elsewhere; what is being typed here stays."""
        self.record.heard_of(vehicle_id, control_number)

    def idle(self) -> None:
        """Read it again, if that was put off."""
        self.record.catch_up(self.record.reopened)

    def _taken(self, opened: OpenedInsurance) -> None:
        self._show_assessed(self._assessed)
        self.insurers, self.rate_classes = opened.insurers, opened.rate_classes
        self._assess()

    # --- the fields

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in required_of_policy(self.editor.form)

    def is_locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        return self.record.locked or (field in OF_CERTIFICATE and not self.editor.form.by_hand)

    def value(self, field: str) -> object:
        """Return what stands in a field; 保険終了日 follows from the others unless it is typed."""
        counted = field == "end_date" and not self.editor.form.end_date
        return self.shown.counted_end if counted else self.editor.value(field)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field; 登録機関 without its tick is said at all times."""
        return self.editor.problem(field) or (REGISTRY_NOTE if self._is_off(field) and self.record.loaded else None)

    def edit(self, name: str, value: object) -> None:
        """Take what was typed into one field; 登録機関 without its tick is said at once."""
        if not self.is_locked(name):
            self.editor.edit(name, value)
        if self._is_off(name):
            self.say(REGISTRY_OFF, Tone.WARNING, name)

    def _is_off(self, field: str) -> bool:
        form = self.editor.form
        return field == "report_to_registry" and not form.report_to_registry and not form.by_hand

    # --- what is thought of the form

    def _assess(self) -> None:
        """Look in the background at what stands in the form; a later look overtakes an earlier one."""
        form, vehicle_id, number = self.editor.form, self.record.vehicle_id or 0, self.record.control_number

        def assessed(found: AssessedInsurance | None) -> None:
            self._show_assessed(found)
            self.view.refresh()

        def job() -> AssessedInsurance | None:
            try:
                return self.desk().insurance.assess(form, vehicle_id, number)
            except InvalidInput:
                return None  # half a date; F5 and F10 say what is wrong

        self.read_newest(job, assessed, lambda _error: None)  # F5 and F10 tell it

    def _show_assessed(self, found: AssessedInsurance | None) -> None:
        self._assessed = found
        self.record.shown = dataclasses.replace(self.shown, assessed=found)

    # --- F4 新規

    def can_begin(self) -> Can:
        """Whether another certificate of this car may be begun."""
        if self.shown.record is not None and self.changed:
            return no("変更が保存されていません。先に F10 で登録してください。")
        return self.can_work() and self.shown.can_begin()

    def begin(self) -> None:
        """F4 新規: another certificate of the same car, such as the one before, or one that takes its place."""
        self.work("準備中", self.record.propose, self.record.opened)

    # --- 手入力

    def can_enter_by_hand(self) -> Can:
        """Whether it may be typed from a certificate of elsewhere: nothing was issued for it."""
        if self.shown.is_by_hand:
            return no("手入力で登録済みです。直したら F10 で保存してください。")
        return self.can_change()

    def enter_by_hand(self) -> None:
        """手入力: turn the form to a certificate of elsewhere, or back to one that is issued here."""
        by_hand = not self.editor.form.by_hand
        origin = Origin.UNCONFIRMED if by_hand else Origin.ELECTRONIC
        self.editor.type(dataclasses.replace(self.editor.form, by_hand=by_hand, origin=origin.value))
        if self.editor.form.by_hand:
            self.say(BY_HAND_HINT, field="origin")
        else:
            self.quiet()
            self.view.focus_field(self.record.first_field)

    # --- F10 保存, F5 発行, F7 確認

    def can_change(self) -> Can:
        """Whether it can be saved, and nothing is under way."""
        return self.record.can_change()

    def save(self) -> None:
        """F10 保存: nothing is sent."""
        self.record.save(self.record.tell_saved)

    def can_issue(self) -> Can:
        """Whether it can be issued at e-JIBAI."""
        can = self.can_change()
        return no(BY_HAND) if can and self.editor.form.by_hand else can

    def issue(self) -> None:
        """F5 発行."""
        self.to_service.issue()

    def can_check(self) -> Can:
        """Whether there is something to ask e-JIBAI about."""
        return self.to_service.can_check()

    def check(self) -> None:
        """F7 確認."""
        self.to_service.check()

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
            self.record.ask_to_delete(f"管理番号 {number} の自賠責証明書の記録を削除します。元に戻せません。")
        else:
            text = f"保険証番号 {self.shown.certificate_number} の契約をe-JIBAIで取り消します。元に戻せません。"
            self.ask("取消", text, Choice("取消する", self._cancel))

    def _cancel(self) -> None:
        told = "取り消しました。発行し直すときは F4 新規 を押してください。"
        self.record.withdraw("e-JIBAIで取消中", lambda desk, number: desk.insurance.cancel(number), lambda: told)

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

    # --- F12, troubles

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        self.record.leave(self.view.dismiss)

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble; whether a policy was issued is never left open without the key that finds out."""
        super().failed(error)
        if isinstance(error, NoAnswer) and self.shown.is_unsettled:
            self.say(LOST, Tone.ERROR)
