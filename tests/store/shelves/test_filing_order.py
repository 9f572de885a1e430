"""By which index of the file 申請書一覧 is sorted."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from sqlalchemy.dialects import sqlite

from onestop.model.lists import FilingColumn, FilingCondition, FilingQuery
from onestop.store.shelves.filings import SORTED_BY, numbers_query
from onestop.store.sqlite.engine import connect_raw
from support.databases import template


def plan(query: FilingQuery) -> str:
    """Return how SQLite would find the numbers of a query."""
    statement = numbers_query(query).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with closing(connect_raw(template(), read_only=True)) as raw:
        return " / ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}"))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", FilingColumn)
def test_every_column_sorts_by_its_index(column: FilingColumn, descending: bool) -> None:  # noqa: FBT001 - both ways
    found = plan(FilingQuery(sort=column, descending=descending))

    assert "TEMP B-TREE" not in found
    assert "COVERING INDEX" in found or column is FilingColumn.CONTROL_NUMBER


def test_every_column_of_the_list_can_be_sorted() -> None:
    assert set(SORTED_BY) == set(FilingColumn)


@pytest.mark.parametrize("column", FilingColumn)
def test_the_end_of_a_chassis_number_is_a_range_whatever_the_order(column: FilingColumn) -> None:
    found = plan(FilingQuery(chassis_tail="123", sort=column))

    assert "ix_filing_chassis_tail (chassis_tail>? AND chassis_tail<?)" in found


@pytest.mark.parametrize(
    "column", [FilingColumn.REQUESTED_AT, FilingColumn.REGISTRATION_NUMBER, FilingColumn.CHASSIS_NUMBER]
)
def test_the_issued_ones_sort_from_the_index_alone(column: FilingColumn) -> None:
    query = FilingQuery(condition=FilingCondition.ISSUED, requested_from=dt.date(2026, 1, 1), sort=column)

    assert "COVERING INDEX" in plan(query)
    assert "TEMP B-TREE" not in plan(query)
