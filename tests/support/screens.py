"""The tests' side of the ports: a view that records, a background that runs inline, a navigator that notes."""

from __future__ import annotations

import dataclasses
import threading
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from onestop.errors import OneStopError
from onestop.screens.ports import Begin, Others
from onestop.screens.screen import Pressed, Screen, Surroundings
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.model.right import Right
    from onestop.screens.function_key import FunctionKey
    from onestop.screens.places import Place
    from onestop.screens.ports import Choice, Question, Ticket
    from onestop.screens.screen import Search
    from onestop.services.desk import Desk
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset

Result = TypeVar("Result")
ScreenT = TypeVar("ScreenT", bound=Screen)


class InlineTicket:
    """Work or a timer of InlineBackground; dropping it forgets the callbacks."""

    def __init__(self, due: int = 0) -> None:
        self.due = due
        self.dropped = False

    def drop(self) -> None:
        self.dropped = True


class InlineBackground:
    """Runs work at once on the test's own thread, or, with `held=True`, when the test says `work_next()`.

    Timers stand still until `pass_time(milliseconds)`. A bug in the work comes out of the call that ran it.
    """

    def __init__(self, *, held: bool = False) -> None:
        self.held = held
        self.waiting: list[Callable[[], None]] = []
        self.timers: list[tuple[InlineTicket, Callable[[], None]]] = []
        self.jobs = 0
        """How many works were run or are waiting."""
        self.head_starts = 0
        """How many of them let the window be painted first."""
        self._now = 0
        self._home = threading.get_ident()
        self._handed: deque[Callable[[], None]] = deque()

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> Ticket:
        ticket = InlineTicket()
        self.jobs += 1
        self.head_starts += begin is Begin.PAINTED

        def job() -> None:
            try:
                result = work()
            except OneStopError as error:
                self._take_over()
                if not ticket.dropped:
                    failed(error)
                return
            self._take_over()
            if not ticket.dropped:
                done(result)

        self.waiting.append(job)
        if not self.held:
            self.work_all()
        return ticket

    def work_next(self) -> None:
        """Run the oldest held work to its callback."""
        self.waiting.pop(0)()

    def work_last(self) -> None:
        """Run the newest held work first: an answer that overtakes an earlier one."""
        self.waiting.pop()()

    def work_all(self) -> None:
        """Run held work, and what it starts, until nothing is left."""
        while self.waiting:
            self.work_next()

    def hand_over(self, callback: Callable[[], None]) -> None:
        """Run it at once; from another thread, when the work that started that thread has ended."""
        if threading.get_ident() == self._home:
            callback()
        else:
            self._handed.append(callback)

    def _take_over(self) -> None:
        while self._handed:
            self._handed.popleft()()

    def after(self, milliseconds: int, callback: Callable[[], None]) -> Ticket:
        ticket = InlineTicket(self._now + milliseconds)
        self.timers.append((ticket, callback))
        return ticket

    def pass_time(self, milliseconds: int) -> None:
        """Let time pass: run the timers that fall due, in their order, also those they start themselves."""
        end = self._now + milliseconds
        while due := [timer for timer in self.timers if timer[0].due <= end]:
            ticket, callback = min(due, key=lambda timer: timer[0].due)
            self.timers.remove((ticket, callback))
            self._now = max(self._now, ticket.due)
            if not ticket.dropped:
                callback()
        self._now = end


class RecordingView:
    """Notes what a screen asks of its window."""

    def __init__(self) -> None:
        self.refreshes = 0
        self.refreshed: Callable[[], None] = lambda: None
        """Runs at every refresh: a test may look at the screen then."""
        self.dismissed = False
        self.alarms = 0
        self.focused: list[str] = []
        self.questions: list[Question] = []
        self.file_requests: list[tuple[str, str, Callable[[Path], None]]] = []
        self.save_requests: list[tuple[Path, str, Callable[[Path], None]]] = []
        self.folder = ""
        """Where the choice of a file begins."""
        self.folders: list[Path] = []
        self.previews: list[tuple[tuple[Sheet, ...], Callable[[str, PrintOffset], None]]] = []

    def refresh(self) -> None:
        self.refreshes += 1
        self.refreshed()

    def dismiss(self) -> None:
        self.dismissed = True

    def focus_field(self, name: str) -> None:
        self.focused.append(name)

    def alarm(self) -> None:
        self.alarms += 1

    def ask(self, question: Question) -> None:
        safe = [choice for choice in question.choices if choice.safe]
        assert len(safe) == 1, f"exactly one choice of «{question.title}» must be safe"
        self.questions.append(question)

    def ask_open_file(self, title: str, patterns: str, chosen: Callable[[Path], None], folder: str = "") -> None:
        self.folder = folder
        self.file_requests.append((title, patterns, chosen))

    def ask_save_file(self, title: str, proposed: Path, patterns: str, chosen: Callable[[Path], None]) -> None:
        assert title.endswith("の保存")
        self.save_requests.append((proposed, patterns, chosen))

    def show_folder(self, folder: Path) -> None:
        self.folders.append(folder)

    def preview(self, sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None]) -> None:
        self.previews.append((sheets, kept))

    @property
    def asked(self) -> Question:
        """The question that stands open now."""
        assert self.questions, "nothing was asked"
        return self.questions[-1]

    def answer(self, label: str) -> None:
        """Press the button with this verb on the open question."""
        question = self.questions.pop()
        self._choice(question, label).action()

    def choose_file(self, path: Path) -> None:
        """Choose a file where one was asked for."""
        _, _, chosen = self.file_requests.pop()
        chosen(path)

    @staticmethod
    def _choice(question: Question, label: str) -> Choice:
        labels = [choice.label for choice in question.choices]
        assert label in labels, f"«{question.title}» has no {label}, only {labels}"
        return question.choices[labels.index(label)]


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What a screen told the other windows."""

    vehicle_id: int | None = None
    control_number: int | None = None


class RecordingNavigator:
    """Notes each way that was taken: `went` holds its places, `changes` what was told."""

    def __init__(self) -> None:
        self.went: list[Place | str] = []
        """Also "reopen", "end" and "hours"."""
        self.changes: list[Change] = []
        self.sits: list[tuple[str, Right | None]] = []
        """Who sat down, one after the other; nobody has no name."""
        self.put_in: list[int] = []
        """The cars that were just put in."""
        self.lacks = ""
        """What the last of them lacks."""
        self.not_told: Screen | None = None
        """The screen that did not hear of the last change."""
        self.standing_open = Others()
        """What stands in the other windows."""

    def show(self, place: Place) -> None:
        self.went.append(place)

    def others(self, asking: Screen) -> Others:
        del asking
        return self.standing_open

    def reopen(self) -> None:
        self.went.append("reopen")

    def end(self) -> None:
        self.went.append("end")

    def changed(
        self, *, vehicle_id: int | None = None, control_number: int | None = None, but: Screen | None = None
    ) -> None:
        self.changes.append(Change(vehicle_id, control_number))
        self.not_told = but

    def hours_changed(self) -> None:
        self.went.append("hours")

    def seated(self, name: str, right: Right | None) -> None:
        self.sits.append((name, right))

    def registered(self, vehicle_id: int, lacks: str = "") -> None:
        self.changed(vehicle_id=vehicle_id)
        self.put_in.append(vehicle_id)
        self.lacks = lacks


def _no_desk() -> Desk:
    msg = "this test gave its Stage no desk"
    raise AssertionError(msg)


@dataclasses.dataclass(slots=True)
class Stage:
    """Everything a screen test holds in its hands.

    `stage = Stage(desk=lambda: desk); screen = stage.open(SomeScreen(stage.surroundings, …));
    stage.press(KEYS, "F5", screen)`
    """

    desk: Callable[[], Desk] = _no_desk
    background: InlineBackground = dataclasses.field(default_factory=InlineBackground)
    navigator: RecordingNavigator = dataclasses.field(default_factory=RecordingNavigator)
    view: RecordingView = dataclasses.field(default_factory=RecordingView)
    clock: FixedClock = dataclasses.field(default_factory=FixedClock)
    pressed: Pressed = dataclasses.field(default_factory=Pressed)

    @property
    def surroundings(self) -> Surroundings:
        return Surroundings(self.background, self.navigator, self.desk, self.clock, self.search, self.pressed)

    def search(self) -> Search:
        return self.desk().vehicles.search

    def open(self, screen: ScreenT) -> ScreenT:
        """Attach the recording view and start the screen, as its window would."""
        screen.attach(self.view)
        screen.started()
        return screen

    @staticmethod
    def press(keys: tuple[FunctionKey[ScreenT], ...], key: str, screen: ScreenT) -> str | None:
        """Press a key of a table; returns why not, as the strip would show it."""
        screen.key_pressed()
        return next(row for row in keys if key in (row.key, row.also)).press(screen)


def said(screen: Screen) -> str:
    """Return what stands in the strip of a screen."""
    return "" if screen.message is None else screen.message.text
