"""What a screen is handed from outside: a view to refresh, the background for its work, a way to other windows.

Each has two implementations, Qt's in `ui/` and the tests' in `tests/support/`, so that screens are free of Qt.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.model.right import Right
    from onestop.screens.places import Place
    from onestop.screens.screen import Screen
    from onestop.services.printing import Sheet
    from onestop.services.settings.form import PrintOffset

Result = TypeVar("Result")


class Tone(Enum):
    """How loud a message is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the strip at the top; `field` gets the focus when it is named."""

    text: str = dataclasses.field(repr=False)
    tone: Tone = Tone.INFO
    field: str | None = None

    def followed_by(self, other: Message) -> Message:
        """Return both in one; the louder gives the tone."""
        louder = max(self.tone, other.tone, key=list(Tone).index)
        return dataclasses.replace(self, text=f"{self.text} {other.text}", tone=louder)


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question: its verb on the glass, and what to do."""

    label: str
    action: Callable[[], None]
    safe: bool = False
    """The safe choice has the focus, and Esc means it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A modal question, for what cannot be undone; exactly one choice is safe."""

    title: str
    text: str = dataclasses.field(repr=False)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Others:
    """How it stands in the other windows, by their titles."""

    unsaved: tuple[str, ...] = ()
    """Something was typed there and is not saved."""
    sending: tuple[str, ...] = ()
    """Something is being sent from there."""


class View(Protocol):
    """The window of one screen."""

    def refresh(self) -> None:
        """Show the screen as it is now: compare every widget and set what differs."""

    def dismiss(self) -> None:
        """Close the window without asking."""

    def focus_field(self, name: str) -> None:
        """Put the focus on the field with this English name."""

    def alarm(self) -> None:
        """Sound once, for a 発行 that failed; nothing else makes a sound."""

    def ask(self, question: Question) -> None:
        """Ask; the chosen button's action runs later, on the GUI thread."""

    def ask_open_file(self, title: str, patterns: str, chosen: Callable[[Path], None], folder: str = "") -> None:
        """Let the clerk choose a file to read, beginning in this folder; nothing happens if she does not."""

    def ask_save_file(self, title: str, proposed: Path, patterns: str, chosen: Callable[[Path], None]) -> None:
        """Let the clerk choose where a file is written; nothing happens if she does not."""

    def show_folder(self, folder: Path) -> None:
        """フォルダーを開く, in the system's own window."""

    def preview(self, sheets: tuple[Sheet, ...], kept: Callable[[str, PrintOffset], None]) -> None:
        """Show pages as they will be printed, with the choice of sheet (the first at the start) and of a printer.

        `kept` hears the title of a sheet's document with its offset, when that was changed.
        """


class Ticket(Protocol):
    """Stands for work or a timer that was started."""

    def drop(self) -> None:
        """Forget the callbacks; work that has begun goes on to its end."""


class Begin(Enum):
    """When work begins."""

    AT_ONCE = auto()
    PAINTED = auto()
    """When what was just shown has been painted: the work would slow that down."""
    BEHIND = auto()
    """As PAINTED, for heavy work that only reads: one such work at a time, and none that nobody waits for any more."""


class Background(Protocol):
    """The only way to work off the GUI thread. Callbacks always run on the GUI thread."""

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> Ticket:
        """Run `work` on a worker. An OneStopError goes to `failed`; any other exception, also of `done`, is a bug.

        A bug crashes loudly, and `failed` hears of a ProgramFault: nobody waits for ever.
        """

    def hand_over(self, callback: Callable[[], None]) -> None:
        """From any thread: run `callback` on the GUI thread soon."""

    def after(self, milliseconds: int, callback: Callable[[], None]) -> Ticket:
        """Run `callback` on the GUI thread once, after a while, unless dropped."""


class Navigator(Protocol):
    """The way to other windows."""

    def show(self, place: Place) -> None:
        """Go to a place; its window is opened, or comes to the front."""

    def others(self, asking: Screen) -> Others:
        """Tell what would be lost if all windows were closed, but for the one that asks."""

    def reopen(self) -> None:
        """Open the desk again, after the connection was changed in 設定. Every window but 照会 is closed."""

    def end(self) -> None:
        """Close every window, and so the program."""

    def changed(
        self, *, vehicle_id: int | None = None, control_number: int | None = None, but: Screen | None = None
    ) -> None:
        """Tell every open window what was changed, by the clerk or by a worker, so that it reads it again at once.

        `but` is the one that has read it already.
        """

    def hours_changed(self) -> None:
        """Let the status line tell when the services answer by the tables as they are now."""

    def seated(self, name: str, right: Right | None) -> None:
        """Show in every window who sits at the desk now, and what that allows; nobody has no name and no right."""

    def registered(self, vehicle_id: int, lacks: str = "") -> None:
        """Tell every open window of a car that the clerk has just put in; 照会 turns to it, and says what it lacks."""
