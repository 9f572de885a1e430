"""The shelf of everything: whole tables, row by row, for who takes all data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.store.copying import lots
from onestop.store.schema import METADATA
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class EverythingShelf(Shelf):
    """All tables, in one consistent state."""

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by the names of its columns, in the order of its key; few of them in memory."""
        for lot in lots(self._session.connection(), METADATA.tables[table]):
            yield from (dict(row._mapping) for row in lot)  # noqa: SLF001 - public, in spite of its name
