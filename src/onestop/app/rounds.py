"""What the program looks at every little while: the service hours, what waits at the services, and the backups."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.windows import Windows
    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket
    from onestop.services.desk import Desk
    from onestop.services.standing import DeskStanding
    from onestop.services.tended import Tended

log = logging.getLogger(__name__)

TEND_EVERY: Final = 15 * 1000
"""Milliseconds between two looks at what waits: for e-JIBAI's data, or for a 引戻."""
BACK_UP_EVERY: Final = 10 * 60 * 1000
"""Milliseconds between two looks whether a backup is due."""
ASK_AGAIN: Final = 5 * 60 * 1000
"""Milliseconds between two looks at the service hours."""


class Rounds:
    """Of one opening of the desk: each opening begins its own."""

    def __init__(
        self,
        background: Background,
        desk: Callable[[], Desk],
        windows: Windows,
        stand: Callable[[DeskStanding], None],
        backed_up: Callable[[], None],
    ) -> None:
        """`stand` shows where the desk stands with the world; `backed_up` runs after each look at the backups."""
        self._background = background
        self._desk = desk
        self._windows = windows
        self._stand = stand
        self._after_backup = backed_up
        self.tickets: dict[str, Ticket] = {}
        """For the next of each, by name."""

    def begin(self, show_known: Callable[[DeskStanding], None]) -> None:
        """Look at everything now, and again and again until it is dropped or all windows are closed.

        `show_known` shows what is known without asking: before anybody is asked, or it would come over the answer.
        """
        self.drop()

        def known(facts: DeskStanding) -> None:
            show_known(facts)
            self.ask_standing()

        def unknown(error: OneStopError) -> None:
            quietly(error)
            self.ask_standing()

        self.tickets["standing"] = self._background.run(self._desk().standing.offline, known, unknown)
        self.back_up()
        self.tend()

    def drop(self) -> None:
        """Look no more."""
        for ticket in self.tickets.values():
            ticket.drop()
        self.tickets.clear()

    def ask_standing(self) -> None:
        """Ask where the desk stands, and show it."""
        if not self._windows.over:
            self.ask_now()
            self.tickets["standing"] = self._background.after(ASK_AGAIN, self.ask_standing)

    def ask_now(self) -> None:
        """Ask the services out of turn: when they answer may have been changed."""
        self._background.run(self._asked_standing, self._stand, quietly)

    def _asked_standing(self) -> DeskStanding:
        return self._desk().standing.ask()

    def tend(self) -> None:
        """Look after what waits."""
        if not self._windows.over:
            for tend in (self._tend_insurance, self._tend_conformity):  # what one finds waits for no other
                self._background.run(tend, self._tended, quietly)
            self.tickets["tending"] = self._background.after(TEND_EVERY, self.tend)

    def _tend_insurance(self) -> tuple[Tended, ...]:
        return self._desk().insurance.tend()

    def _tend_conformity(self) -> tuple[Tended, ...]:
        return self._desk().conformity.tend()

    def _tended(self, tended: tuple[Tended, ...]) -> None:
        for each in tended:
            self._windows.changed(vehicle_id=each.vehicle_id)

    def back_up(self) -> None:
        """Keep backups, and show how they stand."""
        if not self._windows.over:
            self._background.run(self._backed_up, self._stand_anew, quietly)
            self.tickets["backups"] = self._background.after(BACK_UP_EVERY, self.back_up)

    def _backed_up(self) -> DeskStanding | None:
        """Take a backup if one is due; returns how the desk stands if that changed what the clerk must know."""
        desk = self._desk()
        before = desk.backups.standing()
        desk.backups.tend()
        return desk.standing.ask() if desk.backups.standing().late != before.late else None

    def _stand_anew(self, facts: DeskStanding | None) -> None:
        if facts is not None:
            self._stand(facts)
        self._after_backup()


def quietly(error: OneStopError) -> None:
    """Nobody asked for it, so nobody is interrupted; what the clerk does next tells her."""
    log.info("in the background: %s", type(error).__name__)
