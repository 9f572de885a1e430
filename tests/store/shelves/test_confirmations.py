"""The shelf of what clerks confirmed, and who did in the history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.change import MADE, Author
from onestop.model.findings import Finding, Severity
from onestop.services.inspection.confirming import RECORD, ConfirmingService
from support.builders import BUILT_AT, a_vehicle
from support.clock import FixedClock
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")

WARNING = Finding("V09", Severity.WARNING, "planned_date", "満了日より後です。", "2026-12-24")


def test_a_warning_is_kept_once_with_its_first_day_and_noted_with_who_confirmed_it(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
        database.author = lambda: Author("佐藤", "1番窓口")
        for days in (0, 1):
            clock = FixedClock(BUILT_AT + dt.timedelta(days=days))
            ConfirmingService(database, clock).confirm([(car, [WARNING]), (car, [WARNING])])
        with database.read() as shelves:
            (kept,) = shelves.confirmations.of_vehicle(car)
            noted = [each for each in shelves.changes.of_vehicle(car) if each.record == RECORD]
    said = (kept.rule_id, kept.field, kept.message, kept.value)
    assert said == (WARNING.rule_id, WARNING.field, WARNING.message, WARNING.value)
    assert kept.confirmed_at == BUILT_AT
    (one,) = noted
    assert (one.field, one.old, one.new) == (MADE, None, "V09 / 満了日より後です。 / 2026-12-24")
    assert (one.operator, one.terminal, one.at) == ("佐藤", "1番窓口", BUILT_AT)
