"""The rows of 申請書一覧: the manual's columns, pages from the store, ticks on filings that are 依頼前."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.lists import FilingColumn, FilingCondition, FilingRow
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_western
from onestop.model.words import (
    NO_WORD,
    NOT_REQUESTED,
    UNSETTLED,
    Completion,
    may_file_anew,
    oss_status_word,
    status_word,
)
from onestop.screens.busy import busy_word
from onestop.screens.display import NOTHING
from onestop.screens.filing.draft_ticks import DraftTicks
from onestop.screens.ports import Begin, Tone
from onestop.screens.rows import PAGE, PAGES_KEPT, Align, Column, Keyed, PagedRows, RowLook

if TYPE_CHECKING:
    import datetime as dt
    from array import array
    from collections.abc import Callable, Sequence

    from onestop.clock import Clock
    from onestop.errors import OneStopError
    from onestop.model.lists import FilingQuery
    from onestop.screens.ports import Background
    from onestop.screens.rows import Query
    from onestop.services.desk import Desk

COLUMNS: Final = (
    Column("control_number", "管理番号", 11, Align.RIGHT, least=9),
    Column("completion", "状態", 6, Align.CENTRE),
    Column("vehicle_class", "車両種別", 8, Align.CENTRE, may_go=True),
    Column("procedure", "手続種別", 8, may_go=True),
    Column("filing_id", "申請ID", 10),
    Column("requested_at", "依頼日時", 16, least=12, may_go=True),
    Column("status", "申請ステータス", 12, least=10, broken="申請\nステータス"),
    Column("oss_status", "OSSステータス", 23, least=14),
    Column("registration_number", "登録番号", 17),
    Column("chassis_number", "車台番号", 15, least=13),
    Column("last_application_date", "最終の検査申請日", 10, may_go=True, broken="最終の\n検査申請日"),
    Column("user_name", "使用者", 10, least=4, may_go=True),
)
"""The manual's, and then ours."""
MOST_REMEMBERED: Final = PAGE * PAGES_KEPT
SORTS: Final = tuple(FilingColumn)
"""In the order of the columns; 使用者, which comes after them, has no index and sorts nothing."""


def filing_texts(row: FilingRow, now: dt.datetime) -> tuple[str, ...]:
    """Return a row as the manual's list shows it; a dash stands for nothing."""
    return (
        str(row.control_number),
        Completion.DONE if row.is_finished else Completion.OPEN,
        row.vehicle_class,
        row.procedure,
        row.filing_id or NOTHING,
        NOTHING if row.requested_at is None else f"{row.requested_at.astimezone(JST):%Y/%m/%d %H:%M}",
        row_status(row, now),
        row.oss_status or NOTHING,
        row.registration_number or NOTHING,
        row.chassis_number or NOTHING,
        format_western(row.last_application_date) or NOTHING,
        row.user_name or NOTHING,
    )


def row_status(row: FilingRow, now: dt.datetime) -> str:
    """Return the 申請ステータス: AINAS's own word, or ours before it has one, with the desk where it is under way."""
    if row.sending is Sending.DRAFT:
        beside = "" if row.is_open else "(重複)"
        return NOT_REQUESTED + ("(前回)" if row.is_of_before else beside)
    return (row.status or NO_WORD) if row.sending is Sending.FILED else busy_word(row, now) or UNSETTLED


def can_be_sent(row: FilingRow) -> bool:
    """Tell whether a row has a tick: 依頼前, of a 車検 that has not ended, and with no other filing under way."""
    return row.sending is Sending.DRAFT and row.is_open and not row.is_of_before


def filing_tone(row: FilingRow) -> Tone | None:
    """Return how loud a row is: somebody must act, or nobody knows yet whether it arrived.

    What was sent back and then filed anew is done with.
    """
    if row.sending.is_unsettled:
        return Tone.WARNING
    if row.has_newer and may_file_anew(row.status, row.oss_status):
        return None
    return Tone.ERROR if status_word(row.status).error or oss_status_word(row.oss_status).error else None


class FilingSearch:
    """One question to the store. Implements screens.rows.Query."""

    def __init__(self, desk: Callable[[], Desk], query: FilingQuery) -> None:
        self._desk = desk
        self._query = query
        self.drafts: Sequence[int] = ()
        """管理番号 of all rows that can be sent, in the order of the numbers, once the whole answer is here."""

    def first(self, limit: int) -> Sequence[Keyed[FilingRow]]:
        """Return the first rows, in order."""
        rows = self._desk().filings.first_rows(self._query, limit)
        self.drafts = sorted(row.control_number for row in rows if can_be_sent(row))
        return _keyed(rows)

    def ids(self) -> array[int]:
        """Return the 管理番号 of all rows, in order."""
        filings = self._desk().filings
        if self._query.condition is not FilingCondition.ISSUED:
            drafts = replace(self._query, condition=FilingCondition.NOT_ISSUED, only_sendable=True)
            self.drafts = filings.ids(replace(drafts, sort=FilingColumn.CONTROL_NUMBER, descending=False))
        return filings.ids(self._query)

    def rows(self, ids: Sequence[int]) -> Sequence[Keyed[FilingRow]]:
        """Return these rows; one that was deleted is left out."""
        return _keyed(self._desk().filings.rows(ids))


def _keyed(rows: Sequence[FilingRow]) -> list[Keyed[FilingRow]]:
    return [Keyed(row.control_number, row) for row in rows]


class FilingRows(PagedRows[FilingRow]):
    """Pages of filings that do not flicker: what stood on the glass stays until it was read again."""

    def __init__(
        self,
        background: Background,
        failed: Callable[[OneStopError], None],
        toggled: Callable[[FilingRow], None],
        clock: Clock,
    ) -> None:
        """`toggled` hears which row was to be ticked or unticked, also when that row has no tick."""
        look = RowLook(self._texts, filing_tone, can_be_sent)
        super().__init__(background, COLUMNS, look, failed)
        self._toggled = toggled
        self._clock = clock
        self._drafts: Sequence[int] = ()
        self.left_out: set[int] = set()
        """管理番号 of those whose tick the clerk took off: all others that are 依頼前 are ticked."""
        self._seen: dict[int, FilingRow] = {}
        """Rows as they were before they were read again, by their 管理番号."""

    def load_whole(self, query: Query[FilingRow], arrived: Callable[[], None]) -> None:
        """Ask a question and show the answer in one piece, so that the chosen row and the scroll stay.

        `load` shows the first page sooner; this is for a clerk who stands further down. One that a later one overtakes
        is not read, and no two are at once.
        """
        self._overtake()

        def all_ids(ids: array[int]) -> None:
            self._query = query
            self.complete = True
            self._remember()
            self._replace(ids)
            arrived()

        self._coming = self._background.run(query.ids, all_ids, self._failed, begin=Begin.BEHIND)

    def reread(self) -> None:
        """Fetch the rows again that are shown, without blanking them meanwhile."""
        self._remember()
        super().reread()

    def record(self, position: int) -> FilingRow | None:
        """Return a row itself: as it is, or as it was last seen while it is on its way."""
        if position // PAGE in self._pages:
            return super().record(position)
        return self._seen.get(self.ids[position])

    def row(self, position: int) -> Sequence[str] | None:
        """Return a row's texts; the old ones while the new ones are on their way."""
        texts = super().row(position)
        seen = self.record(position) if texts is None else None
        return texts if seen is None else self._texts(seen)

    def toggle(self, position: int) -> None:
        """Turn the tick of a row, if it has one."""
        if self.checked(position) is not None:
            self.left_out ^= {self.row_id(position)}
            self.ticked = DraftTicks(self._drafts, self.left_out)
            self._tell_changed(position, position)
        row = self.record(position)
        if row is not None:
            self._toggled(row)

    def tick(self, drafts: Sequence[int]) -> None:
        """Tick these, which are in the order of their numbers, but for those that the clerk left out."""
        self._drafts = drafts
        self.ticked = DraftTicks(drafts, self.left_out)
        if self.count:
            self._tell_changed(0, self.count - 1)

    def _texts(self, row: FilingRow) -> tuple[str, ...]:
        return filing_texts(row, self._clock.now())

    def _remember(self) -> None:
        fresh = {row.control_number: row for page in self._pages.values() for row in page if row is not None}
        seen = self._seen if len(self._seen) < MOST_REMEMBERED else {}
        self._seen = seen | fresh
