"""The SQLite library: which one it is, and how it is driven."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as library

from onestop.errors import EngineUnsafe
from onestop.store.sqlite import engine as engine_module
from onestop.store.sqlite.engine import (
    SAFE_SINCE,
    LibraryError,
    check_library,
    connect_raw,
    uri_of,
)
from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine
from support.builders import a_filing, a_vehicle
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from pathlib import Path

ASKS = "" if sys.platform == "win32" else "?"
"""What begins a query in a URI, and stands in no name of a file on Windows."""


def test_the_library_is_safe_and_not_pythons_own() -> None:
    check_library()

    assert library.sqlite_version_info >= SAFE_SINCE
    assert library is not sqlite3


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/山田/a b?c#d%.db"), "file:///home/%E5%B1%B1%E7%94%B0/a%20b%3Fc%23d%25.db"),
        (PureWindowsPath(r"C:\Users\a b\onestop.db"), "file:///C:/Users/a%20b/onestop.db"),
        (PureWindowsPath(r"\\server\share\onestop.db"), "file:////server/share/onestop.db"),
    ],
)
def test_no_part_of_a_path_is_taken_for_anything_else(path: PurePath, uri: str) -> None:
    assert uri_of(path) == uri


@pytest.mark.parametrize("name", [f"a b{ASKS}mode=ro#x%41.db", "データ.db"])
def test_every_name_is_a_files_own(tmp_path: Path, name: str) -> None:
    with closing(connect_raw(tmp_path / name)) as raw:
        raw.execute("CREATE TABLE t (a)")
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("old", [(3, 40, 1), (3, 51, 2)])
def test_a_library_with_the_wal_reset_bug_is_refused(old: tuple[int, ...]) -> None:
    with pytest.raises(EngineUnsafe, match=r"3\.\d+\.\d"):
        check_library(old)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_each_connection_is_prepared(tmp_path: Path, pragma: str, value: object) -> None:
    engine = create_sqlite_engine(tmp_path / "new.db")

    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


@pytest.mark.parametrize("read_only", [True, False])
def test_so_is_each_raw_one(tmp_path: Path, *, read_only: bool) -> None:
    file = a_database_file(tmp_path / "onestop.db")

    with closing(connect_raw(file, read_only=read_only)) as raw:
        guards = [raw.execute(f"PRAGMA {each}").fetchone()[0] for each in ("secure_delete", "trusted_schema")]
        assert (*guards, raw.execute("PRAGMA cell_size_check").fetchone()[0]) == (1, 0, 1)


def test_what_was_deleted_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    canary = "消した下書きの氏名"
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            for number in range(1, 41):
                shelves.filings.add(a_filing(vehicle_id=1, user_name=canary * (number % 15 + 1)))
        for number in range(1, 41):
            with database.write() as shelves:
                shelves.filings.delete(number)
    kept = [file for file in tmp_path.iterdir() if canary.encode() in file.read_bytes()]
    assert kept == []


def test_errors_do_not_repeat_values(tmp_path: Path) -> None:
    engine = create_sqlite_engine(tmp_path / "new.db")

    assert engine.hide_parameters
    engine.dispose()


def test_a_write_holds_the_lock_from_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 1)
    file = a_database_file(tmp_path / "onestop.db")
    engine = create_sqlite_engine(file)

    with engine.connect() as reading, closing(connect_raw(file)) as other:
        reading.begin()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")  # a read does not lock
    with (
        engine.execution_options(**{WRITES: True}).begin(),
        closing(connect_raw(file)) as other,
        pytest.raises(LibraryError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    engine.dispose()


def test_a_read_only_connection_changes_and_creates_nothing(tmp_path: Path) -> None:
    file = a_database_file(tmp_path / f"names with {ASKS} and # and %.db")

    with closing(connect_raw(file, read_only=True)) as raw, pytest.raises(LibraryError, match="readonly"):
        raw.execute("DELETE FROM vehicle")
    with pytest.raises(LibraryError):
        connect_raw(tmp_path / "absent.db", read_only=True)
    assert not (tmp_path / "absent.db").exists()


def test_a_file_that_is_none_is_not_left_open(tmp_path: Path) -> None:
    (tmp_path / "onestop.db").write_bytes(b"not a database" * 1000)

    with pytest.raises(LibraryError):
        connect_raw(tmp_path / "onestop.db")


def test_only_who_writes_pays_for_the_sums(tmp_path: Path) -> None:
    engine = create_sqlite_engine(a_database_file(tmp_path / "onestop.db"))
    triggers = "SELECT count(*) FROM sqlite_temp_schema"
    with engine.connect() as reading:
        assert reading.exec_driver_sql(triggers).scalar() == 0
    with engine.execution_options(**{WRITES: True}).connect() as writing:
        kept = writing.exec_driver_sql(triggers).scalar()
        assert kept
    with engine.execution_options(**{WRITES: True}).connect() as writing:
        assert writing.exec_driver_sql(triggers).scalar() == kept
    engine.dispose()
