"""Reads a filing with its car and what counts of its inspection: for the review, for F5, for every row of 一括申請."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.model.certificate_words import DELETED
from onestop.model.printable import is_past_validity
from onestop.model.words import conformity_status_word
from onestop.services.filing.facts import HeldCertificates, facts_of_filing
from onestop.services.inspection.current import policy_for, records_among

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from onestop.model.certificates import ConformityCertificate
    from onestop.model.checks import FilingFacts
    from onestop.model.filing import Filing
    from onestop.model.inspection import Inspection
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves


def facts_in(shelves: Shelves, filing: Filing, now: dt.datetime) -> FilingFacts:
    """Return the facts of a filing as its car and its certificates are stored now.

    Raises:
        NotAllowed: the car is gone.
    """
    return next(facts_in_many(shelves, [filing], now))


def facts_in_many(shelves: Shelves, filings: Iterable[Filing], now: dt.datetime) -> Iterator[FilingFacts]:
    """Return the facts of filings, in their order, with one question a shelf for all of them.

    Raises:
        NotAllowed: a car is gone.
    """
    wanted = list(filings)
    cars = shelves.vehicles.get_many({filing.vehicle_id for filing in wanted})
    insurances = shelves.insurance.all_for_vehicles(cars)
    conformities = shelves.conformity.all_for_vehicles(cars)
    inspections = shelves.inspections.get_many(filing.inspection_id for filing in wanted if filing.inspection_id)
    for filing in wanted:
        car = cars.get(filing.vehicle_id) or shelves.vehicles.get(filing.vehicle_id)
        inspection = inspections.get(filing.inspection_id or 0) or _open_of(shelves, filing)
        held = HeldCertificates(insurances[car.id], conformities[car.id])
        if inspection is not None:
            held = _with_those_that_count(held, inspection, filing, car, now.astimezone(JST).date())
        yield facts_of_filing(filing, car, held, now)


def _open_of(shelves: Shelves, filing: Filing) -> Inspection | None:
    """Return 今回の車検 for a form that is not saved yet."""
    return shelves.inspections.open_for_vehicle(filing.vehicle_id) if filing.inspection_id is None else None


def _with_those_that_count(
    held: HeldCertificates, inspection: Inspection, filing: Filing, vehicle: Vehicle, today: dt.date
) -> HeldCertificates:
    mine = records_among(inspection, held.insurances, held.conformities, (filing,))
    policy = policy_for(mine, held.insurances, vehicle, today)
    return replace(held, present_insurance=policy, present_conformity=present_conformity(mine.conformity, today))


def present_conformity(newest: ConformityCertificate | None, today: dt.date) -> ConformityCertificate | None:
    """Return the 保適証 that a filing would be made with: the newest of its inspection, unless its time is over."""
    if newest is None or not newest.certificate_number or newest.status == DELETED:
        return None
    word = conformity_status_word(newest.status)
    return None if word.done or word.error or is_past_validity(newest, today) else newest
