"""Reads a filing with its car and the car's certificates, for the review, for F5 and for every row of 一括申請."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.model.certificate_words import DELETED, Origin
from onestop.model.printable import is_past_validity
from onestop.model.words import conformity_status_word
from onestop.services.coming_policy import coming_policy
from onestop.services.facts import HeldCertificates, facts_of_filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.checks import FilingFacts
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves


def facts_in(shelves: Shelves, filing: Filing, now: dt.datetime) -> FilingFacts:
    """Return the facts of a filing as its car and its certificates are stored now.

    Raises:
        NotAllowed: the car is gone.
    """
    vehicle = shelves.vehicles.get(filing.vehicle_id)
    insurances = shelves.insurance.all_for_vehicle(vehicle.id)
    conformities = shelves.conformity.all_for_vehicle(vehicle.id)
    return facts_of_filing(filing, vehicle, _held(vehicle, insurances, conformities, now), now)


def facts_in_many(shelves: Shelves, filings: Iterable[Filing], now: dt.datetime) -> Iterator[FilingFacts]:
    """Return the facts of filings, in their order, with one question a shelf for all of them."""
    wanted = list(filings)
    cars = shelves.vehicles.get_many({filing.vehicle_id for filing in wanted})
    insurances = shelves.insurance.all_for_vehicles(cars)
    conformities = shelves.conformity.all_for_vehicles(cars)
    for filing in wanted:
        car = cars[filing.vehicle_id]  # the database keeps a car as long as it has a filing
        yield facts_of_filing(filing, car, _held(car, insurances[car.id], conformities[car.id], now), now)


def _held(
    vehicle: Vehicle,
    insurances: tuple[InsuranceCertificate, ...],
    conformities: tuple[ConformityCertificate, ...],
    now: dt.datetime,
) -> HeldCertificates:
    """Return the certificates of a car, and which of them count now."""
    today = now.astimezone(JST).date()
    return HeldCertificates(
        insurances, conformities, coming_policy(insurances, vehicle, today), _present_conformity(conformities, today)
    )


def _present_conformity(conformities: Sequence[ConformityCertificate], today: dt.date) -> ConformityCertificate | None:
    """Return the 保適証 that a filing would be made with: the newest electronic one, unless its time is over."""
    newest = next((each for each in conformities if each.origin is Origin.ELECTRONIC), None)
    if newest is None or not newest.certificate_number or newest.status == DELETED:
        return None
    word = conformity_status_word(newest.status)
    return None if word.done or word.error or is_past_validity(newest, today) else newest
