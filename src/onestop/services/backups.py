"""Keeps backups while the desk works, a copy of each in a second place, and knows how that stands."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import RecordsDamaged, StoreError
from onestop.paths import DataFolder
from onestop.store.sqlite.backup import back_up_when_due, backup_moment, newest_good
from onestop.store.sqlite.sealing import seal_backups, seal_quarantine
from onestop.store.sqlite.second_place import copy_backup, desk_folder

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database

log = logging.getLogger(__name__)

LATE: Final = dt.timedelta(days=1)
"""How old the last good backup may become before it is told all the time."""


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How the backups stand."""

    late: bool = False
    """The last good one is older than a day, or there is none, although one was tried."""
    last: dt.datetime | None = None
    damaged: bool = False
    """The last one that was tried found the database itself damaged."""
    on_server: bool = False
    """The server's administrator takes them, and his script notes when."""
    second_fails: bool = False
    """The copy to the second place did not arrive, or is still under way when the next one is due."""


class BackupService:
    """Takes backups when they are due. Each was read whole before it counts (store/sqlite/backup.py)."""

    def __init__(
        self, database: Database, folder: Path, settings: SettingsService, clock: Clock, terminal: str
    ) -> None:
        self._database = database
        """If it is on a server, its administrator backs it up."""
        self._key = database.key
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self._terminal = terminal
        self._newest: Path | None = None
        self._noted: dt.datetime | None = None
        self._tried = False
        self._damaged = False
        self._copied: tuple[Path, Path] | None = None
        self._copying = threading.Thread()
        """A thread of its own, for which nothing waits: a share that has gone away answers after minutes, or never."""
        self._second_fails = False

    def tend(self) -> None:
        """Take a backup if one is due, however long that takes, and begin to copy the newest to the second place.

        A failure is no error of this call: it is logged, and `standing` tells it.
        """
        if not self._database.is_shared:
            self._tend(self._database.path)
            return
        try:
            with self._database.read() as shelves:
                self._noted = shelves.restored.backed_up_at()
        except StoreError:
            log.exception("when the server was backed up could not be asked")

    def _tend(self, database: Path) -> None:
        try:
            seal_backups(self._folder, self._key)
            seal_quarantine(DataFolder(database.parent).quarantine, self._key)
            taken = back_up_when_due(database, self._folder, self._clock, self._key)
            self._newest = taken or self._newest or newest_good(self._folder, self._key)
            self._damaged = False
        except StoreError as error:
            log.exception("the backup could not be taken")
            self._damaged = isinstance(error, RecordsDamaged)
            self._look_for_good_one()
        self._tried = True
        self._begin_copy(database.parent)

    def standing(self) -> BackupStanding:
        """Return how the backups stand now."""
        if self._database.is_shared:
            late = self._noted is not None and self._clock.now() - self._noted > LATE
            return BackupStanding(late, self._noted, on_server=True)
        last = backup_moment(self._newest) if self._newest else None
        late = self._tried and (last is None or self._clock.now() - last > LATE)
        return BackupStanding(late, last, damaged=self._damaged, second_fails=self._second_fails)

    def finish(self, seconds: float) -> None:
        """Give a copy that is under way so long to arrive; the next program copies it again."""
        if self._copying.ident is not None:
            self._copying.join(seconds)

    def _look_for_good_one(self) -> None:
        try:
            self._newest = newest_good(self._folder, self._key)
        except StoreError:
            self._newest = None

    def _begin_copy(self, data: Path) -> None:
        place, newest = self._settings.second_backup_folder(), self._newest
        if place is None or newest is None:
            self._second_fails = False
            return
        if self._copying.is_alive():
            self._second_fails = True
            return
        work = newest, desk_folder(place, self._terminal, data)
        if self._second_fails or self._copied != work:
            self._copying = threading.Thread(target=self._copy, args=work, name="onestop-second-place", daemon=True)
            self._copying.start()

    def _copy(self, newest: Path, own: Path) -> None:
        try:
            copy_backup(newest, own)
            seal_backups(own, self._key)
        except StoreError:
            log.exception("the backup could not be copied to the second place")
            self._second_fails = True
        else:
            self._copied, self._second_fails = (newest, own), False
