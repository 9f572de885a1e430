"""Neither a service asked without news changes a version, nor a desk that is busy with a record, nor a PIN tried."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.operator import Operator
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

LATER = BUILT_AT + dt.timedelta(hours=1)


@pytest.mark.usefixtures("each_database")
def test_when_it_was_asked_is_kept_and_the_version_stays_until_there_is_news(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            filing = shelves.filings.add(a_filing(vehicle_id=car))
        number, version = filing.control_number, filing.version
        with database.write() as shelves:
            shelves.filings.get(number).checked_at = LATER
        with database.read() as shelves:
            asked = shelves.filings.get(number)
        assert (asked.checked_at, asked.version, asked.updated_at) == (LATER, version, filing.updated_at)
        with database.write() as shelves:
            told = shelves.filings.get(number)
            told.checked_at, told.status = BUILT_AT, "申請中"
        assert told.version == version + 1


@pytest.mark.usefixtures("each_database")
def test_fees_that_are_said_again_are_no_news(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            filing = shelves.filings.add(a_filing(vehicle_id=car))
        with database.write() as shelves:
            told = shelves.filings.get(filing.control_number)
            told.fees = [*told.fees]
        assert (told.version, told.updated_at) == (filing.version, filing.updated_at)


@pytest.mark.usefixtures("each_database")
def test_who_is_busy_with_a_record_is_kept_and_its_version_stays(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            held, asked = (shelves.filings.add(a_filing(vehicle_id=car)) for _ in range(2))
        with database.write() as shelves:
            taken = shelves.filings.get(held.control_number)
            taken.lease_run, taken.lease_terminal, taken.lease_until, taken.fence = "r", "端末2", LATER, 1
            shelves.filings.get(asked.control_number).checked_at = LATER
        with database.read() as shelves:
            stored, other = (shelves.filings.get(each.control_number) for each in (held, asked))
        assert (stored.lease_run, stored.lease_terminal, stored.lease_until, stored.fence) == ("r", "端末2", LATER, 1)
        assert (stored.checked_at, stored.version, stored.updated_at) == (None, held.version, held.updated_at)
        assert (other.checked_at, other.lease_run, other.version) == (LATER, None, asked.version)


@pytest.mark.usefixtures("each_database")
def test_that_a_pin_was_tried_is_kept_and_the_operators_version_stays_until_there_is_news(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            made = shelves.operators.add(Operator(created_at=BUILT_AT, updated_at=BUILT_AT, name="田中"))
        with database.write() as shelves:
            tried = shelves.operators.get(made.id)
            tried.failures, tried.failed_at = 1, LATER
        with database.read() as shelves:
            stored = shelves.operators.get(made.id)
        assert (stored.failures, stored.failed_at, stored.version) == (1, LATER, made.version)
        with database.write() as shelves:
            told = shelves.operators.get(made.id)
            told.failures, told.is_active = 0, False
        assert told.version == made.version + 1
