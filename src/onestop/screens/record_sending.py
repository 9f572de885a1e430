"""The way of a record to its service: F5 saves, checks, asks about warnings and sends once; then it is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from onestop.errors import NotWrittenDown, OneStopError, StoreError, Undecided
from onestop.model.findings import Severity
from onestop.screens.editor import Editor, FormT
from onestop.screens.form_problems import confirmed_lines, problems_of
from onestop.screens.open_question import Answers, open_question
from onestop.screens.open_record import OpenRecord, Read
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.record_kinds import OpenedT, ShownT
from onestop.screens.wording import Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import Problem
    from onestop.model.findings import Finding
    from onestop.screens.function_key import Can
    from onestop.screens.screen import Screen
    from onestop.services.delivery.resolve import Candidate
    from onestop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Checked(Generic[OpenedT]):
    """What came of asking a service how it stands; `undecided` is what only the clerk can say."""

    opened: OpenedT
    undecided: Undecided | None = None
    candidates: Sequence[Candidate] = ()


class RecordSending(Generic[FormT, OpenedT, ShownT]):
    """What a screen of one record has. Nothing is sent twice, and no state looks better than the service says."""

    def __init__(
        self,
        screen: Screen,
        editor: Editor[FormT],
        record: OpenRecord[FormT, OpenedT, ShownT],
        other_ways: Callable[[], tuple[Choice, ...]] = tuple,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """`other_ways` are what else may be done about warnings; `refused` runs when there were errors."""
        self._screen, self._editor, self._record, self._kind = screen, editor, record, record.kind
        self._other_ways, self._refused = other_ways, refused

    # --- F5

    def issue(self) -> None:
        """F5: save, check, ask about warnings if there are any, send once."""
        self._screen.sending = True
        if self._editor.changed or not self._record.shown.control_number:
            self._record.save(self._check_form)
        else:
            self._check_form()

    def _check_form(self) -> None:
        screen, record, form = self._screen, self._record, self._editor.form
        vehicle_id, number = record.vehicle_id or 0, record.control_number

        def job() -> Sequence[Finding]:
            return self._kind.findings(screen.desk(), form, vehicle_id, number)

        screen.work("内容を確認中", job, self._reviewed)

    def _reviewed(self, findings: Sequence[Finding]) -> None:
        errors = problems_of(Severity.ERROR, findings)
        if errors:
            self._show_errors(errors)
        elif problems_of(Severity.WARNING, findings):
            self._ask_about(findings)
        else:
            self._send(findings)

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        self._screen.sending = False
        self._editor.problems = tuple(each for each in errors if each.field)
        more = f"(ほかに{len(errors) - 1}件)" if len(errors) > 1 else ""
        self._screen.say(errors[0].message + more, Tone.ERROR, errors[0].field or None)
        self._refused()

    def _ask_about(self, findings: Sequence[Finding]) -> None:
        """Ask about the warnings; sending all the same confirms them for this car."""
        warnings, word = problems_of(Severity.WARNING, findings), self._kind.sending_word
        confirmed = confirmed_lines(findings)
        lines = (*(f"・{warning.message}" for warning in warnings), "", *confirmed, *([""] if confirmed else []))
        on = Choice(f"このまま{word}する", lambda: self._send(findings))
        back = Choice("戻って直す", lambda: self._go_back(warnings[0].field), safe=True)
        remembers = f"「{on.label}」を選ぶと、この車両では確認済とします。同じ内容なら、次からはたずねません。"
        text = "\n".join(("次の点を確かめてください。", "", *lines, remembers))
        self._screen.view.ask(Question(f"{word}前の確認", text, (back, *self._other_ways(), on)))

    def _go_back(self, field: str) -> None:
        screen = self._screen
        screen.sending = False
        screen.view.refresh()
        screen.view.focus_field(field or self._record.first_field)
        screen.idle()

    def _send(self, findings: Sequence[Finding]) -> None:
        """Send once; `findings` is what was said before, and what of it was warned of is confirmed now."""
        screen, kind, shown, vehicle_id = self._screen, self._kind, self._record.shown, self._record.vehicle_id

        def job() -> Read[FormT, OpenedT]:
            desk, trouble = screen.desk(), None
            try:
                desk.confirming.confirm(((vehicle_id or 0, findings),))
                kind.send(desk, shown)
            except OneStopError as error:
                trouble = error
            try:
                return Read(kind.open(desk, vehicle_id, shown.control_number), error=trouble)
            except StoreError as unread:  # it was sent all the same
                raise trouble or NotWrittenDown(unread) from unread

        told = confirmed_lines(findings)
        screen.work(f"{kind.sent_to}へ送信中", job, lambda read: self._sent(read, told), Errand.SENDING)

    def _sent(self, read: Read[FormT, OpenedT], confirmed: Sequence[str]) -> None:
        screen, record, before = self._screen, self._record, self._record.shown
        screen.sending = False
        record.take(read.opened)
        record.tell_others()
        if read.error is None:
            screen.say(" ".join((record.shown.sent_text(before), *confirmed)))
        elif record.shown.waiting_text:
            screen.say(record.shown.waiting_text)
        else:
            screen.failed(read.error)
            screen.view.alarm()

    # --- how it stands

    def can_check(self) -> Can:
        """Whether there is something to ask its service about."""
        return self._screen.can_work() and self._record.shown.can_check()

    def check(self) -> None:
        """Ask its service about it; one whose answer was lost is settled."""
        screen, kind, shown, vehicle_id = self._screen, self._kind, self._record.shown, self._record.vehicle_id

        def job() -> Checked[OpenedT]:
            desk, number = screen.desk(), shown.control_number
            try:
                kind.ask(desk, shown)
            except Undecided as error:
                candidates = kind.resolution(desk).candidates(number)
                return Checked(kind.open(desk, vehicle_id, number), error, candidates)
            return Checked(kind.open(desk, vehicle_id, number))

        screen.work(kind.checking, job, self._checked)

    def _checked(self, checked: Checked[OpenedT]) -> None:
        self._decided(checked.opened)
        if checked.undecided is not None:
            answers = Answers(self._adopt, self._give_back, self._screen.view.refresh)
            asked = open_question(checked.undecided, checked.candidates, self._kind.number_word, answers)
            self._screen.view.ask(asked)

    def _adopt(self, number: str) -> None:
        self._decide(lambda desk, mine: self._kind.resolution(desk).adopt(mine, number))

    def _give_back(self) -> None:
        self._decide(lambda desk, mine: self._kind.resolution(desk).give_back(mine))

    def _decide(self, act: Callable[[Desk, int], object]) -> None:
        self._screen.work(self._kind.checking, self._record.doing(act), self._decided)

    def _decided(self, opened: OpenedT) -> None:
        self._record.take_news(opened)
        self._screen.message = self._record.shown.check_message()
