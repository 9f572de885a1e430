"""Putting a database aside while another program holds a part of it: all of it, or none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from onestop.errors import FileHeld
from onestop.paths import DataFolder
from onestop.store.opening import restore
from onestop.store.sqlite.backup import back_up
from support.clock import FixedClock
from support.damage import a_filled_file
from support.held import HeldFiles

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = FixedClock()


def a_filled_folder(path: Path) -> DataFolder:
    """Make a data folder with a database of 100 vehicles and a backup of it."""
    folder = DataFolder(path)
    back_up(a_filled_file(path), folder.backups, CLOCK)
    return folder


@pytest.mark.parametrize("held", ["onestop.db-wal", "onestop.db-shm", "onestop.db"])
def test_what_another_program_holds_of_a_database_keeps_all_of_it_in_its_place(
    data_root: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    folder = a_filled_folder(data_root)
    for companion in ("-wal", "-shm"):
        (data_root / f"onestop.db{companion}").write_bytes(b"of this database")
    before = {file.name: file.read_bytes() for file in data_root.iterdir() if file.is_file()}
    scanner = HeldFiles(monkeypatch)
    scanner.hold(held)
    with pytest.raises(FileHeld):
        restore(folder, folder.backups / "onestop-20261124-091500.db", CLOCK)
    scanner.let_go()

    assert {name: (data_root / name).read_bytes() for name in before} == before
    assert list(folder.quarantine.iterdir()) == []


def test_the_log_of_a_database_is_put_aside_before_the_database(
    data_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_filled_folder(data_root)
    (data_root / "onestop.db-wal").write_bytes(b"of this database")
    moved: list[str] = []
    move = os.replace

    def noting(file: Path, place: Path) -> None:
        moved.append(file.name)
        move(file, place)

    monkeypatch.setattr(os, "replace", noting)
    restore(folder, folder.backups / "onestop-20261124-091500.db", CLOCK)

    assert moved.index("onestop.db-wal") < moved.index("onestop.db") < moved.index("onestop.part")
