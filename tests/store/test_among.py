"""Any number of values in one parameter, and the index all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from onestop.model.filing import Filing
from onestop.model.plate import parse_plate
from onestop.store.compiled import driver_of
from onestop.store.words import among, among_wanted
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.store.database import Shelves
    from onestop.store.driver import RawConnection

ASKS: dict[str, Callable[[Shelves], object]] = {
    "cars": lambda shelves: shelves.vehicles.get_many([1]),
    "cars by what is read": lambda shelves: shelves.vehicles.gathered(["ABC123"], [parse_plate("土浦1あ1111")]),
    "filings": lambda shelves: shelves.filings.get_many([1]),
    "filings of cars": lambda shelves: shelves.filings.all_for_vehicles([1]),
    "rows of the list": lambda shelves: shelves.filings.rows([1]),
    "what was sent back": lambda shelves: shelves.filings.sent_back_in([1]),
    "drafts": lambda shelves: shelves.filings.drafts_among([1]),
    "policies of cars": lambda shelves: shelves.insurance.all_for_vehicles([1]),
    "certificates of cars": lambda shelves: shelves.conformity.all_for_vehicles([1]),
    "confirmations": lambda shelves: shelves.confirmations.of_vehicles([1]),
}


@pytest.mark.parametrize("what", ASKS)
def test_no_table_is_read_from_end_to_end(tmp_path: Path, what: str) -> None:
    asked: list[str] = []
    with a_database(tmp_path) as database, database.read() as shelves:
        driver = cast("RawConnection", driver_of(shelves.filings._session))
        driver.set_trace_callback(asked.append)
        ASKS[what](shelves)
        driver.set_trace_callback(None)
        by_list = [sql for sql in asked if "json_each" in sql]
        plans = [row[3] for sql in by_list for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(plan.startswith("SEARCH") for plan in plans)
    assert [plan for plan in plans if re.match("SCAN (?!json_each)", plan)] == []


def test_a_condition_stands_by_itself_and_beside_another() -> None:
    mine = select(Filing.control_number).where(among(Filing.vehicle_id, [1]), among_wanted(Filing.control_number))
    said = str(mine.compile(dialect=SQLiteDialect_pysqlite(), compile_kwargs={"literal_binds": True}))
    assert said.split("WHERE ")[1] == (
        "filing.vehicle_id IN (SELECT value FROM json_each('[1]'))"
        " AND filing.control_number IN (SELECT value FROM json_each(NULL))"
    )
