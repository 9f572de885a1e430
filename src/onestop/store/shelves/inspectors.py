"""The shelf of 検査員."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from onestop.model.inspector import Inspector
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable


class InspectorShelf(Shelf):
    """All 検査員 of the workshop."""

    def all(self) -> tuple[Inspector, ...]:
        """Return all, in the order of 設定."""
        return tuple(self._session.scalars(select(Inspector).order_by(Inspector.position, Inspector.code)))

    def put(self, inspectors: Iterable[Inspector]) -> None:
        """Keep these in the place of those that were here."""
        self._session.execute(delete(Inspector))
        self._session.add_all(
            Inspector(code=each.code, name=each.name, position=position) for position, each in enumerate(inspectors)
        )
