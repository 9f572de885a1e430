"""Looks into the watched folder every little while, on a worker, and tells 照会 what waits there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket
    from onestop.services.desk import Desk
    from onestop.services.vehicle.arriving import Arrivals

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 3 * 1000
"""Milliseconds from the end of a look to the next one: a share that answers slowly is not asked twice at once."""


class Watching:
    """Looks from one opening of the desk to the next."""

    def __init__(self, background: Background, desk: Callable[[], Desk], tell: Callable[[Arrivals], None]) -> None:
        self._background = background
        self._desk = desk
        self._tell = tell
        self._next: Ticket | None = None

    def begin(self) -> None:
        """Look now, and again and again until it is dropped."""
        self.drop()
        self._next = self._background.run(self._look, self._found, self._failed)

    def drop(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.drop()
            self._next = None

    def _look(self) -> Arrivals:
        return self._desk().arrivals.look()

    def _found(self, arrivals: Arrivals) -> None:
        self._tell(arrivals)
        self._look_again()

    def _failed(self, error: OneStopError) -> None:
        log.info("the watched folder: %s", type(error).__name__)
        self._look_again()

    def _look_again(self) -> None:
        self._next = self._background.after(LOOK_EVERY, self.begin)
