"""What statements run on below SQLAlchemy: a connection of the SQLite library, or of psycopg to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    import psycopg

    RawConnection = sqlite3.Connection  # sqlcipher3 has the same interface and no types
    ServerConnection = psycopg.Connection[tuple[Any, ...]]
    Driver = RawConnection | ServerConnection
    Cursor = sqlite3.Cursor | psycopg.Cursor[tuple[Any, ...]]


def is_server(driver: Driver) -> TypeGuard[ServerConnection]:
    """Tell whether a connection leads to a server; psycopg is imported only by whoever opens one."""
    return hasattr(driver, "pgconn")
