"""Opening a data folder's database: safe library, sound file, right version. Never on the GUI thread."""

from __future__ import annotations

import logging
import shutil
from contextlib import ExitStack, closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.errors import DatabaseDamaged, DatabaseHurt, StoreError
from onestop.files import patiently, put_durably
from onestop.paths import make_private, make_private_file
from onestop.store.failures import translate_file_errors
from onestop.store.migrations import has_lost_version, migrate
from onestop.store.moved import check_here
from onestop.store.sqlite.backup import backups, newest_good
from onestop.store.sqlite.engine import LibraryError, check_library, connect_raw, fitting
from onestop.store.sqlite.folder import check_mark, mark
from onestop.store.sqlite.health import check_asked_for, is_sound
from onestop.store.sqlite.restored import mark_restored
from onestop.store.sqlite.row_sums import has_sums
from onestop.store.sqlite.saves import beside, known_mark, missing_saves
from onestop.store.sqlite.sealing import finish_sealing, seal, untold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.database import Database
    from onestop.store.sqlite.key import Key
    from onestop.store.sqlite.sealing import Tell

log = logging.getLogger(__name__)

ALWAYS_CHECKED: Final = 8 * 1024 * 1024
"""Bytes: a file up to this size is read whole at each start (some 10 ms), a larger one after a crash."""

_COMPANIONS: Final = ("-wal", "-shm", "-known", "-check", "")
"""In the order in which they are moved: a -wal that stays behind would be taken for one of the next database."""


def open_database(
    folder: DataFolder, clock: Clock, key: Key | None = None, tell: Tell = untold, *, practice: bool = False
) -> Database:
    """Open the database of a data folder, once it was made ready.

    The caller closes it at the end, and keeps daily backups (store/sqlite/backup.py).

    Raises:
        OneStopError: see make_ready().
    """
    from onestop.store.database import Database  # noqa: PLC0415 - 照会 is answered before SQLAlchemy is imported
    from onestop.store.sqlite.backing import SqliteFile  # noqa: PLC0415 - the same

    make_ready(folder, clock, key, tell, practice=practice)
    return Database(SqliteFile(folder.database, key), clock)


def make_ready(
    folder: DataFolder, clock: Clock, key: Key | None = None, tell: Tell = untold, *, practice: bool = False
) -> None:
    """Make sure that the database of a data folder can be used, creating or upgrading it as needed.

    The caller holds the folder (store/instance.py). The database is read thoroughly if it is small, was not closed
    properly or was found damaged while in use; a damage that cost nothing is mended at once. One that is legible to
    everybody is encrypted, if there is a key; `tell` hears how far that is.

    Raises:
        EngineUnsafe: The SQLite library loses data.
        WrongFolder: It is one for practice and should be real, or the other way round, or its data were moved to a
            server; it is untouched.
        DatabaseNewer: A newer program wrote it; it is untouched.
        DatabaseDamaged: It was put into quarantine, now or before; the error knows the newest good backup, for
            restore(). Until then, or until begin_empty(), every opening ends so.
        DatabaseHurt: Some records are not what was written, or saves are missing. The file stands where it was, until
            mend_database() or restore().
        StoreError: The folder or the file cannot be read or written.
    """
    check_library()
    check_here(folder)
    with translate_file_errors():
        make_private(folder.root)
        finish_sealing(folder.database, tell)
        gone = not folder.database.exists() and _has_lived(folder)  # in quarantine, deleted, or half restored
        damaged = not gone and _is_damaged(folder, key)
    if gone:
        raise DatabaseDamaged(newest_good(folder.backups, key))
    if damaged:
        _mend_unasked(folder, clock, key)
    if key is not None:
        seal(folder.database, key, tell)
    check_mark(folder.database, key, practice=practice)
    _bring_up_to_date(folder, clock, key, practice=practice)


def begin_empty(folder: DataFolder, clock: Clock, key: Key | None = None, *, practice: bool = False) -> None:
    """Make an empty database where a damaged one was, because the clerk chose so; an opening never does.

    Raises:
        StoreError: The file cannot be written.
    """
    with translate_file_errors():
        absent = not folder.database.exists()
    if absent:
        _put_aside(folder, clock)
        _bring_up_to_date(folder, clock, key, practice=practice)
        mark_restored(folder.database, key)


def _bring_up_to_date(folder: DataFolder, clock: Clock, key: Key | None, *, practice: bool) -> None:
    with translate_file_errors():
        make_private_file(folder.database)
    migrate(folder.database, folder.backups, clock, key)
    mark(folder.database, key, practice=practice)


def restore(folder: DataFolder, backup: Path, clock: Clock, key: Key | None = None) -> None:
    """Put a backup in the database's place, which nobody has open; what stood there goes into quarantine.

    Raises:
        StoreError: The files cannot be read or written; the backup itself is never changed.
    """
    part = part_of(folder)
    with translate_file_errors():
        make_private_file(part)
        shutil.copyfile(backup, part)
    mark_restored(part, fitting(part, key))
    put_in_place(folder, part, clock)


def mend_database(folder: DataFolder, clock: Clock, key: Key | None = None, *, from_backup: bool) -> None:
    """Put a whole database in the place of one that is hurt, which nobody has open and which goes into quarantine.

    With `from_backup` the newest good backup's version of a hurt record is taken, otherwise what is legible of it.

    Raises:
        StoreError: The files cannot be read or written.
    """
    from onestop.store.sqlite.mending import mend  # noqa: PLC0415 - seldom wanted, and with SQLAlchemy

    part = part_of(folder)
    if mend(folder.database, part, newest_good(folder.backups, key), key, from_backup=from_backup) is None:
        raise StoreError("it cannot be mended")
    mark_restored(part, fitting(part, key))
    put_in_place(folder, part, clock)


def _mend_unasked(folder: DataFolder, clock: Clock, key: Key | None) -> None:
    from onestop.store.sqlite.mending import mend  # noqa: PLC0415 - as above

    backup, part = newest_good(folder.backups, key), part_of(folder)
    missing = _missing(folder.database, key)
    rows = mend(folder.database, part, backup, key)
    if rows is None:
        raise DatabaseDamaged(backup, quarantine(folder, clock))
    if rows or missing:
        patiently(part.unlink)
        raise DatabaseHurt(rows, missing, backup)
    put_in_place(folder, part, clock)
    log.warning("the database was damaged where it cost no record, and is whole again")


def part_of(folder: DataFolder) -> Path:
    """Return where a database is made that is to take the place of a folder's."""
    return folder.database.with_suffix(".part")


def put_in_place(folder: DataFolder, part: Path, clock: Clock) -> None:
    """Put a finished database in its place, which nobody has open; what stood there goes into quarantine.

    Raises:
        StoreError: One of them cannot be moved.
    """
    _put_aside(folder, clock)
    with translate_file_errors():
        put_durably(part, folder.database)


def _put_aside(folder: DataFolder, clock: Clock) -> None:
    """Leave nothing of the database before where it was: a WAL of its would be taken for one of the next."""
    with translate_file_errors():
        left = any(file.exists() for file in _files_of(folder))
    if left:
        quarantine(folder, clock)


def _files_of(folder: DataFolder) -> tuple[Path, ...]:
    return tuple(folder.database.with_name(folder.database.name + companion) for companion in _COMPANIONS)


def quarantine(folder: DataFolder, clock: Clock) -> Path:
    """Move the database with its -wal and -shm aside, for whoever repairs it; returns where it lies now.

    Raises:
        StoreError: One of them cannot be moved, such as because another program holds it. Then all are where they were.
    """
    name = clock.now().astimezone(JST).strftime("%Y%m%d-%H%M%S")
    with translate_file_errors():
        make_private(folder.quarantine)
        place = folder.quarantine / f"{name}-{len(list(folder.quarantine.iterdir())) + 1}"
        _move([file for file in _files_of(folder) if file.exists()], place)
    return place / folder.database.name


def _move(files: Sequence[Path], place: Path) -> None:
    """Move all files into a new folder, or none."""
    with ExitStack() as back:
        place.mkdir()
        back.callback(place.rmdir)
        for file in files:
            patiently(partial(file.replace, place / file.name))
            back.callback((place / file.name).replace, file)
        back.pop_all()


def holds_data(folder: DataFolder) -> bool:
    """Tell whether there is a database in a folder, or was one.

    Raises:
        StoreError: The folder cannot be looked at.
    """
    with translate_file_errors():
        return folder.database.exists() or _has_lived(folder)


def _has_lived(folder: DataFolder) -> bool:
    """Tell whether there was a database here that held something."""
    quarantined = folder.quarantine.is_dir() and any(folder.quarantine.iterdir())
    return bool(backups(folder.backups)) or quarantined or beside(folder.database).exists()


def _is_damaged(folder: DataFolder, key: Key | None) -> bool:
    file = folder.database
    if not file.exists():
        return False
    size = file.stat().st_size
    if size == 0:  # stopped in the first second of its life, unless there are traces of an earlier one
        return _has_lived(folder)
    asked = check_asked_for(file)
    thoroughly = size <= ALWAYS_CHECKED or _was_killed(file) or asked.exists()
    if (
        not is_sound(file, key, thoroughly=thoroughly)
        or has_lost_version(file, fitting(file, key))
        or _missing(file, key)
    ):
        return True
    patiently(lambda: asked.unlink(missing_ok=True))
    return False


def _was_killed(file: Path) -> bool:
    """Tell whether the last program had no time to fold its WAL into the file."""
    wal = file.with_name(f"{file.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _missing(file: Path, key: Key | None) -> int:
    """Return how many saves are known beside the file and not there; 0 where the file cannot tell."""
    known = known_mark(file)
    with suppress(*LibraryError), closing(connect_raw(file, fitting(file, key), read_only=True)) as raw:
        return missing_saves(raw, known) if has_sums(raw) else 0
    return 0
