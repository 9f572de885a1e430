"""Writes 変更の履歴: what a transaction changes in the records of the shop, in that transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import LoaderCallableStatus
from sqlalchemy.orm.attributes import History, get_history, instance_state
from sqlalchemy.orm.util import identity_key

from onestop.model.added_rate import AddedRate
from onestop.model.bank import ClosedMonth, PaymentMatch
from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.change import AGAIN, BETWEEN_PARTS, GONE, MADE, Author, Change, bounded
from onestop.model.checklist import ChecklistAnswer, FleetConsent
from onestop.model.filing import Filing, FilingFee
from onestop.model.inspection import Inspection
from onestop.model.operator import Operator
from onestop.model.vehicle import Vehicle
from onestop.store.compiled import driver_in_flush, given, prepared, to_be_given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Mapper, ORMExecuteState, Session

    from onestop.model.base import Record
    from onestop.store.prepared import Prepared

WHOLE: Final = (Vehicle, Inspection, Filing, InsuranceCertificate, ConformityCertificate)
"""Records whose fields are told one by one. What they began with follows from what was changed since."""
LINES: Final = (FilingFee, ChecklistAnswer, FleetConsent, AddedRate, PaymentMatch, ClosedMonth, Operator)
"""Records of a few fields, which come and go: a row tells all of them."""
_TABLES: Final = frozenset(kind.__tablename__ for kind in WHOLE + LINES)
UNTOLD: Final = "untold"
"""The option by which a statement says why what it changes is nothing for the history."""
FEES: Final = "fees"
NO_HISTORY: Final = History((), (), ())
NOT_KNOWN: Final = LoaderCallableStatus.NO_VALUE
"""What SQLAlchemy says of a value that it does not know."""
_OF_VEHICLE: Final = "vehicle_id"
_PARENTS: Final[dict[str, type[Inspection | Filing]]] = {"inspection_id": Inspection, "control_number": Filing}
"""How the car of a record is found that does not name it."""
NOT_TOLD: Final = frozenset(
    {
        # the program's own bookkeeping
        *("id", "version", "created_at", "updated_at", "used_at", "checked_at", "position", "answers"),
        # derived from what is told
        *("plate_key", "owner_key", "user_key", "reading_key", "chassis_tail"),
        *("is_finished", "is_closed", "is_open", "last_application_date"),
        # how a request went out, which it keeps itself
        *("request_key", "payload", "sent_boot", "sent_uptime", "sent_service_time", "sent_as", "last_sent_at"),
        *("tried_at", "next_try_at"),
        # which desk is busy with it
        *("lease_run", "lease_terminal", "lease_until", "fence"),
        # a secret, and what keeps it from being guessed
        *("pin_hash", "failures", "failed_at"),
    }
)
"""Columns that nobody fills in."""

KEYS_OF_OTHERS: Final = frozenset({"inspection_id", "control_number", "line_id"})
"""Columns that say to which record a line belongs: nothing for a reader."""


def write_history(session: Session, author: Author, at: dt.datetime) -> None:
    """Note what a session has just flushed: called after the flush, when new keys are known."""
    anew = [pair for each in session.dirty if isinstance(each, Filing) for pair in _fees_anew(each)]
    known = {id(new) for _, new in anew}
    made = (row for each in session.new if id(each) not in known for row in _whole(None, each))
    told = (row for pair in anew for row in _whole(*pair))
    changed = (row for each in session.dirty for row in _changed(each))
    gone = (row for each in session.deleted for row in _whole(each, None))
    signed = {"at": at, "operator": author.operator, "terminal": author.terminal}
    lines = (*made, *told, *changed, *gone)
    if rows := [{**row, **signed, _OF_VEHICLE: _car_of(session, record)} for record, row in lines]:
        note(session, rows)


def note(session: Session, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows of the history, each with all its columns but its id."""
    _note().run_many(driver_in_flush(session), [given(row) for row in rows])


def refuse_untold(asked: ORMExecuteState) -> None:
    """Let no statement change a record past the flush, and so past the history, without saying why (UNTOLD)."""
    writes = asked.is_insert or asked.is_update or asked.is_delete
    statement: Any = asked.statement
    if writes and statement.table.name in _TABLES and UNTOLD not in asked.execution_options:
        msg = f"a statement changes {statement.table.name} past the history"
        raise RuntimeError(msg)


@cache
def _note() -> Prepared:
    names = (each.key for each in inspect(Change).column_attrs if each.key != "id")
    return prepared(insert(Change).values(to_be_given(Change, names)))


_Row = tuple[Any, dict[str, Any]]


def _whole(old: object, new: object) -> Iterator[_Row]:
    """Yield that a record was made (no old one), is gone (no new one), or stands in place of the one before."""
    record = old if new is None else new
    field = MADE if old is None else GONE if new is None else AGAIN
    if isinstance(record, WHOLE):  # one that is gone was never sent: what stood in it is to be gone, too
        yield record, _row(record, field, None, None)
    elif isinstance(record, LINES) and (before := _summed(old)) != (now := _summed(new)):
        yield record, _row(record, field, before, now)


def _changed(record: Any) -> Iterator[_Row]:  # noqa: ANN401 - whatever a session holds
    if not isinstance(record, WHOLE + LINES):
        return
    state: Any = instance_state(record)
    before = state.committed_state
    for name in _told(state.mapper):
        if (stored := before.get(name, NOT_KNOWN)) is NOT_KNOWN:
            continue
        if (old := _text(stored)) != (new := _text(state.dict.get(name))):
            yield record, _row(record, name, old, new)


def _fees_anew(filing: Filing) -> Iterator[tuple[FilingFee | None, FilingFee | None]]:
    """Yield the fees that a 申請 has no more, each beside the new one of its kind; None where one stands alone.

    What falls out of a list is deleted by the flush, and no session says that it was.
    """
    history = fees_history(filing)
    before: dict[str, list[FilingFee]] = defaultdict(list)
    for old in in_order(history.deleted):
        before[old.kind].append(old)
    for new in in_order(history.added):
        olds = before[new.kind]
        yield olds.pop(0) if olds else None, new
    yield from ((old, None) for olds in before.values() for old in olds)


def fees_history(filing: Filing) -> History:
    """Return which fees a 申請 has got and lost since it was read."""
    return get_history(filing, FEES) if FEES in instance_state(filing).committed_state else NO_HISTORY


def in_order(fees: Iterable[FilingFee]) -> list[FilingFee]:
    """Return fees as they stand below one another."""
    return sorted(fees, key=lambda fee: fee.position)


def _row(record: Record, field: str, old: str | None, new: str | None) -> dict[str, Any]:
    key = "/".join(str(part) for part in inspect(type(record)).primary_key_from_instance(record))
    return {"record": record.__tablename__, "key": key, "field": field, "old": old, "new": new}


def _summed(record: object) -> str | None:
    """Return what a short record says, in the order of its columns; None for none."""
    if record is None:
        return None
    names = (name for name in _told(inspect(type(record))) if name not in KEYS_OF_OTHERS)
    texts = (_text(getattr(record, name)) for name in names)
    return bounded(BETWEEN_PARTS.join(text for text in texts if text))


def _car_of(session: Session, record: Any) -> Any:  # noqa: ANN401 - whatever a session holds, and a key that may be None
    """Return which car a record of a flush is about."""
    if isinstance(record, Vehicle):
        return record.id
    if hasattr(record, _OF_VEHICLE):
        return record.vehicle_id
    of = ((parent, getattr(record, name)) for name, parent in _PARENTS.items() if hasattr(record, name))
    return next((_car_of_parent(session, *each) for each in of), None)


def _car_of_parent(session: Session, parent: Any, value: Any) -> Any:  # noqa: ANN401 - the same
    if here := session.identity_map.get(identity_key(parent, value)):
        return here.vehicle_id
    (key,) = inspect(parent).primary_key
    return session.connection().scalar(select(parent.vehicle_id).where(key == value))


@cache
def _told(mapper: Mapper[Any]) -> tuple[str, ...]:
    """Return the columns of a kind that somebody fills in, or a service."""
    return tuple(each.key for each in mapper.column_attrs if each.key not in NOT_TOLD)


def _text(value: object) -> str | None:
    """Return a value as the history keeps it; nothing is None, whatever stands for it."""
    match value:
        case None | "":
            return None
        case bool():
            return "1" if value else "0"
        case Enum():
            return str(value.value)
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case _:
            return bounded(str(value))
