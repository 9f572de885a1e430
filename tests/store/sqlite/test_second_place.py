"""The second place of backups: shared by desks, plugged in or not."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from onestop.errors import StoreError
from onestop.store.sqlite import second_place
from onestop.store.sqlite.backup import back_up, backups
from onestop.store.sqlite.second_place import copy_backup, desk_folder
from support.clock import FixedClock
from support.databases import a_database_file


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return back_up(a_database_file(tmp_path / "data" / "onestop.db"), tmp_path / "data" / "backups", FixedClock())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_what_arrives_is_the_same(backup: Path, place: Path) -> None:
    for _ in range(2):
        copy_backup(backup, place / "desk")

    assert [file.name for file in (place / "desk").iterdir()] == [backup.name]
    assert (place / "desk" / backup.name).read_bytes() == backup.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a folder the rights of the one around it")
def test_nobody_else_can_read_it(backup: Path, place: Path) -> None:
    copy_backup(backup, place / "desk")
    assert (place / "desk" / backup.name).stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_where_a_stick_is_not_plugged_in(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        copy_backup(backup, tmp_path / "absent" / "desk")
    assert not (tmp_path / "absent").exists()


def test_a_copy_that_differs_is_none(backup: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rotten(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"?")

    monkeypatch.setattr(shutil, "copyfile", rotten)
    with pytest.raises(StoreError, match="differs"):
        copy_backup(backup, place / "desk")
    assert list((place / "desk").iterdir()) == []


def test_old_copies_become_fewer(place: Path, tmp_path: Path) -> None:
    source, clock = a_database_file(tmp_path / "onestop.db"), FixedClock()
    for _ in range(40):
        copy_backup(back_up(source, tmp_path / "backups", clock), place / "desk")
        clock.advance(days=1)
    assert len(backups(place / "desk")) < 15


def test_each_desk_has_its_own_folder(place: Path) -> None:
    names = {
        desk_folder(place, terminal, data).name
        for terminal in ("1番窓口", "PC-02", "PC/02")
        for data in (Path("/home/a"), Path("/home/b"))
    }
    assert len(names) == 6
    assert all(name.isascii() and "/" not in name for name in names)
    assert second_place.desk_folder(place, "PC-02", Path("/home/a")) == desk_folder(place, "PC-02", Path("/home/a"))
