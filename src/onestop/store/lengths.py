"""What is too long to be stored: SQLite takes a text of any length, whatever its column says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Text, inspect

from onestop.errors import Problem
from onestop.model.limits import LIMITS, LINE, MEMO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Mapper


def too_long(record: object) -> Iterator[Problem]:
    """Name each new text of a record that is longer than model/limits.py allows; what is stored already stays."""
    for name, limit in _limits_of(inspect(type(record))):
        text = vars(record).get(name)  # what was not loaded was not changed
        if isinstance(text, str) and len(text) > limit and inspect(record).attrs[name].history.has_changes():
            yield Problem(name, f"{limit:,}文字までです(いまは{len(text):,}文字)。短くしてください。")


@cache
def _limits_of(mapper: Mapper[Any]) -> tuple[tuple[str, int], ...]:
    """Return the limit of each text column of a record."""
    columns = [(each.key, each.columns[0].type) for each in mapper.column_attrs]
    texts = [(name, kind) for name, kind in columns if isinstance(kind, String)]
    return tuple((name, LIMITS.get(name, MEMO if isinstance(kind, Text) else LINE)) for name, kind in texts)
