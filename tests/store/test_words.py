"""What the two databases say differently means the same."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from onestop.clock import JST
from onestop.model.bank import BankLine, BankStatement
from onestop.model.base import Word
from onestop.model.filing import Filing, FilingFee
from onestop.model.issuance import MonthCount
from onestop.model.lists import FilingQuery
from onestop.model.wareki import YearMonth
from onestop.store.among import among
from onestop.store.schema import METADATA
from support.builders import BUILT_AT, a_conformity_certificate, a_filing, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        yield opened


def test_what_was_sent_is_looked_into(database: Database) -> None:
    requested = dt.datetime(2026, 11, 2, 10, tzinfo=JST)
    with database.write() as shelves:
        for payload in (json.dumps({"agent_site_id": "D0000123"}), json.dumps({"other": 1}), None):
            fee = FilingFee(position=1, kind="自動車重量税", amount=24_600)
            shelves.filings.add(a_filing(payload=payload, requested_at=requested, fees=[fee]))
    with database.read() as shelves:
        found = shelves.payments.payments(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert [(each.amount, each.agent_site_id) for each in found] == [(24_600, "D0000123"), (24_600, ""), (24_600, "")]


def test_months_are_told_of_days(database: Database) -> None:
    days = (dt.date(2026, 10, 31), dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    with database.write() as shelves:
        for number, day in enumerate(days):
            shelves.conformity.add(a_conformity_certificate(certificate_number=f"{number}", issue_date=day))
        statement = shelves.payments.add_statement(
            BankStatement(layout="全銀", account="1234567", imported_at=BUILT_AT, imported_by="見本")
        )
        shelves.payments.add(
            BankLine(statement_id=statement.id, day=day, amount=3_000_000_000, text="", key=f"{day}") for day in days
        )
    with database.read() as shelves:
        assert shelves.ledger.months(days[0], days[1]) == (
            MonthCount(YearMonth(2026, 10), 1, 0),
            MonthCount(YearMonth(2026, 11), 1, 0),
        )
        assert shelves.payments.months() == (YearMonth(2026, 11), YearMonth(2026, 10))
        assert [line.amount for line in shelves.payments.lines(YearMonth(2026, 10))] == [3_000_000_000]


def test_numbers_have_ten_digits_everywhere(database: Database) -> None:
    with database.write() as shelves:
        shelves.restored.give_only_above(Filing, 5_000_000_000)
        number = shelves.filings.add(a_filing()).control_number
    beyond = FilingQuery(number_from=5_000_000_000, number_to=6_000_000_000)
    assert [row.control_number for row in database.lists.filings(beyond, 10)] == [number] == [5_000_000_001]
    with database.read() as shelves:
        assert shelves.filings.get(number).control_number == number


def test_every_word_fits_into_its_column() -> None:
    """A server cuts off without a word what does not."""
    words = [column.type for table in METADATA.tables.values() for column in table.columns]
    for word in words:
        if isinstance(word, Word):
            assert max(len(str(member.value)) for member in word.kind) <= (word.length or 0)


def test_any_number_of_numbers_is_one_parameter() -> None:
    for dialect in (sqlite.dialect(), postgresql.dialect()):  # type: ignore[no-untyped-call]  # of SQLAlchemy
        compiled = among(Filing.control_number, range(100_000)).compile(dialect=dialect)
        assert len(compiled.params) == 1
