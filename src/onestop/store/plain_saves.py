"""Writes a save in which nothing is new but 手数料, and nothing gone, by one UPDATE a record: the usual one.

SQLAlchemy's unit of work is for what hangs together, and orders it; of records whose own fields changed nothing does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.exc import StaleDataError

from onestop.model.base import Versioned
from onestop.model.filing import Filing, FilingFee
from onestop.model.plated import Searched
from onestop.store.compiled import driver_in_flush, given, prepared, to_be_given, update_of
from onestop.store.history import FEES, fees_history, in_order
from onestop.store.no_news import changed
from onestop.store.records import keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from onestop.store.driver import Driver
    from onestop.store.prepared import Prepared


def save_plainly(session: Session, tell: Callable[[], None]) -> None:
    """Write what a session changed, if nothing of it hangs on anything else; otherwise leave it to the flush.

    It is called within the flush, before anything is written, and calls `tell` when all is written and not settled yet:
    the history still sees what was changed.

    Raises:
        StaleDataError: A record was changed by somebody else since it was read.
    """
    records = sorted(session.dirty, key=lambda each: (each.__tablename__, instance_state(each).identity))
    told = [(filing, fees_history(filing)) for filing in records if isinstance(filing, Filing)]
    fees = [(fee, filing) for filing, history in told for fee in in_order(history.added)]
    if session.deleted or len(session.new) != len(fees) or any(history.deleted for _, history in told):
        return
    driver = driver_in_flush(session)
    for record in records:
        _write(driver, record)
    for fee, filing in fees:
        _insert(driver, fee, filing)
    tell()
    for fee, _ in fees:
        session.expunge(fee)
        keep(session, fee, fee.id)
        _settle(session, fee)
    for record in records:
        _settle(session, record)


def _write(driver: Driver, record: Any) -> None:  # noqa: ANN401 - whatever a session holds
    if isinstance(record, Searched):
        record.derive_keys()
    names = tuple(name for name in changed(record) if name != FEES)
    if not names:
        return
    state: Any = instance_state(record)
    stored, (key,) = state.dict, state.identity
    values = given({name: stored[name] for name in names}) | {"of": key}
    versioned = isinstance(record, Versioned)
    if versioned:
        values |= {"was": record.version, "the_version": record.version + 1}
        names = (*names, "version")
    kind: type = type(record)
    if update_of(kind, names).run(driver, values).rowcount != 1:
        raise StaleDataError(record.__tablename__)
    if versioned:
        stored["version"] += 1


def _insert(driver: Driver, fee: FilingFee, filing: Filing) -> None:
    stored = instance_state(fee).dict
    stored |= {name: getattr(fee, name) for name in _FEE_COLUMNS} | {"control_number": filing.control_number}
    (stored["id"],) = _insert_fee().run(driver, given({name: stored[name] for name in _FEE_COLUMNS})).fetchall()[0]


_FEE_COLUMNS: Final = ("control_number", "position", "kind", "amount", "payment_status", "due_date")


@cache
def _insert_fee() -> Prepared:
    return prepared(insert(FilingFee).values(to_be_given(FilingFee, _FEE_COLUMNS)).returning(FilingFee.id))


def _settle(session: Session, record: object) -> None:
    state = instance_state(record)
    state._commit_all(state.dict, session.identity_map)  # noqa: SLF001 - what a flush does at its end; no public name
