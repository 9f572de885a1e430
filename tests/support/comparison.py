"""The papers of one inspection of a car, as they are stored: they agree, but for what a test changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from onestop.model.sending_state import Sending
from onestop.model.written import category_of
from onestop.services.inspection.belonging import is_of_before, join_inspection
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate
from support.checklist import put_answers

if TYPE_CHECKING:
    from support.desks import DeskRoom

Changes = dict[str, Any]
FILED: Changes = {"sending": Sending.FILED}
POLICY: Changes = {**FILED, "end_date": dt.date(2029, 1, 20)}


def put_papers(
    room: DeskRoom,
    car: int,
    insurance: Changes | None = None,
    conformity: Changes | None = None,
    filing: Changes | None = None,
) -> None:
    """Store the papers of 今回の車検 that are named, with changes; its 確認票 is answered."""
    with room.database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        same: Changes = {
            "vehicle_id": car,
            "chassis_number": vehicle.chassis_number,
            "registration_number": vehicle.registration_number,
        }
        address = vehicle.effective_user_address1 + vehicle.effective_user_address2
        of_car = {
            "user_address": address,
            "vehicle_category": category_of(vehicle).value,
            "expiry_date": vehicle.expiry_date,
        }
        if insurance is not None:
            policy = an_insurance_certificate(**same | POLICY | insurance)
            if not is_of_before(policy, vehicle.expiry_date, room.clock.today()):
                put_answers(shelves, join_inspection(shelves, policy, room.clock.now()))
            shelves.insurance.add(policy)
        if conformity is not None:
            certificate = a_conformity_certificate(**same | FILED | of_car | conformity)
            put_answers(shelves, join_inspection(shelves, certificate, room.clock.now()))
            shelves.conformity.add(certificate)
        if filing is not None:
            draft = a_filing(**same | filing)
            put_answers(shelves, join_inspection(shelves, draft, room.clock.now()))
            shelves.filings.add(draft)
