"""Comparing with any number of numbers by one parameter, a JSON list: SQLite limits how many parameters there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, String, bindparam, func, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute


def among(column: InstrumentedAttribute[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these numbers."""
    listed = func.json_each(bindparam(None, json.dumps(list(numbers)), String)).table_valued("value")
    return column.in_(select(listed.c.value))
