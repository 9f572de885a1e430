"""Tests of rows that come in pages, without Qt."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest

from onestop.errors import OneStopError, StoreError
from onestop.screens.filing import batch_rows, list_rows
from onestop.screens.inspection import history_screen
from onestop.screens.ledger import ledger_screen
from onestop.screens.payment.payment_columns import PAYMENT_COLUMNS
from onestop.screens.ports import Tone
from onestop.screens.rows import PAGE, PAGES_KEPT, Column, Keyed, PagedRows, RowLook
from onestop.screens.vehicle import lookup_words
from support.screens import InlineBackground

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (Column("number", "番号", 8), Column("word", "語", 8))
LOOK: RowLook[int] = RowLook(
    texts=lambda number: (str(number), "語"),
    tone=lambda number: Tone.WARNING if number == 1 else None,
    can_tick=lambda number: number % 2 == 0,
)


class Numbers:
    """Rows 0 … count - 1, whose ids are 1,000 more."""

    def __init__(self, count: int) -> None:
        self.order = [*range(count)]
        self.gone: set[int] = set()
        self.asked: list[int] = []

    def first(self, limit: int) -> Sequence[Keyed[int]]:
        return [Keyed(number + 1000, number) for number in self.order[:limit]]

    def ids(self) -> array[int]:
        return array("q", [number + 1000 for number in self.order])

    def rows(self, ids: Sequence[int]) -> Sequence[Keyed[int]]:
        self.asked.append(ids[0] - 1000)
        return [Keyed(row_id, row_id - 1000) for row_id in reversed(ids) if row_id - 1000 not in self.gone]


class Broken(Numbers):
    """Fails at one of its three parts."""

    def __init__(self, part: str) -> None:
        super().__init__(1000)
        self.part = part

    def first(self, limit: int) -> Sequence[Keyed[int]]:
        self._break("first")
        return super().first(limit)

    def ids(self) -> array[int]:
        self._break("ids")
        return super().ids()

    def rows(self, ids: Sequence[int]) -> Sequence[Keyed[int]]:
        self._break("rows")
        return super().rows(ids)

    def _break(self, part: str) -> None:
        if part == self.part:
            raise StoreError


class Ear:
    """A listener that notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def rows_reset(self) -> None:
        self.heard.append("reset")

    def rows_counted(self) -> None:
        self.heard.append("counted")

    def rows_changed(self, first: int, last: int) -> None:
        self.heard.append(f"{first}-{last}")


class Table:
    """Paged rows with everything around them."""

    def __init__(self, *, held: bool = True, look: RowLook[int] = LOOK) -> None:
        self.background = InlineBackground(held=held)
        self.errors: list[OneStopError] = []
        self.rows = PagedRows(self.background, COLUMNS, look, self.errors.append)
        self.ear = Ear()
        self.rows.listen(self.ear)


def test_a_short_list_needs_one_question() -> None:
    table = Table()
    arrivals: list[int] = []
    table.rows.load(Numbers(3), lambda: arrivals.append(table.rows.count))
    assert table.rows.count == 0
    table.background.work_all()
    assert arrivals == [3]
    assert table.rows.complete
    assert table.rows.row(2) == ("2", "語")
    assert table.background.jobs == 1
    assert table.ear.heard == ["reset"]


def test_the_first_page_comes_at_once_and_all_ids_behind_it() -> None:
    table = Table()
    arrivals: list[int] = []
    table.rows.load(Numbers(1000), lambda: arrivals.append(table.rows.count))
    table.background.work_next()
    assert table.rows.count == PAGE
    seen = [table.rows.complete]
    table.background.work_all()
    assert [*seen, table.rows.complete] == [False, True]
    assert arrivals == [PAGE, 1000]
    assert table.ear.heard == ["reset", "counted"]
    assert [*table.rows.ids][:2] == [1000, 1001]


def test_a_page_is_fetched_when_it_is_looked_at() -> None:
    table = Table()
    numbers = Numbers(1000)
    table.rows.load(numbers)
    table.background.work_all()
    assert table.rows.row(999) is None
    assert table.rows.row(999) is None
    assert table.rows.record(999) is None
    assert table.rows.checked(998) is None
    assert table.rows.tone(999) is None
    table.background.work_all()
    assert table.rows.row(999) == ("999", "語")
    assert table.rows.record(999) == 999
    assert numbers.asked == [800]
    assert table.ear.heard[-1] == "800-999"


def test_of_many_pages_passed_by_only_the_last_are_fetched() -> None:
    table = Table()
    numbers = Numbers(PAGE * 20)
    table.rows.load(numbers)
    table.background.work_all()
    for page in range(1, 20):
        table.rows.row(page * PAGE)
    table.background.work_all()
    assert numbers.asked == [page * PAGE for page in (1, 19, 18, 17, 16)]


def test_pages_that_nobody_looks_at_are_forgotten() -> None:
    table = Table(held=False)
    numbers = Numbers(PAGE * (PAGES_KEPT + 2))
    table.rows.load(numbers)
    for page in range(PAGES_KEPT + 1):
        assert table.rows.row(page * PAGE) is not None
    assert table.rows.record(0) is None
    assert table.rows.record(PAGE) == PAGE
    assert table.rows.row(0) == ("0", "語")


def test_a_page_that_is_looked_at_stays() -> None:
    table = Table(held=False)
    table.rows.load(Numbers(PAGE * (PAGES_KEPT + 2)))
    for page in range(PAGES_KEPT + 1):
        table.rows.row(page * PAGE)
        table.rows.row(0)
    assert table.rows.record(0) == 0


def test_a_row_that_is_gone_is_dashes() -> None:
    table = Table(held=False)
    numbers = Numbers(400)
    numbers.gone = {300}
    table.rows.load(numbers)
    assert table.rows.row(300) == ("–", "–")
    assert table.rows.row(301) == ("301", "語")


def test_a_later_query_overtakes_an_earlier_one() -> None:
    table = Table()
    arrivals: list[str] = []
    table.rows.load(Numbers(500), lambda: arrivals.append("earlier"))
    table.rows.load(Numbers(5), lambda: arrivals.append("later"))
    table.background.work_last()
    table.background.work_all()
    assert table.rows.count == 5
    assert arrivals == ["later"]


def test_ids_of_an_overtaken_query_are_ignored() -> None:
    table = Table()
    table.rows.load(Numbers(500))
    table.background.work_next()
    table.rows.load(Numbers(5))
    table.background.work_last()
    table.background.work_all()
    assert table.rows.count == 5


def test_a_page_of_an_overtaken_query_is_ignored() -> None:
    table = Table()
    table.rows.load(Numbers(500))
    table.background.work_all()
    table.rows.row(450)
    table.rows.load(Numbers(300))
    table.background.work_all()
    assert table.rows.record(250) is None
    table.rows.row(250)
    table.background.work_all()
    assert table.rows.record(250) == 250


def test_a_write_between_the_two_questions_starts_anew() -> None:
    table = Table()
    numbers = Numbers(300)
    table.rows.load(numbers)
    table.background.work_next()
    numbers.order.insert(0, 900)
    table.background.work_all()
    assert table.rows.count == 301
    assert table.ear.heard == ["reset", "reset"]
    assert table.rows.row(0) is None
    table.background.work_all()
    assert table.rows.row(0) == ("900", "語")


@pytest.mark.parametrize("part", ["first", "ids", "rows"])
def test_a_failure_is_told_once(part: str) -> None:
    table = Table(held=False)
    table.rows.load(Broken(part))
    if part == "rows":
        assert table.rows.row(900) is None
    assert len(table.errors) == 1
    assert isinstance(table.errors[0], StoreError)


def test_a_failure_of_an_overtaken_query_is_not_told() -> None:
    table = Table()
    table.rows.load(Broken("first"))
    table.rows.load(Numbers(1))
    table.background.work_all()
    assert table.errors == []


def test_a_failed_page_can_be_asked_for_again() -> None:
    table = Table(held=False)
    broken = Broken("rows")
    table.rows.load(broken)
    table.rows.row(900)
    broken.part = ""
    assert table.rows.row(900) == ("900", "語")


def test_ticks_are_kept_by_id() -> None:
    table = Table(held=False)
    numbers = Numbers(10)
    table.rows.load(numbers)
    table.rows.toggle(4)
    table.rows.toggle(5)
    assert table.rows.ticked == {1004}
    assert table.rows.checked(4) is True
    assert table.rows.checked(6) is False
    assert table.rows.checked(5) is None
    assert table.ear.heard[-1] == "4-4"
    table.rows.toggle(4)
    assert table.rows.checked(4) is False


def test_a_table_without_ticks_has_none() -> None:
    table = Table(held=False, look=RowLook(texts=lambda number: (str(number), "")))
    table.rows.load(Numbers(1))
    assert table.rows.checked(0) is None
    assert table.rows.tone(0) is None


def test_rows_are_found_by_id() -> None:
    table = Table(held=False)
    table.rows.load(Numbers(10))
    assert table.rows.row_id(4) == 1004
    assert table.rows.position(1004) == 4
    assert table.rows.position(7) is None
    assert table.rows.tone(1) is Tone.WARNING
    assert table.rows.columns == COLUMNS


def test_reading_again_keeps_the_order_and_drops_the_pages() -> None:
    table = Table(held=False)
    numbers = Numbers(10)
    table.rows.load(numbers)
    table.rows.reread()
    assert table.ear.heard[-1] == "0-9"
    assert table.rows.record(4) is None
    assert table.rows.row(4) == ("4", "語")


def test_a_page_fetched_before_reading_again_is_not_kept() -> None:
    table = Table()
    table.rows.load(Numbers(500))
    table.background.work_all()
    table.rows.row(450)
    table.rows.reread()
    table.background.work_all()
    assert table.rows.record(450) is None


def test_clearing_shows_nothing_and_ignores_answers() -> None:
    table = Table()
    table.rows.load(Numbers(10))
    table.rows.clear()
    table.background.work_all()
    assert table.rows.count == 0
    table.rows.reread()
    assert table.ear.heard == ["reset"]


def test_nobody_has_to_listen() -> None:
    background = InlineBackground()
    rows = PagedRows(background, COLUMNS, LOOK, lambda _error: None)
    rows.load(Numbers(500))
    rows.toggle(0)
    assert rows.count == 500
    rows.clear()
    assert rows.count == 0


@pytest.mark.parametrize(
    "columns",
    [list_rows.COLUMNS, batch_rows.COLUMNS, ledger_screen.COLUMNS, PAYMENT_COLUMNS, lookup_words.COLUMNS],
    ids=len,
)
def test_the_number_of_a_plate_is_not_cut_where_there_is_little_room(columns: tuple[Column, ...]) -> None:
    (plate,) = (each for each in columns if each.title == "登録番号")
    assert (plate.least or plate.width) >= len("つくば") * 2 + len("330") + len("た") * 2 + len("1234")


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (list_rows.COLUMNS, "status"),
        (history_screen.COLUMNS, "status"),
        (ledger_screen.COLUMNS, "engine_model"),
    ],
)
def test_a_title_is_broken_rather_than_cut_where_there_is_little_room(columns: tuple[Column, ...], key: str) -> None:
    (column,) = (each for each in columns if each.key == key)
    assert column.least is not None
    assert max(len(line) * 2 for line in column.heading.split("\n")) <= column.least
