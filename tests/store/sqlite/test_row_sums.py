"""The sums of rows: kept by every write, missed by every damage."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.errors import RecordsDamaged
from onestop.model.filing import FilingFee
from onestop.store.migrations import HEAD
from onestop.store.sqlite.engine import LibraryError, connect_raw
from onestop.store.sqlite.health import is_sound
from onestop.store.sqlite.key import Key
from onestop.store.sqlite.restored import mark_restored
from onestop.store.sqlite.row_sums import (
    HURT,
    hurt_keys,
    hurt_sequences,
    know_sum,
    note_sequence,
    sum_everything,
    summed,
)
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.damage import behind_its_back
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

OK = 0
"""What an authorizer answers that lets a statement be prepared."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.filings.add(a_filing(fees=[FilingFee(position=1, kind="検査登録手数料", amount=1800)]))
            shelves.typing.put("vehicle/1", "{}", BUILT_AT)
        yield opened


def hurt(path: Path) -> set[tuple[str, str]]:
    """Return the rows that are not what was written."""
    with closing(connect_raw(path, read_only=True)) as raw:
        know_sum(raw)
        return {(table.name, key) for table in summed(raw) for key in hurt_keys(raw, table)}


def test_every_write_keeps_the_sums(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.get(1).fuel = "軽油"
        shelves.vehicles.opened(1, BUILT_AT)
        shelves.typing.put("vehicle/1", '{"fuel": "電気"}', BUILT_AT)
        shelves.filings.delete(1)
        shelves.filings.add(a_filing())
    with closing(connect_raw(database.path)) as raw:
        raw.execute("UPDATE vehicle SET fuel = '電気'")
    mark_restored(database.path)

    assert hurt(database.path) == set()
    assert is_sound(database.path)


def test_keeping_the_sums_leaves_room_for_what_is_asked_again_and_again(database: Database) -> None:
    statements = [f"SELECT {number}" for number in range(150)]
    written: list[object] = []

    def note(*what: object) -> int:
        written.append(what)
        return OK

    with closing(connect_raw(database.path)) as raw:
        raw.set_authorizer(note)
        for statement in statements:
            raw.execute(statement).fetchall()
        assert written
        written.clear()
        for statement in statements:
            raw.execute(statement).fetchall()

    assert written == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE vehicle SET owner_name = '見本次郎'", {("vehicle", "1")}),
        ("UPDATE vehicle SET owner_name = CAST(X'E8E8' AS TEXT)", {("vehicle", "1")}),
        ("UPDATE vehicle SET capacity = '4'", set()),  # the column makes a number of it
        ("UPDATE filing SET is_finished = 1", {("filing", "1")}),
        ("UPDATE filing SET vehicle_id = NULL WHERE 0", set()),
        ("UPDATE filing_fee SET amount = 1801", {("filing_fee", "1")}),
        ("UPDATE filing SET control_number = 3", {("filing", "1"), ("filing", "3")}),
        ("DELETE FROM typing_draft", {("typing_draft", "vehicle/1")}),
        ("DELETE FROM row_sum WHERE of = 'vehicle'", {("vehicle", "1")}),
        ("UPDATE alembic_version SET version_num = '0001'", {("alembic_version", "0001"), ("alembic_version", HEAD)}),
    ],
)
def test_what_nobody_wrote_is_found(database: Database, sql: str, found: set[tuple[str, str]]) -> None:
    database.close()
    behind_its_back(database.path, sql)

    assert hurt(database.path) == found
    assert is_sound(database.path) is not bool(found)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'filing'", {"filing"}),
        ("DELETE FROM sqlite_sequence WHERE name = 'filing'", {"filing"}),
        ("INSERT INTO sqlite_sequence VALUES ('onestop.unsure', 1)", {"onestop.unsure"}),
    ],
)
def test_a_number_that_was_given_is_not_forgotten_unseen(database: Database, sql: str, found: set[str]) -> None:
    database.close()
    behind_its_back(database.path, sql)

    with closing(connect_raw(database.path, read_only=True)) as raw:
        assert hurt_sequences(raw) == found
    assert not is_sound(database.path)


def test_another_schema_is_found_at_a_glance(database: Database) -> None:
    database.close()
    behind_its_back(database.path, "DROP INDEX ix_vehicle_serial")

    assert not is_sound(database.path, thoroughly=False)


def test_a_damaged_row_is_not_written_over(database: Database) -> None:
    behind_its_back(database.path, "UPDATE vehicle SET owner_name = '見本次郎'")

    with pytest.raises(RecordsDamaged), database.write() as shelves:
        shelves.vehicles.opened(1, BUILT_AT)
    assert hurt(database.path) == {("vehicle", "1")}


def test_a_file_of_an_older_program_has_no_sums(tmp_path: Path) -> None:
    with closing(connect_raw(tmp_path / "old.db")) as raw:
        raw.execute("CREATE TABLE filing (control_number INTEGER PRIMARY KEY AUTOINCREMENT)")
        sum_everything(raw)
        note_sequence(raw, "filing", 7)
        assert raw.execute("SELECT * FROM sqlite_sequence").fetchall() == [("filing", 7)]
    assert is_sound(tmp_path / "old.db")


def written(path: Path, *sql: str, key: Key | None = None) -> None:
    """Write through a new connection of this program."""
    with closing(connect_raw(path, key)) as raw:
        for each in sql:
            raw.execute(each)


def summed_anew(path: Path, *sql: str, key: Key | None = None) -> None:
    """Change a schema as a migration does."""
    with closing(connect_raw(path, key, shared=True)) as raw:
        for each in sql:
            raw.execute(each)
        sum_everything(raw)


KEPT = "CREATE TABLE row_sum (of TEXT, key TEXT, sum INTEGER, PRIMARY KEY (of, key)) WITHOUT ROWID"
COLOUR = "CREATE TABLE paint (number INTEGER PRIMARY KEY AUTOINCREMENT, colour)"
SIZE = "CREATE TABLE paint (number INTEGER PRIMARY KEY AUTOINCREMENT, colour, size)"


@pytest.mark.parametrize("key", [None, Key(bytes(range(32)))], ids=["plain", "encrypted"])
def test_each_schema_has_triggers_of_its_own_at_the_same_path_too(tmp_path: Path, key: Key | None) -> None:
    def hurt_here() -> set[str]:
        with closing(connect_raw(path, key, read_only=True)) as raw:
            know_sum(raw)
            return {found for table in summed(raw) for found in hurt_keys(raw, table)}

    path, other = tmp_path / "a.db", tmp_path / "b.db"
    summed_anew(path, COLOUR, KEPT, key=key)
    written(path, "INSERT INTO paint (colour) VALUES ('red')", key=key)
    written(path, "UPDATE paint SET colour = 'blue'", key=key)
    assert hurt_here() == set()

    summed_anew(path, "ALTER TABLE paint ADD COLUMN size", key=key)
    written(path, "UPDATE paint SET size = 4", key=key)
    assert hurt_here() == set()
    with closing(connect_raw(path, key, shared=True)) as raw:
        raw.execute("UPDATE paint SET size = 5")
    assert hurt_here() == {"1"}

    summed_anew(other, SIZE, "CREATE TABLE brush (width)", KEPT, key=key)
    other.replace(path)
    written(path, "INSERT INTO brush VALUES (7)", "INSERT INTO paint (size) VALUES (3)", key=key)
    written(path, "UPDATE brush SET width = 8", "UPDATE paint SET size = 2", key=key)
    assert hurt_here() == set()
    with closing(connect_raw(path, key, shared=True)) as raw:
        raw.execute("UPDATE brush SET width = 9")
        raw.execute("UPDATE paint SET colour = 'red'")
    assert hurt_here() == {"1"}
    with pytest.raises(LibraryError, match=HURT):
        written(path, "UPDATE brush SET width = 1", key=key)


def test_what_stays_open_keeps_no_transaction(tmp_path: Path) -> None:
    summed_anew(tmp_path / "a.db", COLOUR, KEPT)
    with closing(connect_raw(tmp_path / "a.db")) as raw:
        assert not raw.in_transaction
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO paint (colour) VALUES ('red')")
        raw.execute("ROLLBACK")
        assert raw.execute("SELECT * FROM paint").fetchall() == []


def test_a_table_without_a_key_goes_by_its_rows(tmp_path: Path) -> None:
    with closing(connect_raw(tmp_path / "new.db")) as raw:
        raw.execute("CREATE TABLE plain (colour)")
        assert [(table.key, table.columns) for table in summed(raw)] == [("rowid", ("colour",))]
