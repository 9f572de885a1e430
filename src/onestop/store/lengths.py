"""What is too long to be stored: SQLite takes a text of any length, whatever its column says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import String, Text, inspect

from onestop.errors import Problem
from onestop.model.base import Word
from onestop.model.limits import LIMITS, LINE, MEMO

if TYPE_CHECKING:
    from collections.abc import Iterator


def too_long(record: object) -> Iterator[Problem]:
    """Name each new text of a record that is longer than model/limits.py allows; what is stored already stays."""
    for name, limit in _limits_of(type(record)):
        text = vars(record).get(name)  # what was not loaded was not changed
        if isinstance(text, str) and len(text) > limit and inspect(record).attrs[name].history.has_changes():
            yield Problem(name, f"{limit:,}文字までです（いまは{len(text):,}文字）。短くしてください。")


@cache
def _limits_of(kind: type[object]) -> tuple[tuple[str, int], ...]:
    """Return the limit of each text column of a record."""
    columns = [(each.key, each.columns[0].type) for each in inspect(kind).column_attrs]
    texts = [(name, type_) for name, type_ in columns if isinstance(type_, String) and not isinstance(type_, Word)]
    return tuple((name, LIMITS.get(name, MEMO if isinstance(type_, Text) else LINE)) for name, type_ in texts)
