"""What can still be read of a row that is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Integer, LargeBinary

from onestop.store.compiled import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Column, Table


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
