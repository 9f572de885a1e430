"""Writes down what is being typed, one second after it was typed, so that a crash loses two seconds at most."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket
    from onestop.services.desk import Desk

PAUSE: Final = 1000
"""Milliseconds from the first change to its writing; what is typed meanwhile goes with it."""


class DraftKeeper:
    """Keeps the unsaved form of one screen. Call it on the GUI thread.

    Workers may run out of order, so each job has a number and one that comes too late does nothing: what was
    forgotten stays forgotten, and what was typed after that is kept.
    """

    def __init__(
        self, background: Background, desk: Callable[[], Desk], failed: Callable[[OneStopError], None]
    ) -> None:
        self._background = background
        self._desk = desk
        self._failed = failed
        self._timer: Ticket | None = None
        self._latest: tuple[str, object] = ("", None)
        self._given = 0
        self._done = 0
        self._one_at_a_time = Lock()

    def changed(self, place: str, form: object) -> None:
        """Write this form down soon; a place is named like vehicle/new or filing/3."""
        self._latest = (place, form)
        if self._timer is None:
            self._timer = self._background.after(PAUSE, self._due)

    def write_now(self) -> None:
        """Write down what would be written a moment later."""
        if self._timer is not None:
            self._timer.drop()
            self._due()

    def forget(self, place: str) -> None:
        """Drop what was written: saved, or left on purpose."""
        if self._timer is not None:
            self._timer.drop()
            self._timer = None
        self._in_order(lambda desk: desk.typing.forget(place))

    def _due(self) -> None:
        self._timer = None
        place, form = self._latest
        self._in_order(lambda desk: desk.typing.keep(place, form))

    def _in_order(self, job: Callable[[Desk], None]) -> None:
        self._given += 1
        number = self._given

        def unless_late() -> None:
            with self._one_at_a_time:
                if number > self._done:
                    job(self._desk())
                    self._done = number

        self._background.run(unless_late, lambda _none: None, self._failed)
