"""SQLAlchemy's way to a database file, with transactions in our own hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import URL, create_engine, event

from onestop.store.sqlite.engine import MODULE, connect_raw
from onestop.store.sqlite.row_sums import keep_sums

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key

WRITES: Final = "onestop_writes"
"""The execution option of a connection that is going to write."""
_KEEPS_SUMS: Final = "onestop_keeps_sums"
"""Noted of a connection that does."""


def create_sqlite_engine(
    path: Path, key: Key | None = None, *, there: bool = False, migrates: bool = False, read_only: bool = False
) -> Engine:
    """Return an engine on a database file, usable from several threads, with transactions in our own hands.

    Whoever migrates sums all rows at the end; everybody else keeps the sums of what he writes.

    `isolation_level=None` keeps the library from opening transactions of its own: with its defaults concurrent
    read-modify-write loses updates. We say BEGIN, or BEGIN IMMEDIATE where the option WRITES is set.
    """
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        module=MODULE,
        creator=lambda: connect_raw(path, key, shared=True, there=there, read_only=read_only),
        hide_parameters=True,
        pool_size=4,
        max_overflow=-1,
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin if migrates else _begin_with_sums)
    return engine


def _prepare(raw: RawConnection, _record: object) -> None:
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")


def _begin_with_sums(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    if writes and _KEEPS_SUMS not in connection.info:  # not when it is made: most only read, and this takes some ms
        keep_sums(cast("RawConnection", connection.connection.driver_connection))
        connection.info[_KEEPS_SUMS] = True
    _begin(connection)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    driver: Any = connection.connection.driver_connection  # straight: a third of the time of a short question is this
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
