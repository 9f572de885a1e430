"""Reads a filing with its car and what counts of its inspection: for the review, for F5, for every row of 一括申請."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.model.certificate_words import DELETED
from onestop.model.printable import is_past_validity
from onestop.model.words import conformity_status_word
from onestop.services.filing.facts import HeldCertificates, facts_of_filing
from onestop.services.inspection.current import electronic_for, made_for, policy_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.checks import FilingFacts
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves


def facts_in(shelves: Shelves, filings: Iterable[Filing], now: dt.datetime) -> Iterator[FilingFacts]:
    """Return the facts of filings as their cars and certificates are stored now; one question a shelf for all of them.

    Raises:
        NotAllowed: a car is gone.
    """
    wanted, today = list(filings), now.astimezone(JST).date()
    cars = shelves.vehicles.get_many({filing.vehicle_id for filing in wanted})
    insurances = shelves.insurance.all_for_vehicles(cars)
    conformities = shelves.conformity.all_for_vehicles(cars)
    sent_back = shelves.filings.sent_back_in(cars)
    belongs = [_car_and_inspection(shelves, filing, cars) for filing in wanted]
    checklists = shelves.checklists.of_cars(belongs, today)
    for filing, (car, inspection_id), checklist in zip(wanted, belongs, checklists, strict=True):
        held = HeldCertificates(insurances[car.id], conformities[car.id], checklist=checklist)
        if inspection_id is not None:
            mine = made_for(held.insurances, inspection_id)
            newest = next(iter(electronic_for(held.conformities, inspection_id)), None)
            held = replace(
                held,
                present_insurance=policy_for(mine, held.insurances, car, today, filing.planned_date),
                present_conformity=present_conformity(newest, today),
                sent_back=sent_back.get(inspection_id) if filing.is_draft else None,
            )
        yield facts_of_filing(filing, car, held, now)


def _car_and_inspection(shelves: Shelves, filing: Filing, cars: Mapping[int, Vehicle]) -> tuple[Vehicle, int | None]:
    """Return the car of a filing, and the id of its inspection; a form that is not saved yet is for 今回の車検."""
    car = cars.get(filing.vehicle_id) or shelves.vehicles.get(filing.vehicle_id)
    if filing.inspection_id is not None:
        return car, filing.inspection_id
    under_way = shelves.inspections.open_for_vehicle(car.id)
    return car, under_way.id if under_way else None


def present_conformity(newest: ConformityCertificate | None, today: dt.date) -> ConformityCertificate | None:
    """Return the 保適証 that a filing would be made with: the newest of its inspection, unless its time is over."""
    if newest is None or not newest.certificate_number or newest.counts_as == DELETED:
        return None
    word = conformity_status_word(newest.status)
    return None if word.done or word.error or is_past_validity(newest, today) else newest
