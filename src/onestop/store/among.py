"""Comparing with any number of numbers by one parameter, a JSON list: databases limit how many parameters there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, String, bindparam

from onestop.store.words import IsAmong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute


_WANTED: Final = "wanted"


def among(column: InstrumentedAttribute[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these numbers."""
    return IsAmong(column, bindparam(None, _as_json(numbers), String))


def among_wanted(column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the numbers that each execution brings with `listed`.

    A statement that is written once costs a third of one that is put together each time.
    """
    return IsAmong(column, bindparam(_WANTED, type_=String))


def listed(numbers: Iterable[int]) -> dict[str, str]:
    """Return the parameters of a statement with `among_wanted`."""
    return {_WANTED: _as_json(numbers)}


def _as_json(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))
