"""What a server's database says of itself: for real work or practice, restored or not, and which numbers were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import Any, LiteralString

    from sqlalchemy.engine import Connection

    from onestop.store.driver import ServerConnection


BACKED_UP: Final = "onestop.backed_up"
"""When the administrator's script last backed the database up, in seconds since 1970 (docs/administration.md)."""
_SEQUENCE: Final = (
    "(SELECT pg_get_serial_sequence(table_name, column_name) FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = %s AND column_default LIKE 'nextval%%')"
)


class ServerNumbers:
    """The numbers that were given, and what is noted beside them; the twin of FileNumbers (sqlite/restored.py)."""

    def __init__(self, driver: ServerConnection) -> None:
        self._driver = driver

    def noted(self, name: str) -> int:
        """Return what was noted under a name; 0 if nothing was."""
        return self._number("SELECT value FROM server_note WHERE name = %s", name)

    def note(self, name: str, value: int) -> None:
        """Note it."""
        self._driver.execute(
            "INSERT INTO server_note VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def highest_given(self, table: str) -> int:
        """Return the highest 管理番号 of a table that was ever given; 0 at first."""
        return self._number(f"SELECT pg_sequence_last_value({_SEQUENCE}::regclass)", table)

    def give_only_above(self, table: str, control_number: int) -> None:
        """Never give this 管理番号 or a lower one again; taking the transaction back would not take this back."""
        self._driver.execute(f"SELECT setval({_SEQUENCE}, %s)", (table, control_number))

    def _number(self, question: LiteralString, of: str) -> int:
        found = self._driver.execute(question, (of,)).fetchone()
        return int(found[0] or 0) if found else 0


def numbers_of(connection: Connection) -> ServerNumbers:
    """Return the numbers that were given, and what is noted, in a transaction's database."""
    driver: Any = connection.connection.driver_connection
    return ServerNumbers(driver)
