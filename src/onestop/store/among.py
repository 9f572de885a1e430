"""Comparing with any number of values by one parameter, a JSON list: databases limit how many parameters there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import ColumnElement, String, bindparam

from onestop.store.words import IsAmong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute


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
