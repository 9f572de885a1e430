"""What 連動発行 would send for a car: 自賠責, 保適証 and 申請, each with every check that its own window makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop import errors
from onestop.model.certificate_words import DELETED, ApplicationKind
from onestop.model.findings import Finding, Severity, blocks
from onestop.model.sending_state import Sending
from onestop.services.conformity.outcomes import is_waiting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.money import Estimate
    from onestop.services.conformity.form import ConformityForm
    from onestop.services.filing.form import FilingForm
    from onestop.services.filing.review import EstimatedFee
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.inspection.link import LinkedServices, LinkService, Obstacle
    from onestop.services.insurance.form import InsuranceForm

FormT = TypeVar("FormT")

TO_COME: Final = {("A05", "new_insurance_number"), ("A05", "new_insurer"), ("C15", "insurance_certificate_number")}
"""What the checks miss of a 自賠責 that has no number yet, by rule and field; what it lacks itself is said there."""
ALSO_TO_COME: Final = ("C15", "conformity_certificate_number")


class Step(StrEnum):
    """The three, in the order of the work, by the titles of their panels."""

    INSURANCE = "e-JIBAI"
    CONFORMITY = "保適[AIRAS]"
    FILING = "申請[AINAS]"


@dataclass(frozen=True, slots=True)
class Planned(Generic[FormT]):
    """One of the three: what will be sent, and what there is to say of it."""

    form: FormT = field(repr=False)
    findings: tuple[Finding, ...] = ()
    control_number: int | None = None
    """Of the draft that is there; None: none is."""
    version: int | None = None
    number: str = field(default="", repr=False)
    """What its service gave it already: it is not sent again."""
    waits: bool = False
    """Whether AIRAS has no electronic 自賠責 yet (127); the running program sends it again by itself."""

    @property
    def blocked(self) -> bool:
        """Whether it cannot be sent as it is."""
        return blocks(self.findings)

    @property
    def has_warnings(self) -> bool:
        """Whether the clerk is to look at something before it is sent."""
        return any(one.severity is Severity.WARNING for one in self.findings)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one F5 would do for a car: read by the clerk first, and then sent as it was read."""

    vehicle_id: int
    insurance: Planned[InsuranceForm]
    conformity: Planned[ConformityForm]
    filing: Planned[FilingForm]
    coming: InsuranceCertificate | None = field(default=None, repr=False)
    """The 自賠責 that step 1 issues; None: the car has one."""
    premium: Estimate | None = None
    """保険料 of it; None: nothing more is to be paid, or 始期 or months are missing."""
    fees: tuple[EstimatedFee, ...] = ()

    @property
    def steps(self) -> tuple[tuple[Step, Planned[InsuranceForm] | Planned[ConformityForm] | Planned[FilingForm]], ...]:
        """The three in the order of the work."""
        return (
            (Step.INSURANCE, self.insurance),
            (Step.CONFORMITY, self.conformity),
            (Step.FILING, self.filing),
        )

    @property
    def total(self) -> int | None:
        """Yen that will be paid; None when a part of it has no figure."""
        amounts = [each.estimate.amount for each in self.fees]
        if not self.insurance.number:
            amounts.append(self.premium.amount if self.premium else None)
        known = [each for each in amounts if each is not None]
        return sum(known) if len(known) == len(amounts) else None

    @property
    def blocked(self) -> bool:
        """Whether nothing can be sent before something is mended."""
        return any(planned.blocked for _, planned in self.steps)


class RelayPlanning:
    """Looks at all three of a car; nothing here is stored or sent."""

    def __init__(self, services: LinkedServices, link: LinkService) -> None:
        self._services = services
        self._link = link

    def plan(self, vehicle_id: int) -> Plan:
        """Look at all three, with every check that their own windows make.

        Raises:
            NotAllowed: see `LinkedServices.car_to_file`.
        """
        car = self._services.car_to_file(vehicle_id)
        insurance, coming, premium = self._plan_insurance(car)
        return Plan(
            vehicle_id,
            insurance,
            self._plan_conformity(car, coming),
            self._plan_filing(car, insured=bool(insurance.number)),
            coming,
            premium,
            self._services.review.estimates(vehicle_id, car.filing.planned_date if car.filing else None),
        )

    def _plan_insurance(
        self, car: CurrentInspection
    ) -> tuple[Planned[InsuranceForm], InsuranceCertificate | None, Estimate | None]:
        obstacles = _as_findings(self._link.insurance_obstacles(car))
        policy = car.policy
        if policy is not None:
            form = self._services.insurance.open(None, policy.control_number).form
            return of_stored(form, policy, obstacles, policy.certificate_number or ""), None, None
        opened = self._services.insurance.open(car.vehicle.id)
        draft = opened.certificate
        number = draft.control_number if draft else None
        try:
            assessed = self._services.insurance.assess(opened.form, car.vehicle.id, number)
        except errors.InvalidInput as error:
            return of_stored(opened.form, draft, (*obstacles, *_wrong(error))), None, None
        planned = of_stored(opened.form, draft, (*obstacles, *assessed.findings))
        return planned, assessed.certificate, assessed.estimate

    def _plan_conformity(self, car: CurrentInspection, coming: InsuranceCertificate | None) -> Planned[ConformityForm]:
        made = car.conformity
        if made is not None and made.counts_as != DELETED and made.sending is not Sending.DRAFT:
            obstacles = _as_findings(self._link.conformity_obstacles(made))
            form = self._services.book.open(None, made.control_number).form
            return of_stored(form, made, obstacles, made.certificate_number or "")
        opened = self._services.book.open(car.vehicle.id, coming=coming)
        held = opened.certificate
        try:
            found = self._services.book.findings(opened.form, car.vehicle.id, coming)
        except errors.InvalidInput as error:
            found = _wrong(error)
        if coming is not None:
            found = _without(found, TO_COME)
        if opened.form.application_kind != ApplicationKind.OSS:
            message = f"OSS申請ではないため、申請まで送信できません。{opened.proposal.reason}"
            found = (*found, Finding("", Severity.ERROR, "application_kind", message))
        return replace(of_stored(opened.form, held, found), waits=goes_by_itself(held))

    def _plan_filing(self, car: CurrentInspection, *, insured: bool) -> Planned[FilingForm]:
        opened = self._services.filings.open(car.vehicle.id, None)
        form = opened.form
        if car.policy is not None:
            form = replace(form, insurance_certificate_number=car.policy.certificate_number or "")
        made = car.conformity.certificate_number if car.conformity and not car.conformity.is_closed else ""
        form = replace(form, conformity_certificate_number=made or "")
        try:
            found = self._services.review.findings(form, car.vehicle.id)
        except errors.InvalidInput as error:
            found = _wrong(error)
        to_come = {ALSO_TO_COME} if insured else {ALSO_TO_COME, *TO_COME}
        return of_stored(form, opened.filing, _without(found, to_come))


def of_stored(
    form: FormT,
    stored: InsuranceCertificate | ConformityCertificate | Filing | None,
    findings: Iterable[Finding],
    number: str = "",
) -> Planned[FormT]:
    """Plan a form, with what is stored of it if anything is."""
    if stored is None:
        return Planned(form, tuple(findings), number=number)
    return Planned(form, tuple(findings), stored.control_number, stored.version, number)


def goes_by_itself(held: ConformityCertificate | None) -> bool:
    """Tell whether it goes out by itself once e-JIBAI's data is there, or is just going out so."""
    if held is None or held.waiting_since is None:
        return False
    return held.sending is Sending.SENDING or (is_waiting(held) and held.next_try_at is not None)


def _as_findings(obstacles: Iterable[Obstacle]) -> tuple[Finding, ...]:
    return tuple(
        Finding("", Severity.ERROR if each.blocks else Severity.WARNING, "", each.sentence) for each in obstacles
    )


def _wrong(error: errors.InvalidInput) -> tuple[Finding, ...]:
    """Return what cannot be read at all as what it is: nothing is sent before it is mended."""
    return tuple(Finding("", Severity.ERROR, each.field, each.message) for each in error.problems)


def _without(found: Iterable[Finding], known: Collection[tuple[str, str]]) -> tuple[Finding, ...]:
    return tuple(each for each in found if (each.rule_id, each.field) not in known)
