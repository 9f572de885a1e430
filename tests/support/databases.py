"""Real databases for tests: one file is migrated per test process, and every test works on a copy."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.store.database import Database
from onestop.store.migrations import migrate
from onestop.store.postgres.backing import Server
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.key import new_key
from onestop.store.sqlite.sealing import seal
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from onestop.clock import Clock
    from onestop.store.postgres.place import ServerPlace
    from onestop.store.sqlite.key import Key


@cache
def template() -> Path:
    """Return an empty, migrated database; upgrading from nothing takes most of a second."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "onestop.db"
    migrate(path, folder / "backups", FixedClock())
    return path


@cache
def sealed_template() -> tuple[Path, Key]:
    """Return the same, encrypted, with its key."""
    path, key = template().with_name("sealed.db"), new_key()
    shutil.copyfile(template(), path)
    seal(path, key)
    return path, key


def a_database_file(path: Path) -> Path:
    """Put an empty, migrated database there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(template(), path))


KINDS: Final = ("SQLite", "SQLCipher", "PostgreSQL")
KIND: Final = ContextVar("kind", default="SQLite")
"""Of the databases that `a_database` makes (support/each_database.py)."""


@contextmanager
def a_database(folder: Path, clock: Clock | None = None) -> Iterator[Database]:
    """Open a new database in a folder and close it at the end of the block."""
    with _a_backing(folder / "onestop.db") as backing:
        database = Database(backing, clock or FixedClock())
        try:
            yield database
        finally:
            database.close()


def _a_backing(path: Path) -> AbstractContextManager[SqliteFile | Server]:
    match KIND.get():
        case "PostgreSQL":
            return a_server()
        case "SQLCipher":
            sealed, key = sealed_template()
            return nullcontext(SqliteFile(Path(shutil.copyfile(sealed, path)), key))
        case _:
            return nullcontext(SqliteFile(a_database_file(path)))


@contextmanager
def a_server() -> Iterator[Server]:
    """Give an empty, migrated database on a server."""
    from support.postgres import a_server_database  # noqa: PLC0415 - most tests want none

    with a_server_database() as door:
        yield Server(door, ServerClock(FixedClock()))


def url_of(place: ServerPlace) -> str:
    """Return the address of a database on a server of the tests."""
    return f"postgresql://{place.user}@localhost:{place.port}/{place.database}?host={place.host}"
