"""A short list for the glass, held whole: what a search found, what an import would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.screens.ports import Tone
    from onestop.screens.rows import Column, RowLook, RowsListener, Sorting

Row = TypeVar("Row")


class ListedRows(Generic[Row]):
    """Implements screens.rows.RowSource for rows that are all here. For lists of any length there is PagedRows."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        look: RowLook[Row],
        id_of: Callable[[Row], int],
        toggled: Callable[[], None] = lambda: None,
    ) -> None:
        """`toggled` runs after the clerk turned a tick."""
        self._columns = columns
        self._look = look
        self._id_of = id_of
        self._toggled = toggled
        self._rows: tuple[Row, ...] = ()
        self._listener: RowsListener | None = None
        self.sorting: Sorting | None = None
        self.ticked: set[int] = set()
        """The ids of ticked rows."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from the left."""
        return self._columns

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows themselves."""
        return self._rows

    def row(self, position: int) -> Sequence[str]:
        """Return a row's texts, one a column."""
        return self._look.texts(self._rows[position])

    def row_id(self, position: int) -> int:
        """Return the id of a row."""
        return self._id_of(self._rows[position])

    def position(self, row_id: int) -> int | None:
        """Return where this row stands; None when it is not in the list."""
        return next((place for place, row in enumerate(self._rows) if self._id_of(row) == row_id), None)

    def checked(self, position: int) -> bool | None:
        """Return the tick; None for a row without a tick box."""
        row = self._rows[position]
        if self._look.can_tick is None or not self._look.can_tick(row):
            return None
        return self._id_of(row) in self.ticked

    def toggle(self, position: int) -> None:
        """Turn the tick of a row, if it has one."""
        if self.checked(position) is not None:
            self.ticked ^= {self.row_id(position)}
            if self._listener is not None:
                self._listener.rows_changed(position, position)
            self._toggled()

    def tone(self, position: int) -> Tone | None:
        """Return how loud a row is."""
        return self._look.tone(self._rows[position])

    def listen(self, listener: RowsListener) -> None:
        """Tell this listener from now on."""
        self._listener = listener

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows instead of those before."""
        self._rows = tuple(rows)
        if self._listener is not None:
            self._listener.rows_reset()
