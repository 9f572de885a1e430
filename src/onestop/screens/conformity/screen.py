"""適合証・証明証発行: one 保適証, from the proposal to what AIRAS says of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind
from onestop.errors import NoAnswer, NotFound, OneStopError, Problem
from onestop.model.cover_words import last_application_words, old_insurance_words
from onestop.model.printable import is_past_validity, why_conformity_not_printed, why_mark_not_printed
from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.conformity.shown import FIRST_FIELD, FIXED, REASON, ShownConformity
from onestop.screens.conformity.words import FILLED, FIXED_HINT, GONE, LOST, Days, days_of, wait_lines
from onestop.screens.editor import Editor
from onestop.screens.form_problems import without
from onestop.screens.function_key import YES, Can, no
from onestop.screens.minutes import Minutes
from onestop.screens.open_record import OpenRecord, Read
from onestop.screens.places import ChecklistPlace, ConformityPlace
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.screens.record_kinds import CONFORMITY_KIND
from onestop.screens.record_sending import RecordSending
from onestop.screens.required_fields import required_of_conformity
from onestop.screens.screen import Screen
from onestop.screens.wording import Errand
from onestop.services.conformity.form import PAST_DATES, ConformityForm, form_of_certificate
from onestop.services.form_fields import read_day as typed_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.inspection_days import InspectionDays
    from onestop.screens.screen import Surroundings
    from onestop.services.conformity.book import OpenedConformity
    from onestop.services.conformity.form import KindProposal

DAYS: Final = "days"
LAST_APPLICATION: Final = "last_application_date"
NO_INSPECTOR: Final = ("", "(選んでください)")


class ConformityScreen(Screen):
    """One 保適証. Nothing is sent twice, and no state looks better than AIRAS says."""

    help_page = "conformity"
    look = "F7 状態確認"
    editor: Editor[ConformityForm]

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        """Open the certificate with this 管理番号, or the one under way for a car, or a new one."""
        super().__init__(surroundings)
        self.editor = Editor(self, ConformityForm(), self._hold)
        place = ConformityPlace(vehicle_id, control_number)
        self.record = OpenRecord(self, self.editor, CONFORMITY_KIND, place, self._taken)
        self.problem = self.editor.problem
        self.to_service = RecordSending(self, self.editor, self.record)
        self.pullback_reason = ""
        self._proposal: KindProposal | None = None
        self._days: InspectionDays | None = None
        self.insurers: tuple[str, ...] = ()
        self.inspectors: tuple[tuple[str, str], ...] = (NO_INSPECTOR,)
        """検査員 to choose from: code, and code with name."""
        self._names: dict[str, str] = {}
        self.printing = CertificatePrinting(self)
        self.exporter = self.printing.exporter
        self._held: int | None = None
        """The 管理番号 of the certificate that the program does not send by itself while the clerk changes it."""
        self._minutes = Minutes(self, lambda: bool(self.wait_lines))

    @property
    def shown(self) -> ShownConformity:
        """What stands beside the fields."""
        return self.record.shown

    # --- opening

    def started(self) -> None:
        """Open the certificate, and what was being typed when the program last stopped."""
        self.work("読み込み中", self.record.read, self._opened)

    def _opened(self, read: Read[ConformityForm, OpenedConformity]) -> None:
        self.record.opened(read)
        if read.opened.filled and self.message is None:
            self.say(FILLED)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """It or its car was changed elsewhere; what is being typed here stays."""
        self.record.heard_of(vehicle_id, control_number)

    def idle(self) -> None:
        """Read it again, if that was put off."""
        self.record.catch_up(self._reopened)

    def _reopened(self, opened: OpenedConformity) -> None:
        was_editable, was_changed = self.record.editable, self.changed
        self.record.reopened(opened)
        if opened.filled and not was_changed:
            self.note(Message(FILLED))
        if self.record.editable != was_editable:
            self.note(self.shown.standing_message())

    def _taken(self, opened: OpenedConformity) -> None:
        self.insurers = opened.insurers
        self._let_go()
        self._minutes.go_on()
        self._proposal, self._days = opened.proposal, opened.days
        if opened.filled and opened.certificate is not None:
            self.editor.base = form_of_certificate(opened.certificate)
        self._names = {each.code: each.name for each in opened.workshop.inspectors}
        if opened.form.inspector_code:
            self._names.setdefault(opened.form.inspector_code, opened.form.inspector_name)
        words = ((code, f"{code} {name}") for code, name in self._names.items())
        self.inspectors = (NO_INSPECTOR, *words)

    # --- what stands on the glass

    @property
    def kind_reason(self) -> str:
        """Why this 申請種別 was proposed, or that another was chosen; empty where nothing can be chosen any more."""
        if self._proposal is None or not self.record.editable:
            return ""
        chosen, reason = self.editor.form.application_kind, self._proposal.reason
        return reason if chosen == self._proposal.kind else f"{chosen}を選んでいますが、{reason}"

    @property
    def days(self) -> Days:
        """The 15-day count."""
        return days_of(self.shown.record, self.clock.today())

    @property
    def inspection_days(self) -> InspectionDays | None:
        """The days of the inspection, by what stands in the form now."""
        if self._days is None:
            return None
        today = self.clock.today()
        inspected = typed_day("inspection_date", self.editor.form.inspection_date, today, [], past=True)
        expiry = typed_day("expiry_date", self.editor.form.expiry_date, today, [])
        return dataclasses.replace(self._days, inspection_date=inspected, expiry_date=expiry)

    @property
    def old_insurance_words(self) -> str:
        """Whether 旧自賠責 is asked for, and why."""
        days = self.inspection_days if self.record.editable else None
        return old_insurance_words(days) if days else ""

    @property
    def wait_lines(self) -> tuple[str, ...]:
        """What is waited for; empty when nothing is."""
        return wait_lines(self.shown.record, self.clock.now())

    @property
    def fixed_hint(self) -> str:
        """The way out for the three fields that never change; empty while they may, or where there is none."""
        return FIXED_HINT if not self.shown.is_draft and self.shown.can_delete() else ""

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in required_of_conformity(self.editor.form)

    def is_locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        if field == REASON:
            return not self.record.loaded or not self.shown.can_pull_back(self.clock.now())
        return self.record.locked or (field in FIXED and not self.shown.is_draft)

    def told(self, name: str) -> str:
        """Return a value that is only read; the days are counted on to today."""
        if name == LAST_APPLICATION:
            return last_application_words(self.inspection_days) if self.inspection_days else ""
        return self.days.text if name == DAYS else self.record.told(name)

    def value(self, field: str) -> object:
        """Return what stands in a field; 引戻の理由 is no part of the form."""
        return self.pullback_reason if field == REASON else self.editor.value(field)

    # --- typing

    def read_date(self, field: str, typed: str) -> tuple[str, str | None]:
        """Return what the day typed into a field means in both calendars, or what is wrong with it."""
        return self.editor.read_day(typed, past=field in PAST_DATES)

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field."""
        if self.is_locked(name):
            return
        if name == FIRST_FIELD:
            self.editor.edit(name, value, inspector_name=self._names.get(str(value), ""))
        elif name != REASON:
            self.editor.edit(name, value)
        else:
            self.editor.problems = without(name, self.editor.problems)
            self.typed_in(name)
            self.pullback_reason = str(value)
            self.view.refresh()

    def _hold(self) -> None:
        """Hold the certificate that is changed, unless it is held; one that is not saved needs no hold."""
        number = self.record.control_number
        if self._held is None and number is not None:
            self._held = number
            self.background.run(lambda: self.desk().conformity.hold(number), lambda _none: None, self.failed)

    def _let_go(self) -> None:
        """The program may send it again."""
        number, self._held = self._held, None
        if number is not None:
            self.background.run(lambda: self.desk().conformity.release(number), lambda _none: None, self.failed)

    # --- F10 保存; F5 発行, 訂正送信; F7 状態確認

    def can_change(self) -> Can:
        """Whether it can be saved or sent, and nothing is under way."""
        return self.record.can_change()

    def save(self) -> None:
        """F10 保存: nothing is sent."""
        self.record.save(self.record.tell_saved)

    def issue_word(self) -> str:
        """What F5 does now."""
        return "訂正" if self.shown.is_correctable else "発行"

    def issue(self) -> None:
        """F5."""
        self.to_service.issue()

    def can_check(self) -> Can:
        """Whether there is something to ask AIRAS about."""
        return self.to_service.can_check()

    def check(self) -> None:
        """F7 状態確認."""
        self.to_service.check()

    # --- 引戻

    def can_pull_back(self) -> Can:
        """Whether 引戻 may be asked for."""
        return self.can_work() and self.shown.can_pull_back(self.clock.now())

    def pull_back(self) -> None:
        """引戻, with the reason that stands in its field; always after a question."""
        reason = self.pullback_reason.strip()
        if not reason:
            self.editor.problems = (Problem(REASON, "引戻の理由を入力してから、もう一度 Alt+P を押してください。"),)
            self.say(self.editor.problems[0].message, Tone.WARNING, REASON)
            return
        text = (
            f"交付番号 {self.shown.certificate_number} を引き戻します。作成中になるまで20～30分かかります。\n"
            f"理由: {reason}"
        )
        self.ask("引戻", text, Choice("引き戻す", lambda: self._pull_back_now(reason)))

    def _pull_back_now(self, reason: str) -> None:
        job = self.record.doing(lambda desk, number: desk.conformity.pull_back(number, reason))
        self.work("AIRASで引戻中", job, self._pulled_back, Errand.WITHDRAWING)

    def _pulled_back(self, opened: OpenedConformity) -> None:
        self.pullback_reason = ""
        self.record.take_news(opened)
        self.say("引戻を依頼しました。作成中になると、自動で入力できるようになります(20～30分)。")

    # --- F2 削除, F4 新規

    def can_delete(self) -> Can:
        """Whether it may be deleted, here or at AIRAS."""
        return self.can_work() and self.shown.can_delete()

    def delete(self) -> None:
        """F2 削除; always after a question."""
        if self.shown.is_draft:
            self.record.ask_to_delete(f"管理番号 {self.shown.control_number} の保適証を削除します。元に戻せません。")
            return
        text = (
            f"交付番号 {self.shown.certificate_number} をAIRASで削除します。元に戻せません。\n"
            "発行し直すと、新しい交付番号になります。"
        )
        self.ask("削除", text, Choice("削除する", self._void_now))

    def _void_now(self) -> None:
        version = self.shown.version
        job = self.record.doing(lambda desk, number: CONFORMITY_KIND.delete(desk, number, version))
        self.work("削除中", job, self._voided, Errand.WITHDRAWING)

    def _voided(self, opened: OpenedConformity) -> None:
        self.editor.forget()
        self.record.take(opened)
        self.record.tell_others()
        self.say("削除しました。発行し直すときは F4 新規 を押してください。")

    def can_begin(self) -> Can:
        """Whether a new certificate of this car may be begun."""
        return self.can_work() and self.shown.can_begin(self.clock.today())

    def begin(self) -> None:
        """F4 新規: a new certificate of the same car."""
        self.work("準備中", self.record.propose, self._opened)

    # --- F9 印刷, 標章印刷, F8 PDF

    def can_print(self) -> Can:
        """Whether it can be put on paper, and nothing is under way."""
        return self.printing.can_print(why_conformity_not_printed(self.shown.record, self.clock.now()))

    def can_print_mark(self) -> Can:
        """Whether the 適合標章 can be put on paper."""
        can = self.can_print()
        why_not = why_mark_not_printed(self.shown.record, self.clock.now())
        return no(why_not) if can and why_not else can

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it; after its 15 days a question first."""
        self._if_still_wanted(lambda: self.printing.preview(DocumentKind.CONFORMITY, self.shown.control_number))

    def _if_still_wanted(self, put_on_paper: Callable[[], None]) -> None:
        """Ask before a 適合証 is put on paper that no filing goes with any more."""
        if not is_past_validity(self.shown.record, self.clock.today()):
            put_on_paper()
            return
        text = "この保適証は有効期間(15日)が過ぎています。申請には使えません。控えとして出しますか。"
        self.ask("有効期間", text, Choice("このまま出す", put_on_paper))

    def print_mark(self) -> None:
        """標章印刷."""
        self.printing.preview(DocumentKind.CONFORMITY_MARK, self.shown.control_number)

    def pdf(self) -> None:
        """F8 PDF: of the one or the other."""
        number, save = self.shown.control_number, self.printing.save
        choices = (
            Choice("適合証", lambda: self._if_still_wanted(lambda: save(DocumentKind.CONFORMITY, number)), safe=True),
            Choice("適合標章", lambda: save(DocumentKind.CONFORMITY_MARK, number)),
            Choice("キャンセル", self.view.refresh),
        )
        self.view.ask(Question("PDF", "どちらをPDFで保存しますか。", choices))

    def can_open_checklist(self) -> Can:
        """Whether the car is known."""
        return self.can_work() if self.record.vehicle_id is None else YES

    def open_checklist(self) -> None:
        """Alt+Q 確認票."""
        if self.record.vehicle_id is not None:
            self.navigator.show(ChecklistPlace(self.record.vehicle_id))

    # --- F12, troubles

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved. The program may send it by itself again."""
        self.record.leave(self._leave)

    def _leave(self) -> None:
        self._let_go()
        self.view.dismiss()

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble in the words of this window."""
        super().failed(error)
        if isinstance(error, NoAnswer) and self.errand is Errand.SENDING:
            self.say(LOST, Tone.ERROR)
        elif isinstance(error, NotFound):
            self.say(GONE, Tone.WARNING)
