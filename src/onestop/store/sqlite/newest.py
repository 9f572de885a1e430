"""Makes a new database as the whole ladder of migrations would leave it, in one stroke: a first start waits for it.

Without SQLAlchemy and Alembic, whose imports and rungs take a second and a half of a processor.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from onestop.errors import StoreError
from onestop.paths import MIGRATIONS
from onestop.store.failures import translate_db_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.row_sums import sum_everything

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key


def make_newest(path: Path, key: Key | None = None) -> None:
    """Fill a file that is not there, or has nothing in it, in one transaction that is checked at its end.

    Raises:
        StoreError: The machine failed, or the result did not pass SQLite's checks; there is nothing in the file.
        OSError: What the ladder leads to cannot be read.
    """
    statements = (MIGRATIONS / "newest.sql").read_text(encoding="utf-8")
    with translate_db_errors(), closing(connect_raw(path, key)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.executescript(f"BEGIN IMMEDIATE; {statements}")
        sum_everything(raw)
        check_shape(raw)
        raw.execute("COMMIT")


def check_shape(raw: RawConnection) -> None:
    """Read through what a transaction has made of a database, before it is kept.

    Raises:
        StoreError: It is not in order.
    """
    (verdict,) = raw.execute("PRAGMA integrity_check").fetchone()
    orphans = raw.execute("PRAGMA foreign_key_check").fetchall()
    if verdict != "ok" or orphans:
        raise StoreError(f"the migrated database failed its check ({len(orphans)} orphans)")
