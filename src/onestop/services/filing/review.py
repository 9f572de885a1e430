"""What there is to say before a filing is sent: findings by rule, and the money as 見込."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.model.checks import check_filing
from onestop.model.confirmation import remembered
from onestop.model.filing import Filing
from onestop.model.findings import blocks
from onestop.model.money import Estimate, estimate_fees, estimate_weight_tax, fee_vehicle
from onestop.model.rate_tables import ApplicationChannel
from onestop.model.sending_state import Sending
from onestop.model.validity import validity_of
from onestop.model.words import FeeKind
from onestop.services.filing.facts import facts_of_vehicle
from onestop.services.filing.form import FilingForm, fill_filing
from onestop.services.filing.held import facts_in
from onestop.services.inspection.next_step import with_keys
from onestop.services.saving import blank

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.clock import Clock
    from onestop.model.checks import FilingFacts
    from onestop.model.confirmation import Confirmation
    from onestop.model.findings import Finding
    from onestop.model.inspection_days import InspectionDays
    from onestop.store.database import Database


@dataclass(frozen=True, slots=True)
class EstimatedFee:
    """One row of 手数料・税種別 before AINAS has told its own."""

    kind: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class ReviewedFiling:
    """One row of the review before 一括申請."""

    control_number: int
    vehicle_id: int
    registration_number: str = dataclasses.field(repr=False)
    chassis_number: str = dataclasses.field(repr=False)
    findings: tuple[Finding, ...]
    fees: tuple[EstimatedFee, ...]
    version: int
    """Which one was read."""
    issuable: bool
    """依頼前, and nothing that AINAS would refuse."""

    @property
    def estimated_total(self) -> int | None:
        """Yen; None when a part of it has no figure."""
        amounts = [fee.estimate.amount for fee in self.fees]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if len(known) == len(amounts) else None


class ReviewService:
    """Checks filings and estimates their money."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def estimates(self, vehicle_id: int, planned_date: dt.date | None = None) -> tuple[EstimatedFee, ...]:
        """Return what a 継続検査 of this car will cost, by the tables that hold on that day (today if None)."""
        with self._database.read() as shelves:
            facts = facts_of_vehicle(shelves.vehicles.get(vehicle_id))
        return self._fees(dataclasses.replace(facts, planned_date=planned_date))

    def findings(self, form: FilingForm, vehicle_id: int) -> tuple[Finding, ...]:
        """Check a form that is not saved yet.

        Raises:
            InvalidInput: something typed cannot be read at all.
        """
        facts = self._facts(form, vehicle_id)
        with self._database.read() as shelves:
            doubles = shelves.vehicles.doubles([vehicle_id])
            known = shelves.confirmations.of_vehicle(vehicle_id)
        return self._checked(facts, known, doubles.get(vehicle_id, 0))

    def days(self, form: FilingForm, vehicle_id: int) -> InspectionDays:
        """Return the days of the inspection, by the certificates whose numbers stand in a form.

        Raises:
            InvalidInput: something typed cannot be read at all.
        """
        return self._facts(form, vehicle_id).days(self._clock.today())

    def _facts(self, form: FilingForm, vehicle_id: int) -> FilingFacts:
        now = self._clock.now()
        filing = blank(Filing, vehicle_id, now)
        fill_filing(filing, form, self._clock.today())
        with self._database.read() as shelves:
            return next(facts_in(shelves, [filing], now))

    def review_many(self, control_numbers: Sequence[int]) -> tuple[ReviewedFiling, ...]:
        """Return the review of these filings, in their order; one that was deleted meanwhile has none."""
        with self._database.read() as shelves:
            stored = shelves.filings.get_many(control_numbers)
            filings = [stored[number] for number in control_numbers if number in stored]
            doubles = shelves.vehicles.doubles({filing.vehicle_id for filing in filings})
            facts = [*facts_in(shelves, filings, self._clock.now())]
            known = shelves.confirmations.of_vehicles({filing.vehicle_id for filing in filings})
        return tuple(
            self._reviewed(filing, each, known[filing.vehicle_id], doubles.get(filing.vehicle_id, 0))
            for filing, each in zip(filings, facts, strict=True)
        )

    def _reviewed(
        self, filing: Filing, facts: FilingFacts, known: Sequence[Confirmation], doubles: int
    ) -> ReviewedFiling:
        found = self._checked(facts, known, doubles)
        return ReviewedFiling(
            filing.control_number,
            filing.vehicle_id,
            filing.registration_number.display(),
            filing.chassis_number,
            found,
            self._fees(facts),
            filing.version,
            issuable=filing.sending is Sending.DRAFT and not blocks(found),
        )

    def _checked(self, facts: FilingFacts, known: Sequence[Confirmation], doubles: int) -> tuple[Finding, ...]:
        """Return what there is to say; what was confirmed for this car is said as that."""
        today, facts = self._clock.today(), dataclasses.replace(facts, same_chassis_records=doubles)
        return remembered(with_keys(check_filing(facts, today)), facts, known, today)

    def _fees(self, facts: FilingFacts) -> tuple[EstimatedFee, ...]:
        day = facts.planned_date or self._clock.today()
        taxable = facts.taxable
        fees = estimate_fees(fee_vehicle(taxable), ApplicationChannel.OSS, day)
        tax = estimate_weight_tax(taxable, validity_of(taxable, day).years, day, facts.tax_rate)
        rows = [EstimatedFee(FeeKind.INSPECTION.value, fees.national), EstimatedFee(FeeKind.WEIGHT_TAX.value, tax)]
        if fees.technical.amount:
            rows.append(EstimatedFee(FeeKind.TECHNICAL.value, fees.technical))
        return tuple(rows)
