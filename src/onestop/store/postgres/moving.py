"""A server's database as one end of a move: one transaction, in which no desk works on it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from onestop.errors import NotAllowed
from onestop.store.copying import COUNTING, TABLES, fingerprint, holds_rows, sums
from onestop.store.migrations import alembic_config
from onestop.store.postgres.backing import WRITES, create_server_engine
from onestop.store.postgres.failures import translate_server_errors
from onestop.store.postgres.notes import numbers_of
from onestop.store.postgres.opening import GONE_FROM_HERE, MOVED_AWAY, lead_up, without_patience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from onestop.store.postgres.connecting import Door
    from onestop.store.postgres.server_clock import ServerClock

ORIGIN: Final = "onestop.origin"
"""Of which file the database is a copy; the number stands beside the file (moved.py)."""
COPIED: Final = "onestop.copied"
"""The fingerprint of what was copied: whether anybody has worked on it since."""

DESKS_OPEN: Final = (
    "サーバーのデータベースを、ほかの端末が使っています({}件の接続)。すべての端末で onestop を閉じてから、"
    "もう一度実行してください。何も変えていません。"
).format
HOLDS_OTHER: Final = (
    "サーバーのデータベースに、別のデータが入っています。上書きはしません。空のデータベースを指定してください。"
)
WORKED_ON: Final = (
    "サーバーのデータベースは、前に移したあとで使われています。上書きはしません。このパソコンへ戻すときは "
    "onestop move --from を使い、別に移すときは、空のデータベースを指定してください。"
)
_OTHER_DESKS: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND application_name LIKE 'onestop%'"
)
_IN_A_MOMENT: Final = text("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()")
LOOKS: Final = 10
"""For a second: the server knows of a desk for some moments after it was closed."""


@contextmanager
def alone_on_server(door: Door, clock: ServerClock) -> Iterator[Connection]:
    """Give the one transaction of a move, which is kept at the end of the block; tables are up to date in it.

    Raises:
        NotAllowed: A desk is connected.
        DatabaseNewer, WrongFolder, StoreError: see opening.py.
    """
    engine = create_server_engine(door, clock).execution_options(**{WRITES: True})
    try:
        with translate_server_errors(), engine.begin() as connection:
            without_patience(connection)
            if desks := _desks_that_stay(connection):
                raise NotAllowed(DESKS_OPEN(desks))
            lead_up(connection, practice=False)
            yield connection
    finally:
        engine.dispose()


def _desks_that_stay(connection: Connection) -> int:
    for _look in range(LOOKS):
        if not connection.scalar(_OTHER_DESKS):
            return 0
        connection.execute(_IN_A_MOMENT)
    return int(connection.scalar(_OTHER_DESKS) or 0)


def make_room(connection: Connection, origin: int, *, came_back: bool) -> bool:
    """Empty the tables of what is only a copy of before, and tell whether there was one.

    `origin` is the number of the file that is to go there; `came_back`: what was there was moved back to that file.

    Raises:
        NotAllowed: There is something else.
    """
    numbers = numbers_of(connection)
    if not holds_rows(connection):
        return False
    if numbers.noted(ORIGIN) != origin:
        raise NotAllowed(HOLDS_OTHER)
    if numbers.noted(MOVED_AWAY):
        if not came_back:
            raise NotAllowed(GONE_FROM_HERE)
    elif numbers.noted(COPIED) != fingerprint(sums(connection)):
        raise NotAllowed(WORKED_ON)
    _make_anew(connection)
    return True


def go_on_counting(connection: Connection) -> None:
    """Let every table go on above its highest key, and 管理番号 above what the caller has already said."""
    for table in TABLES:
        (key,) = table.primary_key
        asked = {"of": table.name, "key": key.name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:of, :key)"), asked)
        if sequence is not None and table not in COUNTING:
            highest = f"SELECT setval('{sequence}', max({key.name})) FROM {table.name} HAVING max({key.name}) > 0"  # noqa: S608 - names of the schema
            connection.exec_driver_sql(highest)


def _make_anew(connection: Connection) -> None:
    """Make all tables anew: what keeps the history from being deleted goes with them."""
    from alembic import command  # noqa: PLC0415 - half a second that a normal start does not have

    command.downgrade(alembic_config(connection), "base")
    lead_up(connection, practice=False)
