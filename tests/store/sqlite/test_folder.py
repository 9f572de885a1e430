"""Data folders: real work and practice never meet in one, and nobody else looks into them."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from onestop.errors import WrongFolder
from onestop.paths import DataFolder
from onestop.store.instance import claim
from onestop.store.opening import open_database
from onestop.store.settings_file import Settings, save_settings
from onestop.store.sqlite.backup import back_up
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.folder import (
    PRACTICE,
    REAL,
    SYNCED,
    check_mark,
    check_place,
    check_practice,
    is_on_the_network,
    is_synced,
)
from support.clock import FixedClock
from support.databases import a_database_file
from support.links import link

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener

CLOCK = FixedClock()


def application_id(path: Path) -> int:
    with closing(connect_raw(path, read_only=True)) as raw:
        return int(raw.execute("PRAGMA application_id").fetchone()[0])


@pytest.mark.parametrize("practice", [True, False])
def test_a_database_is_marked_and_opens_as_nothing_else(data_root: Path, *, practice: bool) -> None:
    folder = DataFolder(data_root)
    for _ in range(2):
        open_database(folder, CLOCK, practice=practice).close()
    before = folder.database.read_bytes()

    with pytest.raises(WrongFolder):
        open_database(folder, CLOCK, practice=not practice)
    assert folder.database.read_bytes() == before


def test_a_database_without_a_mark_is_marked_at_its_first_opening(data_root: Path) -> None:
    folder = DataFolder(data_root)
    a_database_file(folder.database)
    assert application_id(folder.database) == 0
    open_database(folder, CLOCK, practice=True).close()

    assert application_id(folder.database) != 0
    with pytest.raises(WrongFolder):
        open_database(folder, CLOCK)


def test_a_backup_keeps_the_mark(data_root: Path) -> None:
    folder = DataFolder(data_root)
    open_database(folder, CLOCK, practice=True).close()

    assert application_id(back_up(folder.database, folder.backups, CLOCK)) == application_id(folder.database) != 0


def set_application_id(path: Path, number: int) -> None:
    with closing(connect_raw(path)) as raw:
        raw.execute(f"PRAGMA application_id = {number}")


@pytest.mark.parametrize("practice", [True, False])
def test_a_flipped_bit_makes_no_practice_of_real_work_and_is_mended(data_root: Path, *, practice: bool) -> None:
    folder = DataFolder(data_root)
    open_database(folder, CLOCK, practice=practice).close()
    right = application_id(folder.database)
    assert (REAL ^ PRACTICE).bit_count() == 1
    for bit in range(32):
        set_application_id(folder.database, int.from_bytes((right ^ 1 << bit).to_bytes(4, "big"), "big", signed=True))
        with pytest.raises(WrongFolder):
            check_mark(folder.database, practice=not practice)
        check_mark(folder.database, practice=practice)
    open_database(folder, CLOCK, practice=practice).close()
    assert application_id(folder.database) == right


def test_a_second_mark_that_is_none_leaves_it_to_the_first(data_root: Path, loud_lines: Listener) -> None:
    loud_lines.expect("the database was damaged where it cost no record")
    folder = DataFolder(data_root)
    open_database(folder, CLOCK, practice=True).close()
    with closing(connect_raw(folder.database)) as raw:
        raw.execute("UPDATE sqlite_sequence SET seq = seq + 4 WHERE name = 'onestop.mode'")
    with pytest.raises(WrongFolder):
        open_database(folder, CLOCK)
    open_database(folder, CLOCK, practice=True).close()


def test_another_programs_database_is_left_alone(data_root: Path) -> None:
    folder = DataFolder(data_root)
    with closing(connect_raw(a_database_file(folder.database))) as raw:
        raw.execute("PRAGMA application_id = 7")

    with pytest.raises(WrongFolder, match="このプログラムのものではない"):
        open_database(folder, CLOCK)


@pytest.mark.parametrize("trace", ["onestop.lock", "onestop.db", "settings.json", "practice/services.db"])
def test_the_practice_folder_of_another_is_no_data_folder(data_root: Path, trace: str) -> None:
    folder = DataFolder(data_root)
    folder.practice.root.mkdir()
    check_place(folder.practice)  # a folder that is only called so
    (data_root / trace).touch()
    with pytest.raises(WrongFolder):
        check_place(folder.practice)
    check_place(folder)


def test_a_link_to_the_practice_folder_of_another_is_no_data_folder(data_root: Path, tmp_path: Path) -> None:
    folder = DataFolder(data_root)
    folder.practice.root.mkdir()
    folder.lock.touch()
    link(tmp_path / "elsewhere", folder.practice.root)
    with pytest.raises(WrongFolder):
        check_place(DataFolder(tmp_path / "elsewhere"))


def test_practice_may_not_lead_out_of_its_folder(data_root: Path) -> None:
    folder = DataFolder(data_root)
    check_practice(folder)
    link(folder.practice.root, data_root)
    with pytest.raises(WrongFolder):
        check_practice(folder)


@pytest.mark.parametrize("name", ["onestop.db", "settings.json"])
def test_nor_may_a_file_of_it(data_root: Path, name: str) -> None:
    folder = DataFolder(data_root)
    folder.practice.root.mkdir()
    check_practice(folder)
    link(folder.practice.root / name, data_root / name)
    with pytest.raises(WrongFolder):
        check_practice(folder)


def test_a_data_folder_may_be_reached_by_a_link(data_root: Path, tmp_path: Path) -> None:
    link(tmp_path / "elsewhere", data_root)
    check_place(DataFolder(tmp_path / "elsewhere"))
    check_practice(DataFolder(tmp_path / "elsewhere"))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (r"\\server\share\onestop", True),
        ("//server/share/onestop", True),
        (r"\\?\UNC\server\share\onestop", True),
        (r"\\?\C:\onestop", False),
        (r"C:\onestop", False),
    ],
)
def test_a_share_is_known_as_one(path: str, *, answer: bool) -> None:
    assert is_on_the_network(PureWindowsPath(path)) == answer


def test_a_folder_on_the_network_is_refused(monkeypatch: pytest.MonkeyPatch, data_root: Path) -> None:
    monkeypatch.setattr("onestop.store.sqlite.folder.is_on_the_network", lambda _path: True)
    with pytest.raises(WrongFolder, match="ネットワーク"):
        check_place(DataFolder(data_root))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a folder the rights of the one around it")
def test_nobody_else_can_look_into_what_the_program_makes(tmp_path: Path) -> None:
    umask = os.umask(0o022)
    try:
        folder = DataFolder(tmp_path / "new")
        claim(folder).release()
        open_database(folder, CLOCK).close()
        back_up(folder.database, folder.backups, CLOCK)
        save_settings(folder.settings, Settings())
        save_settings(folder.practice.settings, Settings())
    finally:
        os.umask(umask)
    made = [folder.root, *folder.root.rglob("*")]
    assert {"new", "practice", "backups", "onestop.db", "onestop.lock", "settings.json"} <= {path.name for path in made}
    assert {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in made} == {(True, "0o700"), (False, "0o600")}


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_a_folder_that_is_copied_to_other_machines_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for each in SYNCED:
        monkeypatch.delenv(each, raising=False)
    synced = tmp_path / "OneDrive - 見本自動車"
    assert not is_synced(DataFolder(synced / "onestop"))
    monkeypatch.setenv(name, str(synced))
    assert is_synced(DataFolder(synced / "onestop"))
    assert not is_synced(DataFolder(tmp_path / "onestop"))
