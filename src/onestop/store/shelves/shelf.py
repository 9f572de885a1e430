"""What every shelf has: the session of the transaction in which it is valid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import bindparam, inspect

from onestop.errors import Deleted
from onestop.model.base import Record
from onestop.store.record_failures import GONE
from onestop.store.records import Records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RecordT = TypeVar("RecordT", bound=Record)


class Shelf:
    """What is stored of one noun."""

    def __init__(self, session: Session) -> None:
        self._session = session


class NumberedShelf(Shelf, Generic[RecordT]):
    """Records of one kind, each with an id."""

    kind: type[RecordT]

    def add(self, record: RecordT) -> RecordT:
        """Put a new record here, or one back that was changed outside. Its id is known after this."""
        self._session.add(record)
        self._session.flush()
        return record

    def get(self, record_id: int) -> RecordT:
        """Return the record with this id; one that the session has already is not asked for again.

        Raises:
            Deleted: There is none (any more).
        """
        return by_key(self._session, self.kind, record_id)


def by_key(session: Session, kind: type[RecordT], key: int) -> RecordT:
    """Return a record as `Session.get` does, with a statement that is written once for each kind.

    Raises:
        Deleted: There is none (any more): it was deleted in another window.
    """
    record: RecordT | None = _keyed(kind).by_key(session, key)
    if record is None:
        raise Deleted(GONE)
    return record


@cache
def _keyed(kind: type[RecordT]) -> Records[RecordT]:
    (key,) = inspect(kind).primary_key
    return Records(kind, lambda rows: rows.where(key == bindparam("key")))
