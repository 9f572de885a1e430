"""Writes alembic/newest.sql: what the ladder leads to, from which a new database is made.

Run after a migration was written or changed, from the top of the repository: `python tests/migrations/write_newest.py`.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import command

from onestop.paths import MIGRATIONS
from onestop.store.migrations import one_transaction
from onestop.store.sqlite.engine import connect_raw

if TYPE_CHECKING:
    from sqlite3 import Connection

NEWEST: Final = MIGRATIONS / "newest.sql"
SUMMED_ANEW: Final = "row_sum"


def climbed(path: Path) -> Path:
    """Make a database by going up the whole ladder."""
    with one_transaction(path) as config:
        command.upgrade(config, "head")
    return path


def statements(raw: Connection) -> list[str]:
    """Return what makes an empty database like this one: its tables, what belongs to them, and its rows, by name.

    Alembic makes the indexes and constraints of a table that it rebuilds in an order that is never the same.
    """
    schema = raw.execute("""SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
                            ORDER BY type <> 'table', type, name""")
    return [*(sql for (sql,) in schema), *rows(raw)]


def rows(raw: Connection) -> list[str]:
    """Return what puts the rows there, but for their sums, by table."""
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found = []
    for table in tables:
        if table != SUMMED_ANEW:
            columns = [name for _, name, *_ in raw.execute(f'PRAGMA table_info("{table}")')]
            values = " || ', ' || ".join(f'quote("{name}")' for name in columns)
            told = raw.execute(f'SELECT {values} FROM "{table}"').fetchall()  # noqa: S608 - names of the schema
            found += [f'INSERT INTO "{table}" VALUES ({row})' for (row,) in told]  # noqa: S608 - the same
    return sorted(found)


def main() -> int:
    """Write the file; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder, closing(connect_raw(climbed(Path(folder) / "onestop.db"))) as raw:
        text = "".join(f"{each};\n" for each in statements(raw))
    NEWEST.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
