"""What is different about 申請, 自賠責 and 保適証 at the desk, a row each: how it is opened, checked, sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from onestop.screens.conformity.shown import FIRST_FIELD, REASON, ShownConformity
from onestop.screens.editor import FormT
from onestop.screens.filing.shown import ShownFiling
from onestop.screens.insurance.shown import ShownInsurance
from onestop.screens.shown_record import ShownRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.findings import Finding
    from onestop.screens.shown_record import Recorded
    from onestop.services.conformity.book import OpenedConformity
    from onestop.services.conformity.form import ConformityForm
    from onestop.services.delivery.resolve import ManualResolution
    from onestop.services.desk import Desk
    from onestop.services.filing.form import FilingForm
    from onestop.services.filing.service import OpenedFiling
    from onestop.services.insurance.form import InsuranceForm
    from onestop.services.insurance.service import OpenedInsurance


class Opened(Protocol):
    """What the desk hands out when a record is opened: its form and its car, beside what is its own."""

    @property
    def form(self) -> Any:  # noqa: ANN401 - a bound cannot name another TypeVar; every screen's own form
        """What stands in the fields."""

    @property
    def vehicle_id(self) -> int:
        """Its car."""


OpenedT = TypeVar("OpenedT", bound=Opened)
ShownT = TypeVar("ShownT", bound=ShownRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Generic[FormT, OpenedT, ShownT]):
    """One of the three: its words, and what workers call."""

    kept_as: str
    """Under which English word unsaved typing is kept."""
    table: str
    """Under which name the history has it."""
    noun: str
    """What it is called, in Japanese; so are the others."""
    sending_word: str
    sent_to: str
    number_word: str
    checking: str
    """What is being done while the service is asked."""
    first_field: str
    field_of_issued: str = ""
    """Where it begins once it was issued, if anything may still be typed then."""
    is_filing: bool = False
    """Whether the windows tell each other of it by its 管理番号, too."""
    blank: ShownT
    """What stands beside the fields until one is opened."""
    open: Callable[[Desk, int | None, int | None], OpenedT]
    """Opens the one with this 管理番号, or what there is for the car; both may be unknown."""
    propose: Callable[[Desk, int], OpenedT]
    """Returns another one for the car, whatever there is; where F4 never begins one, what there is."""
    shown: Callable[[OpenedT], ShownT]
    """Returns what stands beside the fields."""
    save: Callable[[Desk, FormT, int, int | None, int | None], Recorded]
    """Saves the form of a car; the 管理番号 and the version are those of what was opened."""
    findings: Callable[[Desk, FormT, int, int | None], Sequence[Finding]]
    """Checks the form of a car and a 管理番号 before it is sent."""
    send: Callable[[Desk, ShownT], object]
    """Sends what is saved, once, unless it is not what is shown any more."""
    ask: Callable[[Desk, ShownT], object]
    """Asks how it stands, or settles one whose answer was lost."""
    resolution: Callable[[Desk], ManualResolution[Any, Any]]
    """Returns what takes the clerk's word for one of which the service does not say enough."""
    delete: Callable[[Desk, int, int | None], object]
    """Deletes the one with this 管理番号 as this version has it, at its service where it was sent."""


def _open_filing(desk: Desk, vehicle_id: int | None, control_number: int | None) -> OpenedFiling:
    """Open it with what its fees are estimated at, and with the days of its inspection."""
    opened = desk.filings.open(vehicle_id, control_number)
    planned = opened.filing.planned_date if opened.filing else None
    estimates = desk.review.estimates(opened.vehicle_id, planned)
    days = desk.review.days(opened.form, opened.vehicle_id)
    return replace(opened, estimates=estimates, days=days)


def _ask_ainas(desk: Desk, shown: ShownFiling) -> object:
    delivery = desk.filings.delivery
    return (delivery.settle_one if shown.is_unsettled else delivery.progress.refresh)(shown.control_number)


FILING_KIND: Final[RecordKind[FilingForm, OpenedFiling, ShownFiling]] = RecordKind(
    kept_as="filing",
    table="filing",
    noun="申請",
    sending_word="発行",
    sent_to="AINAS",
    number_word="申請ID",
    checking="申請状況を確認中",
    first_field="planned_date",
    is_filing=True,
    blank=ShownFiling(),
    open=_open_filing,
    propose=lambda desk, vehicle_id: _open_filing(desk, vehicle_id, None),
    shown=lambda opened: ShownFiling(opened.filing, opened.estimates, opened.days, opened.sent_back, opened.recording),
    save=lambda desk, form, vehicle_id, number, version: desk.filings.save(form, vehicle_id, number, version),
    findings=lambda desk, form, vehicle_id, _number: desk.review.findings(form, vehicle_id),
    send=lambda desk, shown: desk.filings.delivery.issue(shown.control_number, shown.version),
    ask=_ask_ainas,
    resolution=lambda desk: desk.filings.delivery.resolution,
    delete=lambda desk, number, version: desk.filings.delete(number, version),
)


def _save_insurance(
    desk: Desk, form: InsuranceForm, vehicle_id: int, control_number: int | None, version: int | None
) -> InsuranceCertificate:
    """Save a draft, or register one of elsewhere."""
    insurance = desk.insurance
    return (insurance.enter_by_hand if form.by_hand else insurance.save)(form, vehicle_id, control_number, version)


def _ask_ejibai(desk: Desk, shown: ShownInsurance) -> object:
    insurance = desk.insurance
    return (insurance.delivery.settle_one if shown.is_unsettled else insurance.refresh)(shown.control_number)


INSURANCE_KIND: Final[RecordKind[InsuranceForm, OpenedInsurance, ShownInsurance]] = RecordKind(
    kept_as="insurance",
    table="insurance_certificate",
    noun="証明書",
    sending_word="発行",
    sent_to="e-JIBAI",
    number_word="保険証番号",
    checking="e-JIBAIに確認中",
    first_field="insurer",
    blank=ShownInsurance(),
    open=lambda desk, vehicle_id, number: desk.insurance.open(vehicle_id, number),
    propose=lambda desk, vehicle_id: desk.insurance.propose(vehicle_id),
    shown=lambda opened: ShownInsurance(opened.certificate, opened.basis),
    save=_save_insurance,
    findings=lambda desk, form, vehicle_id, number: desk.insurance.assess(form, vehicle_id, number).findings,
    send=lambda desk, shown: desk.insurance.delivery.issue(shown.control_number, shown.version),
    ask=_ask_ejibai,
    resolution=lambda desk: desk.insurance.delivery.resolution,
    delete=lambda desk, number, version: desk.insurance.delete(number, version),
)


def _send_to_airas(desk: Desk, shown: ShownConformity) -> object:
    """Issue it, or send its 訂正."""
    conformity = desk.conformity
    send = conformity.correct if shown.is_correctable else conformity.delivery.issue
    return send(shown.control_number, shown.version)


CONFORMITY_KIND: Final[RecordKind[ConformityForm, OpenedConformity, ShownConformity]] = RecordKind(
    kept_as="conformity",
    table="conformity_certificate",
    noun="保適証",
    sending_word="送信",
    sent_to="AIRAS",
    number_word="交付番号",
    checking="AIRASで状態を確認中",
    first_field=FIRST_FIELD,
    field_of_issued=REASON,
    blank=ShownConformity(),
    open=lambda desk, vehicle_id, number: desk.conformity_book.open(vehicle_id, number),
    propose=lambda desk, vehicle_id: desk.conformity_book.propose(vehicle_id),
    shown=lambda opened: ShownConformity(opened.certificate, opened.of_before),
    save=lambda desk, form, vehicle_id, number, version: desk.conformity_book.save(form, vehicle_id, number, version),
    findings=lambda desk, form, vehicle_id, _number: desk.conformity_book.findings(form, vehicle_id),
    send=_send_to_airas,
    ask=lambda desk, shown: desk.conformity.refresh(shown.control_number),
    resolution=lambda desk: desk.conformity.delivery.resolution,
    delete=lambda desk, number, version: desk.conformity.delete(number, version),
)
