"""Makes a whole database of a damaged one: what is as it was written, and what can be had of the rest.

The sums beside the rows say which rows there were, so that a row that is gone is missed, and one damaged page costs
its rows and nothing else.
"""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Integer, LargeBinary

from onestop.errors import HurtRow
from onestop.files import patiently
from onestop.model.lists import LARGEST_CONTROL_NUMBER
from onestop.paths import make_private_file
from onestop.store.compiled import reader_of
from onestop.store.failures import is_of_the_machine, translate_db_errors
from onestop.store.migrations import VERSION_NUMBER
from onestop.store.schema import METADATA
from onestop.store.sqlite.engine import LibraryError, connect_raw, fitting, uri_of
from onestop.store.sqlite.health import is_sound
from onestop.store.sqlite.row_sums import (
    SEQUENCE,
    has_sums,
    hurt_keys,
    is_schema_whole,
    know_sum,
    note_sequence,
    sum_everything,
    summed,
    tolerate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Column, Table

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key
    from onestop.store.sqlite.row_sums import Summed

VERSION: Final = "alembic_version"
OURS: Final = (VERSION, "save_mark")
"""What the store keeps for itself: nobody is told of it, and it is made again."""
MARKS: Final = "onestop."
"""How the names begin of marks (practice or real) that are kept among the tables' numbers."""
_PLATE: Final = ("area", "class_number", "kana", "serial", "chassis_number")


def mend(
    hurt: Path, part: Path, backup: Path | None, key: Key | None = None, *, from_backup: bool = True
) -> tuple[HurtRow, ...] | None:
    """Make a whole database at `part`; returns the rows that were hurt, or None where nothing can be made.

    Args:
        hurt: The damaged file, which is only read, with its WAL.
        part: The new file; it does not exist, or is thrown away.
        backup: A good backup.
        key: What they are encrypted with, as far as they are.
        from_backup: Whether the backup's version of a hurt row goes before what is legible of it, or behind.

    Raises:
        StoreError: The machine failed: disk full, no right.
    """
    patiently(lambda: part.unlink(missing_ok=True))
    make_private_file(part)
    with translate_db_errors():
        try:
            with closing(_Hurt(hurt, fitting(hurt, key))) as old, closing(connect_raw(part, old.key)) as new:
                mended = _Mender(old, new, backup, key).mend(from_backup=from_backup)
        except LibraryError as error:
            if is_of_the_machine(error):
                raise
            return None
    if mended is None or not is_sound(part, key):
        return None
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return mended


class _Hurt:
    """The damaged file. Whoever met a damaged page of an encrypted one reads nothing more: so it is opened anew."""

    def __init__(self, path: Path, key: Key | None) -> None:
        self.path = path
        self.key = key
        self._open()

    @contextmanager
    def read(self) -> Iterator[None]:
        """Read what may be damaged."""
        try:
            yield
        except LibraryError:
            self.open_anew()
            raise

    def open_anew(self) -> None:
        """Forget what could not be read."""
        self.close()
        self._open()

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()

    def _open(self) -> None:
        self.raw = connect_raw(self.path, self.key, read_only=True)
        know_sum(self.raw)
        tolerate(self.raw)


class _Mender:
    """One mending: rows go from the old file into the new one by SQL, byte by byte."""

    def __init__(self, old: _Hurt, new: RawConnection, backup: Path | None, key: Key | None) -> None:
        self._old = old
        self._new = new
        self._places = ["hurt"]
        _attach(new, "hurt", old.path, old.key)
        if backup is not None:
            _attach(new, "kept", backup, fitting(backup, key))
            self._places.append("kept")

    def mend(self, *, from_backup: bool) -> tuple[HurtRow, ...] | None:
        if not has_sums(self._old.raw) or not is_schema_whole(self._old.raw):
            return None
        version = self._version()
        if version is None:
            return None
        self._new.execute("BEGIN")
        self._make_tables()
        rows = [row for table in summed(self._new) for row in self._filled(table, from_backup=from_backup)]
        self._new.execute(f"INSERT INTO {VERSION} VALUES (?)", (version,))  # noqa: S608 - a constant
        self._number()
        sum_everything(self._new)
        self._new.execute("COMMIT")
        return tuple(rows)

    def _version(self) -> str | None:
        """Return the migration of the file: what its sum says, or, if that is damaged, what stands there."""
        sure = "SELECT key FROM row_sum WHERE of = ? AND sum = row_sum(CAST(quote(key) AS BLOB))"
        there = f"SELECT version_num FROM {VERSION}"  # noqa: S608 - a constant
        found = [*self._old.raw.execute(sure, (VERSION,)), *self._old.raw.execute(there)]
        return next((str(version) for (version,) in found if VERSION_NUMBER.fullmatch(str(version))), None)

    def _make_tables(self) -> None:
        made = (
            "SELECT sql FROM hurt.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "ORDER BY type = 'trigger', type DESC"
        )
        for (sql,) in self._new.execute(made).fetchall():
            self._new.execute(sql)
        (mark,) = self._old.raw.execute("PRAGMA application_id").fetchone()
        self._new.execute(f"PRAGMA application_id = {mark}")
        kept_version = f"SELECT * FROM kept.{VERSION}"  # noqa: S608 - a constant
        if "kept" in self._places and self._new.execute(kept_version).fetchall() != [(self._version(),)]:
            self._places.remove("kept")  # of another program: its rows may look otherwise

    def _filled(self, table: Summed, *, from_backup: bool) -> list[HurtRow]:
        if table.name == VERSION:
            return []
        hurt = self._hurt(table)
        if not hurt:
            # WHERE: else SQLite copies the indexes page by page, and with them what is damaged
            self._new.execute(f"INSERT INTO main.{table.name} SELECT * FROM hurt.{table.name} WHERE 1")  # noqa: S608 - names of the schema
            return []
        # where a page is out of order, a row that has its sum may not be found by its key
        hurt |= {key for key in self._keys(table) - hurt if not self._take("hurt", table, key)}
        rows = [self._mended(table, key, from_backup=from_backup) for key in sorted(hurt)]
        return [] if table.name in OURS else rows

    def _hurt(self, table: Summed) -> set[str]:
        try:
            return hurt_keys(self._old.raw, table)
        except LibraryError as error:
            if is_of_the_machine(error):
                raise
            self._old.open_anew()
            return {key for key in self._keys(table) if not self._is_whole(table, key)}

    def _keys(self, table: Summed) -> set[str]:
        """Return the keys of the rows that have a sum or are there: either list may be damaged, and end too early."""
        there = f'SELECT {table.key_of("r")} FROM "{table.name}" r NOT INDEXED'  # noqa: S608 - names of the schema
        keys: set[str] = set()
        for query, values in (("SELECT key FROM row_sum WHERE of = ?", (table.name,)), (there, ())):
            with suppress(*LibraryError), self._old.read():
                for (key,) in self._old.raw.execute(query, values):
                    keys.add(key)
        return keys

    def _is_whole(self, table: Summed, key: str) -> bool:
        query = f"""SELECT 1 FROM "{table.name}" r JOIN row_sum s ON s.of = :of AND s.key = :key
                    WHERE r."{table.key}" = :key AND s.sum = {table.sum_of("r")}"""  # noqa: S608 - names of the schema
        with suppress(*LibraryError), self._old.read():
            return self._old.raw.execute(query, {"of": table.name, "key": key}).fetchone() is not None
        return False

    def _mended(self, table: Summed, key: str, *, from_backup: bool) -> HurtRow:
        values = self._as_it_is(table, key)
        name = self._name(table, key, values)
        in_backup = "kept" in self._places and self._is_in_backup(table, key)
        if in_backup and (from_backup or values is None):
            self._take("kept", table, key)
        elif values is not None:
            marks = ", ".join("?" * len(values))
            self._new.execute(f"INSERT OR IGNORE INTO main.{table.name} VALUES ({marks})", values)  # noqa: S608 - the same
        return HurtRow(table.name, key, name, in_backup=in_backup, legible=values is not None)

    def _take(self, place: str, table: Summed, key: str) -> bool:
        """Copy a row; returns whether it was found."""
        taken = self._new.execute(
            f'INSERT OR IGNORE INTO main.{table.name} SELECT * FROM {place}.{table.name} WHERE "{table.key}" = ?',  # noqa: S608 - the same
            (key,),
        )
        return bool(taken.rowcount)

    def _is_in_backup(self, table: Summed, key: str) -> bool:
        query = f'SELECT 1 FROM kept.{table.name} WHERE "{table.key}" = ?'  # noqa: S608 - the same
        return self._new.execute(query, (key,)).fetchone() is not None

    def _as_it_is(self, table: Summed, key: str) -> list[object] | None:
        """Return the values of a hurt row, as far as they can be read; None if it cannot be kept."""
        query = f'SELECT * FROM "{table.name}" WHERE "{table.key}" = ?'  # noqa: S608 - the same
        with suppress(*LibraryError), self._old.read():
            row = self._old.raw.execute(query, (key,)).fetchone()
            return None if row is None else legible(METADATA.tables[table.name], table.columns, row)
        return None

    def _name(self, table: Summed, key: str, values: list[object] | None) -> str:
        if "serial" not in table.columns:
            return ""
        if "kept" in self._places:
            query = f'SELECT {", ".join(_PLATE)} FROM kept.{table.name} WHERE "{table.key}" = ?'  # noqa: S608 - the same
            row = self._new.execute(query, (key,)).fetchone()
        else:
            row = None
        found = row or [value for column, value in zip(table.columns, values or [], strict=False) if column in _PLATE]
        return " ".join(str(part) for part in found if part)

    def _number(self) -> None:
        """Carry over the last number of each table; where its two notes differ, the higher one: none is given twice.

        Of a mark whose notes differ, the one is carried over that the file's header confirms.
        """
        tables = {table.name for table in summed(self._new) if table.counts}
        (header,) = self._old.raw.execute("PRAGMA application_id").fetchone()
        stand: dict[str, int] = dict(self._new.execute("SELECT name, seq FROM main.sqlite_sequence"))
        for name, values in self._noted().items():
            if name in tables:
                stand[name] = max(*values, stand.get(name, 0))
            elif name.startswith(MARKS):
                stand[name] = header if header in values else max(values)
        for name, value in stand.items():
            note_sequence(self._new, name, value)

    def _noted(self) -> dict[str, list[int]]:
        """Return both notes of the last number of each table; what cannot be a number is left out."""
        both = "SELECT name, seq FROM sqlite_sequence UNION ALL SELECT key, sum FROM row_sum WHERE of = ?"
        noted: dict[str, list[int]] = {}
        for name, value in self._old.raw.execute(both, (SEQUENCE,)):
            if isinstance(value, int) and value <= LARGEST_CONTROL_NUMBER:
                noted.setdefault(name, []).append(value)
        return noted


def _attach(raw: RawConnection, name: str, path: Path, key: Key | None) -> None:
    """Let a connection read another file; without a word about its key it would take its own."""
    raw.execute(f"ATTACH ? AS {name} KEY ?", (f"{uri_of(path.absolute())}?mode=ro", key.pragma if key else ""))


def legible(table: Table, columns: Sequence[str], row: Iterable[object]) -> list[object] | None:
    """Return a row with what cannot be read left empty where it may be; None where the program could not read it."""
    values: list[object] = []
    for name, value in zip(columns, row, strict=True):
        column = table.columns[name]
        if _is_readable(column, value):
            values.append(value)
        elif column.nullable:
            values.append(None)
        else:
            return None
    return values


def _is_readable(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if not isinstance(value, _stored_as(column)):
        return False
    read = reader_of(column)
    try:
        return read is None or read(value) is not None
    except ValueError:
        return False


def _stored_as(column: Column[Any]) -> type:
    if isinstance(column.type, LargeBinary):
        return bytes
    return int if isinstance(column.type, Integer | Boolean) else str
