"""The shelf of 修正中: who types into which car now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from onestop.model.editing import LEASE, Editing
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.change import Author


class EditingShelf(Shelf):
    """A row for each window of any desk in which something is typed."""

    def hold(self, window: str, vehicle_id: int, author: Author, now: dt.datetime) -> None:
        """Say that a window has something typed about a car; it is believed for the LEASE, and may be said again."""
        self.let_go(window)
        self._session.execute(delete(Editing).where(Editing.until <= now))
        self._session.add(
            Editing(
                window=window,
                vehicle_id=vehicle_id,
                operator=author.operator,
                terminal=author.terminal,
                until=now + LEASE,
            )
        )

    def let_go(self, window: str) -> None:
        """Say that it has not any more."""
        self._session.execute(delete(Editing).where(Editing.window == window))

    def others(self, terminal: str, vehicle_id: int, now: dt.datetime) -> tuple[Author, ...]:
        """Return who types about a car at other desks than this one, each once."""
        mine = (Editing.vehicle_id == vehicle_id, Editing.terminal != terminal, Editing.until > now)
        found = self._session.scalars(select(Editing).where(*mine).order_by(Editing.until.desc(), Editing.window))
        return tuple(dict.fromkeys(each.author for each in found))
