"""Encrypts a database that is legible to everybody: a copy is made and compared before the legible one goes.

At every moment there is a whole file under one of three names: the database's own, the legible one's (`-plain`), or
that of the copy that was compared (`-sealed`). Whoever is stopped in between goes on at the next opening.
"""

from __future__ import annotations

import logging
import os
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.errors import StoreError
from onestop.files import patiently, put_durably
from onestop.paths import make_private_file
from onestop.store.failures import translate_db_errors, translate_file_errors
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.engine import connect_raw, fitting, is_encrypted, uri_of
from onestop.store.sqlite.health import has_header, is_sound
from onestop.store.sqlite.row_sums import CountedSums, know_sum, summed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key
    from onestop.store.sqlite.row_sums import Summed, Summing

    Tell = Callable[[int, int], None]
    """Hears which of the five steps it is, and how many per cent are done; of CHECK, which SQLite does, always 0."""

log = logging.getLogger(__name__)

COPY, COMPARISON, CHECK, READING, WIPING = range(1, 6)
_BLOCK: Final = 1024 * 1024
_PIECE: Final = 64 * _BLOCK
_PART, _SEALED, _PLAIN = "-part", "-sealed", "-plain"
QUARANTINED: Final = "onestop.db"
KEPT_BYTES: Final = "kept.db"
"""Holds the files of a quarantined database: table `kept`, in pieces."""
_KEPT: Final = ("user_version", "application_id")
"""What a copy by SQL leaves out: numbers in the header."""
EVERY: Final = 100_000
"""Steps of SQLite's between two looks at how far the copy is: some thirty a second."""


def untold(_step: int, _percent: int) -> None:
    """Hear how far it is where nobody waits."""


def seal(path: Path, key: Key, tell: Tell = untold) -> bool:
    """Encrypt a database that nobody has open, if it is legible; returns whether it was.

    `tell` is called on this thread, and again and again: a million cars take minutes.

    Raises:
        StoreError: No room for a second one, or the copy is not like it; the database is as it was.
    """
    with translate_file_errors():
        finish_sealing(path)
        if not path.exists() or fitting(path, key) is not None or not has_header(path):
            return False
        _copy(path, _beside(path, _PART), key, tell)
        put_durably(_beside(path, _PART), _beside(path, _SEALED))
        _fold_in(path)
        patiently(lambda: path.replace(_beside(path, _PLAIN)))
        finish_sealing(path, tell)
    log.info("%s was encrypted", path.name)
    return True


def seal_backups(folder: Path, key: Key | None) -> None:
    """Encrypt the backups that programs before this one left legible; one that is damaged is left as it is.

    Raises:
        StoreError: No room for a second one of one of them, or one cannot be read.
    """
    if key is None:
        return
    with translate_file_errors():
        for left in (*folder.glob(f"*{_SEALED}"), *folder.glob(f"*{_PLAIN}")):
            finish_sealing(left.with_name(left.name.removesuffix(_SEALED).removesuffix(_PLAIN)))
    for backup in backups(folder):
        if fitting(backup.path, key) is None and is_sound(backup.path):
            seal(backup.path, key)


def seal_quarantine(folder: Path, key: Key | None) -> None:
    """Put what lies legible in quarantine into an encrypted file in its place, byte by byte: it may be no database.

    Raises:
        StoreError: No room for it twice, or it cannot be read.
    """
    with translate_file_errors(), translate_db_errors():
        for database in folder.glob(f"*/{QUARANTINED}") if key else ():
            if not is_encrypted(database):
                _keep_bytes(database.parent, key)


def _keep_bytes(place: Path, key: Key | None) -> None:
    kept = place / KEPT_BYTES
    files = [file for file in place.iterdir() if not file.name.startswith(KEPT_BYTES)]
    with closing(connect_raw(kept, key)) as raw:
        raw.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT, place INTEGER, content BLOB, UNIQUE (name, place))")
        raw.execute("BEGIN IMMEDIATE")
        for file in files:
            with patiently(partial(file.open, "rb")) as opened:
                for number, content in enumerate(iter(lambda: opened.read(_PIECE), b"")):
                    raw.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (file.name, number, content))
        raw.execute("COMMIT")
    for file in sorted(files, key=lambda each: each.name == QUARANTINED):  # the database last: it tells what is left
        wipe(file)


def finish_sealing(path: Path, tell: Tell = untold) -> None:
    """Take up what a program that was stopped left behind.

    Raises:
        OSError: It cannot be moved or removed.
    """
    sealed, plain = _beside(path, _SEALED), _beside(path, _PLAIN)
    if sealed.exists() and not path.exists():
        put_durably(sealed, path)
    patiently(lambda: sealed.unlink(missing_ok=True))  # made, and the legible one stood still in its place
    if plain.exists() and path.exists() and is_encrypted(path):
        wipe(plain, tell)


def wipe(path: Path, tell: Tell = untold) -> None:
    """Write zeros over a file, as far as the disk lets that be done, and remove it.

    Raises:
        OSError: It cannot be written or removed.
    """
    with patiently(lambda: path.open("rb+")) as file:
        left = whole = path.stat().st_size
        while left > 0:
            tell(WIPING, (whole - left) * 100 // whole)
            left -= file.write(bytes(min(left, _BLOCK)))
        file.flush()
        os.fsync(file.fileno())
    patiently(path.unlink)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(path.name + what)


def _copy(path: Path, part: Path, key: Key, tell: Tell) -> None:
    patiently(lambda: part.unlink(missing_ok=True))
    make_private_file(part)
    with translate_db_errors(), closing(connect_raw(path, there=True)) as raw:
        raw.execute("ATTACH ? AS sealed KEY ?", (uri_of(part.absolute()), key.pragma))
        whole = path.stat().st_size
        raw.set_progress_handler(lambda: tell(COPY, min(99, part.stat().st_size * 100 // whole)), EVERY)
        raw.execute("SELECT sqlcipher_export('sealed')")
        raw.set_progress_handler(None, 0)
        for name in _KEPT:
            (value,) = raw.execute(f"PRAGMA main.{name}").fetchone()
            raw.execute(f"PRAGMA sealed.{name} = {value}")
        raw.execute("DETACH sealed")
        rows = _rows_of(raw)
        compared = CountedSums(2 * rows, partial(tell, COMPARISON))
        with closing(connect_raw(part, key, read_only=True)) as copy:
            same = _told(raw, compared) == _told(copy, compared)
    tell(CHECK, 0)
    if not same or not is_sound(part, key, CountedSums(rows, partial(tell, READING))):
        patiently(part.unlink)
        raise StoreError("the encrypted copy differs")


def _rows_of(raw: RawConnection) -> int:
    counted = (raw.execute(f'SELECT count(*) FROM main."{table.name}"').fetchone() for table in summed(raw))  # noqa: S608 - names of the schema
    return sum(rows for (rows,) in counted)


def _told(raw: RawConnection, summing: Summing) -> list[object]:
    """Return what two files say alike if they hold the same: each table's rows, counted and summed, and the numbers."""
    know_sum(raw, summing)
    tables = [raw.execute(_counted(table)).fetchone() for table in summed(raw)]
    made = raw.execute("SELECT type, name, sql FROM main.sqlite_schema ORDER BY type, name").fetchall()
    return [*tables, made, *(raw.execute(f"PRAGMA main.{name}").fetchone() for name in _KEPT)]


def _counted(table: Summed) -> str:
    return f'SELECT count(*), sum({table.sum_of("r")}) FROM main."{table.name}" r'  # noqa: S608 - names of the schema


def _fold_in(path: Path) -> None:
    """Leave nothing of the legible database beside its file: what its WAL held is written over."""
    wal = path.with_name(f"{path.name}-wal")
    with translate_db_errors(), closing(connect_raw(path, there=True)) as raw:
        (busy, *_) = raw.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        if busy:
            raise StoreError("somebody has it open")
        if wal.exists():
            with patiently(lambda: wal.open("rb+")) as file:
                file.write(bytes(wal.stat().st_size))
        raw.execute("PRAGMA journal_mode = DELETE")
