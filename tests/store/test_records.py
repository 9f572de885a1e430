"""Records that are read on the driver's own cursor are what SQLAlchemy's loading would have made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, select

from onestop.model.filing import Filing, FilingFee
from onestop.model.vehicle import Vehicle
from onestop.store.records import Records
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.model.base import Record
    from onestop.store.database import Shelves

pytestmark = pytest.mark.usefixtures("each_database")


def test_a_record_is_what_sqlalchemy_would_have_loaded(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            filing = a_filing(vehicle_id=car, checked_at=BUILT_AT, sent_uptime=1.5, planned_date=BUILT_AT.date())
            filing.fees = [FilingFee(position=0, kind="検査登録手数料", amount=1800, due_date=BUILT_AT.date())]
            shelves.filings.add(filing)
        for kind in (Vehicle, Filing, FilingFee):
            with database.read() as shelves:
                ours = _values(_all(shelves, kind)[0])
            with database.read() as shelves:
                theirs = _values(shelves._session.scalars(select(kind)).one())
            assert ours == theirs


def test_a_record_that_the_session_has_already_stays_as_it_has_it(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
        with database.read() as shelves:
            known = shelves.vehicles.get(car)
            known.user_name = "書きかけ"
            assert _all(shelves, Vehicle) == [known]
            assert shelves.vehicles.get(car) is known
            assert known.user_name == "書きかけ"


def test_a_record_that_was_read_is_written_when_it_is_changed_and_is_detached_after_that(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        with database.write() as shelves:
            car = _all(shelves, Vehicle)[0]
            car.model_code = "ZN6"
        assert inspect(car).detached
        with database.read() as shelves:
            assert shelves.vehicles.get(car.id).model_code == "ZN6"


def _all(shelves: Shelves, kind: type[Any]) -> list[Any]:
    return Records(kind, lambda rows: rows).all(shelves._session)


def _values(record: Record) -> dict[str, object]:
    return {each.key: getattr(record, each.key) for each in inspect(type(record)).attrs if each.key != "fees"}
