"""Fetching one record by its number, as `Session.get` does, with a statement that is written once for each kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import bindparam, inspect

from onestop.model.base import Record
from onestop.store.record_failures import found
from onestop.store.records import Records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RecordT = TypeVar("RecordT", bound=Record)


def by_key(session: Session, kind: type[RecordT], key: int) -> RecordT:
    """Return a record; one that the session has already is not asked for again.

    Raises:
        NotAllowed: There is none (any more).
    """
    record: RecordT | None = _keyed(kind).by_key(session, key)
    return found(record)


@cache
def _keyed(kind: type[RecordT]) -> Records[RecordT]:
    (key,) = inspect(kind).primary_key
    return Records(kind, lambda rows: rows.where(key == bindparam("key")))
