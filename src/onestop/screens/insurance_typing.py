"""自賠責証明書発行 before anything is sent: the form, what is thought of it, and keeping it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, OneStopError, Problem
from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.display import read_day
from onestop.screens.draft_keeper import DraftKeeper
from onestop.screens.function_key import Can, no
from onestop.screens.issue_problems import problem_of, problems_in, without
from onestop.screens.plate_input import FIELD as PLATE
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.screen import Screen
from onestop.screens.shown_insurance import ShownInsurance
from onestop.services.filing_form import PLATE_PARTS
from onestop.services.insurance_form import InsuranceForm, form_of_certificate

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.certificates import InsuranceCertificate
    from onestop.screens.screen import Surroundings
    from onestop.services.desk import Desk
    from onestop.services.insurance import AssessedInsurance, OpenedInsurance

FIRST_FIELD: Final = "insurer"
ISSUED_ALREADY: Final = "発行済みです。直すときは F2 取消 のあと、発行し直してください。"
BY_HAND_HINT: Final = "手入力: 証明書を見ながら入力し、F10 で登録してください。もう一度 F6 を押すと発行に戻ります。"
REGISTRY_NOTE: Final = "このままではAIRASに届きません"
OF_CERTIFICATE: Final = ("origin", "certificate_number", "end_date", "premium")
"""Fields that are typed only from a certificate of elsewhere."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What opening brings from the desk."""

    opened: OpenedInsurance
    draft: InsuranceForm | None = dataclasses.field(default=None, repr=False)


class InsuranceTyping(Screen):
    """The form of one certificate. Nothing typed is lost, nothing issued can be changed."""

    help_page = "insurance"

    def __init__(self, surroundings: Surroundings, vehicle_id: int, control_number: int | None = None) -> None:
        """Open the certificate with this 管理番号, or for a car the one under way, or 新規 prefilled."""
        super().__init__(surroundings)
        self.form = InsuranceForm()
        self.shown = ShownInsurance()
        self.insurers: tuple[str, ...] = ()
        self.rate_classes: tuple[str, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with fields, shown at each until it is changed."""
        self.printing = CertificatePrinting(self)
        self._vehicle_id = vehicle_id
        self._control_number = control_number
        self._stored = self.form
        self._loaded = False
        self._issuing = False
        self._assessment = 0
        self._keeper = DraftKeeper(self.background, self.desk, self.failed)

    # --- loading

    def started(self) -> None:
        """Load the certificate, and what was being typed when the program last stopped."""
        self.work("読み込み中", self._read, self._opened)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read again when the car or its certificate was changed elsewhere; what is being typed here stays."""
        everything = vehicle_id is None and control_number is None
        mine = everything or vehicle_id == self._vehicle_id
        if mine and self._loaded and not self.busy and not self._issuing and not self.changed:
            self.background.run(self._read, self._read_again, self.failed)

    def _read(self) -> _Read:
        desk = self.desk()
        opened = desk.insurance.open(self._vehicle_id, self._control_number)
        number = opened.certificate.control_number if opened.certificate else None
        return _Read(opened, desk.typing.found(_place(opened.vehicle_id, number), opened.form))

    def _opened(self, read: _Read) -> None:
        self._loaded = True
        self._take_opened(read.opened)
        self.message = self.shown.standing_message()
        self.view.refresh()
        self.view.focus_field(FIRST_FIELD)
        if read.draft is None:
            return
        if read.draft == self.form or not self.editable:
            self._keeper.forget(self.place)
        else:
            self._offer(read.draft)

    def _read_again(self, read: _Read) -> None:
        if not self.changed:
            self._take_opened(read.opened)
            self.view.refresh()

    def _take_opened(self, opened: OpenedInsurance) -> None:
        self._vehicle_id = opened.vehicle_id
        self.insurers, self.rate_classes = opened.insurers, opened.rate_classes
        self.shown = dataclasses.replace(self.shown, basis=opened.basis)
        self._take(opened.certificate, opened.form)

    def _take(self, certificate: InsuranceCertificate | None, form: InsuranceForm) -> None:
        self.shown = dataclasses.replace(self.shown, certificate=certificate)
        self._control_number = certificate.control_number if certificate else None
        self.form = self._stored = form
        self.problems = ()
        self._assess()

    def _offer(self, draft: InsuranceForm) -> None:
        restore = Choice("復元する", lambda: self._restore(draft), safe=True)
        drop = Choice("破棄する", lambda: self._keeper.forget(self.place))
        text = "保存されていない入力が残っています。復元しますか。"
        self.view.ask(Question("入力途中の内容", text, (restore, drop)))

    def _restore(self, draft: InsuranceForm) -> None:
        self.form = draft
        self._assess()
        self.say("保存されていない入力を復元しました。")

    # --- what stands on the glass

    @property
    def editable(self) -> bool:
        """Whether the certificate is still ours alone."""
        return self._loaded and self.shown.is_changeable

    @property
    def changed(self) -> bool:
        """Whether something stands in the fields that is not saved."""
        return self.editable and self.form != self._stored

    @property
    def place(self) -> str:
        """Where unsaved typing is kept."""
        return _place(self._vehicle_id, self._control_number)

    def locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        only_by_hand = field in OF_CERTIFICATE and not self.form.by_hand
        return not self.editable or self._issuing or only_by_hand

    def typed(self, field: str) -> object:
        """Return what stands in a field: what was typed, or for one that is not typed what follows from the others."""
        if field == PLATE:
            return tuple(getattr(self.form, part) for part in PLATE_PARTS)
        if field == "end_date" and not self.form.end_date:
            return self.shown.counted_end
        return getattr(self.form, field)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field; 登録機関 without its tick is said at all times."""
        found = problem_of(field, self.problems)
        off = field == "report_to_registry" and not self.form.report_to_registry and not self.form.by_hand
        return found or (REGISTRY_NOTE if off and self._loaded else None)

    def read_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today())

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field; the four parts of the plate come together."""
        if self.locked(name):
            return
        changes = {name: value}
        if name == PLATE and isinstance(value, tuple):
            changes = dict(zip(PLATE_PARTS, value, strict=True))
        self._change(dataclasses.replace(self.form, **changes), name)  # type: ignore[arg-type]  # each field hands its own type

    def _change(self, form: InsuranceForm, name: str) -> None:
        self.form = form
        self.problems = without(name, self.problems)
        self._keeper.changed(self.place, form)
        self._assess()
        self.view.refresh()

    def _assess(self) -> None:
        """Look in the background at what stands in the form; a later look overtakes an earlier one."""
        self._assessment += 1
        mine, form, vehicle_id, number = self._assessment, self.form, self._vehicle_id, self._control_number

        def assessed(found: AssessedInsurance | None) -> None:
            if mine == self._assessment:
                self.shown = dataclasses.replace(self.shown, assessed=found)
                self.view.refresh()

        def job() -> AssessedInsurance | None:
            try:
                return self.desk().insurance.assess(form, vehicle_id, number)
            except InvalidInput:
                return None  # half a date; F5 and F10 say what is wrong

        self.background.run(job, assessed, lambda _error: None)  # F5 and F10 tell it

    # --- F6 手入力

    def can_enter_by_hand(self) -> Can:
        """Whether it may be typed from a certificate of elsewhere: nothing was issued for it."""
        if self.shown.is_by_hand:
            return no("手入力で登録済みです。直したら F10 で保存してください。")
        return self.can_change()

    def enter_by_hand(self) -> None:
        """F6: turn the form to a certificate of elsewhere, or back to one that is issued here."""
        by_hand = not self.form.by_hand
        self._change(dataclasses.replace(self.form, by_hand=by_hand), "")
        if by_hand:
            self.say(BY_HAND_HINT, field="origin")
        else:
            self.quiet()
            self.view.focus_field(FIRST_FIELD)

    # --- F10 保存

    def can_change(self) -> Can:
        """Whether it can be saved: ours alone, and nothing under way."""
        if not self._loaded and not self.busy:
            return no("証明書が読み込まれていません。")
        working = self.can_work()
        return working if not working or self.editable else no(ISSUED_ALREADY)

    def save(self) -> None:
        """F10 保存: a draft stays 未発行; one of elsewhere is registered."""
        form = self.form
        saving = self._saving(form)
        self.work("保存中", lambda: saving(self.desk()), lambda certificate: self._saved(certificate, form))

    def _saving(self, form: InsuranceForm) -> Callable[[Desk], InsuranceCertificate]:
        """Return the job that saves a form."""
        vehicle_id, held = self._vehicle_id, self.shown.certificate
        number, version = (held.control_number, held.version) if held else (None, None)

        def job(desk: Desk) -> InsuranceCertificate:
            way = desk.insurance.enter_by_hand if form.by_hand else desk.insurance.save
            return way(form, vehicle_id, number, version)

        return job

    def _saved(self, certificate: InsuranceCertificate, form: InsuranceForm) -> None:
        self._take_saved(certificate, form)
        word = "登録" if certificate.is_by_hand else "保存"
        self.say(f"{word}しました。管理番号 {certificate.control_number}")

    def _take_saved(self, certificate: InsuranceCertificate, form: InsuranceForm) -> None:
        now_typed = self.form
        self._keeper.forget(self.place)
        self._take(certificate, form_of_certificate(certificate))
        if now_typed != form:  # the clerk went on typing while it was saved
            self.form = now_typed
            self._keeper.changed(self.place, now_typed)
        self._tell_others()

    # --- F3, F12

    def settings(self) -> None:
        """F3 設定."""
        self.navigator.show_settings()

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        if self._issuing:
            self.say("発行が終わるまでお待ちください。", Tone.WARNING)
        elif self.changed:
            back = Choice("戻る", self.view.refresh, safe=True)
            leave = Choice("破棄して閉じる", self._leave)
            self.view.ask(Question("保存していない変更", "変更が保存されていません。", (back, leave)))
        else:
            self.view.dismiss()

    def _leave(self) -> None:
        self._keeper.forget(self.place)
        self.view.dismiss()

    # --- troubles, and news for the other windows

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble, and mark the fields it speaks of."""
        self._issuing = False
        self.problems = problems_in(error)
        super().failed(error)
        if self.problems:
            self.view.focus_field(self.problems[0].field)

    def _tell_others(self) -> None:
        self.navigator.changed(vehicle_id=self._vehicle_id)


def _place(vehicle_id: int, control_number: int | None) -> str:
    """Name where unsaved typing is kept."""
    return f"insurance/vehicle/{vehicle_id}" if control_number is None else f"insurance/{control_number}"
