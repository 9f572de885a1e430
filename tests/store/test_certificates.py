"""The shelves of 自賠責証明書 and 保適証."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from onestop.model.sending_state import Sending
from support.builders import a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open a database with two cars."""
    with a_database(tmp_path) as opened:
        with opened.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            shelves.vehicles.add(a_vehicle())
        yield opened


def test_the_certificates_of_a_car_come_newest_first(database: Database) -> None:
    with database.write() as shelves:
        shelves.insurance.add(an_insurance_certificate(insurer="前の会社"))
        shelves.insurance.add(an_insurance_certificate(insurer="今の会社"))
        shelves.insurance.add(an_insurance_certificate(vehicle_id=2))
        shelves.conformity.add(a_conformity_certificate(status="作成済"))
    with database.read() as shelves:
        insurance, before = shelves.insurance.all_for_vehicle(1)
        (conformity,) = shelves.conformity.all_for_vehicle(1)
        assert (insurance.control_number, insurance.insurer, insurance.premium) == (2, "今の会社", 18560)
        assert (before.control_number, before.insurer) == (1, "前の会社")
        assert (conformity.control_number, conformity.status) == (1, "作成済")
        assert shelves.conformity.all_for_vehicle(2) == ()


def test_certificates_of_many_cars_come_at_once(database: Database) -> None:
    with database.write() as shelves:
        for vehicle_id in (1, 2, 1):
            shelves.insurance.add(an_insurance_certificate(vehicle_id=vehicle_id))
    with database.read() as shelves:
        found = shelves.insurance.all_for_vehicles([2, 1, 99])
        assert {car: [each.control_number for each in held] for car, held in found.items()} == {
            2: [2],
            1: [3, 1],
            99: [],
        }
        assert shelves.insurance.all_for_vehicles([1])[1] == shelves.insurance.all_for_vehicle(1)


def test_a_certificate_is_found_by_its_number(database: Database) -> None:
    with database.write() as shelves:
        number = shelves.conformity.add(a_conformity_certificate()).control_number
    with database.read() as shelves:
        assert shelves.conformity.get(number).application_kind == "OSS申請"
        with pytest.raises(NotAllowed):
            shelves.insurance.get(number)


def test_what_is_known_of_certificates(database: Database) -> None:
    with database.write() as shelves:
        shelves.insurance.add(an_insurance_certificate(sending=Sending.SENDING))
        shelves.insurance.add(an_insurance_certificate(certificate_number="B1", sending=Sending.UNKNOWN))
        shelves.insurance.add(an_insurance_certificate(certificate_number="C1", sending=Sending.FILED))
        shelves.insurance.add(an_insurance_certificate(certificate_number="D1", vehicle_id=2))
    with database.read() as shelves:
        assert shelves.insurance.unsettled() == (1, 2)
        assert [each.control_number for each in shelves.insurance.all_for_vehicle(1)] == [3, 2, 1]
        assert shelves.insurance.knows_number("B1")
        assert not shelves.insurance.knows_number("B2")
