"""What the tables and their columns are, in plain words, from the models: for whoever reads the data without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Date, Float, Integer, LargeBinary

from onestop.model.base import Moment, Word
from onestop.store.copying import TABLES

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.types import TypeEngine

LEFT_OUT: Final = frozenset({"pin_hash", "sent_as"})
"""Columns that hold what could help to find a secret: the hash of a 暗証番号, and that of an APIキー."""
_TYPES: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (Moment, "日時 (UTC, ISO 8601)"),
    (Date, "日付 (ISO 8601)"),
    (Boolean, "真偽 (true/false)"),
    (Integer, "整数"),
    (Float, "小数"),
    (LargeBinary, "バイト列 (Base64)"),
)
_TEXT: Final = "文字列"


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """One column."""

    name: str
    type: str
    may_be_empty: bool
    is_key: bool
    refers_to: str
    """table.column; empty for none."""
    words: tuple[str, ...] = ()
    """All values that there are, where it holds one of a few words."""


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """One table, without what must not be told."""

    name: str
    columns: tuple[DescribedColumn, ...]


def described() -> tuple[DescribedTable, ...]:
    """Return all tables, each after those that it refers to."""
    return tuple(
        DescribedTable(table.name, tuple(_column(each) for each in table.columns if each.name not in LEFT_OUT))
        for table in TABLES
    )


def _column(column: Column[Any]) -> DescribedColumn:
    kind = column.type
    return DescribedColumn(
        column.name,
        next((word for known, word in _TYPES if isinstance(kind, known)), _TEXT),
        may_be_empty=bool(column.nullable),
        is_key=column.primary_key,
        refers_to="".join(key.target_fullname for key in column.foreign_keys),
        words=tuple(word.value for word in kind.kind) if isinstance(kind, Word) else (),
    )
