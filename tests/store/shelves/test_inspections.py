"""The shelf of inspections: one open per car, the newest first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from onestop.errors import NotAllowed
from onestop.model.ending import Ending
from onestop.store.record_failures import GONE
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.databases import a_database
from support.inspections import an_inspection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open a database with two cars; the first has two inspections that ended and an open one."""
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.vehicles.add(a_vehicle())
            for ending in (Ending.FINISHED, Ending.STOPPED, None):
                shelves.inspections.add(an_inspection(1, dt.date(2026, 12, 20), ending))
        yield opened


def test_a_car_has_one_open_inspection(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as shelves:
        shelves.inspections.add(an_inspection(1))
    with database.write() as shelves:
        shelves.inspections.get(3).end(Ending.COUNTER, BUILT_AT)
    with database.write() as shelves:
        ids = [shelves.inspections.add(an_inspection(car)).id for car in (1, 2)]
        assert ids in ([4, 5], [5, 6]), "a server skips a number that was refused"


def test_inspections_come_newest_first(database: Database) -> None:
    with database.read() as shelves:
        assert [each.id for each in shelves.inspections.all_for_vehicle(1)] == [3, 2, 1]
        newest = shelves.inspections.newest_for_vehicle(1)
        assert newest is not None
        assert (newest.id, newest.renews, newest.is_open) == (3, dt.date(2026, 12, 20), True)
        assert shelves.inspections.newest_for_vehicle(2) is None
        assert shelves.inspections.all_for_vehicle(2) == ()


def test_what_is_not_here_cannot_be_opened(database: Database) -> None:
    with pytest.raises(NotAllowed, match=GONE), database.read() as shelves:
        shelves.inspections.get(99)


def test_the_last_day_of_an_inspection_is_noted_in_its_filings_alone(database: Database) -> None:
    day = dt.date(2026, 12, 4)
    with database.write() as shelves:
        shelves.filings.add(a_filing(inspection_id=3))
        shelves.filings.add(a_filing(inspection_id=2))
    with database.write() as shelves:
        shelves.inspections.note_last_application_date(3, day)
    with database.read() as shelves:
        assert [shelves.filings.get(number).last_application_date for number in (1, 2)] == [day, None]
        assert [shelves.filings.get(number).version for number in (1, 2)] == [1, 1]


def test_a_change_is_stamped(database: Database) -> None:
    with database.write() as shelves:
        shelves.inspections.get(3).inspection_date = dt.date(2026, 11, 25)
    with database.read() as shelves:
        changed = shelves.inspections.get(3)
        assert changed.updated_at > changed.created_at
