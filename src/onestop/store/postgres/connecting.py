"""Opens connections to a server; the one place where psycopg is told how."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

import psycopg

from onestop.store.postgres.failures import translate_server_errors
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.telling import DESK

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg.abc import RV, PQGen

    from onestop.store.postgres.place import ServerPlace

CONNECT_SECONDS: Final = 5
STATEMENT_MS: Final = 30_000
LOCK_MS: Final = 10_000
IDLE_MS: Final = 60_000
"""A transaction that stands still for so long is ended by the server: its desk sleeps, or is cut off."""
WRITER_IDLE_MS: Final = 8_000
"""The same of one that writes. Less than LOCK_MS, so that whoever waits for its lock gets it and is not refused."""
SILENCE_MS: Final = 10_000
"""How long what was sent may go unacknowledged before the line counts as cut."""
ANSWER_SECONDS: Final = 45.0
"""How long an answer may take that the server itself does not limit, such as that of a commit."""
LONGEST_NAME: Final = 63
"""Bytes of an application_name; more are cut off by the server."""
OPTIONS: Final[dict[str, str | int]] = {
    "statement_timeout": STATEMENT_MS,
    "lock_timeout": LOCK_MS,
    "idle_in_transaction_session_timeout": IDLE_MS,
    "synchronous_commit": "on",
    "TimeZone": "UTC",
    "standard_conforming_strings": "on",
}


logging.getLogger("psycopg").setLevel(logging.ERROR)
"""What it warns of is raised as well, and its words name the user and the database."""


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that waits for no answer for ever: what lies between may swallow it without a word."""

    is_cut = False
    """Nothing comes over it any more, as another thread says."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer. Who says for how long waits for what need not come, such as a notification.

        Raises:
            psycopg.OperationalError: It did not come, or the line was cut; the connection is closed.
        """
        if timeout is not None:
            return super().wait(self._until_cut(gen), interval, timeout)
        try:
            return super().wait(self._until_cut(gen), interval, ANSWER_SECONDS)
        except psycopg.errors._WaitTimeout:  # noqa: SLF001 - what wait() is documented to raise
            raise self._ended("no answer") from None

    def _until_cut(self, gen: PQGen[RV]) -> PQGen[RV]:
        """Look after each interval whether somebody cut the line: Windows wakes nobody who waits on it."""
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if self.is_cut and not ready:
                    raise self._ended("cut")
                wanted = gen.send(ready)
        except StopIteration as end:
            found: RV = end.value
            return found

    def _ended(self, why: str) -> psycopg.OperationalError:
        self.pgconn.finish()
        return psycopg.OperationalError(why)


class Door:
    """The way to one database on one server. Knows the password and shows it to nobody."""

    def __init__(self, place: ServerPlace, password: str = "", terminal: str = "") -> None:
        self.place = place
        self._password = password
        self._terminal = terminal
        self.mark = token_hex(8)
        """By which a desk knows what it told itself (postgres/telling.py)."""
        self.reached: Callable[[], None] = lambda: None
        """Hears of it when a connection came about."""
        self._open: WeakSet[Connection] = WeakSet()

    def __repr__(self) -> str:
        """Name it without the password and the place."""
        return "Door()"

    def connect(self, *, autocommit: bool = False) -> Connection:
        """Open a connection. The caller closes it.

        Raises:
            psycopg.Error: It cannot be opened (postgres/failures.py).
        """
        told: dict[str, Any] = {
            **self.place.parameters(),
            "connect_timeout": CONNECT_SECONDS,
            "application_name": application_name(self._terminal),
            "options": " ".join(f"-c {name}={value}" for name, value in {**OPTIONS, DESK: self.mark}.items()),
            "client_encoding": "UTF8",
            "target_session_attrs": "read-write",  # never a standby that only follows
            "gssencmode": "disable",
            "keepalives_idle": 30,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": SILENCE_MS,
            "passfile": f"{os.devnull}/none",  # the keychain alone knows the password
        }
        if self._password:
            told["password"] = self._password
        opened = Connection.connect(autocommit=autocommit, **told)
        self._open.add(opened)
        self.reached()
        return opened

    def cut(self) -> None:
        """Let everybody who waits on a connection hear at once that nothing comes any more. From any thread."""
        for connection in [*self._open]:
            cut(connection)


def try_server(url: str, password: str) -> None:
    """Connect to a server's database, and leave it at once: before its address is kept.

    Raises:
        InvalidInput: The address is none.
        StoreError: The server is not there, or does not let this desk in.
    """
    with translate_server_errors():
        Door(parse_place(url), password).connect().close()


def cut(connection: Connection) -> None:
    """End the line of a connection under whoever waits on it; it is still to be closed."""
    connection.is_cut = True
    with suppress(OSError, psycopg.Error):
        line = socket.socket(fileno=connection.fileno())
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()


def application_name(terminal: str) -> str:
    """Return under which name the server's administrator sees this desk."""
    return f"onestop {terminal}".strip().encode("ascii", "replace").decode()[:LONGEST_NAME]
