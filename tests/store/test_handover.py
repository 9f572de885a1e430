"""A version gets the data ready before it takes over: forward with a backup, back with one that it can read."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.clock import JST
from onestop.errors import DatabaseNewer, StoreError
from onestop.paths import DataFolder
from onestop.store.handover import get_ready
from onestop.store.opening import open_database
from onestop.store.sqlite.backup import back_up, backups
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener

CLOCK = FixedClock(dt.datetime(2026, 11, 24, 18, 0, tzinfo=JST))
EARLIER = FixedClock(dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST))


def a_folder_with_a_car(root: Path) -> DataFolder:
    with a_database(root) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    return DataFolder(root)


def make_newer(file: Path) -> None:
    with closing(connect_raw(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def cars_in(folder: DataFolder) -> int:
    with closing(connect_raw(folder.database, read_only=True)) as raw:
        return int(raw.execute("SELECT count(*) FROM vehicle").fetchone()[0])


def test_a_database_that_it_can_read_is_backed_up_and_stays(tmp_path: Path) -> None:
    folder = a_folder_with_a_car(tmp_path)
    get_ready(folder, CLOCK)
    assert [each.path.name for each in backups(folder.backups)] == ["onestop-20261124-180000.db"]
    assert cars_in(folder) == 1


def test_where_there_is_nothing_yet_nothing_is_made(tmp_path: Path) -> None:
    get_ready(DataFolder(tmp_path), CLOCK)
    assert not list(tmp_path.iterdir())


def test_a_newer_database_makes_way_for_the_backup_of_before(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("went back to onestop-20261124-091500.db")
    folder = a_folder_with_a_car(tmp_path)
    back_up(folder.database, folder.backups, EARLIER)
    with closing(connect_raw(folder.database)) as raw:
        raw.execute("DELETE FROM vehicle")
    make_newer(folder.database)
    get_ready(folder, CLOCK)
    assert cars_in(folder) == 1
    assert list(folder.quarantine.glob("*/onestop.db"))
    open_database(folder, CLOCK).close()


def test_backups_that_it_cannot_read_either_are_passed_over(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("went back to onestop-20261124-091500.db")
    folder = a_folder_with_a_car(tmp_path)
    back_up(folder.database, folder.backups, EARLIER)
    make_newer(folder.database)
    back_up(folder.database, folder.backups, CLOCK)
    (folder.backups / "onestop-20261124-190000.db").write_bytes(b"no database at all" * 100)
    get_ready(folder, CLOCK)
    assert cars_in(folder) == 1


def test_without_any_that_it_can_read_everything_stays(tmp_path: Path) -> None:
    folder = a_folder_with_a_car(tmp_path)
    make_newer(folder.database)
    with pytest.raises(DatabaseNewer, match="9999"):
        get_ready(folder, CLOCK)
    assert cars_in(folder) == 1
    assert not folder.quarantine.exists()


def test_a_database_of_another_program_stays(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with closing(connect_raw(folder.database)) as raw:
        raw.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(DatabaseNewer, match="no version"):
        get_ready(folder, CLOCK)
    assert folder.database.exists()


def test_a_damaged_one_is_told_and_stays(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    a_database_file(folder.database).write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError):
        get_ready(folder, CLOCK)
    assert not folder.quarantine.exists()


def test_a_backup_that_is_none_is_no_way_back(tmp_path: Path) -> None:
    folder = a_folder_with_a_car(tmp_path)
    make_newer(folder.database)
    folder.backups.mkdir()
    (folder.backups / "onestop-20261124-190000.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(DatabaseNewer, match="9999"):
        get_ready(folder, CLOCK)
    assert not folder.quarantine.exists()
