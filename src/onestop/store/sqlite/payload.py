"""Looking into what was sent, which is kept as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, String, func

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute


def told_in(payload: InstrumentedAttribute[str | None], name: str) -> ColumnElement[str]:
    """Return what a payload says of a name; an empty text where it says nothing, or there is none."""
    return func.coalesce(func.json_extract(payload, f"$.{name}", type_=String), "", type_=String)
