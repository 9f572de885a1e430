"""Every row has a sum, kept in a table beside it: what changed without this program is known, row by row.

SQLite's own checks look at the shape of a file; most values may change under them (docs/decisions/damage.md). The sums
are written by triggers that belong to the connection and not to the file, so whoever writes through this program keeps
them, with SQLAlchemy or without, and a change that would cover a damaged row is refused.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.store.driver import RawConnection

    Summing = Callable[[bytes], int]

SEQUENCE: Final = "sqlite_sequence"
SCHEMA: Final = "sqlite_schema"
HURT: Final = "onestop: the row is not what was written"
"""What SQLite says where a change of a damaged row is refused."""

_TABLES: Final = """
SELECT name, sql LIKE '%AUTOINCREMENT%' FROM main.sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'row_sum' ORDER BY name"""
_WHOLE_SCHEMA: Final = """
SELECT row_sum(CAST(group_concat(coalesce(sql, ''), ';' ORDER BY type, name) AS BLOB)) FROM main.sqlite_schema
WHERE name NOT LIKE 'sqlite_%'"""

_TOLD: Final = "SELECT name, CAST(sql AS BLOB) FROM main.sqlite_schema WHERE type = 'table' ORDER BY name"
"""All that triggers depend on; as bytes, which may be damaged."""
_Said = tuple[tuple[str, bytes], ...]
_scripts: Final[dict[_Said, str]] = {}
"""What makes the triggers, for each schema that this process has met."""


@dataclass(frozen=True, slots=True)
class Summed:
    """A table whose rows have sums, as it is in this file."""

    name: str
    key: str
    columns: tuple[str, ...]
    counts: bool
    """Its numbers are given by AUTOINCREMENT."""

    def key_of(self, row: str) -> str:
        """Return the SQL of a row's key as text; `row` is how the statement calls the row."""
        return f'CAST({row}."{self.key}" AS TEXT)'

    def sum_of(self, row: str) -> str:
        """Return the SQL of a row's sum, over what is stored, whatever its type; `row` as in `key_of`."""
        values = ", ".join(f'quote({row}."{column}")' for column in self.columns)
        return f"row_sum(CAST(concat_ws('|', {values}) AS BLOB))"


def has_sums(raw: RawConnection) -> bool:
    """Tell whether a file keeps sums: one of an older program doesn't."""
    return raw.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'row_sum'").fetchone() is not None


def summed(raw: RawConnection) -> tuple[Summed, ...]:
    """Return the tables whose rows have sums."""
    return tuple(_described(raw, name, counts=bool(counts)) for name, counts in raw.execute(_TABLES).fetchall())


def know_sum(raw: RawConnection, summing: Summing = zlib.crc32) -> None:
    """Teach a connection to sum. CRC-32 finds every flipped bit and every damage of up to 32 bits in a row."""
    raw.create_function("row_sum", 1, summing, deterministic=True)


def keep_sums(raw: RawConnection) -> None:
    """Let a connection that is in no transaction keep the sums of all that it writes, in the transaction that does.

    Each new connection needs that, and most meet the schema of the one before: its triggers are worked out once.
    """
    know_sum(raw)
    raw.execute("BEGIN")  # what is read here belongs together, though another desk may migrate meanwhile
    said: _Said = tuple(raw.execute(_TOLD).fetchall())
    if said not in _scripts:
        triggers = [trigger for table in summed(raw) for trigger in _triggers(table)] if has_sums(raw) else []
        _scripts[said] = ";".join(["BEGIN", *triggers, "COMMIT"])
    raw.execute("COMMIT")
    raw.executescript(_scripts[said])


def sum_everything(raw: RawConnection) -> None:
    """Sum every row as it stands: after a migration, in its transaction. The file was whole before."""
    know_sum(raw)
    if not has_sums(raw):
        return
    raw.execute("DELETE FROM row_sum")
    for table in summed(raw):
        rows = f"""SELECT ?, {table.key_of("r")}, {table.sum_of("r")} FROM main."{table.name}" r"""  # noqa: S608 - names of the schema
        raw.execute(f"INSERT INTO row_sum {rows}", (table.name,))
    raw.execute("INSERT INTO row_sum SELECT ?, name, max(seq) FROM sqlite_sequence GROUP BY name", (SEQUENCE,))
    raw.execute("INSERT INTO row_sum VALUES (?, '', ?)", (SCHEMA, _schema(raw)))


def note_sequence(raw: RawConnection, name: str, value: int) -> None:
    """Set a number that SQLite gave, or a mark that is kept among them, with its sum."""
    raw.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
    raw.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, value))
    if has_sums(raw):
        raw.execute("INSERT OR REPLACE INTO row_sum VALUES (?, ?, ?)", (SEQUENCE, name, value))


def is_schema_whole(raw: RawConnection) -> bool:
    """Tell whether the tables are as the last migration left them."""
    kept = raw.execute("SELECT sum FROM row_sum WHERE of = ?", (SCHEMA,)).fetchone()
    return kept is not None and bool(kept[0] == _schema(raw))


def hurt_keys(raw: RawConnection, table: Summed) -> set[str]:
    """Return the keys of rows that are not what was written, that nobody wrote, or that are gone.

    Raises:
        LibraryError: The table cannot be read through.
    """
    name, key = table.name, table.key_of("r")
    changed = f"""SELECT {key} FROM main."{name}" r LEFT JOIN row_sum s ON s.of = :of AND s.key = {key}
                  WHERE s.sum IS NOT {table.sum_of("r")}"""  # noqa: S608 - names of the schema
    gone = f"""SELECT s.key FROM row_sum s WHERE s.of = :of
               AND NOT EXISTS (SELECT 1 FROM main."{name}" r WHERE r."{table.key}" = s.key)"""  # noqa: S608 - the same
    return {str(found) for (found,) in raw.execute(f"{changed} UNION ALL {gone}", {"of": name})}


def hurt_sequences(raw: RawConnection) -> set[str]:
    """Return which numbers that were given are not those that were noted."""
    either = """SELECT name FROM sqlite_sequence LEFT JOIN row_sum ON of = :of AND key = name WHERE sum IS NOT seq
                UNION SELECT key FROM row_sum WHERE of = :of AND key NOT IN (SELECT name FROM sqlite_sequence)"""
    return {str(found) for (found,) in raw.execute(either, {"of": SEQUENCE})}


class CountedSums:
    """Sums as CRC-32 does, and tells how many per cent of so many rows that was."""

    def __init__(self, rows: int, tell: Callable[[int], None]) -> None:
        self._rows, self._tell = max(1, rows), tell
        self._done, self._told = 0, -1

    def __call__(self, stored: bytes) -> int:
        """Return the sum of what a row holds."""
        percent = min(99, self._done * 100 // self._rows)
        if percent != self._told:
            self._told = percent
            self._tell(percent)
        self._done += 1
        return zlib.crc32(stored)


def has_hurt_rows(raw: RawConnection, summing: Summing = zlib.crc32) -> bool:
    """Tell whether anything that is stored is not what was written. Reads every row: some 10 µs for each.

    Raises:
        LibraryError: The file cannot be read through.
    """
    know_sum(raw, summing)
    tolerate(raw)
    return has_sums(raw) and (bool(hurt_sequences(raw)) or any(hurt_keys(raw, table) for table in summed(raw)))


def tolerate(raw: RawConnection) -> None:
    """Let a connection read texts that are not valid UTF-8, with � where they are damaged."""
    raw.text_factory = lambda stored: stored.decode(errors="replace")


def _schema(raw: RawConnection) -> int:
    (found,) = raw.execute(_WHOLE_SCHEMA).fetchone()
    return int(found)


def _described(raw: RawConnection, name: str, *, counts: bool) -> Summed:
    columns = raw.execute(f'PRAGMA main.table_info("{name}")').fetchall()
    keys = [column for _, column, _, _, _, is_key in columns if is_key] or ["rowid"]
    return Summed(name, keys[0], tuple(column for _, column, *_ in columns), counts)


def _triggers(table: Summed) -> Iterator[str]:
    """Yield what keeps the sums. No OR REPLACE: what the statement outside does about a conflict would hold instead."""
    name, begun = table.name, 'CREATE TEMP TRIGGER "sum_{0}_{1}" AFTER {0} ON main."{1}" BEGIN'
    of_old = f"of = '{name}' AND key = {table.key_of('OLD')}"
    of_new = f"of = '{name}' AND key = {table.key_of('NEW')}"
    forget = "DELETE FROM row_sum WHERE"
    note = f"INSERT INTO row_sum VALUES ('{name}', {table.key_of('NEW')}, {table.sum_of('NEW')});"  # noqa: S608 - names of the schema
    given = (
        f"INSERT INTO row_sum VALUES ('{SEQUENCE}', '{name}', NEW.\"{table.key}\") "  # noqa: S608 - the same
        "ON CONFLICT (of, key) DO UPDATE SET sum = max(sum, excluded.sum);"
    )
    refuse = (
        f"SELECT RAISE(ABORT, '{HURT}') WHERE NOT EXISTS "  # noqa: S608 - the same
        f"(SELECT 1 FROM row_sum WHERE {of_old} AND sum = {table.sum_of('OLD')});"
    )
    yield f"{begun.format('INSERT', name)} {forget} {of_new}; {note} {given if table.counts else ''} END"
    yield f"{begun.format('UPDATE', name)} {refuse} {forget} {of_old}; {note} END"
    yield f"{begun.format('DELETE', name)} {forget} {of_old}; END"
