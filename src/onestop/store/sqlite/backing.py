"""One migrated file of this machine behind a Database (store/opening.py makes it ready)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from sqlalchemy import event

from onestop.errors import StoreError
from onestop.store.compiled import driver_of
from onestop.store.lists import Lists
from onestop.store.record_failures import translate_record_errors
from onestop.store.sqlite.asked import AskedFile
from onestop.store.sqlite.health import damage_told
from onestop.store.sqlite.presence import Presence
from onestop.store.sqlite.saves import KnownSaves, mark_save
from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key


class SqliteFile:
    """A file, and what is known of it beside it."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self.file = path
        self.key = key
        self._known = KnownSaves(path)
        self._presence = Presence(path)
        self.reading = create_sqlite_engine(path, key, there=True)
        event.listen(self.reading, "connect", lambda _raw, _record: self._presence.note())
        self.writing = self.reading.execution_options(**{WRITES: True})

    def open_lists(self) -> Lists:
        """Open what the quick questions are asked of."""
        return Lists(AskedFile(self.file, self.key))

    @contextmanager
    def saving(self, session: Session) -> Iterator[None]:
        """Hold the only write lock; leave a mark of what was saved.

        Raises:
            DataFolderGone: It was not kept because the file is gone.
        """
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
