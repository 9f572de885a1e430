"""適合証・証明証発行 as far as nothing leaves this machine: opening, typing, saving, and what stands on the glass."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import NoAnswer, NotFound, OneStopError, Problem
from onestop.screens.certificate_printing import CertificatePrinting
from onestop.screens.conformity_words import (
    FIXED_HINT,
    Days,
    days_of,
    standing_message,
    wait_lines,
)
from onestop.screens.display import read_day
from onestop.screens.draft_keeper import DraftKeeper
from onestop.screens.function_key import Can, no
from onestop.screens.issue_problems import problem_of, problems_in, without
from onestop.screens.plate_input import FIELD as PLATE
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.screen import Screen
from onestop.screens.shown_conformity import FIXED, ShownConformity
from onestop.services.conformity_form import ConformityForm
from onestop.services.filing_form import PLATE_PARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.certificates import ConformityCertificate
    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Surroundings
    from onestop.services.conformity_book import OpenedConformity
    from onestop.services.desk import Desk

FIRST_FIELD: Final = "inspector_code"
REASON: Final = "pullback_reason"
MINUTE: Final = 60 * 1000
NO_INSPECTOR: Final = ("", "(選んでください)")
LOST: Final = (
    "送信しましたが、AIRASから応答がありませんでした。F7 状態確認 で確かめてください(二重には発行されません)。"
)
GONE: Final = "AIRASに該当の保適証がありません。保存済みの内容を表示しています。"


@dataclass(frozen=True, slots=True)
class ReadConformity:
    """What opening brings from the desk; `error` is why AIRAS could not be asked how it stands."""

    opened: OpenedConformity
    draft: ConformityForm | None = dataclasses.field(default=None, repr=False)
    error: OneStopError | None = None


class ConformityFormScreen(Screen):
    """One 保適証 and its form. Nothing typed is lost; what is sent and asked stands in conformity_screen.py."""

    help_page = "conformity"

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        """Open the certificate with this 管理番号, or the car's open one, or a new one prefilled from the car."""
        super().__init__(surroundings)
        self.form = ConformityForm()
        self.shown = ShownConformity()
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with fields, shown at each until it is changed."""
        self.pullback_reason = ""
        self.kind_reason = ""
        """Why this 申請種別 was proposed."""
        self.inspectors: tuple[tuple[str, str], ...] = (NO_INSPECTOR,)
        """検査員 to choose from: code, and code with name."""
        self.printing = CertificatePrinting(self)
        self._names: dict[str, str] = {}
        self._vehicle_id = vehicle_id
        self._control_number = control_number
        self._stored = self.form
        self._loaded = False
        self._sending = False
        self._held: int | None = None
        self._tick: Ticket | None = None
        self._keeper = DraftKeeper(self.background, self.desk, self.failed)

    # --- loading

    def started(self) -> None:
        """Load the certificate, ask AIRAS how it stands, and find what was being typed when the program stopped."""
        self.work("読み込み中", self._read_and_ask, self._opened)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read the certificate again when it or its car was changed elsewhere; what is being typed here stays."""
        everything = vehicle_id is None and control_number is None
        my_car = vehicle_id is not None and vehicle_id == self._vehicle_id
        if self._loaded and not self.busy and not self._sending and (everything or my_car):
            self.background.run(self._read, self._read_again, self.failed)

    def _read(self) -> ReadConformity:
        book = self.desk().conformity_book
        if self._control_number is None:
            return ReadConformity(book.propose(self._vehicle_id or 0))
        return ReadConformity(book.open(None, self._control_number))

    def _read_and_ask(self) -> ReadConformity:
        desk = self.desk()
        opened, error = desk.conformity_book.open(self._vehicle_id, self._control_number), None
        shown = ShownConformity(opened.certificate)
        if not shown.is_draft:
            try:
                desk.conformity.refresh(shown.control_number)
            except OneStopError as trouble:
                error = trouble
            opened = desk.conformity_book.open(None, shown.control_number)
        draft = desk.typing.found(_place(opened.vehicle_id, shown.control_number), opened.form)
        return ReadConformity(opened, draft, error)

    def _opened(self, read: ReadConformity) -> None:
        self._loaded = True
        self._vehicle_id = read.opened.vehicle_id
        self._take(read.opened)
        self.message = standing_message(self.shown.certificate)
        self.view.refresh()
        self.view.focus_field(self.first_field)
        if read.error is not None:
            self.failed(read.error)
        if read.draft is None:
            return
        if read.draft == self.form or not self.editable:
            self._keeper.forget(self.place)
        else:
            self._offer(read.draft)

    def _read_again(self, read: ReadConformity) -> None:
        was_editable = self.editable
        if not self.changed or not ShownConformity(read.opened.certificate).is_editable:
            self._take(read.opened)
            if self.editable != was_editable:
                self.message = standing_message(self.shown.certificate)
        self.view.refresh()

    def _take(self, opened: OpenedConformity) -> None:
        self._show(opened.certificate)
        self.form = self._stored = opened.form
        self.problems = ()
        self.kind_reason = opened.proposal.reason
        self._names = {each.code: each.name for each in opened.workshop.inspectors}
        if opened.form.inspector_code:
            self._names.setdefault(opened.form.inspector_code, opened.form.inspector_name)
        words = ((code, f"{code} {name}") for code, name in self._names.items())
        self.inspectors = (NO_INSPECTOR, *words)

    def _show(self, certificate: ConformityCertificate | None) -> None:
        self.shown = ShownConformity(certificate)
        self._control_number = certificate.control_number if certificate else None
        self._let_go()
        if self._tick is None and self.wait_lines:
            self._tick = self.background.after(MINUTE, self._minute_passed)

    def _minute_passed(self) -> None:
        """Count the minutes down while something is waited for."""
        self._tick = self.background.after(MINUTE, self._minute_passed) if self.wait_lines else None
        self.view.refresh()

    def _offer(self, draft: ConformityForm) -> None:
        restore = Choice("復元する", lambda: self._restore(draft), safe=True)
        drop = Choice("破棄する", lambda: self._keeper.forget(self.place))
        text = "保存されていない入力が残っています。復元しますか。"
        self.view.ask(Question("入力途中の内容", text, (restore, drop)))

    def _restore(self, draft: ConformityForm) -> None:
        self.form = draft
        self._hold()
        self.say("保存されていない入力を復元しました。")

    # --- what stands on the glass

    @property
    def editable(self) -> bool:
        """Whether the fields may be changed: not issued yet, or 作成中."""
        return self._loaded and self.shown.is_editable

    @property
    def first_field(self) -> str:
        """Where typing begins: at the 検査員, or at the first thing that is not fixed."""
        return FIRST_FIELD if self.editable else REASON

    @property
    def changed(self) -> bool:
        """Whether something stands in the fields that is not saved."""
        return self.editable and self.form != self._stored

    @property
    def place(self) -> str:
        """Where unsaved typing is kept."""
        return _place(self._vehicle_id, self.shown.control_number)

    @property
    def days(self) -> Days:
        """The 15-day count."""
        return days_of(self.shown.certificate, self.clock.today())

    @property
    def wait_lines(self) -> tuple[str, ...]:
        """What is waited for; empty when nothing is."""
        return wait_lines(self.shown.certificate, self.clock.now())

    @property
    def fixed_hint(self) -> str:
        """The way out for the three fields that never change; empty while they may."""
        return "" if self.shown.is_draft else FIXED_HINT

    def is_locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        if field == REASON:
            return not self._loaded or not self.shown.can_pull_back(self.clock.now())
        return not self.editable or self._sending or (field in FIXED and not self.shown.is_draft)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return problem_of(field, self.problems)

    def read_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today())

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field; the four parts of the plate come together."""
        if self.is_locked(name):
            return
        self.problems = without(name, self.problems)
        if name == REASON:
            self.pullback_reason = str(value)
        else:
            self._change(name, value)
        self.view.refresh()

    def _change(self, name: str, value: object) -> None:
        changes = {name: value}
        if name == PLATE and isinstance(value, tuple):
            changes = dict(zip(PLATE_PARTS, value, strict=True))
        elif name == "inspector_code":
            changes["inspector_name"] = self._names.get(str(value), "")
        self.form = dataclasses.replace(self.form, **changes)  # type: ignore[arg-type]  # each field hands its own type
        self._hold()
        self._keeper.changed(self.place, self.form)

    def _hold(self) -> None:
        """Keep the program from sending by itself what is being changed here."""
        if self._held is None and self._control_number is not None:
            self._held = number = self._control_number
            self.background.run(lambda: self.desk().conformity.hold(number), _nothing, self.failed)

    def _let_go(self) -> None:
        if self._held is not None:
            number, self._held = self._held, None
            self.background.run(lambda: self.desk().conformity.release(number), _nothing, self.failed)

    # --- F10 保存

    def can_change(self) -> Can:
        """Whether it can be saved or sent, and nothing is under way."""
        if not self._loaded and not self.busy:
            return no("保適証が読み込まれていません。")
        working = self.can_work()
        return self.shown.can_change() if working else working

    def save(self) -> None:
        """F10 保存: nothing is sent."""
        form, saving = self.form, self._saving(self.form)
        self.work("保存中", lambda: saving(self.desk()), lambda opened: self._saved(opened, form))

    def _saving(self, form: ConformityForm) -> Callable[[Desk], OpenedConformity]:
        vehicle_id, certificate = self._vehicle_id or 0, self.shown.certificate
        number, version = (certificate.control_number, certificate.version) if certificate else (None, None)

        def job(desk: Desk) -> OpenedConformity:
            saved = desk.conformity_book.save(form, vehicle_id, number, version)
            return desk.conformity_book.open(None, saved.control_number)

        return job

    def _saved(self, opened: OpenedConformity, form: ConformityForm) -> None:
        self._take_saved(opened, form)
        self.say(f"保存しました。管理番号 {self.shown.control_number}")

    def _take_saved(self, opened: OpenedConformity, form: ConformityForm) -> None:
        now_typed = self.form
        self._keeper.forget(self.place)
        self._take(opened)
        if now_typed != form:  # the clerk went on typing while it was saved
            self.form = now_typed
            self._hold()
            self._keeper.changed(self.place, now_typed)
        self._tell_others()

    # --- troubles, and news for the other windows

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble in the words of this window, and mark the fields it speaks of."""
        self._sending = False
        self.problems = problems_in(error)
        super().failed(error)
        if isinstance(error, NoAnswer):
            self.say(LOST, Tone.ERROR)
        elif isinstance(error, NotFound):
            self.say(GONE, Tone.WARNING)
        elif self.problems:
            self.view.focus_field(self.problems[0].field)

    def _tell_others(self) -> None:
        self.navigator.changed(vehicle_id=self._vehicle_id)


def _nothing(_result: None) -> None:
    """Have nothing to tell."""


def _place(vehicle_id: int | None, control_number: int) -> str:
    """Name where unsaved typing is kept."""
    return f"conformity/{control_number}" if control_number else f"conformity/vehicle/{vehicle_id}"
