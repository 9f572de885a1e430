"""Records as SQLAlchemy would have loaded them, read on the driver's own cursor: a fifth of what its loading takes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm.attributes import instance_state

from onestop.model.base import Record
from onestop.store.compiled import driver_of, prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Mapper, Session

    from onestop.store.prepared import Prepared

    Narrow = Callable[[Select[Any]], Select[Any]]

RecordT = TypeVar("RecordT", bound=Record)


class Records(Generic[RecordT]):
    """A SELECT of whole records of one kind, written at its first use. Nothing that hangs on them is loaded."""

    def __init__(self, kind: type[RecordT], narrow: Narrow) -> None:
        """`narrow` says which, and in which order."""
        self._kind = kind
        self._narrow = narrow

    @cached_property
    def _mapper(self) -> Mapper[RecordT]:
        return inspect(self._kind)

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple(each.key for each in self._mapper.column_attrs)

    @cached_property
    def _key(self) -> int:
        """The place of the key among the columns."""
        (key,) = self._mapper.primary_key
        return self._columns.index(self._mapper.get_property_by_column(key).key)

    @cached_property
    def _rows(self) -> Prepared:
        return prepared(self._narrow(select(*(getattr(self._kind, name) for name in self._columns))))

    def all(self, session: Session, values: Mapping[str, Any] | None = None) -> list[RecordT]:
        """Return them; one that the session has already stands there as it has it."""
        rows, key = self._rows.whole(driver_of(session), {**(values or {})}), self._key
        known = session.identity_map
        return [known.get(self._named(row[key])) or self._added(session, row) for row in rows]

    def by_key(self, session: Session, key: object) -> RecordT | None:
        """Return the one with a key, the only parameter; one that the session has already is not asked for again."""
        known = session.identity_map.get(self._named(key))
        return known or next(iter(self.all(session, {"key": key})), None)

    def _added(self, session: Session, row: Sequence[Any]) -> RecordT:
        record: RecordT = self._mapper.class_manager.new_instance()
        state = instance_state(record)
        state.dict.update(zip(self._columns, row, strict=True))
        return keep(session, record, row[self._key])

    def _named(self, key: object) -> tuple[type[RecordT], tuple[Any, ...], Any | None]:
        return self._kind, (key,), None


def keep(session: Session, record: RecordT, key: object) -> RecordT:
    """Let a session know a record as what is stored under a key; returns it."""
    state = instance_state(record)
    state.key, state.session_id = (type(record), (key,), None), session.hash_key
    session.identity_map.add(state)
    return record
