"""Texts with a common beginning as a range on an index, which LIKE is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

_LAST_CHARACTER: Final = "\U0010ffff"
"""Sorts behind every other character."""


def begins_with(column: InstrumentedAttribute[Any], start: str) -> ColumnElement[bool]:
    """Return the condition that a text begins with this one, exactly as written."""
    return and_(column >= start, column < start + _LAST_CHARACTER)
