"""Backups: whole, taken while others work, one a day, fewer as they age."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.clock import JST
from onestop.errors import FileHeld, RecordsDamaged, StoreError
from onestop.store.sqlite import backup as backup_module
from onestop.store.sqlite.backup import back_up, back_up_when_due, backups, newest_good, thin
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import check_asked_for
from support.builders import a_vehicle
from support.clock import FixedClock
from support.damage import a_filled_file, behind_its_back, broken_middle
from support.databases import a_database, a_database_file
from support.held import HeldFiles

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def vehicles_in(path: Path) -> int:
    """Return how many vehicles a file holds."""
    with closing(connect_raw(path)) as raw:
        return int(raw.execute("SELECT count(*) FROM vehicle").fetchone()[0])


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_one_file_with_everything_committed(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        taken = back_up(database.path, tmp_path / "backups", FixedClock())
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())

    assert names(tmp_path / "backups") == ["onestop-20261124-091500.db"]
    assert vehicles_in(taken) == 1
    assert names(tmp_path / "backups") == ["onestop-20261124-091500.db"]


def test_a_backup_can_be_taken_while_somebody_writes(tmp_path: Path) -> None:
    with a_database(tmp_path) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
        taken = back_up(database.path, tmp_path / "backups", FixedClock())

        assert vehicles_in(taken) == 0


def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    broken_middle(path)

    with pytest.raises(RecordsDamaged):
        back_up(path, tmp_path / "backups", FixedClock())
    assert names(tmp_path / "backups") == []
    assert check_asked_for(path).exists()


def test_a_backup_with_a_value_that_nobody_wrote_is_no_good_one(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    clock = FixedClock()
    good = back_up(path, tmp_path / "backups", clock)
    clock.advance(days=1)
    behind_its_back(back_up(path, tmp_path / "backups", clock), "UPDATE vehicle SET weight_kg = 1241 WHERE id = 9")

    assert newest_good(tmp_path / "backups") == good


def test_a_folder_that_cannot_be_made_is_the_machines_trouble(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    (tmp_path / "backups").write_text("in the way", encoding="utf-8")

    with pytest.raises(StoreError, match="FileExistsError"):
        back_up(path, tmp_path / "backups", FixedClock())


def test_asking_for_a_backup_of_nothing_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        back_up(tmp_path / "onestop.db", tmp_path / "backups", FixedClock())
    assert not (tmp_path / "onestop.db").exists()


def test_a_rest_of_a_backup_that_was_cut_off_does_not_matter(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "onestop-20261124-091500.part").write_bytes(b"half")
    back_up(path, folder, FixedClock())

    assert names(folder) == ["onestop-20261124-091500.db"]


def test_one_backup_a_day_in_japan(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    folder = tmp_path / "backups"
    clock = FixedClock(dt.datetime(2026, 11, 24, 0, 30, tzinfo=JST))

    assert back_up_when_due(path, folder, clock) == folder / "onestop-20261124-003000.db"
    clock.advance(hours=23)
    assert back_up_when_due(path, folder, clock) is None  # nothing was changed
    clock.advance(hours=1)
    assert back_up_when_due(path, folder, clock) == folder / "onestop-20261125-003000.db"


def test_one_an_hour_while_the_database_is_changed(tmp_path: Path) -> None:
    folder, clock = tmp_path / "backups", FixedClock()
    taken = []
    with a_database(tmp_path) as database:
        for changes in (1, 1, 0, 0, 2):
            for _ in range(changes):
                with database.write() as shelves:
                    shelves.vehicles.add(a_vehicle())
            taken.append(back_up_when_due(database.path, folder, clock))
            clock.advance(minutes=61)
            assert len(backups(folder)) == len([each for each in taken if each])
    assert [vehicles_in(each) if each else None for each in taken] == [1, 2, None, None, 4]


def test_not_more_than_one_an_hour(tmp_path: Path) -> None:
    folder, clock = tmp_path / "backups", FixedClock()
    with a_database(tmp_path) as database:
        for _ in range(6):
            with database.write() as shelves:
                shelves.vehicles.add(a_vehicle())
            back_up_when_due(database.path, folder, clock)
            clock.advance(minutes=20)
    assert names(folder) == ["onestop-20261124-091500.db", "onestop-20261124-101500.db"]


def test_a_change_while_a_backup_is_taken_is_in_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, clock = tmp_path / "backups", FixedClock()
    real = backup_module._copy
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())

        def changing(source: Path, part: Path, number: int, key: None) -> None:
            real(source, part, number, key)
            with database.write() as shelves:
                shelves.vehicles.add(a_vehicle())

        monkeypatch.setattr(backup_module, "_copy", changing)
        first = back_up_when_due(database.path, folder, clock)
        monkeypatch.setattr(backup_module, "_copy", real)
        clock.advance(hours=1)
        second = back_up_when_due(database.path, folder, clock)
    assert first is not None
    assert second is not None
    assert (vehicles_in(first), vehicles_in(second)) == (1, 2)


def test_the_last_day_is_kept_by_the_hour(tmp_path: Path) -> None:
    first = dt.datetime(2026, 8, 21, 9, 0, tzinfo=JST)
    moments = [first + dt.timedelta(minutes=30 * half) for half in range(96)]
    for moment in moments:
        (tmp_path / f"onestop-{moment:%Y%m%d-%H%M%S}.db").touch()
    thin(tmp_path)

    hourly = [moment for moment in moments if moment.minute == 30][-24:]
    assert moments[-1] == dt.datetime(2026, 8, 23, 8, 30, tzinfo=JST)
    ends = [dt.datetime(2026, 8, day, 23, 30, tzinfo=JST) for day in (21, 22)]
    assert {backup.taken for backup in backups(tmp_path)} == {*hourly, *ends}


def test_old_backups_become_fewer(tmp_path: Path) -> None:
    first = dt.date(2025, 1, 1)
    for day in range(600):
        (tmp_path / f"onestop-{first + dt.timedelta(days=day):%Y%m%d}-180000.db").touch()
    thin(tmp_path)

    kept = [backup.taken.date() for backup in backups(tmp_path)]
    newest = first + dt.timedelta(days=599)
    assert newest == dt.date(2026, 8, 23)  # a Sunday
    days = [newest - dt.timedelta(days=ago) for ago in range(7)]
    weeks = [newest - dt.timedelta(weeks=ago) for ago in range(4)]
    ends = [dt.date(2026, month, 1) - dt.timedelta(days=1) for month in range(1, 9)]
    months = [newest, *ends, *(dt.date(2025, month, 1) - dt.timedelta(days=1) for month in (10, 11, 12))]
    assert set(kept) == {*days, *weeks, *months}
    assert kept == sorted(kept, reverse=True)


def test_the_newest_of_a_day_is_kept_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in (
        "onestop-20261123-090000.db",
        "onestop-20261123-110000.db",
        "onestop-20261124-120000.db",
        "onestop-mine.db",
        "notes.txt",
        "onestop-1.part",
    ):
        (tmp_path / name).touch()
    thin(tmp_path)

    assert names(tmp_path) == [
        "notes.txt",
        "onestop-20261123-110000.db",
        "onestop-20261124-120000.db",
        "onestop-mine.db",
    ]


def test_thinning_daily_for_years_keeps_no_more_than_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_module, "_copy", lambda _source, part, _number, _key: part.touch())
    monkeypatch.setattr(backup_module, "put_durably", lambda part, path: part.replace(path))
    clock = FixedClock()
    for _ in range(800):
        back_up_when_due(tmp_path / "onestop.db", tmp_path / "backups", clock)
        clock.advance(days=1)

    assert 18 <= len(names(tmp_path / "backups")) <= 7 + 4 + 12


def test_the_newest_good_backup_is_not_always_the_newest(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    clock = FixedClock()
    good = back_up(path, tmp_path / "backups", clock)
    clock.advance(days=1)
    broken_middle(back_up(path, tmp_path / "backups", clock))

    assert newest_good(tmp_path / "backups") == good


def test_a_day_with_a_wrong_clock_makes_no_newest_backup(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    folder = tmp_path / "backups"
    clock = FixedClock()
    taken = []
    for days in (200, -199, 1, 1):
        clock.advance(days=days)
        taken.append(back_up_when_due(path, folder, clock))

    assert [backup.path for backup in backups(folder)] == taken[::-1]
    assert newest_good(folder) == taken[-1]
    assert [backup.number for backup in backups(folder)] == [4, 3, 2, 1]
    for _ in range(12):
        clock.advance(days=40)
        taken.append(back_up_when_due(path, folder, clock))
    thin(folder)
    assert taken[0] not in [backup.path for backup in backups(folder)]


def test_backups_of_a_program_that_did_not_count_are_older(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "onestop-20990101-000000.db").write_bytes(path.read_bytes())
    taken = back_up(path, folder, FixedClock())

    assert newest_good(folder) == taken


def test_a_damaged_head_counts_for_nothing(tmp_path: Path) -> None:
    path = a_filled_file(tmp_path)
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "onestop-20200101-000000.db").write_bytes(b"\xff" * 100)

    back_up(path, folder, FixedClock())
    assert [backup.number for backup in backups(folder)] == [1, 0]


def test_without_backups_there_is_no_good_one(tmp_path: Path) -> None:
    assert newest_good(tmp_path / "absent") is None


def test_an_old_backup_that_is_held_hinders_no_new_one(
    data_root: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    source, folder, clock = a_database_file(data_root / "onestop.db"), data_root / "backups", FixedClock()
    old = back_up(source, folder, clock)
    clock.advance(days=1)
    held = HeldFiles(monkeypatch)
    held.hold(old.name)
    loud_lines.expect("could not be looked at")
    taken = back_up_when_due(source, folder, clock)
    held.let_go()

    assert taken is not None
    assert names(folder) == [old.name, taken.name]


def test_an_old_backup_that_cannot_be_removed_is_left_for_the_next_time(
    data_root: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    source, folder, clock = a_database_file(data_root / "onestop.db"), data_root / "backups", FixedClock()
    taken = []
    for _ in range(3):
        taken.append(back_up(source, folder, clock).name)
        clock.advance(minutes=1)
    read = io.open
    scanner = HeldFiles(monkeypatch)
    scanner.hold(taken[0])
    monkeypatch.setattr(io, "open", read)  # a scanner that lets others read
    loud_lines.expect("could not be removed")
    thin(folder)
    assert names(folder) == [taken[0], taken[2]]
    scanner.let_go()
    thin(folder)
    assert names(folder) == [taken[2]]


def test_no_older_backup_is_offered_because_the_newest_is_held(
    data_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, folder, clock = a_database_file(data_root / "onestop.db"), data_root / "backups", FixedClock()
    back_up(source, folder, clock)
    clock.advance(days=1)
    newest = back_up(source, folder, clock)
    HeldFiles(monkeypatch).hold(newest.name)
    with pytest.raises(FileHeld):
        newest_good(folder)
