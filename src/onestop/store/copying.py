"""Copies every table from one database to another, in lots, and sums them by what stands in them, whatever keeps it.

A row is canonical as a line of JSON with its columns in the order of their names; a table's hash is over its lines in
the order of its key. So a table has the same hash on SQLite, SQLCipher and PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
import json
from base64 import b64encode
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import LargeBinary, insert, select

from onestop.store.schema import BOOKS, METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import Row, Table
    from sqlalchemy.engine import Connection

    Told = Callable[[str, int], None]
    """Hears a table's name, and how many of its rows are done."""

LOT: Final = 500
"""Rows that are in memory at once."""
LOT_OF_FILES: Final = 20
"""The same where a row may hold a whole file."""
TABLES: Final = tuple(table for table in METADATA.sorted_tables if table not in BOOKS)
"""What belongs to the shop, each after those that it refers to."""
COUNTING: Final = tuple(table for table in TABLES if table.dialect_options["sqlite"]["autoincrement"])
"""Whose numbers are never given twice, not even after a deletion."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and the hash of all of them."""

    name: str
    rows: int
    digest: str


def copy_all(source: Connection, target: Connection, told: Told) -> tuple[TableSum, ...]:
    """Copy all tables into empty ones, in the caller's transactions; returns the sums of what was read."""
    return tuple(_summed(source, table, told, target) for table in TABLES)


def sums(connection: Connection) -> tuple[TableSum, ...]:
    """Return the sums of all tables as they are."""
    return tuple(_summed(connection, table, lambda _name, _rows: None) for table in TABLES)


def holds_rows(connection: Connection) -> bool:
    """Tell whether anything of a shop's stands in a database."""
    return any(connection.execute(select(*table.primary_key).limit(1)).first() for table in TABLES)


def fingerprint(all_sums: Iterable[TableSum]) -> int:
    """Return one number for the sums of all tables, of 63 bits: as large as a note takes."""
    lines = "\n".join(f"{each.name} {each.rows} {each.digest}" for each in all_sums)
    return int.from_bytes(sha256(lines.encode()).digest()[:8], "big") >> 1


def canonical(row: Iterable[Any]) -> bytes:
    """Return the line of a row."""
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=plain).encode() + b"\n"


def plain(value: object) -> str:
    """Return as text what JSON has no word for."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def lots(connection: Connection, table: Table) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """Yield the rows of a table in the order of its key, never more than a lot at once."""
    columns = sorted(table.columns, key=lambda column: column.name)
    at_once = LOT_OF_FILES if any(isinstance(column.type, LargeBinary) for column in columns) else LOT
    wanted = select(*columns).order_by(*table.primary_key).execution_options(yield_per=at_once)
    return connection.execute(wanted).partitions()


def _summed(source: Connection, table: Table, told: Told, target: Connection | None = None) -> TableSum:
    digest, rows = sha256(), 0
    for lot in lots(source, table):
        if target is not None:
            target.execute(insert(table), [dict(row._mapping) for row in lot])  # noqa: SLF001 - public, in spite of its name
        for row in lot:
            digest.update(canonical(row))
        rows += len(lot)
        told(table.name, rows)
    return TableSum(table.name, rows, digest.hexdigest())
