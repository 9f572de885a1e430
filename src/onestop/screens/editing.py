"""修正中: a window tells the other desks that something is typed in it, and shows who types about its car there."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Final

from onestop.screens.display import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.model.change import Author
    from onestop.screens.screen import Screen

LOOK_EVERY: Final = 3_000
"""Milliseconds between two looks whether something is typed here; a look asks nobody."""
ASK_EVERY: Final = 10
"""Looks after which it is asked who else types, even if nothing was heard: this desk may have been cut off."""
RENEW_EVERY: Final = 7
"""Looks after which this desk says again that something is typed here, well before its word expires."""


class Editing:
    """What a screen of one car has. Where the database is this desk's alone it does nothing."""

    def __init__(self, screen: Screen, car: Callable[[], int | None]) -> None:
        self._screen, self._car = screen, car
        self._window = token_hex(8)
        self._others: tuple[Author, ...] = ()
        self._looks = self._typed_looks = self._asked = 0
        self._held = self._begun = self._is_shared = False

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

    def heard(self, vehicle_id: int | None) -> None:
        """Somebody began to type about a car at another desk, or ended; None: about any."""
        if self._is_shared and vehicle_id in {None, self._car()}:
            self._ask()

    def end(self) -> None:
        """Let the other desks know that the window is closed."""
        if self._held:
            self._held = False
            editing, window = self._screen.desk, self._window
            self._screen.background.run(lambda: editing().editing.let_go(window), lambda _none: None, _quietly)

    def _go_on(self, is_shared: bool) -> None:  # noqa: FBT001 - the answer of a job
        self._is_shared = is_shared
        if is_shared:
            self._look()

    def _look(self) -> None:
        typed = self._screen.changed
        says = typed and self._typed_looks % RENEW_EVERY == 0
        lets_go = self._held and not typed
        self._typed_looks = self._typed_looks + 1 if typed else 0
        self._held = typed
        if says or lets_go or self._looks % ASK_EVERY == 0:
            self._ask(says=says, lets_go=lets_go)
        self._looks += 1
        self._screen.background.after(LOOK_EVERY, self._look)

    def _ask(self, *, says: bool = False, lets_go: bool = False) -> None:
        """Ask who types at the other desks, once they were told of this one."""
        screen, car, window = self._screen, self._car() or 0, self._window
        self._asked = number = self._asked + 1

        def job() -> tuple[Author, ...]:
            editing = screen.desk().editing
            if says:
                editing.hold(window, car)
            if lets_go:
                editing.let_go(window)
            return editing.others(car)

        screen.background.run(job, lambda others: self._show(number, others), _quietly)

    def _show(self, number: int, others: tuple[Author, ...]) -> None:
        """Show the answer, unless a later one is under way."""
        if number == self._asked and others != self._others:
            self._others = others
            self._screen.view.refresh()


def _quietly(_error: OneStopError) -> None:
    """Nobody asked for it: whoever works on hears of the trouble with the next key."""
