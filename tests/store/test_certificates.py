"""The shelves of 自賠責証明書 and 保適証."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from support.builders import a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open a database with two cars."""
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.vehicles.add(a_vehicle())
        yield opened


def test_the_newest_certificate_of_a_car(database: Database) -> None:
    with database.write() as shelves:
        shelves.insurance.add(an_insurance_certificate(insurer="前の会社"))
        shelves.insurance.add(an_insurance_certificate(insurer="今の会社"))
        shelves.insurance.add(an_insurance_certificate(vehicle_id=2))
        shelves.conformity.add(a_conformity_certificate(status="作成済"))
    with database.read() as shelves:
        insurance = shelves.insurance.newest_for_vehicle(1)
        conformity = shelves.conformity.newest_for_vehicle(1)
        assert insurance is not None
        assert conformity is not None
        assert (insurance.control_number, insurance.insurer, insurance.premium) == (2, "今の会社", 17650)
        assert (conformity.control_number, conformity.status) == (1, "作成済")
        assert shelves.conformity.newest_for_vehicle(2) is None


def test_a_certificate_is_found_by_its_number(database: Database) -> None:
    with database.write() as shelves:
        number = shelves.conformity.add(a_conformity_certificate()).control_number
    with database.read() as shelves:
        assert shelves.conformity.get(number).application_kind == "OSS申請"
        with pytest.raises(NotAllowed):
            shelves.insurance.get(number)
