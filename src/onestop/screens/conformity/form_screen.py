"""適合証・証明証発行 as far as nothing leaves this machine: 検査員, fixed fields, what is waited for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from onestop.errors import NoAnswer, NotFound, OneStopError
from onestop.model.cover_words import last_application_words, old_insurance_words
from onestop.screens.certificate_screen import CertificateScreen
from onestop.screens.conformity.shown import FIXED, ShownConformity
from onestop.screens.conformity.words import FIXED_HINT, MINUTE, Days, days_of, wait_lines
from onestop.screens.display import read_day
from onestop.screens.form_problems import without
from onestop.screens.ports import Message, Tone
from onestop.screens.wording import Errand
from onestop.services.conformity.form import PAST_DATES, ConformityForm, form_of_certificate
from onestop.services.form_fields import read_day as typed_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.inspection_days import InspectionDays
    from onestop.screens.form_screen import Read
    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Surroundings
    from onestop.services.conformity.book import OpenedConformity
    from onestop.services.conformity.form import KindProposal
    from onestop.services.desk import Desk

FIRST_FIELD: Final = "inspector_code"
REASON: Final = "pullback_reason"
DAYS: Final = "days"
LAST_APPLICATION: Final = "last_application_date"
FILLED: Final = "自賠責の証明書があるので、新自賠責と申請種別を入れました。まだ保存していません。"
NO_INSPECTOR: Final = ("", "(選んでください)")
LOST: Final = (
    "送信しましたが、AIRASから応答がありませんでした。F7 状態確認 で確かめてください(二重には発行されません)。"
)
GONE: Final = "AIRASに該当の保適証がありません。保存済みの内容を表示しています。"


class ConformityFormScreen(CertificateScreen[ConformityForm, "OpenedConformity", ShownConformity]):
    """One 保適証 and its form; what is sent and asked stands in conformity_screen.py."""

    help_page = "conformity"
    look = "F7 状態確認"
    kept_as = "conformity"
    noun = "保適証"
    sending_word = "送信"
    sent_to = "AIRAS"
    number_word = "交付番号"
    checking = "AIRASで状態を確認中"

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        super().__init__(surroundings, vehicle_id, control_number)
        self.pullback_reason = ""
        self._proposal: KindProposal | None = None
        self._days: InspectionDays | None = None
        self.inspectors: tuple[tuple[str, str], ...] = (NO_INSPECTOR,)
        """検査員 to choose from: code, and code with name."""
        self._names: dict[str, str] = {}
        self._held: int | None = None
        self._tick: Ticket | None = None

    # --- opening and saving

    def _blank(self) -> tuple[ConformityForm, ShownConformity]:
        return ConformityForm(), ShownConformity()

    def _open(self, desk: Desk, control_number: int | None) -> OpenedConformity:
        return desk.conformity_book.open(self._vehicle_id, control_number)

    def _showing(self, opened: OpenedConformity) -> ShownConformity:
        return ShownConformity(opened.certificate, opened.of_before)

    def _saver(
        self, desk: Desk, _form: ConformityForm
    ) -> Callable[[ConformityForm, int, int | None, int | None], ConformityCertificate]:
        return desk.conformity_book.save

    def _read(self) -> Read[ConformityForm, OpenedConformity]:
        """Ask AIRAS how it stands, too."""
        desk = self.desk()
        opened, error = self._open(desk, self._control_number), None
        shown = self._showing(opened)
        if not shown.is_draft:
            try:
                desk.conformity.refresh(shown.control_number)
            except OneStopError as trouble:
                error = trouble
            opened = self._open(desk, shown.control_number)
        return self._with_draft(desk, opened, error, has_news=self._showing(opened).version != shown.version)

    def _reopen(self) -> OpenedConformity:
        """Propose a new one again, rather than go back to the one before it."""
        desk = self.desk()
        if self._control_number is None:
            return desk.conformity_book.propose(self._vehicle_id or 0)
        return self._open(desk, self._control_number)

    def _opened(self, read: Read[ConformityForm, OpenedConformity]) -> None:
        super()._opened(read)
        if read.opened.filled and self.message is None:
            self.say(FILLED)

    def _reopened(self, opened: OpenedConformity) -> None:
        was_editable, was_changed = self.editable, self.changed
        super()._reopened(opened)
        if opened.filled and not was_changed:
            self.note(Message(FILLED))
        if self.editable != was_editable:
            self.note(self.shown.standing_message())

    def _take(self, opened: OpenedConformity) -> None:
        super()._take(opened)
        self._let_go()
        if self._tick is None and self.wait_lines:
            self._tick = self.background.after(MINUTE, self._minute_passed)
        self._proposal, self._days = opened.proposal, opened.days
        if opened.filled and opened.certificate is not None:
            self._stored = form_of_certificate(opened.certificate)
        self._names = {each.code: each.name for each in opened.workshop.inspectors}
        if opened.form.inspector_code:
            self._names.setdefault(opened.form.inspector_code, opened.form.inspector_name)
        words = ((code, f"{code} {name}") for code, name in self._names.items())
        self.inspectors = (NO_INSPECTOR, *words)

    def _minute_passed(self) -> None:
        """Count the minutes down while something is waited for."""
        self._tick = self.background.after(MINUTE, self._minute_passed) if self.wait_lines else None
        self.view.refresh()

    # --- what stands on the glass

    @property
    def kind_reason(self) -> str:
        """Why this 申請種別 was proposed, or that another was chosen; empty where nothing can be chosen any more."""
        if self._proposal is None or not self.editable:
            return ""
        chosen, reason = self.form.application_kind, self._proposal.reason
        return reason if chosen == self._proposal.kind else f"{chosen}を選んでいますが、{reason}"

    @property
    def first_field(self) -> str:
        """Where typing begins: at the 検査員, or at the first thing that is not fixed."""
        return FIRST_FIELD if self.editable else REASON

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
        inspected = typed_day("inspection_date", self.form.inspection_date, today, [], past=True)
        expiry = typed_day("expiry_date", self.form.expiry_date, today, [])
        return dataclasses.replace(self._days, inspection_date=inspected, expiry_date=expiry)

    @property
    def old_insurance_words(self) -> str:
        """Whether 旧自賠責 is asked for, and why."""
        days = self.inspection_days if self.editable else None
        return old_insurance_words(days) if days else ""

    @property
    def wait_lines(self) -> tuple[str, ...]:
        """What is waited for; empty when nothing is."""
        return wait_lines(self.shown.record, self.clock.now())

    @property
    def fixed_hint(self) -> str:
        """The way out for the three fields that never change; empty while they may, or where there is none."""
        return FIXED_HINT if not self.shown.is_draft and self.shown.can_delete() else ""

    def is_locked(self, field: str) -> bool:
        """Whether a field can only be read now."""
        if field == REASON:
            return not self._loaded or not self.shown.can_pull_back(self.clock.now())
        return super().is_locked(field) or (field in FIXED and not self.shown.is_draft)

    def told(self, name: str) -> str:
        """Return a value that is only read; the days are counted on to today."""
        if name == LAST_APPLICATION:
            return last_application_words(self.inspection_days) if self.inspection_days else ""
        return self.days.text if name == DAYS else super().told(name)

    def value(self, field: str) -> object:
        """Return what stands in a field; 引戻の理由 is no part of the form."""
        return self.pullback_reason if field == REASON else super().value(field)

    # --- typing

    def read_date(self, field: str, typed: str) -> tuple[str, str | None]:
        """Return what the day typed into a field means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today(), past=field in PAST_DATES)

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field."""
        if name != REASON:
            super().edit(name, value)
        elif not self.is_locked(name):
            self.problems = without(name, self.problems)
            self.typed_in(name)
            self.pullback_reason = str(value)
            self.view.refresh()

    def _changes(self, name: str, value: object) -> dict[str, Any]:
        changes = super()._changes(name, value)
        if name == FIRST_FIELD:
            changes["inspector_name"] = self._names.get(str(value), "")
        return changes

    def _form_changed(self) -> None:
        """Keep the program from sending by itself what is being changed here."""
        if self._held is None and self._control_number is not None:
            self._held = number = self._control_number
            self.background.run(lambda: self.desk().conformity.hold(number), _nothing, self.failed)

    def _let_go(self) -> None:
        if self._held is not None:
            number, self._held = self._held, None
            self.background.run(lambda: self.desk().conformity.release(number), _nothing, self.failed)

    def _leave(self) -> None:
        self._let_go()
        super()._leave()

    # --- troubles

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble in the words of this window."""
        super().failed(error)
        if isinstance(error, NoAnswer) and self.errand is Errand.SENDING:
            self.say(LOST, Tone.ERROR)
        elif isinstance(error, NotFound):
            self.say(GONE, Tone.WARNING)


def _nothing(_result: None) -> None:
    """Have nothing to tell."""
