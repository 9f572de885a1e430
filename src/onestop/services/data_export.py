"""データの書き出し: everything that the program keeps, in files that any program reads, with their schema beside them.

Each table is written as JSON Lines, where every value is as it is stored, and as CSV for a spreadsheet. What the tables
and columns are is written from the models; what they are called stands in resources/export.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import file_digest
from typing import TYPE_CHECKING, Any, Final

from onestop import VERSION
from onestop.documents.saving import put_in_place
from onestop.documents.table_file import defused
from onestop.errors import InvalidInput, Problem
from onestop.model.shipped import rows_of
from onestop.store.copying import plain
from onestop.store.described import described

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.store.database import Database
    from onestop.store.described import DescribedColumn, DescribedTable

FIELD: Final = "folder"
NOT_EMPTY: Final = "{} には、ファイルがあります。空のフォルダーか、新しいフォルダーを指定してください。".format


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One table as it was written: how many rows, and the SHA-256 of its files by their names."""

    name: str
    meaning: str
    rows: int
    files: dict[str, str]


class DataExport:
    """Takes all data out, at any time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def write(self, folder: Path) -> tuple[WrittenTable, ...]:
        """Write everything into a folder that is empty or not there yet, in one consistent state of the database.

        Raises:
            InvalidInput: There is something in the folder.
            FileNotWritten: A file could not be written.
            StoreError: The database failed.
        """
        if folder.exists() and any(folder.iterdir()):
            raise InvalidInput(Problem(FIELD, NOT_EMPTY(folder.name)))
        with self._database.read() as shelves:
            written = tuple(_write(folder, table, shelves.everything.rows(table.name)) for table in described())
        _write_json(folder / "schema.json", schema())
        about = {"program": f"onestop {VERSION}", "made_at": self._clock.now().isoformat()}
        _write_json(folder / "manifest.json", about | {"tables": [asdict(each) for each in written]})
        return written


def schema() -> list[dict[str, Any]]:
    """Return what each table and column is, from the models."""
    return [
        {
            "table": table.name,
            "meaning": _meanings("table")[table.name]["meaning"],
            "columns": [_told(column) for column in table.columns],
        }
        for table in described()
    ]


@cache
def _meanings(kind: str) -> Mapping[str, dict[str, str]]:
    """Return the rows of resources/export about each table, or each column, by its name."""
    return {row[kind]: row for row in rows_of(f"export/{kind}s.csv")}


def _told(column: DescribedColumn) -> dict[str, Any]:
    row = _meanings("column")[column.name]
    return asdict(column) | {"meaning": row["meaning"], "unit": row["unit"]}


def _write(folder: Path, table: DescribedTable, rows: Iterable[dict[str, Any]]) -> WrittenTable:
    names = [column.name for column in table.columns]
    lines, cells = folder / f"{table.name}.jsonl", folder / f"{table.name}.csv"
    count = 0
    with (
        put_in_place(lines) as lines_part,
        put_in_place(cells) as cells_part,
        lines_part.open("w", encoding="utf-8", newline="\n") as jsonl,
        cells_part.open("w", encoding="utf-8-sig", newline="") as sheet,
    ):
        writer = csv.writer(sheet)
        writer.writerow(names)
        for row in rows:
            told = {name: row[name] for name in names}
            jsonl.write(f"{json.dumps(told, ensure_ascii=False, default=plain)}\n")
            writer.writerow([_cell(value) for value in told.values()])
            count += 1
    files = {each.name: _hash(each) for each in (lines, cells)}
    return WrittenTable(table.name, _meanings("table")[table.name]["meaning"], count, files)


def _cell(value: object) -> str:
    """Return a value for a spreadsheet, which may take nothing of it for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else plain(value)


def _write_json(path: Path, told: object) -> None:
    with put_in_place(path) as part:
        part.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
