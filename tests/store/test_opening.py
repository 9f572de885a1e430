"""Opening a data folder: new, present, killed, damaged, restored."""

from __future__ import annotations

import shutil
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop.errors import (
    DatabaseDamaged,
    DatabaseHurt,
    DatabaseNewer,
    EngineUnsafe,
    RecordsDamaged,
    StoreError,
)
from onestop.model.filing import Filing
from onestop.paths import DataFolder
from onestop.store import opening
from onestop.store.opening import begin_empty, mend_database, open_database, restore
from onestop.store.sqlite import engine
from onestop.store.sqlite.backup import back_up
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import is_sound
from support.builders import BUILT_AT, a_vehicle
from support.clock import FixedClock
from support.damage import FATAL_WAYS, a_filled_file, behind_its_back, broken_middle, cut_off, torn_index
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Listener

CLOCK = FixedClock()


def count_in(folder: DataFolder) -> int:
    """Open the folder's database, count its vehicles and close it."""
    database = open_database(folder, CLOCK)
    try:
        with database.read() as shelves:
            return shelves.vehicles.count()
    finally:
        database.close()


def a_filled_folder(path: Path) -> DataFolder:
    """Make a data folder with a database of 100 vehicles and a backup of it."""
    folder = DataFolder(path)
    back_up(a_filled_file(path), folder.backups, CLOCK)
    return folder


def test_a_new_folder_gets_an_empty_database(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "日本語 の" / "folder")

    assert count_in(folder) == 0
    assert count_in(folder) == 0


def test_a_present_database_is_opened(data_root: Path) -> None:
    assert count_in(a_filled_folder(data_root)) == 100


def test_an_unsafe_library_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsafe() -> None:
        engine.check_library((3, 40, 1))

    monkeypatch.setattr(opening, "check_library", unsafe)
    with pytest.raises(EngineUnsafe):
        open_database(DataFolder(tmp_path / "new"), CLOCK)
    assert not (tmp_path / "new").exists()


def test_a_database_whose_program_was_killed_is_read_whole(data_root: Path) -> None:
    folder = DataFolder(data_root)
    with closing(connect_raw(a_database_file(data_root / "alive" / "onestop.db"))) as alive:
        alive.execute("INSERT INTO typing_draft VALUES ('filing/1', '{}', '2026-11-24 00:00:00.000000')")
        for file in (data_root / "alive").iterdir():  # what a killed program leaves: the WAL not folded in
            shutil.copyfile(file, data_root / file.name)
    assert (data_root / "onestop.db-wal").stat().st_size > 0

    database = open_database(folder, CLOCK)
    with database.read() as shelves:
        assert [draft.place for draft in shelves.typing.all()] == ["filing/1"]
    database.close()


@pytest.mark.parametrize("damage", FATAL_WAYS, ids=lambda damage: damage.__name__)
def test_a_damaged_database_goes_into_quarantine_and_the_backup_is_offered(
    data_root: Path, damage: Callable[[Path], None]
) -> None:
    folder = a_filled_folder(data_root)
    damage(folder.database)
    (data_root / "onestop.db-wal").write_bytes(b"what was not folded in")
    broken = folder.database.read_bytes()

    with pytest.raises(DatabaseDamaged) as caught:
        open_database(folder, CLOCK)

    assert caught.value.backup == folder.backups / "onestop-20261124-091500.db"
    assert caught.value.quarantined == folder.quarantine / "20261124-091500-1" / "onestop.db"
    assert caught.value.quarantined.read_bytes() == broken
    assert caught.value.quarantined.with_name("onestop.db-wal").read_bytes() == b"what was not folded in"
    assert not folder.database.exists()

    restore(folder, caught.value.backup, CLOCK)
    assert count_in(folder) == 100


def test_without_a_backup_an_empty_one_is_made_only_when_that_is_chosen(data_root: Path) -> None:
    folder = DataFolder(data_root)
    cut_off(a_filled_file(data_root))

    for _ in range(2):
        with pytest.raises(DatabaseDamaged, match="no backup") as caught:
            open_database(folder, CLOCK)
        assert caught.value.backup is None
    begin_empty(folder, CLOCK)
    assert count_in(folder) == 0


def test_a_damaged_database_is_offered_its_backup_until_something_was_chosen(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    cut_off(folder.database)

    for _ in range(3):  # the second and the third: the program was ended before anybody chose
        with pytest.raises(DatabaseDamaged) as caught:
            open_database(folder, CLOCK)
        assert caught.value.backup == folder.backups / "onestop-20261124-091500.db"
    begin_empty(folder, CLOCK)
    assert count_in(folder) == 0


def test_a_database_that_was_deleted_is_offered_its_backup(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    folder.database.unlink()

    with pytest.raises(DatabaseDamaged) as caught:
        open_database(folder, CLOCK)
    assert caught.value.backup is not None
    assert caught.value.quarantined is None
    restore(folder, caught.value.backup, CLOCK)
    assert count_in(folder) == 100


def test_a_database_that_was_deleted_before_its_first_backup_is_missed_too(data_root: Path) -> None:
    folder = DataFolder(data_root)
    database = open_database(folder, CLOCK)
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    database.close()
    folder.database.unlink()

    with pytest.raises(DatabaseDamaged, match="no backup"):
        open_database(folder, CLOCK)
    begin_empty(folder, CLOCK)
    assert count_in(folder) == 0


def test_a_restoring_that_was_cut_off_begins_again(data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_filled_folder(data_root)
    backup = folder.backups / "onestop-20261124-091500.db"

    def power_cut(*_args: object) -> None:
        raise StoreError("cut")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", power_cut)
        with pytest.raises(StoreError, match="cut"):
            restore(folder, backup, CLOCK)
    folder.database.unlink()  # as after quarantine()
    with pytest.raises(DatabaseDamaged):
        open_database(folder, CLOCK)


def test_an_empty_one_never_takes_the_place_of_a_database(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    begin_empty(folder, CLOCK)

    assert count_in(folder) == 100


def test_a_large_file_is_read_whole_only_after_a_crash(data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "ALWAYS_CHECKED", 0)
    folder = a_filled_folder(data_root)
    broken_middle(folder.database)
    open_database(folder, CLOCK).close()
    (data_root / "onestop.db-wal").write_bytes(b"a crash")

    with pytest.raises(DatabaseDamaged):
        open_database(folder, CLOCK)


def test_an_empty_file_is_new_unless_there_are_backups(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    folder.database.write_bytes(b"")

    with pytest.raises(DatabaseDamaged):
        open_database(folder, CLOCK)
    shutil.rmtree(folder.backups)
    shutil.rmtree(folder.quarantine)
    folder.database.write_bytes(b"")
    assert count_in(folder) == 0


@pytest.mark.parametrize(
    "lose",
    ["DELETE FROM alembic_version", "UPDATE alembic_version SET version_num = '0\x1810'"],
    ids=["emptied", "a flipped bit"],
)
def test_a_database_that_lost_its_version_is_damaged(data_root: Path, lose: str) -> None:
    folder = a_filled_folder(data_root)
    with closing(connect_raw(folder.database)) as raw:
        raw.execute(lose)

    with pytest.raises(DatabaseDamaged) as caught:
        open_database(folder, CLOCK)
    assert caught.value.backup is not None
    restore(folder, caught.value.backup, CLOCK)
    assert count_in(folder) == 100


def test_a_newer_database_stays_where_it_is(data_root: Path) -> None:
    folder = DataFolder(data_root)
    with closing(connect_raw(a_database_file(folder.database))) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseNewer):
        open_database(folder, CLOCK)
    assert folder.database.exists()
    assert not folder.quarantine.exists()


def test_restoring_over_a_database_keeps_what_stood_there(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    backup = folder.backups / "onestop-20261124-091500.db"
    backup.chmod(stat.S_IREAD)  # a backup is read, never written
    for _ in range(2):
        database = open_database(folder, CLOCK)
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        database.close()
        restore(folder, backup, CLOCK)
        assert count_in(folder) == 100
    backup.chmod(stat.S_IREAD | stat.S_IWRITE)

    assert sorted(place.name for place in folder.quarantine.iterdir()) == ["20261124-091500-1", "20261124-091500-2"]


def test_a_backup_that_is_gone_takes_nothing_away(data_root: Path) -> None:
    folder = a_filled_folder(data_root)

    with pytest.raises(StoreError, match="FileNotFoundError"):
        restore(folder, folder.backups / "absent.db", CLOCK)
    assert count_in(folder) == 100


def test_a_folder_that_cannot_be_made_is_the_machines_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"FileExistsError|NotADirectoryError"):
        open_database(DataFolder(tmp_path / "file"), CLOCK)


def test_a_changed_value_is_named_and_costs_its_record_and_no_other(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    behind_its_back(folder.database, "UPDATE vehicle SET owner_name = '別人' WHERE id = 7")

    for _ in range(2):  # the second: the program was ended before anybody chose
        with pytest.raises(DatabaseHurt) as caught:
            open_database(folder, CLOCK)
    (row,) = caught.value.rows
    assert (row.table, row.key, row.name) == ("vehicle", "7", "土浦 300 さ 1234 ZN6-000006")
    assert (row.in_backup, row.legible, caught.value.missing) == (True, True, 0)
    assert "ZN6" not in repr(row)
    mend_database(folder, CLOCK, from_backup=True)
    assert owner_of(folder, 7) == "見本太郎"
    assert count_in(folder) == 100
    assert [place.name for place in folder.quarantine.iterdir()] == ["20261124-091500-1"]


def test_what_is_hurt_may_stay_as_it_is(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    behind_its_back(folder.database, "UPDATE vehicle SET owner_name = '別人' WHERE id = 7")
    mend_database(folder, CLOCK, from_backup=False)

    assert owner_of(folder, 7) == "別人"


def test_a_restored_record_is_compared_with_its_service_before_anything_is_sent(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    behind_its_back(folder.database, "UPDATE vehicle SET owner_name = '別人' WHERE id = 7")
    mend_database(folder, CLOCK, from_backup=True)

    database = open_database(folder, CLOCK)
    with database.read() as shelves:
        assert shelves.restored.is_unsure(Filing)
    database.close()


def test_what_cost_no_record_is_mended_at_once(data_root: Path, loud_lines: Listener) -> None:
    loud_lines.expect("the database was damaged where it cost no record")
    folder = a_filled_folder(data_root)
    torn_index(folder.database)

    assert count_in(folder) == 100
    assert is_sound(folder.database)
    assert folder.quarantine.is_dir()


def test_what_cannot_be_mended_any_more_says_so(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    cut_off(folder.database)

    with pytest.raises(StoreError, match="cannot be mended"):
        mend_database(folder, CLOCK, from_backup=True)


def test_a_log_that_is_gone_is_missed(data_root: Path) -> None:
    folder = DataFolder(data_root)
    with a_database(data_root / "alive") as alive:
        with alive.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        for name in ("onestop.db", "onestop.db-known"):  # a killed program's files, without its log
            shutil.copyfile(data_root / "alive" / name, data_root / name)

    with pytest.raises(DatabaseHurt) as caught:
        open_database(folder, CLOCK)
    assert (caught.value.rows, caught.value.missing, caught.value.backup) == ((), 1, None)
    mend_database(folder, CLOCK, from_backup=True)
    assert count_in(folder) == 0


def test_a_log_left_beside_a_deleted_database_is_not_taken_for_the_backups(data_root: Path) -> None:
    folder = a_filled_folder(data_root)
    folder.database.unlink()
    (data_root / "onestop.db-wal").write_bytes(b"what was not folded in")

    with pytest.raises(DatabaseDamaged) as caught:
        open_database(folder, CLOCK)
    assert caught.value.backup is not None
    restore(folder, caught.value.backup, CLOCK)
    assert not (data_root / "onestop.db-wal").exists()
    assert count_in(folder) == 100


def test_a_large_file_that_was_found_damaged_is_read_whole_at_the_next_start(
    data_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ALWAYS_CHECKED", 0)
    folder = a_filled_folder(data_root)
    behind_its_back(folder.database, "UPDATE vehicle SET owner_name = '別人' WHERE id = 7")
    database = open_database(folder, CLOCK)
    with pytest.raises(RecordsDamaged), database.write() as shelves:
        shelves.vehicles.opened(7, BUILT_AT)
    database.close()

    with pytest.raises(DatabaseHurt):
        open_database(folder, CLOCK)
    mend_database(folder, CLOCK, from_backup=True)
    assert count_in(folder) == 100
    assert not (data_root / "onestop.db-check").exists()


def owner_of(folder: DataFolder, vehicle_id: int) -> str:
    """Open the folder's database and return the owner of a car."""
    database = open_database(folder, CLOCK)
    try:
        with database.read() as shelves:
            return shelves.vehicles.get(vehicle_id).owner_name
    finally:
        database.close()
