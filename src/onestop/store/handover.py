"""Gets a data folder ready for this version of the program, while another one still stands beside it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from onestop.errors import DatabaseNewer, StoreError
from onestop.store.migrations import knows, version_of
from onestop.store.opening import restore
from onestop.store.sqlite.backup import back_up, backups
from onestop.store.sqlite.engine import check_library, fitting
from onestop.store.sqlite.health import is_sound

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)


def get_ready(folder: DataFolder, clock: Clock, key: Key | None = None) -> None:
    """Back up a database that this version can take; for one that it cannot, put in its newest backup that it can.

    The caller holds the folder. A newer database that had to make way goes into quarantine, where nothing is lost.

    Raises:
        DatabaseNewer: This version can read neither the database nor any backup; nothing was changed.
        EngineUnsafe: The SQLite library loses data.
        StoreError: The files cannot be read or written, or the database is damaged; it is as it was.
    """
    check_library()
    held = fitting(folder.database, key)  # what an older program left legible, the next opening encrypts
    version = _stands_at(folder.database, held)
    if version == "":
        return
    if version is not None and knows(version):
        log.info("backed up as %s", back_up(folder.database, folder.backups, clock, held).name)
        return
    backup = next((each.path for each in backups(folder.backups) if _fits(each.path, key)), None)
    if backup is None:
        raise DatabaseNewer(version or "no version")
    restore(folder, backup, clock, key)
    log.warning("went back to %s: the database was of a newer version", backup.name)


def _stands_at(file: Path, key: Key | None) -> str | None:
    """Return a file's version; empty where there is nothing yet, None where it is of no version that can be told."""
    try:
        return version_of(file, key) or ""
    except DatabaseNewer:
        return None


def _fits(backup: Path, key: Key | None) -> bool:
    try:
        version = version_of(backup, fitting(backup, key))
        return version is not None and knows(version) and is_sound(backup, key)
    except StoreError:
        return False
