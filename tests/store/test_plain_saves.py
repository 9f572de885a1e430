"""A save that changes fields alone is written by one UPDATE a record, and is what a flush would have written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, inspect

from onestop.errors import NotAllowed
from onestop.model.filing import FilingFee
from onestop.model.sending_state import Sending
from onestop.store import database as module
from onestop.store.record_failures import CHANGED_ELSEWHERE
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.model.filing import Filing
    from onestop.store.database import Database, Shelves

pytestmark = pytest.mark.usefixtures("each_database")

LATER = BUILT_AT + dt.timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            shelves.filings.add(a_filing(vehicle_id=car))
        yield opened


@pytest.fixture
def flushes() -> Iterator[list[str]]:
    """Tell how often SQLAlchemy's unit of work wrote something."""
    seen: list[str] = []

    def note(*_given: object) -> None:
        seen.append("flush")

    event.listen(module._Writing, "after_flush", note)
    yield seen
    event.remove(module._Writing, "after_flush", note)


def test_changed_fields_and_new_fees_are_kept_with_a_new_version_and_their_history(
    database: Database, flushes: list[str]
) -> None:
    with database.write() as shelves:
        filing = shelves.filings.get(1)
        version = filing.version
        filing.status, filing.requested_at, filing.sending = "受付前", LATER, Sending.FILED
        filing.fees = [_fee(1, "自動車重量税"), _fee(0, "検査登録手数料")]
    assert not flushes
    with database.read() as shelves:
        stored = shelves.filings.get(1)
        told = {(each.record, each.field, each.new) for each in shelves.changes.of_vehicle(stored.vehicle_id)}
    assert (stored.status, stored.requested_at, stored.sending) == ("受付前", LATER, Sending.FILED)
    assert [(fee.control_number, fee.kind) for fee in stored.fees] == [(1, "検査登録手数料"), (1, "自動車重量税")]
    assert stored.version == filing.version == version + 1
    assert {("filing", "status", "受付前"), ("filing_fee", "+", "自動車重量税")} <= told
    assert [fee.id for fee in _in_order(filing)] == [fee.id for fee in stored.fees]


def test_what_was_written_so_is_whole_and_can_be_changed_again_in_the_same_transaction(database: Database) -> None:
    with database.write() as shelves:
        filing = shelves.filings.get(1)
        filing.fees = [_fee(0, "検査登録手数料")]
        assert shelves.filings.get_many([1]) == {1: filing}  # written now
        filing.fees[0].amount = 1800
        filing.status = "受付前"
    assert inspect(filing).detached
    assert inspect(filing.fees[0]).detached
    with database.read() as shelves:
        stored = shelves.filings.get(1)
    assert (stored.status, stored.fees[0].amount) == ("受付前", 1800)


def test_fees_told_anew_are_left_to_the_flush(database: Database, flushes: list[str]) -> None:
    for kind in ("検査登録手数料", "自動車重量税"):
        with database.write() as shelves:
            shelves.filings.get(1).fees = [_fee(0, kind)]
    assert flushes == ["flush"]
    with database.read() as shelves:
        assert [fee.kind for fee in shelves.filings.get(1).fees] == ["自動車重量税"]


def test_a_record_that_somebody_else_changed_is_not_written_over(database: Database) -> None:
    with database.read() as shelves:
        mine = shelves.filings.get(1)
    with database.write() as shelves:
        shelves.filings.get(1).status = "受付前"
    mine.message = "古い画面から"
    with pytest.raises(NotAllowed, match=CHANGED_ELSEWHERE), database.write() as shelves:
        shelves.filings.add(mine)
    with database.read() as shelves:
        assert (shelves.filings.get(1).status, shelves.filings.get(1).message) == ("受付前", None)


def test_what_a_transaction_does_not_keep_is_kept_nowhere(database: Database) -> None:
    with pytest.raises(LookupError), database.write() as shelves:
        _write_and_fail(shelves)
    with database.read() as shelves:
        assert shelves.filings.get(1).fees == []
        assert not [each for each in shelves.changes.of_vehicle(1) if each.record == FilingFee.__tablename__]


def _write_and_fail(shelves: Shelves) -> None:
    shelves.filings.get(1).fees = [_fee(0, "検査登録手数料")]
    assert shelves.filings.get_many([1])  # written now
    raise LookupError


def _fee(position: int, kind: str) -> FilingFee:
    return FilingFee(position=position, kind=kind)


def _in_order(filing: Filing) -> list[FilingFee]:
    return sorted(filing.fees, key=lambda fee: fee.position)
