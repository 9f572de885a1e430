"""What stands beside encrypted data knows the right key, and gives none away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.paths import DataFolder
from onestop.store.key_check import is_sealed, new_key_check, note_tried, read_key_check, write_key_check
from onestop.store.opening import open_database
from onestop.store.sqlite.key import new_key
from support.clock import FixedClock
from support.databases import a_database_file

if TYPE_CHECKING:
    from pathlib import Path

KEY = new_key()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_it_knows_the_right_key_and_no_other() -> None:
    check = new_key_check(KEY)
    assert check.matches(KEY)
    assert not check.matches(new_key())


def test_it_is_read_as_it_was_written_and_holds_nothing_of_the_key(folder: DataFolder) -> None:
    check = new_key_check(KEY)
    write_key_check(folder, check)
    assert read_key_check(folder) == check
    stored = folder.key_check.read_text(encoding="utf-8")
    assert KEY.secret.hex() not in stored
    assert KEY.written[:5] not in stored


def test_once_the_recovery_key_was_typed_in_that_is_known(folder: DataFolder) -> None:
    note_tried(folder)
    assert not folder.key_check.exists()
    write_key_check(folder, new_key_check(KEY))
    note_tried(folder)
    check = read_key_check(folder)
    assert check is not None
    assert (check.tried, check.matches(KEY)) == (True, True)


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b"\xff", b'{"folder_id": "1", "salt": "2", "check": "3"}'])
def test_one_that_is_not_legible_is_none(folder: DataFolder, stored: bytes) -> None:
    folder.root.mkdir()
    folder.key_check.write_bytes(stored)
    assert read_key_check(folder) is None
    assert is_sealed(folder)


def test_data_are_encrypted_where_a_key_is_known_or_the_file_says_so(folder: DataFolder) -> None:
    assert read_key_check(folder) is None
    assert not is_sealed(folder)
    a_database_file(folder.database)
    assert not is_sealed(folder)
    folder.database.unlink()
    open_database(folder, FixedClock(), KEY).close()
    assert is_sealed(folder)
