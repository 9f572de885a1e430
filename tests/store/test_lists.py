"""The quick questions: on connections of their own, from any thread, and nothing left open."""

from __future__ import annotations

import datetime as dt
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.errors import RecordsDamaged, StoreError
from onestop.model.lists import FilingQuery
from onestop.store.compiled import driver_of
from onestop.store.lists import _BY_DAY, Lists
from onestop.store.sqlite.asked import AskedFile
from onestop.store.sqlite.engine import LibraryError, connect_raw
from onestop.store.sqlite.health import check_asked_for
from support.builders import a_filing, a_vehicle
from support.damage import behind_its_back
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle(owner_name="カーネット太郎"))
            shelves.filings.add(a_filing(vehicle_id=1))
        yield opened


@pytest.mark.file
def test_many_threads_may_ask_at_once_and_share_connections(database: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = [*threads.map(database.lists.vehicles, ["カーネット"] * 40)]
    assert {len(rows) for rows in answers} == {1}
    assert 1 <= len(database.lists._idle[True]) <= 4


def test_what_was_kept_is_seen_at_once(database: Database) -> None:
    assert len(database.lists.filings(FilingQuery(), 10)) == 1
    with database.write() as shelves:
        shelves.filings.delete(1)
    assert database.lists.filings(FilingQuery(), 10) == ()


@pytest.mark.file
def test_a_connection_for_records_keeps_few_pages_and_that_of_the_lookup_many(database: Database) -> None:
    with closing(database.lists._asked_of.connect(planned_once=True)) as asked, database.read() as shelves:
        few, many = (each.execute("PRAGMA cache_size").fetchone() for each in (driver_of(shelves._session), asked))
    assert few == (-2000,)
    assert many != few


@pytest.mark.file
def test_nothing_can_be_written_through_them(database: Database) -> None:
    driver = database.lists._asked_of.connect(planned_once=False)
    try:
        with pytest.raises(LibraryError, match="readonly"):
            driver.execute("DELETE FROM filing")
    finally:
        driver.close()


@pytest.mark.file
def test_a_connection_that_is_in_use_is_closed_when_it_comes_back(database: Database) -> None:
    lists = Lists(AskedFile(database.path))

    def closing_meanwhile(_driver: object, _question: str, _limit: int) -> None:
        lists.close()

    lists._asked(closing_meanwhile, "", 1)
    assert lists._idle == (deque(), deque())


@pytest.mark.file
def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "onestop.db").write_bytes(b"not a database" * 1000)
    lists = Lists(AskedFile(tmp_path / "onestop.db"))
    with pytest.raises(StoreError):
        lists.vehicles("1234")
    lists.close()


@pytest.mark.file
def test_a_bug_in_a_statement_is_no_trouble_of_the_machine(tmp_path: Path) -> None:
    connect_raw(tmp_path / "onestop.db").close()
    lists = Lists(AskedFile(tmp_path / "onestop.db"))
    with pytest.raises(LibraryError, match="no such table"):
        lists.vehicles("1234")
    lists.close()


def test_rows_show_nobody_in_their_repr(database: Database) -> None:
    (car,) = database.lists.vehicles("カーネット")
    (filing,) = database.lists.filings(FilingQuery(), 10)
    assert (repr(car), repr(filing)) == ("VehicleRow(1)", "FilingRow(1)")


@pytest.mark.file
def test_one_bad_byte_costs_one_name_and_not_the_list(database: Database) -> None:
    before = len(database.lists.vehicles(""))
    behind_its_back(database.path, "UPDATE vehicle SET owner_name = CAST(X'E8' AS TEXT) WHERE id = 1")

    cars = database.lists.vehicles("")
    assert len(cars) == before
    assert [car.user_name for car in cars if car.vehicle_id == 1] == ["�"]
    assert len(database.lists.vehicles("")) == before, "and again"


@pytest.mark.file
def test_a_word_that_is_none_is_told_as_a_damage_and_the_next_start_looks(database: Database) -> None:
    behind_its_back(database.path, "UPDATE filing SET sending = 'nothing'")

    with pytest.raises(RecordsDamaged):
        database.lists.filings(FilingQuery(), 10)
    assert check_asked_for(database.path).exists()


@pytest.mark.file
def test_the_days_of_expiry_are_counted_in_their_index_alone(database: Database) -> None:
    with database.write() as shelves:
        for day in (dt.date(2026, 11, 23), dt.date(2026, 11, 24), dt.date(2026, 11, 24), dt.date(2026, 11, 26), None):
            shelves.vehicles.add(a_vehicle(expiry_date=day))
    assert database.lists.expiring(dt.date(2026, 11, 24), 2) == {dt.date(2026, 11, 24): 2}
    driver = database.lists._asked_of.connect(planned_once=False)
    try:
        plan = driver.execute(f"EXPLAIN QUERY PLAN {_BY_DAY.sql}", {"first": "2026-11-24", "behind": "2026-11-26"})
        assert [row[3].partition(" (")[0] for row in plan] == [
            "SEARCH vehicle USING COVERING INDEX ix_vehicle_expiry_date"
        ]
    finally:
        driver.close()


@pytest.mark.parametrize("typed", ["満了日 2026/12/20", "満了日2026/12/20", "満了日　２０２６／１２／２０"])
def test_the_cars_of_a_day_of_expiry_are_found_by_typing_it(database: Database, typed: str) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(expiry_date=dt.date(2026, 12, 21)))
    assert [row.expiry_date for row in database.lists.vehicles(typed)] == [dt.date(2026, 12, 20)]
