"""Real databases for tests: one file is migrated per test process, and every test works on a copy."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.store.database import Database
from onestop.store.migrations import migrate
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.clock import Clock


@cache
def template() -> Path:
    """Return an empty, migrated database; upgrading from nothing takes most of a second."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "onestop.db"
    migrate(path, folder / "backups", FixedClock())
    return path


def a_database_file(path: Path) -> Path:
    """Put an empty, migrated database there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(template(), path))


@contextmanager
def a_database(folder: Path, clock: Clock | None = None) -> Iterator[Database]:
    """Open a new database in a folder and close it at the end of the block."""
    database = Database(a_database_file(folder / "onestop.db"), clock or FixedClock())
    try:
        yield database
    finally:
        database.close()
