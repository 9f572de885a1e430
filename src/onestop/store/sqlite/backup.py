"""Online backups: taken while the program works, checked, and thinned as they age."""

from __future__ import annotations

import datetime as dt
import logging
import os
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.errors import RecordsDamaged
from onestop.files import head_of, patiently, put_durably
from onestop.paths import make_private, make_private_file
from onestop.store.failures import translate_db_errors, translate_file_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import ask_for_check, is_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)

EVERY: Final = dt.timedelta(hours=1)
"""How often a backup is taken of a database that is being changed."""
KEEP_HOURLY: Final = dt.timedelta(hours=24)
KEEP_DAYS: Final = 7
KEEP_WEEKS: Final = 4
KEEP_MONTHS: Final = 12
"""The newest backup of each of the last 24 hours, and of each of the last 7 days, 4 weeks and 12 months that have
one."""

_NAME: Final = "onestop-%Y%m%d-%H%M%S.db"
_USER_VERSION: Final = slice(60, 64)
"""Where it stands in a file (https://sqlite.org/fileformat2.html#the_database_header)."""
_NO_NUMBER: Final = 2**30
"""Nobody takes so many backups: a larger number is damage."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file, the moment that its name tells, and how many were taken before it.

    The number orders them, not the moment: a clock that stood wrong for a day would make the newest of an old one.
    """

    path: Path
    taken: dt.datetime
    number: int = 0
    """In the file itself, as SQLite's user_version; 0 in those of programs that didn't count."""


def back_up(source: Path, folder: Path, clock: Clock, key: Key | None = None) -> Path:
    """Copy a database, in use or not, into one checked file; others may read and write meanwhile.

    Raises:
        RecordsDamaged: The copy failed its check: the database itself is damaged. Nothing is left behind.
        StoreError: Disk full.
    """
    target = folder / clock.now().astimezone(JST).strftime(_NAME)
    part = target.with_suffix(".part")
    with translate_file_errors():
        make_private(folder)
        try:
            changed = _last_change(source)
            _copy(source, part, 1 + max((backup.number for backup in _readable(folder)), default=0), key)
            os.utime(part, ns=(changed, changed))
            put_durably(part, target)
        finally:
            _remove(part)
    return target


def back_up_when_due(source: Path, folder: Path, clock: Clock, key: Key | None = None) -> Path | None:
    """Take a backup if there is none of today, or the newest is an hour old and something was changed since.

    Returns the new one; the old ones are thinned out after it.

    Raises:
        RecordsDamaged: The copy failed its check: the database itself is damaged.
        StoreError: Disk full.
    """
    with translate_file_errors():
        if not _is_due(source, _readable(folder), clock):
            return None
    taken = back_up(source, folder, clock, key)
    thin(folder)
    return taken


def backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; files with other names are not ours.

    Raises:
        StoreError: They cannot be looked at.
    """
    with translate_file_errors():
        return _newest_first(Backup(file, taken, _number(file)) for file, taken in _dated(folder))


def newest_good(folder: Path, key: Key | None = None) -> Path | None:
    """Return the newest backup that passes its check.

    Raises:
        StoreError: They cannot be looked at.
    """
    with translate_file_errors():
        return next((backup.path for backup in backups(folder) if is_sound(backup.path, key)), None)


def thin(folder: Path) -> None:
    """Remove what is not the newest backup of a kept hour, day, week or month, and halves of backups.

    What another program holds is left for the next time.

    Raises:
        StoreError: They cannot be looked at or removed.
    """
    with translate_file_errors():
        present = _readable(folder)
    latest = [backup for backup in present if dt.timedelta() <= present[0].taken - backup.taken < KEEP_HOURLY]
    kept = _newest_of_each(latest, lambda taken: (taken.date(), taken.hour), len(latest))
    kept |= _newest_of_each(present, lambda taken: taken.date(), KEEP_DAYS)
    kept |= _newest_of_each(present, lambda taken: taken.isocalendar()[:2], KEEP_WEEKS)
    kept |= _newest_of_each(present, lambda taken: (taken.year, taken.month), KEEP_MONTHS)
    with translate_file_errors():
        for backup in present:
            if backup not in kept:
                _remove(backup.path)
        for rest in folder.glob("onestop-*.part*"):  # of a program that was killed while it copied
            _remove(rest)


def _is_due(source: Path, present: Sequence[Backup], clock: Clock) -> bool:
    if not any(backup.taken.date() == clock.today() for backup in present):
        return True
    newest = present[0]
    fresh = abs(clock.now() - newest.taken) < EVERY  # one from the future is not fresh: the clock stood wrong
    return not fresh and newest.path.stat().st_mtime_ns != _last_change(source)


def _last_change(source: Path) -> int:
    """Return when a database was last written to, in ns: a backup keeps that of what it holds as its own.

    An empty -wal is made by whoever reads.
    """
    files = (source, source.with_name(f"{source.name}-wal"))
    found = [file.stat() for file in files if file.exists()]
    return max((each.st_mtime_ns for each in found if each.st_size), default=0)


def _dated(folder: Path) -> Iterator[tuple[Path, dt.datetime]]:
    for file in folder.glob("onestop-*.db"):
        taken = backup_moment(file)
        if taken:
            yield file, taken


def _newest_first(found: Iterable[Backup]) -> tuple[Backup, ...]:
    return tuple(sorted(found, key=lambda backup: (backup.number, backup.taken), reverse=True))


def _readable(folder: Path) -> tuple[Backup, ...]:
    """Return the backups that nobody holds: that of now is not given up because of an old one."""
    found = []
    for file, taken in _dated(folder):
        try:
            found.append(Backup(file, taken, _number(file)))
        except PermissionError:
            log.warning("an old backup could not be looked at: another program holds it")
    return _newest_first(found)


def _remove(file: Path) -> None:
    try:
        patiently(lambda: file.unlink(missing_ok=True))
    except PermissionError:
        log.warning("an old backup could not be removed: another program holds it")


def _newest_of_each(present: Iterable[Backup], span: Callable[[dt.datetime], Hashable], how_many: int) -> set[Backup]:
    newest: dict[Hashable, Backup] = {}
    for backup in present:
        newest.setdefault(span(backup.taken), backup)
    return set(list(newest.values())[:how_many])


def _copy(source: Path, part: Path, number: int, key: Key | None) -> None:
    patiently(lambda: part.unlink(missing_ok=True))
    make_private_file(part)
    with (
        translate_db_errors(),
        closing(connect_raw(source, key, read_only=True)) as raw,
        closing(connect_raw(part, key)) as copy,
    ):
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a -wal beside it
        copy.execute(f"PRAGMA user_version = {number}")
    if not is_sound(part, key):
        ask_for_check(source)
        raise RecordsDamaged("the backup failed its check")


def backup_moment(file: Path) -> dt.datetime | None:
    """Return when a backup was taken, as its name tells; None if it is no backup's name."""
    try:
        return dt.datetime.strptime(file.name, _NAME).replace(tzinfo=JST)
    except ValueError:
        return None


def _number(file: Path) -> int:
    """Read it without SQLite: there may be many, and one may be damaged."""
    number = int.from_bytes(head_of(file, _USER_VERSION.stop)[_USER_VERSION], "big")
    return number if number < _NO_NUMBER else 0
