"""What every screen has: a message, a busy word, and its three ways out of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, TypeVar

from onestop.screens.form_problems import speaks_of
from onestop.screens.function_key import YES, Can, FunctionKey, no
from onestop.screens.long_text import is_long
from onestop.screens.places import HelpPlace, SettingsPlace, SignInPlace
from onestop.screens.ports import Begin, Choice, Message, Question, Tone
from onestop.screens.scanner_standing import ScannerStanding
from onestop.screens.wording import Errand, explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.errors import OneStopError
    from onestop.model.lists import VehicleRow
    from onestop.model.right import Right
    from onestop.screens.editing import Editing
    from onestop.screens.editor import Editor
    from onestop.screens.ports import Background, Navigator, Ticket, View
    from onestop.services.desk import Desk

    Search = Callable[[str], tuple[VehicleRow, ...]]
    """The question of 照会."""

Result = TypeVar("Result")


@dataclass(slots=True)
class Pressed:
    """How many keys of the tables were pressed so far, in all windows together."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every screen is handed."""

    background: Background
    navigator: Navigator
    desk: Callable[[], Desk]
    """Waits until the program has finished opening; call it on a worker only. Raises what went wrong at opening."""
    clock: Clock
    search: Callable[[], Search]
    """Waits as `desk` does, but for the database alone; returns how cars are found by whatever was typed."""
    pressed: Pressed = field(default_factory=Pressed)
    scanner: ScannerStanding = field(default_factory=ScannerStanding)
    right: Callable[[], Right | None] = lambda: None
    """Tells what who sits at the desk may do; None where the shop has no operators."""


class Screen:
    """Base of all screens. Not a Qt object: a window attaches itself as the view.

    What stands in the strip answers a key, and stays until the next one is pressed, whatever is read again meanwhile.
    Only a `note` answers nothing: it stands behind the answer, gives way to the next one, and goes once it is outdated.
    What is said in passing stands before the answer, and leaves it as it was when the next key of any kind comes.
    """

    help_page = "index"
    look = "F7"
    """The key that asks a service how things stand, as the clerk reads it."""
    editor: Editor[Any] | None = None
    """What is typed here; None where nothing can be lost."""
    editing: Editing | None = None
    """What tells other desks of it; None in windows of no car."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.background = surroundings.background
        self.navigator = surroundings.navigator
        self.desk = surroundings.desk
        self.clock = surroundings.clock
        self._pressed = surroundings.pressed
        self._answer: Message | None = None
        self._keys_before = 0
        """How many keys had been pressed when the answer was given."""
        self._note: Message | None = None
        self._passing: Message | None = None
        self.errand = Errand.ASKING
        self._busy: str | None = None
        self.service_texts: tuple[str, ...] = ()
        """What a service wrote, beside the message; it may be long."""
        self.sending = False
        """From F5 to its outcome, also while something is asked: nothing can be changed meanwhile."""
        self._view: View | None = None
        self._newest_reading: Ticket | None = None

    @property
    def busy(self) -> str | None:
        """What is being done now, in Japanese; None when the screen waits for the clerk."""
        return self._busy

    @busy.setter
    def busy(self, busy: str | None) -> None:
        """Take back what a key said of waiting for the work that ends."""
        if self._busy and self._answer is not None and _wait_for(self._busy) in self._answer.text:
            self._answer = None
        self._busy = busy

    @property
    def message(self) -> Message | None:
        """What stands in the strip."""
        said = [each for each in (self._passing, self._answer, self._note) if each is not None]
        return reduce(Message.followed_by, said) if said else None

    @message.setter
    def message(self, answer: Message | None) -> None:
        self._answer, self._keys_before, self._note, self._passing = answer, self._pressed.count, None, None

    def note(self, message: Message | None) -> None:
        """Tell news that nobody asked for; None takes back what was told so. An answer that was read may go now."""
        if self._pressed.count > self._keys_before:
            self._answer = None
        self._note = message
        self.view.refresh()

    @property
    def right(self) -> Right | None:
        """What who sits at the desk may do; None: everything."""
        return self.surroundings.right()

    @property
    def is_reading(self) -> bool:
        """Whether what it shows when it opens is still being read."""
        return self.busy is not None

    def is_required(self, field: str) -> bool:  # noqa: ARG002 - a window without a form requires nothing
        """Whether a field has to be filled in before the main key does its work (required_fields.py)."""
        return False

    def key_pressed(self) -> None:
        """A key of this window's tables is about to act; from now on what other windows say may be outdated, too."""
        self._pressed.count += 1
        self.key_comes()

    @property
    def view(self) -> View:
        """The window; attached before anything can be pressed."""
        if self._view is None:
            msg = "no view is attached"
            raise RuntimeError(msg)
        return self._view

    def attach(self, view: View) -> None:
        """Take the window that shows this screen; called once, by the window."""
        self._view = view

    def started(self) -> None:
        """Called once when the window stands: load what it shows."""

    @property
    def changed(self) -> bool:
        """Whether something was typed here that is not saved."""
        return self.editor is not None and self.editor.changed

    @property
    def edited_elsewhere(self) -> str:
        """Who types about the same car at another desk; empty where nobody does."""
        return "" if self.editing is None else self.editing.text

    def typed_elsewhere(self, vehicle_id: int | None) -> None:
        """Somebody at another desk began to type about a car, or ended; None: about any."""
        if self.editing is not None:
            self.editing.heard(vehicle_id)

    def gone(self) -> None:
        """Called once when the window is closed, whoever closed it."""
        if self.editing is not None:
            self.editing.end()

    def keep_typing(self) -> None:
        """Write down at once what is being typed: the window is about to be closed without asking."""
        if self.editor is not None:
            self.editor.keep_now()

    def help(self) -> None:
        """F1 ヘルプ: the page of this window, or first the whole of what is shown cut here."""
        self.navigator.show(HelpPlace(self.help_page, self.long_texts()))

    def long_texts(self) -> tuple[str, ...]:
        """Return the whole of every text that is shown cut."""
        said = (self.message.text,) if self.message else ()
        return tuple(dict.fromkeys(text for text in (*said, *self.service_texts) if is_long(text)))

    def settings(self) -> None:
        """F3 設定."""
        self.navigator.show(SettingsPlace())

    def change_operator(self) -> None:
        """Leave the desk (Ctrl+F12), with all windows as they are."""
        self.navigator.show(SignInPlace())

    def close(self) -> None:
        """F12 閉じる; screens with a changed form ask first."""
        self.view.dismiss()

    def leave(self) -> None:
        """The window's own button, Alt+F4, or the end of the session: what F12 does, but for 照会."""
        self.close()

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Something was changed elsewhere; read it again if it is shown here."""

    def idle(self) -> None:
        """Work has ended: hear now what could not be heard meanwhile."""

    def turn_to_car(self, vehicle_id: int, lacks: str = "") -> None:
        """Show this car, which the clerk has just put in, if cars are chosen here."""

    def can_work(self) -> Can:
        """Whether nothing else is under way."""
        return no(_wait_for(self.busy)) if self.busy else YES

    def say(self, text: str, tone: Tone = Tone.INFO, field: str | None = None) -> None:
        """Put a sentence into the strip and, when a field is named, the focus there."""
        self.message = Message(text, tone, field)
        self.view.refresh()
        if field is not None:
            self.view.focus_field(field)

    def say_in_passing(self, text: str) -> None:
        """Say why a key did nothing, before what the strip says."""
        self._passing = Message(text, Tone.WARNING, self._answer.field if self._answer else None)
        self.view.refresh()

    def key_comes(self) -> None:
        """Hear that any key went down in the window, before it does anything: what was said in passing was read."""
        if self._passing is not None:
            self._passing = None
            self.view.refresh()

    def ask(self, title: str, text: str, choice: Choice) -> None:
        """Ask before something that cannot be undone; the safe way is back."""
        back = Choice("戻る", self.view.refresh, safe=True)
        self.view.ask(Question(title, text, (back, choice)))

    def typed_in(self, field: str) -> None:
        """Take back what the strip said was wrong with a field: it is another now."""
        if self.message is not None and self.message.field and speaks_of(field, self.message.field):
            self.message = None

    def unsay(self, *sentences: str) -> None:
        """Clear the strip if it says what is not so any more."""
        if self.message is not None and any(each in self.message.text for each in sentences):
            self.quiet()

    def quiet(self) -> None:
        """Clear the strip."""
        self.message = None
        self.view.refresh()

    def work(
        self,
        busy: str,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        errand: Errand = Errand.ASKING,
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> None:
        """Run a job in the background; meanwhile the screen is busy, and an error ends in the strip."""
        self.busy = busy
        self.errand = errand
        self.message = None
        self.view.refresh()

        def finished(result: Result) -> None:
            self.busy = None
            done(result)
            self.idle()
            self.view.refresh()

        self.background.run(job, finished, self.failed, begin=begin)

    def read_again(self, job: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Read in the background what was changed elsewhere; a trouble with it is noted, as nobody asked for it."""
        self.background.run(job, done, self._note_trouble)

    def read_newest(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None] | None = None,
    ) -> None:
        """Read as `read_again` does, and drop what was read so before; `failed` may tell a trouble instead."""
        if self._newest_reading is not None:
            self._newest_reading.drop()
        self._newest_reading = self.background.run(job, done, failed or self._note_trouble)

    def _note_trouble(self, error: OneStopError) -> None:
        self.note(explain(error, look=self.look))

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble of the world: what happened, what it means, what to do next; mark the fields it speaks of."""
        self.busy, self.sending = None, False
        self.message = message = explain(error, self.errand, self.look)
        blamed = None if self.editor is None else self.editor.blame(error)
        self.view.refresh()
        field = blamed or message.field
        if field is not None:
            self.view.focus_field(field)
        self.idle()


CHANGE_OPERATOR: Final[FunctionKey[Screen]] = FunctionKey("Ctrl+F12", "操作者の切替", Screen.change_operator)
"""The key that works in every window: F12 leaves a window, Ctrl+F12 the desk."""


def _wait_for(busy: str) -> str:
    return f"{busy}。終わるまでお待ちください。"
