"""What can be read of a damaged row."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Date, Integer, LargeBinary, MetaData, String, Table

from onestop.model.base import Word
from onestop.model.words import PartyKind
from onestop.store.sqlite.mending import legible

COLUMNS = ("name", "number", "day", "kind", "note", "raw")
TABLE = Table(
    "table",
    MetaData(),
    Column("name", String, nullable=False),
    Column("number", Integer),
    Column("day", Date),
    Column("kind", Word(PartyKind)),
    Column("note", String),
    Column("raw", LargeBinary),
)


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (("a", 1, "2026-11-24", "個人", "b", b"c"), ["a", 1, "2026-11-24", "個人", "b", b"c"]),
        (("a", None, None, None, None, None), ["a", None, None, None, None, None]),
        (("a", "x", "2026-11-32", "nobody", b"blob", "c"), ["a", None, None, None, None, None]),
        (("a", 1.5, 3, 4, 5, 6), ["a", None, None, None, None, None]),
        ((None, 1, None, None, None, None), None),
        ((7, 1, None, None, None, None), None),
    ],
)
def test_what_the_program_cannot_read_is_left_out(row: tuple[object, ...], left: list[object] | None) -> None:
    assert legible(TABLE, COLUMNS, row) == left
