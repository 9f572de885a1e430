"""The chain of the work: 自賠責, then 保適証, as a clerk issues them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import conformity, insurance
from support.checklist import answer

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


def a_chain(room: DeskRoom, clock: FixedClock) -> int:
    """Issue 自賠責 and then 保適証 for a car; returns the car."""
    conformity.prepare_shop(room)
    policy = insurance.a_policy(room)
    room.desk.insurance.delivery.issue(policy)
    car = insurance.certificate(room, policy).vehicle_id
    answer(room, car)
    clock.advance(hours=1)
    form = conformity.a_form(room, car)
    certificate = room.desk.conformity_book.save(form, car, None, None).control_number
    room.desk.conformity.delivery.issue(certificate)
    return car


def a_filed_chain(room: DeskRoom, clock: FixedClock) -> tuple[int, int]:
    """Issue all three for a car; returns the car and the filing's 管理番号."""
    car = a_chain(room, clock)
    number = room.desk.link.link(car).control_number
    assert number is not None
    room.desk.filings.delivery.issue(number)
    return car, number
