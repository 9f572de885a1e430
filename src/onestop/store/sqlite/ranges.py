"""Texts with a common beginning as a range on an index, which LIKE is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_, bindparam

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

_LAST_CHARACTER: Final = "\U0010ffff"
"""Sorts behind every other character."""


def begins_with(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a text begins as the parameters of `beginning` say, exactly as written."""
    return and_(column >= bindparam(f"{name}_from"), column < bindparam(f"{name}_behind"))


def beginning(start: str, name: str) -> dict[str, str]:
    """Return the parameters for texts that begin like this."""
    return {f"{name}_from": start, f"{name}_behind": start + _LAST_CHARACTER}
