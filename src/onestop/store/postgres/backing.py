"""A database on a server behind a Database (postgres/opening.py makes it ready)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event

from onestop.store.lists import Lists
from onestop.store.postgres import connecting
from onestop.store.postgres.failures import translate_server_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.engine import Connection, Engine
    from sqlalchemy.orm import Session

    from onestop.store.driver import ServerConnection
    from onestop.store.postgres.connecting import Door
    from onestop.store.postgres.server_clock import ServerClock

WRITE_LOCK: Final = int.from_bytes(b"onestop", "big")
"""The number of the one write lock of a database: whoever writes has it from the beginning to the end, as in SQLite."""
WRITES: Final = "onestop_writes"
_BEGINS: Final = (
    "SELECT pg_advisory_xact_lock(%s), clock_timestamp(), set_config('idle_in_transaction_session_timeout', %s, true)"
)


class Server:
    """A database on a server."""

    file: None = None
    key: None = None

    def __init__(self, door: Door, clock: ServerClock) -> None:
        self._door = door
        engine = create_server_engine(door, clock)
        self._engine = engine
        self.reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self.writing = engine.execution_options(isolation_level="READ COMMITTED", **{WRITES: True})

    def open_lists(self) -> Lists:
        """Open what the quick questions are asked of."""
        return Lists(self)

    def connect(self, *, planned_once: bool) -> ServerConnection:
        """Open a connection that writes nothing, where each question is a transaction of its own (lists.py)."""
        driver = self._door.connect(autocommit=True)
        driver.execute("SET default_transaction_read_only = on")
        if planned_once:  # planning anew takes as long as finding a car
            driver.execute("SET plan_cache_mode = force_generic_plan")
        return driver

    @contextmanager
    def saving(self, session: Session) -> Iterator[None]:
        """Hold the only write lock, which the server takes back with the transaction."""
        session.connection()
        yield
        session.commit()

    def told(self) -> AbstractContextManager[None]:
        """Tell what fails inside in the words of onestop.errors."""
        return translate_server_errors()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def create_server_engine(door: Door, clock: ServerClock) -> Engine:
    """Return an engine on a server's database, usable from several threads; the clock hears its time by each write."""
    creating: Any = door.connect
    engine = create_engine(
        "postgresql+psycopg://",
        creator=creating,
        hide_parameters=True,
        pool_size=4,
        max_overflow=-1,
        pool_use_lifo=True,
        pool_pre_ping=True,  # the server may have been started anew meanwhile
    )

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            # the lock comes before anything is read: what is read then is still true when it is written
            asked = connection.exec_driver_sql(_BEGINS, (WRITE_LOCK, str(connecting.WRITER_IDLE_MS)))
            clock.heard(asked.one()[1])

    event.listen(engine, "begin", begin)
    return engine
