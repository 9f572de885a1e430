"""How a migration changes a table, which SQLite must rebuild for that.

What migrations that went out rely on never changes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.operations import BatchOperations

KEPT: Final = {"sqlite_autoincrement": True}
"""What SQLite does not tell of a table, and a rebuilt table would lose."""


@contextmanager
def rebuilt(table: str) -> Iterator[BatchOperations]:
    """Rebuild a table; a number that was given once is never given again, though only a deleted record had it."""
    bind, name = op.get_bind(), {"name": table}
    if bind.dialect.name != "sqlite":
        with op.batch_alter_table(table) as altered:
            yield altered
        return
    given = bind.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), name)
    with op.batch_alter_table(table, table_kwargs=KEPT) as altered:
        yield altered
    bind.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), name)
    bind.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), {**name, "seq": given or 0})
