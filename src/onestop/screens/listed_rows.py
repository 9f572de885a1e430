"""A short list for the glass, held whole: what a search found, what an import would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.rows import Row, RowSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.screens.rows import Column, RowLook


class ListedRows(RowSource[Row]):
    """Rows that are all here. For lists of any length there is PagedRows."""

    ticked: set[int]
    """Changed in its place."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        look: RowLook[Row],
        id_of: Callable[[Row], int] | None = None,
        toggled: Callable[[], None] = lambda: None,
    ) -> None:
        """`id_of` is None where a row's place is its id; `toggled` runs after the clerk turned a tick."""
        super().__init__(columns, look)
        self._id_of = id_of
        self._toggled = toggled
        self._rows: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows themselves."""
        return self._rows

    def record(self, position: int) -> Row:
        """Return a row itself."""
        return self._rows[position]

    def row(self, position: int) -> Sequence[str]:
        """Return a row's texts, one a column."""
        return self._look.texts(self._rows[position])

    def row_id(self, position: int) -> int:
        """Return the id of a row."""
        return position if self._id_of is None else self._id_of(self._rows[position])

    def position(self, row_id: int) -> int | None:
        """Return where this row stands; None when it is not in the list."""
        return next((place for place in range(self.count) if self.row_id(place) == row_id), None)

    def toggle(self, position: int) -> None:
        """Turn the tick of a row, if it has one."""
        super().toggle(position)
        if self.checked(position) is not None:
            self._toggled()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows instead of those before."""
        self._rows = tuple(rows)
        self._tell_reset()
