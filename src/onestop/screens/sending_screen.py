"""What 申請書発行, 自賠責証明書発行 and 適合証・証明証発行 share of the way to their service.

F5 saves, checks, asks about warnings and sends once; then its service is asked how it stands; F2 takes it back.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic

from onestop.errors import NotWrittenDown, OneStopError, StoreError, Undecided
from onestop.model.findings import Severity
from onestop.screens.editor import FormT
from onestop.screens.form_problems import confirmed_lines, problems_of
from onestop.screens.form_screen import FormScreen, OpenedT, Read, ShownT
from onestop.screens.open_question import Answers, open_question
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.wording import Errand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import Problem
    from onestop.model.findings import Finding
    from onestop.screens.function_key import Can
    from onestop.screens.open_question import Decides
    from onestop.services.delivery.ask import Candidate
    from onestop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Checked(Generic[OpenedT]):
    """What came of asking a service how it stands; `undecided` is what only the clerk can say."""

    opened: OpenedT
    undecided: Undecided | None = None
    candidates: Sequence[Candidate] = ()


class SendingScreen(FormScreen[FormT, OpenedT, ShownT]):
    """A form that goes to a service. Nothing is sent twice, and no state looks better than the service says."""

    sent_to: ClassVar[str]
    """The service."""
    number_word: ClassVar[str]
    """What its number is called, in Japanese."""
    checking: ClassVar[str]
    """What is being done while the service is asked, in Japanese."""

    # --- what each screen says for itself

    @abstractmethod
    def _findings(self, desk: Desk, form: FormT) -> Sequence[Finding]:
        """Check a form before it is sent; on a worker."""

    @abstractmethod
    def _send_once(self, desk: Desk, control_number: int) -> object:
        """Send what is saved; on a worker."""

    @abstractmethod
    def _sent_text(self, before: ShownT) -> str:
        """Return what is said once it was sent; `before` is how it stood when F5 was pressed."""

    @abstractmethod
    def _ask_service(self, desk: Desk, control_number: int) -> object:
        """Ask how it stands, or settle one whose answer was lost; on a worker."""

    @abstractmethod
    def _decides(self, desk: Desk) -> Decides:
        """Return what takes the clerk's word for one of which the service does not say enough."""

    @abstractmethod
    def _delete(self, desk: Desk, control_number: int) -> object:
        """Delete it; on a worker."""

    # --- F5

    def issue(self) -> None:
        """F5: save, check, ask about warnings if there are any, send once."""
        form, self.sending = self.editor.form, True
        if self.changed or not self.shown.control_number:
            self.work("保存中", self._saving(form), lambda opened: self._saved_to_send(opened, form))
        else:
            self._check_form()

    def _saved_to_send(self, opened: OpenedT, form: FormT) -> None:
        self._take_saved(opened, form)
        self._check_form()

    def _check_form(self) -> None:
        form = self.editor.form
        self.work("内容を確認中", lambda: self._findings(self.desk(), form), self._reviewed)

    def _reviewed(self, findings: Sequence[Finding]) -> None:
        errors = problems_of(Severity.ERROR, findings)
        if errors:
            self._show_errors(errors)
        elif problems_of(Severity.WARNING, findings):
            self._ask_about(findings)
        else:
            self._send(findings)

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        self.sending = False
        self.editor.problems = tuple(each for each in errors if each.field)
        more = f"(ほかに{len(errors) - 1}件)" if len(errors) > 1 else ""
        self.say(errors[0].message + more, Tone.ERROR, errors[0].field or None)

    def _ask_about(self, findings: Sequence[Finding]) -> None:
        """Ask about the warnings; sending all the same confirms them for this car."""
        warnings = problems_of(Severity.WARNING, findings)
        confirmed = confirmed_lines(findings)
        lines = (*(f"・{warning.message}" for warning in warnings), "", *confirmed, *([""] if confirmed else []))
        on = Choice(f"このまま{self.sending_word}する", lambda: self._send(findings))
        back = Choice("戻って直す", lambda: self._go_back(warnings[0].field), safe=True)
        remembers = f"「{on.label}」を選ぶと、この車両では確認済とします。同じ内容なら、次からはたずねません。"
        text = "\n".join(("次の点を確かめてください。", "", *lines, remembers))
        self.view.ask(Question(f"{self.sending_word}前の確認", text, (back, *self._other_ways(), on)))

    def _other_ways(self) -> tuple[Choice, ...]:
        """Return what else can be done about warnings than going back or sending all the same."""
        return ()

    def _go_back(self, field: str) -> None:
        self.sending = False
        self.view.refresh()
        self.view.focus_field(field or self.first_field)
        self.idle()

    def _send(self, findings: Sequence[Finding]) -> None:
        """Send once; `findings` is what was said before, and what of it was warned of is confirmed now."""
        number, asked = self.shown.control_number, ((self._vehicle_id or 0, findings),)

        def job() -> Read[FormT, OpenedT]:
            desk, trouble = self.desk(), None
            try:
                desk.confirming.confirm(asked)
                self._send_once(desk, number)
            except OneStopError as error:
                trouble = error
            try:
                return Read(self._open(desk, number), error=trouble)
            except StoreError as unread:  # it was sent all the same
                raise trouble or NotWrittenDown(unread) from unread

        told = confirmed_lines(findings)
        self.work(f"{self.sent_to}へ送信中", job, lambda read: self._sent(read, told), Errand.SENDING)

    def _sent(self, read: Read[FormT, OpenedT], confirmed: Sequence[str]) -> None:
        self.sending = False
        before = self.shown
        self._take(read.opened)
        self._tell_others()
        if read.error is None:
            self.say(" ".join((self._sent_text(before), *confirmed)))
        else:
            self._not_sent(read.error)

    def _not_sent(self, error: OneStopError) -> None:
        self.failed(error)
        self.view.alarm()

    # --- how it stands

    def can_check(self) -> Can:
        """Whether there is something to ask its service about."""
        return self.can_work() and self.shown.can_check()

    def check(self) -> None:
        """Ask its service about it; one whose answer was lost is settled."""
        number = self.shown.control_number

        def job() -> Checked[OpenedT]:
            desk = self.desk()
            try:
                self._ask_service(desk, number)
            except Undecided as error:
                return Checked(self._open(desk, number), error, self._decides(desk).candidates(number))
            return Checked(self._open(desk, number))

        self.work(self.checking, job, self._checked)

    def _checked(self, checked: Checked[OpenedT]) -> None:
        self._decided(checked.opened)
        if checked.undecided is not None:
            answers = Answers(self._adopt, self._give_back, self.view.refresh)
            self.view.ask(open_question(checked.undecided, checked.candidates, self.number_word, answers))

    def _adopt(self, number: str) -> None:
        job = self._doing(lambda desk, mine: self._decides(desk).adopt(mine, number))
        self.work(self.checking, job, self._decided)

    def _give_back(self) -> None:
        job = self._doing(lambda desk, mine: self._decides(desk).give_back(mine))
        self.work(self.checking, job, self._decided)

    def _decided(self, opened: OpenedT) -> None:
        self._take_news(opened)
        self.message = self.shown.check_message()

    def _doing(self, act: Callable[[Desk, int], object]) -> Callable[[], OpenedT]:
        """Return the job that does something with the saved record, and opens what is stored then."""
        number = self.shown.control_number

        def job() -> OpenedT:
            desk = self.desk()
            act(desk, number)
            return self._open(desk, number)

        return job

    def _take_news(self, opened: OpenedT) -> None:
        """Take what the service said; what is being typed stays while it may still be sent."""
        typed = self.editor.form if self.changed else None
        self._take(opened)
        if typed is not None and self.editable:
            self.editor.go_on_with(typed)
        self._tell_others()

    # --- F2

    def _ask_to_delete(self, text: str) -> None:
        """Ask before deleting what is only written here."""
        self.ask("削除", text, Choice("削除する", self._delete_now))

    def _delete_now(self) -> None:
        number = self.shown.control_number
        self.work("削除中", lambda: self._delete(self.desk(), number), self._deleted, Errand.WITHDRAWING)

    def _deleted(self, _nothing: object) -> None:
        self.editor.forget()
        self._tell_others()
        self.view.dismiss()
