"""A save on top of another's is refused, and the history names who saved before; on each database."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.change import Author
from onestop.services.changes import ChangeService
from onestop.services.vehicle.service import VehicleService
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")


def test_the_second_save_of_one_car_is_refused_and_told_who_was_first(tmp_path: Path) -> None:
    clock = FixedClock()
    with a_database(tmp_path, clock) as database:
        vehicles = VehicleService(database, clock)
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
        mine, theirs = vehicles.open(car), vehicles.open(car)
        database.author = lambda: Author("田中", "端末2")
        vehicles.save(theirs, dataclasses.replace(theirs.form, fuel="軽油"))
        database.author = lambda: Author("鈴木", "端末1")

        with pytest.raises(errors.ChangedMeanwhile):
            vehicles.save(mine, dataclasses.replace(mine.form, fuel="電気"))

        assert vehicles.open(car).form.fuel == "軽油"
        assert ChangeService(database, clock).last_author(car, "vehicle", car) == Author("田中", "端末2")
