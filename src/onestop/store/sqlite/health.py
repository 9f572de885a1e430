"""Whether a database file can be trusted: its shape, and that every row is what was written."""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final
from zlib import crc32

from onestop.errors import OneStopError, RecordsDamaged
from onestop.files import head_of
from onestop.paths import make_private_file
from onestop.store.failures import is_of_the_machine, translate_db_errors
from onestop.store.sqlite.engine import MAGIC, LibraryError, connect_raw, fitting
from onestop.store.sqlite.row_sums import has_hurt_rows, has_sums, is_schema_whole, know_sum

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key
    from onestop.store.sqlite.row_sums import Summing

_HOW_WRITTEN: Final = slice(18, 20)
"""Where the header says how the file is written and read: both by a WAL, or neither
(https://sqlite.org/fileformat2.html#the_database_header)."""
_KNOWN_WAYS: Final = (b"\2\2", b"\1\1")


def is_sound(path: Path, key: Key | None = None, summing: Summing = crc32, *, thoroughly: bool = True) -> bool:
    """Tell whether a file that nobody has open is a whole SQLite database; its -wal is read and not folded in.

    `thoroughly` reads every page and every row (some 10 s for a million), otherwise the header, the length and the
    schema. `summing` sums each row, once the pages were found whole: it may tell how far that is.

    Raises:
        StoreError: It could not be read at all: no permission, a failing disk.
    """
    if not has_header(path):
        return False
    with translate_db_errors():
        try:
            with closing(connect_raw(path, fitting(path, key), read_only=True)) as raw:
                return _has_shape(raw) and (not thoroughly or _is_whole(raw, summing))
        except LibraryError as error:
            if is_of_the_machine(error):
                raise
            return False


@contextmanager
def damage_told(database: Path, key: Key | None = None) -> Iterator[None]:
    """Turn what fails because of a damage into an error of ours, and have the next opening look thoroughly.

    Whatever fails inside may be a bug, or may come from a value that nobody wrote: the file itself says which.

    Raises:
        RecordsDamaged: Something in the file is not what was written.
    """
    try:
        yield
    except RecordsDamaged:
        ask_for_check(database)
        raise
    except OneStopError:
        raise
    except Exception:
        if not is_whole(database, key):
            ask_for_check(database)
            raise RecordsDamaged("not what was written") from None  # the error may repeat a value
        raise


def is_whole(path: Path, key: Key | None = None) -> bool:
    """Tell whether every page and every row of a file is what was written; what cannot be read is not."""
    try:
        with closing(connect_raw(path, key, read_only=True)) as raw:
            return _is_whole(raw)
    except LibraryError:
        return False


def ask_for_check(database: Path) -> None:
    """Have the next opening read a database thoroughly."""
    with suppress(OSError):
        make_private_file(check_asked_for(database))


def check_asked_for(database: Path) -> Path:
    """Return the file that asks for a thorough reading of a database, by being there."""
    return database.with_name(f"{database.name}-check")


def has_header(path: Path) -> bool:
    """Tell whether a file begins as SQLite's files do."""
    start = head_of(path, _HOW_WRITTEN.stop)
    return start.startswith(MAGIC) and start[_HOW_WRITTEN] in _KNOWN_WAYS


def _has_shape(raw: RawConnection) -> bool:
    raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    (version,) = raw.execute("PRAGMA schema_version").fetchone()
    know_sum(raw)
    return isinstance(version, int) and (not has_sums(raw) or is_schema_whole(raw))


def _is_whole(raw: RawConnection, summing: Summing = crc32) -> bool:
    (verdict,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
    return verdict == "ok" and not has_hurt_rows(raw, summing)
