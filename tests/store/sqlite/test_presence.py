"""A folder that is deleted, moved or replaced under the running program: no save says that all is well."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.errors import DataFolderGone, StoreError
from onestop.model.lists import FilingQuery
from onestop.store.sqlite.backing import Presence
from support.builders import a_vehicle
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps files that are open")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    folder.mkdir()
    with a_database(folder) as opened:
        add_car(opened)
        yield opened
        shutil.rmtree(folder, ignore_errors=True)


def add_car(database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


def moved(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))


def replaced(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    a_database_file(folder / "onestop.db")


def database_deleted(folder: Path) -> None:
    (folder / "onestop.db").unlink()


def wal_deleted(folder: Path) -> None:
    (folder / "onestop.db-wal").unlink()


def wal_replaced(folder: Path) -> None:
    kept = (folder / "onestop.db-wal").read_bytes()
    (folder / "onestop.db-wal").rename(folder / "elsewhere")
    (folder / "onestop.db-wal").write_bytes(kept)


@pytest.mark.parametrize(
    "take_away",
    [deleted, moved, replaced, database_deleted, wal_deleted, wal_replaced],
    ids=lambda each: each.__name__,
)
def test_no_save_says_ok_when_it_is_gone(database: Database, folder: Path, take_away: Callable[[Path], None]) -> None:
    take_away(folder)
    for _ in range(2):
        with pytest.raises(DataFolderGone):
            add_car(database)


def test_it_is_noticed_though_it_goes_while_a_save_is_under_way(database: Database, folder: Path) -> None:
    def add_while_it_goes() -> None:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            deleted(folder)

    with pytest.raises(DataFolderGone):
        add_while_it_goes()


def test_what_was_refused_is_not_there_when_the_folder_comes_back(database: Database, folder: Path) -> None:
    moved(folder)
    with pytest.raises(DataFolderGone):
        add_car(database)
    folder.with_name("moved").rename(folder)
    add_car(database)
    with database.read() as shelves:
        assert shelves.vehicles.count() == 2


def test_a_new_connection_makes_no_new_file_in_its_place(database: Database, folder: Path) -> None:
    database.close()
    deleted(folder)
    folder.mkdir()
    with pytest.raises(DataFolderGone), database.read() as shelves:
        shelves.vehicles.count()
    with pytest.raises(DataFolderGone), database.write():
        pass
    with pytest.raises(StoreError):
        database.lists.filings(FilingQuery(), 10)
    assert list(folder.iterdir()) == []


def test_a_file_that_was_not_opened_yet_is_not_another_one(folder: Path, database: Database) -> None:
    database.close()
    Presence(folder / "onestop.db").check()
    deleted(folder)
    with pytest.raises(DataFolderGone):
        Presence(folder / "onestop.db").check()
