"""How many saves a database has seen, known inside the file and beside it.

A write-ahead log that is cut, damaged, removed or exchanged takes committed saves along, and SQLite opens what is left
without a word. So each save leaves a mark, a number and a token, in the file, and the newest one beside it too; a start
that doesn't find that one in the file knows that saves are missing (docs/decisions/damage.md).
"""

from __future__ import annotations

import logging
import os
import struct
import zlib
from secrets import randbits
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.files import patiently

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.store.driver import RawConnection

log = logging.getLogger(__name__)

KEPT: Final = 64
"""How many marks the file holds; a new one takes the oldest's place."""
SURE_AFTER: Final = 32
"""Saves after which the disk surely has the mark beside the file: a power cut may cost those before, a kill none."""

_MARK: Final = f"""
INSERT INTO save_mark (place, number, token)
SELECT next % {KEPT}, next, :token FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM save_mark) WHERE true
ON CONFLICT (place) DO UPDATE SET number = excluded.number, token = excluded.token RETURNING number"""  # noqa: S608 - a constant
_NUMBERS: Final = struct.Struct(">QQ")
_SUM: Final = struct.Struct(">I")
_OPENED: Final = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Mark(NamedTuple):
    """The mark of one save."""

    number: int
    token: int


def mark_save(raw: RawConnection) -> Mark:
    """Leave the mark of a save, in its transaction."""
    token = randbits(63)
    (number,) = raw.execute(_MARK, {"token": token}).fetchone()
    return Mark(number, token)


def missing_saves(raw: RawConnection, known: Mark | None) -> int:
    """Return how many saves that were known are not in a file, at least; 0 if all are there."""
    if known is None or raw.execute("SELECT 1 FROM save_mark WHERE (number, token) = (?, ?)", known).fetchone():
        return 0
    (newest,) = raw.execute("SELECT coalesce(max(number), 0) FROM save_mark").fetchone()
    return max(1, known.number - int(newest))


def beside(database: Path) -> Path:
    """Return where the newest mark is kept beside a database."""
    return database.with_name(f"{database.name}-known")


def known_mark(database: Path) -> Mark | None:
    """Return the newest mark that was known beside a database; None if there is none, or it cannot be read.

    Raises:
        OSError: The disk fails.
    """
    file = beside(database)
    stored = patiently(file.read_bytes) if file.exists() else b""
    numbers, kept = stored[: _NUMBERS.size], stored[_NUMBERS.size :]
    if kept != _SUM.pack(zlib.crc32(numbers)):
        return None
    return Mark(*_NUMBERS.unpack(numbers))


class KnownSaves:
    """Keeps the newest mark beside a database. Usable from several threads."""

    def __init__(self, database: Path) -> None:
        self._file = beside(database)
        self._lock = Lock()
        self._newest = 0
        self._unsure = 0
        """Saves since the disk surely had one."""

    def note(self, mark: Mark) -> None:
        """Note a save that is committed; later ones overtake it."""
        with self._lock:
            if mark.number <= self._newest:
                return
            self._newest = mark.number
            self._unsure += 1
            self._write(mark)

    def _write(self, mark: Mark) -> None:
        numbers = _NUMBERS.pack(*mark)
        try:
            opened = os.open(self._file, _OPENED, 0o600)
            try:
                os.write(opened, numbers + _SUM.pack(zlib.crc32(numbers)))  # 20 bytes: never half of them
                if self._unsure >= SURE_AFTER:
                    os.fsync(opened)
                    self._unsure = 0
            finally:
                os.close(opened)
        except OSError as error:  # the save itself is kept
            log.warning("the mark of a save could not be kept: %s", type(error).__name__)
