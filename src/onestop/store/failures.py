"""What goes wrong in the database and with files, in the words of onestop.errors. No value of a record goes along."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from onestop.errors import FileHeld, LocksRefused, NoRoom, RecordsDamaged, StoreError, TooManyOpen
from onestop.store.sqlite.engine import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MACHINE: Final = frozenset({3, 5, 6, 7, 8, 10, 13, 14, 15})
"""PERM BUSY LOCKED NOMEM READONLY IOERR FULL CANTOPEN PROTOCOL: the machine's troubles."""
_DAMAGE: Final = frozenset({11, 26})
"""CORRUPT NOTADB: the file's. The rest are bugs."""
_OF_SQLITE: Final[Mapping[int, type[StoreError]]] = {
    11: RecordsDamaged,  # CORRUPT
    26: RecordsDamaged,  # NOTADB
    13: NoRoom,  # FULL
    5: FileHeld,  # BUSY, after all patience
    15: LocksRefused,  # PROTOCOL
    10 | 8 << 8: LocksRefused,  # IOERR_UNLOCK
    10 | 9 << 8: LocksRefused,  # IOERR_RDLOCK
    10 | 15 << 8: LocksRefused,  # IOERR_LOCK
    10 | 20 << 8: LocksRefused,  # IOERR_SHMLOCK
}
"""What deserves a sentence of its own, by SQLite's extended code."""
_CODES: Final[Mapping[str, int]] = {
    "database is locked": 5,
    "out of memory": 7,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "locking protocol": 15,
    "file is not a database": 26,
}
"""The codes of messages that come without one, as those of the library's backup do."""
_OF_SYSTEM: Final[Mapping[int, type[StoreError]]] = {
    errno.EACCES: FileHeld,
    errno.ENOSPC: NoRoom,
    errno.EDQUOT: NoRoom,
    errno.EFBIG: NoRoom,
    errno.EMFILE: TooManyOpen,
    errno.ENFILE: TooManyOpen,
    errno.ENOLCK: LocksRefused,
    errno.ENOSYS: LocksRefused,
}
"""The same of the operating system."""


@contextmanager
def translate_db_errors() -> Iterator[None]:
    """Turn what SQLite raises inside into errors of this program; bugs pass as they are.

    Raises:
        RecordsDamaged: The file is damaged.
        StoreError: The machine failed: disk full, locked, unreadable.
    """
    try:
        yield
    except LibraryError as error:
        raise_translated(error)
        raise


def raise_translated(error: BaseException | None) -> None:
    """Raise a StoreError if SQLite's error is one of the machine's or the file's; return if it is a bug of ours."""
    code = code_of(error)
    if code & 0xFF in _MACHINE | _DAMAGE:
        kind = _OF_SQLITE.get(code) or _OF_SQLITE.get(code & 0xFF, StoreError)
        raise kind(str(getattr(error, "sqlite_errorname", f"SQLITE {code}"))) from None


def is_of_the_machine(error: BaseException | None) -> bool:
    """Tell whether SQLite's error says something of the disk, the rights or the memory, and nothing of the file."""
    return code_of(error) & 0xFF in _MACHINE


def code_of(error: BaseException | None) -> int:
    """Return SQLite's extended code of an error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) or _CODES.get(str(error), 0)


@contextmanager
def translate_file_errors() -> Iterator[None]:
    """Turn what the operating system says of files into errors of this program.

    Raises:
        StoreError: No room, no right, too many open files, not there.
    """
    try:
        yield
    except OSError as error:
        raise _OF_SYSTEM.get(error.errno or 0, StoreError)(type(error).__name__) from None
