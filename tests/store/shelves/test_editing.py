"""修正中: who types about a car at another desk, as long as it is said again; on each database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.change import Author
from onestop.model.editing import LEASE
from support.builders import BUILT_AT, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")

TANAKA, SUZUKI = Author("田中", "端末2"), Author("鈴木", "端末3")


def test_who_types_at_other_desks_is_told_until_the_lease_ends(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
            shelves.editing.hold("a", car, TANAKA, BUILT_AT)
            shelves.editing.hold("b", car, SUZUKI, BUILT_AT + dt.timedelta(seconds=1))
            shelves.editing.hold("a", car, TANAKA, BUILT_AT)
        with database.read() as shelves:
            assert shelves.editing.others("端末1", car, BUILT_AT) == (SUZUKI, TANAKA)
            assert shelves.editing.others("端末2", car, BUILT_AT) == (SUZUKI,)
            assert shelves.editing.others("端末1", car, BUILT_AT + LEASE) == (SUZUKI,)
        with database.write() as shelves:
            shelves.editing.let_go("b")
        with database.read() as shelves:
            assert shelves.editing.others("端末1", car, BUILT_AT) == (TANAKA,)
