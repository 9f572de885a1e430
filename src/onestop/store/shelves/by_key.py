"""Fetching one record by its number, as `Session.get` does, with a statement that is written once for each kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm.util import identity_key

from onestop.model.base import Record
from onestop.store.record_failures import found

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

RecordT = TypeVar("RecordT", bound=Record)


def by_key(session: Session, kind: type[RecordT], key: int) -> RecordT:
    """Return a record; one that the session has already is not asked for again.

    Raises:
        NotAllowed: There is none (any more).
    """
    stored: RecordT | None = session.identity_map.get(identity_key(kind, key))
    if stored is None:
        stored = session.scalars(_select(kind), {"key": key}).one_or_none()
    return found(stored)


@cache
def _select(kind: type[RecordT]) -> Select[RecordT]:
    (key,) = inspect(kind).primary_key
    return select(kind).where(key == bindparam("key"))
