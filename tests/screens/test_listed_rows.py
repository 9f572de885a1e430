"""Tests of the short list."""

from __future__ import annotations

from onestop.screens.listed_rows import ListedRows
from onestop.screens.ports import Tone
from onestop.screens.rows import Column, RowLook


class Listener:
    def __init__(self) -> None:
        self.heard: list[object] = []

    def rows_reset(self) -> None:
        self.heard.append("reset")

    def rows_counted(self) -> None:
        self.heard.append("counted")

    def rows_changed(self, first: int, last: int) -> None:
        self.heard.append((first, last))


COLUMNS = (Column("word", "ことば", 10),)
LOOK: RowLook[str] = RowLook(
    texts=lambda word: (word,),
    tone=lambda word: Tone.ERROR if word == "赤" else None,
    can_tick=lambda word: word != "赤",
)


def colours() -> ListedRows[str]:
    rows = ListedRows(COLUMNS, LOOK, len)
    rows.show(["赤", "みどり", "あお"])
    return rows


def test_rows_are_shown_in_the_order_given() -> None:
    rows = colours()
    assert rows.columns == COLUMNS
    assert rows.count == 3
    assert rows.row(1) == ("みどり",)
    assert rows.records == ("赤", "みどり", "あお")
    assert rows.sorting is None


def test_a_row_is_found_by_its_id() -> None:
    rows = colours()
    assert rows.row_id(2) == 2
    assert rows.position(2) == 2
    assert rows.position(99) is None


def test_ticks_turn_where_there_is_a_box() -> None:
    rows = colours()
    listener = Listener()
    rows.listen(listener)
    assert rows.checked(0) is None
    rows.toggle(0)
    assert listener.heard == []
    rows.toggle(1)
    assert rows.checked(1) is True
    assert rows.ticked == {3}
    rows.toggle(1)
    assert rows.checked(1) is False
    assert listener.heard == [(1, 1), (1, 1)]


def test_without_ticks_no_row_has_a_box() -> None:
    rows: ListedRows[str] = ListedRows(COLUMNS, RowLook(texts=lambda word: (word,)), len)
    rows.show(["赤"])
    assert rows.checked(0) is None
    rows.toggle(0)
    assert rows.ticked == set()


def test_a_tick_needs_no_listener() -> None:
    rows = colours()
    rows.toggle(2)
    assert rows.ticked == {2}


def test_tone_and_reset_are_told() -> None:
    rows = colours()
    listener = Listener()
    rows.listen(listener)
    assert (rows.tone(0), rows.tone(1)) == (Tone.ERROR, None)
    rows.show([])
    assert listener.heard == ["reset"]
    assert rows.count == 0


def test_whoever_counts_ticks_is_told() -> None:
    told: list[int] = []
    rows: ListedRows[str] = ListedRows(COLUMNS, LOOK, len, toggled=lambda: told.append(len(rows.ticked)))
    rows.show(["赤", "みどり"])
    rows.toggle(0)
    rows.toggle(1)
    assert told == [1]
