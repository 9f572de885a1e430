"""What the two databases say differently, one function each: SQLite's word, and PostgreSQL's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from sqlalchemy import Boolean, ColumnElement, String, bindparam, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import BindParameter
    from sqlalchemy.orm import InstrumentedAttribute
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.operators import OperatorType


__all__ = ["IsAmong", "among", "among_wanted", "insert", "listed", "month_of", "packed", "told_in"]
# insert: what is done about a conflict is said in PostgreSQL's words, which SQLite took over


class IsAmong(FunctionElement[bool]):
    """Whether a number or a text is in a JSON list, which is one parameter however many there are."""

    name = "is_among"
    inherit_cache = True
    type = Boolean()

    def __init__(self, column: InstrumentedAttribute[Any], values: BindParameter[str]) -> None:
        super().__init__(column, values)
        self.has_texts = isinstance(column.type, String)

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002 - it stands so anywhere
        """Return it as it is: SQLAlchemy would make it `… = 1` for SQLite, which no index serves."""
        return self


class _ToldIn(FunctionElement[str]):
    name = "told_in"
    inherit_cache = True
    type = String()


class _MonthOf(FunctionElement[str]):
    name = "month_of"
    inherit_cache = True
    type = String()


class _Packed(FunctionElement[str]):
    name = "packed"
    inherit_cache = True
    type = String()


def told_in(payload: InstrumentedAttribute[str | None], name: str) -> ColumnElement[str]:
    """Return what a payload, which is kept as JSON, says of a name; an empty text where it says nothing."""
    return func.coalesce(_ToldIn(payload, name), "", type_=String)


def month_of(day: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """Return the month of a day, such as 2026-11."""
    return _MonthOf(day)


def packed(numbers: ColumnElement[int], digits: ColumnElement[int]) -> ColumnElement[str]:
    """Return numbers one after another, in their order, each with so many hexadecimal digits: none may need more."""
    return _Packed(numbers, digits)


ValueT = TypeVar("ValueT", int, str)
_WANTED: Final = "wanted"


def among(column: InstrumentedAttribute[ValueT], values: Iterable[ValueT]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these values."""
    return IsAmong(column, bindparam(None, _as_json(values), String))


def among_wanted(column: InstrumentedAttribute[ValueT]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values that each execution brings with `listed`.

    A statement that is written once costs a third of one that is put together each time.
    """
    return IsAmong(column, bindparam(_WANTED, type_=String))


def listed(values: Iterable[int] | Iterable[str]) -> dict[str, str]:
    """Return the parameters of a statement with `among_wanted`."""
    return {_WANTED: _as_json(values)}


def _as_json(values: Iterable[int] | Iterable[str]) -> str:
    return json.dumps([*values])


@compiles(IsAmong)
def _(element: IsAmong, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, values = (compiler.process(each, **told) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - SQLAlchemy's own


@compiles(IsAmong, "postgresql")
def _(element: IsAmong, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    column, values = (compiler.process(each, **told) for each in element.clauses)
    if element.has_texts:
        return f"{column} IN (SELECT json_array_elements_text(CAST({values} AS json)))"
    return f"{column} = ANY (CAST(translate({values}, '[]', '{{}}') AS bigint[]))"


@compiles(_ToldIn)
def _(element: _ToldIn, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    payload, name = (compiler.process(each, **told) for each in element.clauses)
    return f"json_extract({payload}, '$.' || {name})"


@compiles(_ToldIn, "postgresql")
def _(element: _ToldIn, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    payload, name = (compiler.process(each, **told) for each in element.clauses)
    return f"(CAST({payload} AS json) ->> {name})"


@compiles(_MonthOf)
def _(element: _MonthOf, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    return f"substr({compiler.process(element.clauses, **told)}, 1, 7)"


@compiles(_MonthOf, "postgresql")
def _(element: _MonthOf, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    return f"to_char({compiler.process(element.clauses, **told)}, 'YYYY-MM')"


@compiles(_Packed)
def _(element: _Packed, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    numbers, digits = (compiler.process(each, **told) for each in element.clauses)
    return f"group_concat(printf('%0*x', {digits}, {numbers}), '')"


@compiles(_Packed, "postgresql")
def _(element: _Packed, compiler: SQLCompiler, **told: Any) -> str:  # noqa: ANN401 - the same
    numbers, digits = (compiler.process(each, **told) for each in element.clauses)
    return f"string_agg(lpad(to_hex({numbers}), {digits}, '0'), '')"
