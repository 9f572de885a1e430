"""修正中: telling the other desks into which car something is being typed here, and hearing the same of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.model.change import Author
    from onestop.store.database import Database


class EditingService:
    """Nothing is locked by it; on a database of one desk alone nobody asks."""

    def __init__(self, database: Database, clock: Clock, author: Callable[[], Author]) -> None:
        self._database, self._clock, self._author = database, clock, author

    @property
    def is_shared(self) -> bool:
        """Whether there may be other desks."""
        return self._database.is_shared

    def hold(self, window: str, vehicle_id: int) -> None:
        """Say that a window has something typed about a car; good for a minute (model/editing.py)."""
        with self._database.write() as shelves:
            shelves.editing.hold(window, vehicle_id, self._author(), self._clock.now())

    def let_go(self, window: str) -> None:
        """Say that it has not any more: saved, dropped or closed."""
        with self._database.write() as shelves:
            shelves.editing.let_go(window)

    def others(self, vehicle_id: int) -> tuple[Author, ...]:
        """Return who types about a car at other desks now."""
        with self._database.read() as shelves:
            return shelves.editing.others(self._author().terminal, vehicle_id, self._clock.now())
