"""見積書: what the next 車検 costs the customer by law and at this shop, what to bring, and until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from onestop.documents.papers import BringRow, EstimatePaper, EstimateRow
from onestop.model.cover_words import last_application_words
from onestop.model.inspection_days import window_start
from onestop.model.insurance_checks import estimate_premium
from onestop.model.money import Estimate, yen
from onestop.model.shipped import rows_of
from onestop.model.wareki import format_both, format_western
from onestop.services.inspection.current import days_in, read_current
from onestop.services.insurance.proposal import basis_in, proposed_period, rate_class_of
from onestop.services.printing import OneFormService

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.documents.layout import LaidOut
    from onestop.model.inspection_days import InspectionDays
    from onestop.model.vehicle import Vehicle
    from onestop.services.filing.review import ReviewService
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.insurance.proposal import InsuranceBasis
    from onestop.services.printing import PrintSetup
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database

ANY: Final = "*"
ESTIMATED: Final = "見込"
UNKNOWN: Final = "未定"
INSURANCE: Final = "自賠責保険料"
OSS_CHARGE: Final = "OSS申請費用"
NO_PERIOD: Final = "満了日か有効期間の年数が分からないため、保険期間が決まりません"
OF_POLICY: Final = "契約済みの証明書の保険料"
OF_SHOP: Final = "当店の料金"
NO_EXPIRY: Final = "満了日が未入力です"


@dataclass(frozen=True, slots=True)
class ThingToBring:
    """A row of resources/rules/things_to_bring.csv."""

    fits: frozenset[str]
    """車両種別 for which it is brought; * is all."""
    thing: str
    note: str


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One thing that is to be paid: yen with the table that says so, or why there is no figure."""

    label: str
    amount: int | None
    basis: str
    is_estimated: bool = True
    """Whether the figure may still change."""


@dataclass(frozen=True, slots=True)
class CarEstimate:
    """What a customer is told of the next 車検 of a car."""

    vehicle: Vehicle = field(repr=False)
    lines: tuple[EstimateLine, ...]
    days: InspectionDays
    brings: tuple[ThingToBring, ...]

    @property
    def total(self) -> str:
        """The sum of what has a figure; what has none is counted."""
        known = [line.amount for line in self.lines if line.amount is not None]
        unknown = len(self.lines) - len(known)
        if not known:
            return UNKNOWN
        return f"{ESTIMATED} {yen(sum(known))}" + (f"(ほかに{UNKNOWN} {unknown}件)" if unknown else "")


@cache
def things_to_bring() -> tuple[ThingToBring, ...]:
    """Return the table."""
    rows = rows_of("rules/things_to_bring.csv")
    return tuple(ThingToBring(frozenset(row["vehicle_class"].split("|")), row["thing"], row["note"]) for row in rows)


class EstimateService(OneFormService[CarEstimate]):
    """Works out what a car's next 車検 costs, and prints it for the customer."""

    def __init__(
        self, database: Database, settings: SettingsService, clock: Clock, press: PrintSetup, review: ReviewService
    ) -> None:
        super().__init__(database, settings, clock, press)
        self._review = review

    def of_car(self, vehicle_id: int) -> CarEstimate:
        """Return the estimate of a car by the tables that hold on the day that counts.

        Nobody has his car inspected before the window opens: until then its first day counts.

        Raises:
            NotAllowed: the car is gone.
        """
        today = self._clock.today()
        with self._database.read() as shelves:
            vehicle = shelves.vehicles.get(vehicle_id)
            current = read_current(shelves, vehicle, today)
            opens = window_start(vehicle.expiry_date, today) if vehicle.expiry_date else None
            basis = basis_in(shelves, vehicle, None, today, opens)
        days = days_in(current, today, opens)
        estimates = self._review.estimates(vehicle_id, days.day)
        fees = (EstimateLine(fee.kind, fee.estimate.amount, _basis(fee.estimate)) for fee in estimates)
        insurance = _of_insurance(current, basis, days)
        charge = self._settings.workshop().oss_charge
        shop = () if charge is None else (EstimateLine(OSS_CHARGE, charge, OF_SHOP, is_estimated=False),)
        brought = tuple(each for each in things_to_bring() if each.fits & {ANY, vehicle.vehicle_class.value})
        return CarEstimate(vehicle, (*fees, insurance, *shop), days, brought)

    def pages(self, found: CarEstimate) -> LaidOut:
        """Return it on its form."""
        vehicle, days, workshop = found.vehicle, found.days, self._settings.workshop()
        paper = EstimatePaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=f"印刷 {self._printed_at()}",
            customer_name=f"{vehicle.effective_user_name} 様",
            registration_number=vehicle.registration_number.formal(),
            chassis_number=vehicle.chassis_number,
            vehicle_name=f"{vehicle.vehicle_name} {vehicle.model_code}".strip(),
            until=_until(days),
            new_expiry=format_both(days.new_expiry) if days.new_expiry else UNKNOWN,
            last_application_date=last_application_words(days) or UNKNOWN,
            counted_day=format_both(days.day),
            total=found.total,
            lines=tuple(_row(line) for line in found.lines),
            brings=tuple(BringRow(thing=each.thing, note=each.note) for each in found.brings),
        )
        return self._filled(paper)


def _of_insurance(current: CurrentInspection, basis: InsuranceBasis, days: InspectionDays) -> EstimateLine:
    """Return 自賠責保険料: of the policy that is there for the coming period, else of the one that will be proposed."""
    policy, vehicle = current.policy, current.vehicle
    if policy is not None and policy.premium is not None:
        return EstimateLine(_insured(policy.months), policy.premium, OF_POLICY, is_estimated=False)
    proposed = proposed_period(basis, days.today)
    if policy is not None:
        start, months = policy.start_date, policy.months
    else:
        start, months = (proposed.start, proposed.months) if proposed else (None, None)
    figure = estimate_premium(rate_class_of(vehicle), start, months, vehicle.registration_number.area)
    if figure is None:
        return EstimateLine(INSURANCE, None, NO_PERIOD)
    return EstimateLine(_insured(months), figure.amount, _basis(figure))


def _insured(months: int | None) -> str:
    return f"{INSURANCE}({months}か月)" if months else INSURANCE


def _basis(figure: Estimate) -> str:
    if figure.amount is None or figure.table_date is None:
        return figure.note
    note = f" {figure.note}" if figure.note else ""
    return f"{format_western(figure.table_date)}からの表{note}"


def _until(days: InspectionDays) -> str:
    expiry = days.expiry_date
    if expiry is None:
        return NO_EXPIRY
    if expiry < days.today:
        return f"{format_both(expiry)} に切れています"
    return f"{format_both(expiry)} まで({format_western(window_start(expiry, days.day))}から受けられます)"


def _row(line: EstimateLine) -> EstimateRow:
    mark = f"{ESTIMATED} " if line.is_estimated else ""
    amount = UNKNOWN if line.amount is None else f"{mark}{yen(line.amount)}"
    return EstimateRow(label=line.label, amount=amount, basis=line.basis)
