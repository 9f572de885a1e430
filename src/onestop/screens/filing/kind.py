"""申請 at the desk: opened with what its fees are estimated at, sent to AINAS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.filing.shown import ShownFiling
from onestop.screens.record_kind import RecordKind

if TYPE_CHECKING:
    from onestop.model.filing import Filing
    from onestop.model.inspection_days import InspectionDays
    from onestop.services.desk import Desk
    from onestop.services.filing.car import BesideCar
    from onestop.services.filing.form import FilingForm
    from onestop.services.filing.review import EstimatedFee


@dataclass(frozen=True, slots=True)
class EstimatedFiling:
    """A filing as the desk opens it, with what its fees are estimated at."""

    form: FilingForm
    filing: Filing | None
    vehicle_id: int
    estimates: tuple[EstimatedFee, ...]
    beside_car: BesideCar
    days: InspectionDays


def _open(desk: Desk, vehicle_id: int | None, control_number: int | None) -> EstimatedFiling:
    opened = desk.filings.open(vehicle_id, control_number)
    planned = opened.filing.planned_date if opened.filing else None
    estimates = desk.review.estimates(opened.vehicle_id, planned)
    days = desk.review.days(opened.form, opened.vehicle_id)
    return EstimatedFiling(opened.form, opened.filing, opened.vehicle_id, estimates, opened.beside_car, days)


def _ask(desk: Desk, shown: ShownFiling) -> object:
    delivery = desk.filings.delivery
    return (delivery.settle_one if shown.is_unsettled else delivery.progress.refresh)(shown.control_number)


FILING_KIND: Final[RecordKind[FilingForm, EstimatedFiling, ShownFiling]] = RecordKind(
    kept_as="filing",
    noun="申請",
    sending_word="発行",
    sent_to="AINAS",
    number_word="申請ID",
    checking="申請状況を確認中",
    is_filing=True,
    blank=ShownFiling(),
    open=_open,
    propose=lambda desk, vehicle_id: _open(desk, vehicle_id, None),
    shown=lambda opened: ShownFiling(opened.filing, opened.estimates, opened.days),
    save=lambda desk, form, vehicle_id, number, version: desk.filings.save(form, vehicle_id, number, version),
    findings=lambda desk, form, vehicle_id, _number: desk.review.findings(form, vehicle_id),
    send=lambda desk, shown: desk.filings.delivery.issue(shown.control_number),
    ask=_ask,
    resolution=lambda desk: desk.filings.delivery.resolution,
    delete=lambda desk, number: desk.filings.delete(number),
)
