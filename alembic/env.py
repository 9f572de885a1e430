"""Runs migrations on the connection that the program hands over, or, for developers, on the file given by -x."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import context

from onestop.store.postgres.shape import shape
from onestop.store.postgres.telling import tell_changes
from onestop.store.schema import METADATA
from onestop.store.sqlite.row_sums import sum_everything
from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def run_on(connection: Connection) -> None:
    """Run the steps that Alembic's command asked for and what follows them, all in this connection's transaction."""
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        sum_everything(connection.connection.driver_connection)
    else:
        shape(connection)
        tell_changes(connection)


def run_on_file(path: Path) -> None:
    """Run them on a developer's file."""
    engine = create_sqlite_engine(path, migrates=True).execution_options(**{WRITES: True})
    with engine.begin() as connection:
        run_on(connection)
    engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    run_on_file(Path(context.get_x_argument(as_dictionary=True)["database"]))
else:
    run_on(given)
