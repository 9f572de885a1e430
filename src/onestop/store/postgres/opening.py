"""Opening a server's database: the right version, and for what it is. Never on the GUI thread."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from onestop.errors import DatabaseNewer, ServerBusy, ServerPreparing, WrongFolder
from onestop.store.database import Database
from onestop.store.migrations import HEAD, alembic_config, knows
from onestop.store.postgres.backing import WRITE_LOCK, WRITES, Server, create_server_engine
from onestop.store.postgres.failures import translate_server_errors
from onestop.store.postgres.notes import numbers_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from onestop.store.postgres.connecting import Door
    from onestop.store.postgres.server_clock import ServerClock

log = logging.getLogger(__name__)

_MODE: Final = "onestop.mode"
_REAL: Final = 1
_PRACTICE: Final = 2
OF_PRACTICE: Final = "これは練習モードのデータベースです。本番では開けません。接続先データベースを確かめてください。"
NOT_OF_PRACTICE: Final = (
    "これは練習モードのデータベースではありません。練習では開けません。接続先データベースを確かめてください。"
)
MOVED_AWAY: Final = "onestop.moved"
"""Noted where the data were moved from here to a desk's own file."""
GONE_FROM_HERE: Final = (
    "このサーバーのデータは、onestop move --from で、あるパソコンへ移してあります。"
    "二重に申請しないように、ここでは開けません。移した先のパソコンで開いてください。"
)


def open_server(door: Door, clock: ServerClock, *, practice: bool = False) -> Database:
    """Open a server's database, creating or upgrading its tables as needed. The caller closes it.

    From then on the clock tells the server's time.

    Raises:
        DatabaseNewer: A newer program, or another one, made the tables; they are untouched.
        WrongFolder: It is one for practice and should be real, or the other way round, or its data were moved away
            from there; it is untouched.
        ServerPreparing: Another desk has been leading the tables up for longer than this one waits.
        StoreError: The server is not there, refuses this desk, or failed.
    """
    bring_up_to_date(door, clock, practice=practice)
    return Database(Server(door, clock), clock)


def bring_up_to_date(door: Door, clock: ServerClock, *, practice: bool = False) -> None:
    """Lead the tables to this program's version, all in one transaction; of several desks one does it.

    Raises:
        OneStopError: see open_server().
    """
    engine = create_server_engine(door, clock).execution_options(**{WRITES: True})
    try:
        with translate_server_errors(), engine.begin() as connection:
            lead_up(connection, practice=practice)
            if numbers_of(connection).noted(MOVED_AWAY):
                raise WrongFolder(GONE_FROM_HERE)
    except ServerBusy as busy:
        if _another_leads_up(engine):
            raise ServerPreparing(*busy.args) from None
        raise
    finally:
        engine.dispose()


def _another_leads_up(engine: Engine) -> bool:
    """Tell whether somebody has the write lock, and the tables are not of this program's version yet."""
    mine = text("SELECT pg_try_advisory_xact_lock(:lock)")
    with translate_server_errors(), engine.execution_options(**{WRITES: False}).begin() as connection:
        return not connection.scalar(mine, {"lock": WRITE_LOCK}) and _version(connection) != HEAD


def lead_up(connection: Connection, *, practice: bool) -> None:
    """Lead the tables to this program's version in the caller's transaction.

    Raises:
        DatabaseNewer, WrongFolder: see open_server().
    """
    version = _version(connection)
    if version != HEAD:
        _upgrade(connection, version)
    numbers, wanted = numbers_of(connection), _PRACTICE if practice else _REAL
    found = numbers.noted(_MODE)
    if not found:
        numbers.note(_MODE, wanted)
    elif found != wanted:
        raise WrongFolder(NOT_OF_PRACTICE if practice else OF_PRACTICE)


def _version(connection: Connection) -> str | None:
    names = text("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
    tables = {*connection.scalars(names)}
    if "alembic_version" not in tables:
        if tables & {"vehicle", "filing"}:
            raise DatabaseNewer("no version")
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _upgrade(connection: Connection, version: str | None) -> None:
    without_patience(connection)
    from alembic import command  # noqa: PLC0415 - half a second that a normal start does not have

    if version is not None and not knows(version):
        raise DatabaseNewer(version)
    command.upgrade(alembic_config(connection), "head")
    log.info("the server's database was brought from %s to %s", version, HEAD)


def without_patience(connection: Connection) -> None:
    """Let the server wait for the rest of this transaction, however long it thinks."""
    for patience in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {patience} = 0")
