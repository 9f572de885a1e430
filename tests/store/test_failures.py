"""SQLite's troubles in our words."""

from __future__ import annotations

import errno
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as library

from onestop.errors import FileHeld, LocksRefused, NoRoom, NotAllowed, RecordsDamaged, StoreError, TooManyOpen
from onestop.store.failures import raise_translated, translate_db_errors, translate_file_errors
from onestop.store.record_failures import translate_record_errors
from onestop.store.sqlite.engine import LibraryError, connect_raw
from onestop.store.sqlite.row_sums import HURT

if TYPE_CHECKING:
    from pathlib import Path


class TroubleError(Exception):
    """An error as SQLite's library raises it."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__("values of a person")
        self.sqlite_errorcode = code
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (5, "SQLITE_BUSY"),
        (10 | (2 << 8), "SQLITE_IOERR_SHORT_READ"),
        (11, "SQLITE_CORRUPT"),
        (13, "SQLITE_FULL"),
        (8, "SQLITE_READONLY"),
        (14, "SQLITE_CANTOPEN"),
    ],
)
def test_the_machines_troubles_are_named_without_values(code: int, name: str) -> None:
    with pytest.raises(StoreError) as caught:
        raise_translated(TroubleError(code, name))

    assert str(caught.value) == name


@pytest.mark.parametrize(
    ("code", "kind"),
    [(13, NoRoom), (15, LocksRefused), (10 | 15 << 8, LocksRefused), (10 | 4 << 8, StoreError), (10, StoreError)],
)
def test_a_full_disk_and_a_folder_without_locks_are_told_apart(code: int, kind: type[StoreError]) -> None:
    with pytest.raises(StoreError) as caught:
        raise_translated(TroubleError(code, "SQLITE"))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", NoRoom),
        ("locking protocol", LocksRefused),
        ("disk I/O error", StoreError),
        ("unable to open database file", StoreError),
        ("database is locked", FileHeld),
        ("database disk image is malformed", RecordsDamaged),
        ("file is not a database", RecordsDamaged),
    ],
)
def test_a_backups_error_has_only_words(words: str, kind: type[StoreError]) -> None:
    with pytest.raises(StoreError) as caught:
        raise_translated(library.OperationalError(words))
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoRoom),
        (errno.EDQUOT, NoRoom),
        (errno.EFBIG, NoRoom),
        (errno.EMFILE, TooManyOpen),
        (errno.ENFILE, TooManyOpen),
        (errno.ENOLCK, LocksRefused),
        (errno.EACCES, FileHeld),
        (None, StoreError),
    ],
)
def test_the_systems_troubles_with_files_are_told_apart(number: int | None, kind: type[StoreError]) -> None:
    with pytest.raises(StoreError) as caught, translate_file_errors():
        raise OSError(number, "/home/somebody/onestop.db") if number else OSError
    assert type(caught.value) is kind
    assert "somebody" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [TroubleError(1, "SQLITE_ERROR"), TroubleError(19, "SQLITE_CONSTRAINT"), LookupError(), None]
)
def test_bugs_are_left_as_they_are(error: Exception | None) -> None:
    raise_translated(error)


def test_a_wrong_statement_of_ours_passes_as_a_bug(tmp_path: Path) -> None:
    with (
        pytest.raises(LibraryError, match="syntax"),
        translate_db_errors(),
        closing(connect_raw(tmp_path / "new.db")) as raw,
    ):
        raw.execute("not SQL")


def test_what_is_no_error_of_a_database_passes() -> None:
    with pytest.raises(LookupError), translate_db_errors():
        raise LookupError


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("UNIQUE constraint failed: filing.inspection_id", NotAllowed),
        (HURT, RecordsDamaged),
        ("no such column: nonsense", library.IntegrityError),
    ],
)
def test_what_the_library_refuses_below_sqlalchemy_is_told_as_above_it(words: str, told: type[Exception]) -> None:
    with pytest.raises(told), translate_record_errors():
        raise library.IntegrityError(words)
