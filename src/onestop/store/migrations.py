"""Brings a database file to the shape that this program knows; Alembic is imported only when there is work for it."""

from __future__ import annotations

import logging
import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, cast

from onestop.errors import DatabaseNewer, StoreError
from onestop.paths import MIGRATIONS
from onestop.store.failures import translate_db_errors, translate_file_errors
from onestop.store.sqlite.backup import back_up
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.newest import check_shape, make_newest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alembic.config import Config
    from sqlalchemy.engine import Connection

    from onestop.clock import Clock
    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)

VERSION_NUMBER: Final = re.compile("[0-9]{4}")
HEAD: Final = "0020"
"""The newest migration in alembic/versions: a test keeps the two together."""


def migrate(path: Path, backups: Path, clock: Clock, key: Key | None = None) -> None:
    """Create the file, or upgrade it after an online backup, or leave it: all in one transaction, checked at its end.

    Raises:
        DatabaseNewer: It was written by a newer program (or by another one); it is left untouched.
        StoreError: The machine failed, or the result did not pass its check; the file is as it was.
    """
    version = version_of(path, key)
    if version == HEAD:
        return
    with translate_file_errors():
        if version is None:
            begin = make_newest if _is_empty(path, key) else _upgrade
            begin(path, key)
            return
        if not knows(version):
            raise DatabaseNewer(version)
        back_up(path, backups, clock, key)
        _upgrade(path, key)
    _forget_deleted(path, key)


def version_of(path: Path, key: Key | None = None) -> str | None:
    """Return the migration that a file stands at; None if there is no file or nothing in it.

    Raises:
        DatabaseNewer: There are tables in it, but not this program's.
        StoreError: It cannot be read.
    """
    with translate_file_errors():
        if not path.exists():
            return None
    with translate_db_errors(), closing(connect_raw(path, key, read_only=True)) as raw:
        tables = _tables(raw)
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise DatabaseNewer("no version")
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def has_lost_version(path: Path, key: Key | None = None) -> bool:
    """Tell whether there are tables of this program, and nothing that says of which version.

    Raises:
        StoreError: It cannot be read.
    """
    with translate_db_errors(), closing(connect_raw(path, key, read_only=True)) as raw:
        tables = _tables(raw)
        if not tables >= {"alembic_version", "vehicle"}:
            return False
        rows = raw.execute("SELECT version_num FROM alembic_version").fetchall()
        return [bool(VERSION_NUMBER.fullmatch(str(version))) for (version,) in rows] != [True]


def _is_empty(path: Path, key: Key | None) -> bool:
    """Tell whether a file that says of no version is new, and not one that was left at the foot of the ladder."""
    if not path.exists():
        return True
    with translate_db_errors(), closing(connect_raw(path, key, read_only=True)) as raw:
        return not _tables(raw)


def _tables(raw: RawConnection) -> set[str]:
    return {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _forget_deleted(path: Path, key: Key | None) -> None:
    """Write the whole file anew: programs before this one left what was deleted in its free pages."""
    try:
        with translate_db_errors(), closing(connect_raw(path, key)) as raw:
            raw.execute("VACUUM")
    except StoreError:  # no room for a second one; the next migration does it
        log.warning("what was deleted could not be wiped out of the file")


@contextmanager
def one_transaction(path: Path, key: Key | None = None) -> Iterator[Config]:
    """Give Alembic's configuration for commands on a file; all of them are kept, checked, or none.

    Raises:
        StoreError: The result did not pass SQLite's checks, or the machine failed; the file is as it was.
    """
    from onestop.store.record_failures import translate_record_errors  # noqa: PLC0415 - with SQLAlchemy, as Alembic
    from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine  # noqa: PLC0415 - the same

    engine = create_sqlite_engine(path, key, migrates=True).execution_options(**{WRITES: True})
    try:
        with translate_record_errors(), engine.connect() as connection:
            # batch migrations rebuild tables; SQLite takes this PRAGMA only outside of a transaction
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                yield alembic_config(connection)
                check_shape(cast("RawConnection", connection.connection.driver_connection))
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for commands on a connection."""
    from alembic.config import Config  # noqa: PLC0415 - half a second that a normal start does not have

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(path: Path, key: Key | None) -> None:
    from alembic import command  # noqa: PLC0415 - the same

    with one_transaction(path, key) as config:
        command.upgrade(config, "head")


def knows(version: str) -> bool:
    """Tell whether this program has the migration that a file stands at."""
    return version in {file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py")}
