"""Writes down that a service answered without news: the version and 更新日時 stay, and no other desk is told."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm.attributes import set_committed_value

from onestop.model.sending import Sendable

if TYPE_CHECKING:
    from sqlalchemy import Update
    from sqlalchemy.orm import Session

NO_NEWS: Final = ("answers", "checked_at")
"""Columns that tell when a service was asked, and nothing of what it said."""


def write_no_news(session: Session) -> None:
    """Write those records past the flush in which nothing else changed; called before it, in its transaction."""
    rows: dict[type, list[dict[str, Any]]] = defaultdict(list)
    for record in session.dirty:
        if isinstance(record, Sendable) and _is_no_news(record):
            values = {name: getattr(record, name) for name in NO_NEWS}
            rows[type(record)].append({"of": record.control_number, **{f"the_{name}": values[name] for name in values}})
            for name, value in values.items():
                set_committed_value(record, name, value)
    for kind, values_of_each in rows.items():
        session.connection().execute(_statement(kind), values_of_each)


def _is_no_news(record: Sendable) -> bool:
    state: Any = inspect(record)
    unmodified = state.unmodified
    changed = {each.key for each in state.attrs if each.key not in unmodified and each.history.has_changes()}
    return bool(changed) and changed.issubset(NO_NEWS)


@cache
def _statement(kind: type) -> Update:
    table: Any = inspect(kind).local_table
    mine = update(table).where(table.c.control_number == bindparam("of"))
    return mine.values({name: bindparam(f"the_{name}") for name in NO_NEWS})
