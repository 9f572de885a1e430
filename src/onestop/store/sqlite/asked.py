"""A file as what the quick questions are asked of (store/lists.py), without SQLAlchemy: 照会 answers before."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.store.failures import translate_db_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import damage_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key


class AskedFile:
    """Opens connections to a file that write nothing."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path = path
        self._key = key

    def connect(self, *, planned_once: bool) -> RawConnection:  # noqa: ARG002 - SQLite always plans once
        """Open one, which may go from thread to thread."""
        driver = connect_raw(self._path, self._key, shared=True, there=True)
        driver.execute("PRAGMA query_only = ON")
        return driver

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell what fails inside in the words of onestop.errors; bugs pass as they are."""
        with damage_told(self._path, self._key), translate_db_errors():
            yield
