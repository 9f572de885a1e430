"""A service that was asked and had no news changes no version."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

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
