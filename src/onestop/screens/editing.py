"""修正中: a window tells the other desks that something is typed in it, and shows who types about its car there."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from onestop.screens.people import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.model.change import Author
    from onestop.screens.screen import Screen

LOOK_EVERY: Final = 3_000
"""Milliseconds between two looks at the other desks."""
RENEW_EVERY: Final = 7
"""Looks after which it is said again that something is typed: well before it is believed no longer."""


class Editing:
    """What a screen of one car has. Where the database is this desk's alone it does nothing."""

    def __init__(self, screen: Screen, car: Callable[[], int | None]) -> None:
        self._screen, self._car = screen, car
        self._window = token_hex(8)
        self._others: tuple[Author, ...] = ()
        self._looks = 0
        self._held = self._begun = False

    @property
    def text(self) -> str:
        """Who types about the car at other desks, as it stands in the window."""
        return f"{'、'.join(map(named, self._others))} が修正中" if self._others else ""

    def begin(self) -> None:
        """Look at the other desks from now on; called once the record is open, and again without harm."""
        if not self._begun:
            self._begun = True
            screen = self._screen
            screen.background.run(lambda: screen.desk().editing.is_shared, self._go_on, _quietly)

    def end(self) -> None:
        """Let the other desks know that the window is closed."""
        if self._held:
            self._held = False
            editing, window = self._screen.desk, self._window
            self._screen.background.run(lambda: editing().editing.let_go(window), lambda _none: None, _quietly)

    def _go_on(self, is_shared: bool) -> None:  # noqa: FBT001 - the answer of a job
        if is_shared:
            self._look()

    def _look(self) -> None:
        screen, car, window = self._screen, self._car() or 0, self._window
        typed = screen.changed
        says = typed and self._looks % RENEW_EVERY == 0
        lets_go = self._held and not typed
        self._looks = self._looks + 1 if typed else 0
        self._held = typed

        def job() -> tuple[Author, ...]:
            editing = screen.desk().editing
            if says:
                editing.hold(window, car)
            if lets_go:
                editing.let_go(window)
            return editing.others(car)

        screen.background.run(job, self._show, _quietly)
        screen.background.after(LOOK_EVERY, self._look)

    def _show(self, others: tuple[Author, ...]) -> None:
        if others != self._others:
            self._others = others
            self._screen.view.refresh()


def _quietly(_error: OneStopError) -> None:
    """Nobody asked for it: whoever works on hears of the trouble with the next key."""
