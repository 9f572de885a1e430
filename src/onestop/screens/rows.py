"""A list of any length for the glass: what a table shows, and pages of rows fetched in the background.

The first page comes at once and all ids behind it, so that the scroll bar is true and End reaches the end. At a
million rows that is 8 MB of ids and a few pages of rows, not a million objects.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from onestop.screens.ports import Begin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from onestop.errors import OneStopError
    from onestop.screens.ports import Background, Ticket, Tone

PAGE = 200
PAGES_KEPT = 40

Row = TypeVar("Row")


class Align(Enum):
    """Where a column's text stands; figures stand right."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its English key, its Japanese title, and its width in half-width characters."""

    key: str
    title: str
    width: int
    align: Align = Align.LEFT
    least: int | None = None
    """So narrow it may become where there is little room, in half-width characters; None: it is needed whole."""
    may_go: bool = False
    """Whether it gives its place to the others where they would become unreadable; → tells what stood there."""
    broken: str = ""
    """The title in two lines, where it is wider than what stands below it."""

    @property
    def heading(self) -> str:
        """The title as it stands over the column."""
        return self.broken or self.title


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column the rows stand."""

    column: int
    descending: bool = False


class RowsListener(Protocol):
    """Who is told that rows changed: the table's model, which is Qt's; so it stands here what is asked of it."""

    def rows_reset(self) -> None:
        """Everything may be different; read the count again."""

    def rows_counted(self) -> None:
        """The rows known so far stay; more follow them."""

    def rows_changed(self, first: int, last: int) -> None:
        """These rows have arrived or changed."""


@dataclass(frozen=True, slots=True)
class Keyed(Generic[Row]):
    """A row with its id."""

    row_id: int
    row: Row


class Query(Protocol[Row]):
    """One question to the store, asked in three parts, each on a worker."""

    def first(self, limit: int) -> Sequence[Keyed[Row]]:
        """Return the first rows, in order."""

    def ids(self) -> array[int]:
        """Return the ids of all rows, in order, as array('q')."""

    def rows(self, ids: Sequence[int]) -> Sequence[Keyed[Row]]:
        """Return these rows in any order; a row that is gone is left out."""


@dataclass(frozen=True, slots=True)
class RowLook(Generic[Row]):
    """How a row of the store becomes a row of the table."""

    texts: Callable[[Row], Sequence[str]]
    tone: Callable[[Row], Tone | None] = lambda _row: None
    can_tick: Callable[[Row], bool] | None = None
    """Which rows have a tick box; None for a table without ticks."""


class RowSource(ABC, Generic[Row]):
    """What a table asks for its rows: a short list or a long one. Calls are cheap: nothing here touches the disk."""

    def __init__(self, columns: tuple[Column, ...], look: RowLook[Row]) -> None:
        self.columns = columns
        self._look = look
        self._listener: RowsListener | None = None
        self.sorting: Sorting | None = None
        """How they stand, if the header is to show it."""
        self.ticked: AbstractSet[int] = set()
        """The ids of ticked rows, also of those that are not on the glass."""

    @property
    @abstractmethod
    def count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def record(self, position: int) -> Row | None:
        """Return a row itself, if it is here."""

    @abstractmethod
    def row(self, position: int) -> Sequence[str] | None:
        """Return a row's texts, one a column; None while it is on its way."""

    @abstractmethod
    def row_id(self, position: int) -> int:
        """Return what stays the same when rows move."""

    @abstractmethod
    def position(self, row_id: int) -> int | None:
        """Return where this row stands now."""

    def checked(self, position: int) -> bool | None:
        """Return the tick; None for a row that cannot be ticked or is not here yet."""
        row = self.record(position)
        if row is None or self._look.can_tick is None or not self._look.can_tick(row):
            return None
        return self.row_id(position) in self.ticked

    def toggle(self, position: int) -> None:
        """Turn the tick of a row, if it has one."""
        if self.checked(position) is not None:
            self.ticked ^= {self.row_id(position)}
            self._tell_changed(position, position)

    def tone(self, position: int) -> Tone | None:
        """Return how loud a row is."""
        row = self.record(position)
        return None if row is None else self._look.tone(row)

    def listen(self, listener: RowsListener) -> None:
        """Tell this listener from now on."""
        self._listener = listener

    def _tell_changed(self, first: int, last: int) -> None:
        if self._listener is not None:
            self._listener.rows_changed(first, last)

    def _tell_reset(self) -> None:
        if self._listener is not None:
            self._listener.rows_reset()


class PagedRows(RowSource[Row]):
    """Rows of one query at a time. A later query overtakes an earlier one, whose answers are then ignored."""

    def __init__(
        self,
        background: Background,
        columns: tuple[Column, ...],
        look: RowLook[Row],
        failed: Callable[[OneStopError], None],
    ) -> None:
        super().__init__(columns, look)
        self._background = background
        self._failed = failed
        self._query: Query[Row] | None = None
        self._edition = 0
        self._coming: Ticket | None = None
        """What was asked last: a first page, or the numbers of all rows."""
        self.ids: array[int] = array("q")
        """Of all rows that are known, in order."""
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._wanted: list[int] = []
        self._fetching: tuple[int, int] | None = None
        self.complete = True
        """False while only the first page stands and the ids behind it are on their way."""

    # --- what the table asks

    @property
    def count(self) -> int:
        """How many rows are known; all of them once `complete`."""
        return len(self.ids)

    def row(self, position: int) -> Sequence[str] | None:
        """Return a row's texts; None, and a request for its page, while it is on its way."""
        page = self._page(position)
        if page is None:
            return None
        row = page[position % PAGE]
        return ("–",) * len(self.columns) if row is None else self._look.texts(row)

    def record(self, position: int) -> Row | None:
        """Return a row itself, if it is here."""
        page = self._pages.get(position // PAGE)
        return None if page is None else page[position % PAGE]

    def row_id(self, position: int) -> int:
        """Return the id of a row."""
        return self.ids[position]

    def position(self, row_id: int) -> int | None:
        """Return where this row stands now."""
        try:
            return self.ids.index(row_id)
        except ValueError:
            return None

    # --- what the screen does

    def load(self, query: Query[Row], arrived: Callable[[], None] = lambda: None) -> None:
        """Ask a new question. What stands on the glass stays until the first page is there; then `arrived` runs.

        `arrived` runs a second time when all ids are there, unless the first page held everything.
        """
        self._overtake()

        def first_page(rows: Sequence[Keyed[Row]]) -> None:
            self._show_first(query, rows)
            arrived()
            if not self.complete:
                self._coming = self._background.run(query.ids, all_ids, self._failed, begin=Begin.BEHIND)

        def all_ids(ids: array[int]) -> None:
            self._show_all(ids)
            arrived()

        self._coming = self._background.run(lambda: query.first(PAGE), first_page, self._failed)

    def clear(self) -> None:
        """Show no rows; answers that are still on their way are ignored."""
        self._overtake()
        self._query = None
        self._replace(array("q"))

    def reread(self) -> None:
        """Fetch the rows again that are shown, in the order that stands: their content has changed."""
        self._forget_pages()
        if self.ids:
            self._tell_changed(0, len(self.ids) - 1)

    def _overtake(self) -> None:
        """Ignore the answers that are still on their way."""
        if self._coming is not None:
            self._coming.drop()
            self._coming = None

    # --- pages

    def _show_first(self, query: Query[Row], rows: Sequence[Keyed[Row]]) -> None:
        self._query = query
        self.complete = len(rows) < PAGE
        self._replace(array("q", (each.row_id for each in rows)), [each.row for each in rows])

    def _show_all(self, ids: array[int]) -> None:
        same_start = ids[: len(self.ids)] == self.ids
        self.complete = True
        if not same_start:  # somebody wrote between the two questions
            self._replace(ids)
            return
        self.ids = ids
        if self._listener is not None:
            self._listener.rows_counted()

    def _replace(self, ids: array[int], first_page: list[Row | None] | list[Row] | None = None) -> None:
        self.ids = ids
        self._forget_pages()
        if first_page:
            self._pages[0] = [*first_page]
        self._tell_reset()

    def _forget_pages(self) -> None:
        self._edition += 1
        self._pages.clear()
        self._wanted.clear()

    def _page(self, position: int) -> list[Row | None] | None:
        number = position // PAGE
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return self._pages.get(number)
        self._pages.move_to_end(number)
        return page

    def _want(self, number: int) -> None:
        if number not in self._wanted and self._fetching != (self._edition, number):
            self._wanted.append(number)
            del self._wanted[:-4]  # a fast scroll leaves pages behind that nobody looks at any more
        self._fetch()

    def _fetch(self) -> None:
        query = self._query
        if query is None or self._fetching is not None or not self._wanted:
            return
        number = self._wanted.pop()
        edition = self._edition
        self._fetching = (edition, number)
        ids = self.ids[number * PAGE : (number + 1) * PAGE]

        def arrived(rows: Sequence[Keyed[Row]]) -> None:
            self._fetching = None
            if edition == self._edition:
                self._keep(number, ids, rows)
            self._fetch()

        def failed(error: OneStopError) -> None:
            self._fetching = None
            self._wanted.clear()
            self._failed(error)

        self._background.run(lambda: query.rows(ids), arrived, failed)

    def _keep(self, number: int, ids: array[int], rows: Sequence[Keyed[Row]]) -> None:
        by_id = {each.row_id: each.row for each in rows}
        self._pages[number] = [by_id.get(row_id) for row_id in ids]
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        self._tell_changed(number * PAGE, number * PAGE + len(ids) - 1)
