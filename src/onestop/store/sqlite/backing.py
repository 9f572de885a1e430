"""One migrated file of this machine behind a Database (store/opening.py makes it ready)."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, cast

from sqlalchemy import event

from onestop.errors import DataFolderGone, StoreError
from onestop.store.compiled import driver_of
from onestop.store.lists import Lists
from onestop.store.record_failures import translate_record_errors
from onestop.store.sqlite.asked import AskedFile
from onestop.store.sqlite.engine import BUSY_TIMEOUT_MS, KEEP_FEW_PAGES
from onestop.store.sqlite.health import damage_told
from onestop.store.sqlite.saves import KnownSaves, mark_save
from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key

    File = tuple[int, int]
    """Its volume and its number there; on Windows the file index."""


class Presence:
    """Knows the file that was opened and its -wal, and compares what their names lead to now.

    On most systems a folder can be deleted, moved or unplugged under a running program. SQLite goes on writing into
    what nobody will ever find again, and says that all is well.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal_path = path.with_name(f"{path.name}-wal")
        self._opened: File | None = None
        self._wal: File | None = None

    def note(self) -> None:
        """Remember the file, which a connection has just opened."""
        if self._opened is None:
            self._opened = _found(self._path)

    def forget(self) -> None:
        """Forget both: every connection was closed, and the -wal went with the last."""
        self._opened = self._wal = None

    def check(self) -> None:
        """Make sure that the file is where it was when it was opened.

        Raises:
            DataFolderGone: There is none, or another one.
        """
        found = _found(self._path)
        if found is None or found != (self._opened or found):
            raise DataFolderGone(self._path.name)

    def check_written(self) -> None:
        """Make sure that what was just committed can be found again: it stands in the -wal, which stays while in use.

        Raises:
            DataFolderGone: It cannot.
        """
        self.check()
        wal = _found(self._wal_path)
        self._wal = self._wal or wal
        if wal is None or wal != self._wal:
            raise DataFolderGone(self._wal_path.name)


def _found(path: Path) -> File | None:
    try:
        found = path.stat()
    except OSError:  # whatever the reason: nobody can open it by its name
        return None
    return found.st_dev, found.st_ino


class SqliteFile:
    """A file, and what is known of it beside it."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.file = path
        self.key = key
        self._turn = Lock()
        self._known = KnownSaves(path)
        self._presence = Presence(path)
        self.reading = create_sqlite_engine(path, key, there=True)
        event.listen(self.reading, "connect", self._connected)
        self.writing = self.reading.execution_options(**{WRITES: True})

    def _connected(self, raw: RawConnection, _record: object) -> None:
        raw.execute(KEEP_FEW_PAGES)
        self._presence.note()

    def open_lists(self) -> Lists:
        """Open what the quick questions are asked of."""
        return Lists(AskedFile(self.file, self.key))

    @contextmanager
    def saving(self, session: Session) -> Iterator[None]:
        """Hold the only write lock; leave a mark of what was saved.

        Raises:
            DataFolderGone: It was not kept because the file is gone.
        """
        with self._one_at_a_time():
            driver = cast("RawConnection", driver_of(session))  # BEGIN IMMEDIATE now: what is read here stays true
            before = driver.total_changes
            yield
            mark = mark_save(driver) if driver.total_changes > before else None
            self._presence.check()
            session.commit()
        self._presence.check_written()
        if mark:
            self._known.note(mark)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Let the threads of this program come to SQLite's lock one after another.

        At the lock itself each would sleep and ask again; and so all take the connection that wrote last, and has in
        its memory what it wrote. Whoever waits too long for his turn asks SQLite all the same, which decides.
        """
        is_ours = self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            yield
        finally:
            if is_ours:
                self._turn.release()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell of a file that is gone as such, whatever SQLite says of it."""
        try:
            with damage_told(self.file, self.key), translate_record_errors():
                yield
        except StoreError:
            self._presence.check()
            raise

    def close(self) -> None:
        """Close all connections; the last one folds the WAL into the file."""
        self.reading.dispose()
        self._presence.forget()
