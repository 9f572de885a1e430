"""Writes down what is no news of a record: that its service was asked, who is busy with it, or that a PIN was tried.

Its version and 更新日時 stay as they are: a window that has it open may still save it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import get_history, instance_state, set_committed_value

from onestop.model.operator import Operator
from onestop.model.sending import Sendable
from onestop.store.compiled import driver_in_flush, given, update_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Mapper, Session

    from onestop.model.base import Record

NO_NEWS: Final = ("answers", "checked_at")
"""Columns that tell when a service was asked, and nothing of what it said."""
UNVERSIONED: Final = frozenset({*NO_NEWS, "lease_run", "lease_terminal", "lease_until", "fence"})
"""Those, and who is busy with it."""
TRIES: Final = frozenset({"failures", "failed_at"})
"""Of an operator: an administrator may go on giving another 暗証番号 to who tries the one that was forgotten."""


def write_no_news(session: Session) -> None:
    """Write those records past the flush in which nothing else changed; called before it, in its transaction."""
    rows: dict[tuple[type, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for record in session.dirty:
        unversioned = _unversioned_of(record)
        names = changed(record) if all(map(unversioned.__contains__, _differing(instance_state(record)))) else ()
        if names:
            values = {name: getattr(record, name) for name in names}
            rows[type(record), names].append(given(values) | {"of": inspect(record).identity[0]})
            for name, value in values.items():
                set_committed_value(record, name, value)
    for (kind, names), values_of_each in rows.items():
        update_of(kind, names).run_many(driver_in_flush(session), values_of_each)


def _unversioned_of(record: object) -> frozenset[str]:
    if isinstance(record, Sendable):
        return UNVERSIONED
    return TRIES if isinstance(record, Operator) else frozenset()


def changed(record: Record | Sendable) -> tuple[str, ...]:
    """Return the names of what was changed in a record since it was read."""
    return tuple(sorted(_differing(instance_state(record))))


def _differing(state: Any) -> Iterator[str]:  # noqa: ANN401 - of a record of any kind
    relationships, now = _relationships(state.mapper), state.dict
    for name, before in state.committed_state.items():
        if name in relationships:
            if get_history(state.obj(), name).has_changes():
                yield name
        elif now.get(name) != before:
            yield name


@cache
def _relationships(mapper: Mapper[Any]) -> frozenset[str]:
    return frozenset(mapper.relationships.keys())
