"""保適証 for 指定整備元帳."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.builders import a_conformity_certificate, an_insurance_certificate
from support.inspections import of_now

if TYPE_CHECKING:
    from support.desks import DeskRoom


def a_certificate(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of it
    """Store one, on a car of its own that has its 自賠責; return its 管理番号."""
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car)))
        return shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, **changes))
        ).control_number
