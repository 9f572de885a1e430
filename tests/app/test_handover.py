"""What the setup asks of a version before that version takes over."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from onestop.__main__ import main
from onestop.app.handover import IN_USE, NOT_READY, READY, prepare_data
from onestop.store.instance import claim
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.engine import connect_raw
from support.clock import FixedClock
from support.databases import a_database_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener
    from onestop.paths import DataFolder


def make_newer(file: Path) -> None:
    with closing(connect_raw(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def test_a_machine_without_data_stays_without(folder: DataFolder) -> None:
    assert prepare_data(folder) == READY
    assert not folder.root.exists()


def test_the_command_backs_real_and_practice_data_up(folder: DataFolder) -> None:
    a_database_file(folder.database)
    a_database_file(folder.practice.database)
    assert main(["--data-dir", str(folder.root), "prepare-data"]) == READY
    assert len(backups(folder.backups)) == len(backups(folder.practice.backups)) == 1
    assert "backed up" in folder.log.read_text(encoding="utf-8")


def test_the_folder_is_free_again_afterwards(folder: DataFolder) -> None:
    a_database_file(folder.database)
    prepare_data(folder, FixedClock())
    claim(folder).release()


def test_while_somebody_works_there_it_does_nothing(folder: DataFolder) -> None:
    a_database_file(folder.database)
    instance = claim(folder)
    try:
        assert prepare_data(folder, FixedClock()) == IN_USE
    finally:
        instance.release()
    assert not folder.backups.exists()


def test_what_no_version_can_read_is_said(folder: DataFolder, loud_lines: Listener) -> None:
    loud_lines.expect("the data are not ready for this version")
    make_newer(a_database_file(folder.database))
    assert prepare_data(folder, FixedClock()) == NOT_READY


def test_practice_hinders_nobody(folder: DataFolder, loud_lines: Listener) -> None:
    loud_lines.expect("the practice data are not ready for this version")
    make_newer(a_database_file(folder.practice.database))
    assert prepare_data(folder, FixedClock()) == READY


def test_a_folder_that_cannot_be_taken_is_said(folder: DataFolder, loud_lines: Listener) -> None:
    loud_lines.expect("the data folder cannot be taken")
    folder.lock.mkdir(parents=True)
    assert prepare_data(folder, FixedClock()) == NOT_READY
