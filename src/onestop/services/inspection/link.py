"""4. ワンストップサービス連動: refresh 自賠責 and 保適証, hold the three together, and prepare the filing from them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.agreement import FILED_WITH
from onestop.model.certificate_words import BEING_MADE, DELETED, ApplicationKind, Origin
from onestop.model.checklist import StandsInTheWay
from onestop.model.comparison import NUMBERS, Source
from onestop.model.cover_words import gap_of, short_cover
from onestop.model.findings import Severity
from onestop.model.inspection_days import conformity_validity
from onestop.model.insurance_checks import has_started
from onestop.model.pullback import is_held_back
from onestop.model.sending_state import Sending
from onestop.model.validity import validity_of
from onestop.services.filing.facts import compared, facts_of_vehicle
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE
from onestop.services.inspection.current import days_in
from onestop.services.inspection.next_step import MENDED_BY, Press

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from onestop.clock import Clock
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.services.conformity.book import ConformityBook
    from onestop.services.conformity.service import ConformityService
    from onestop.services.filing.review import ReviewService
    from onestop.services.filing.service import FilingService
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.inspection.service import InspectionService
    from onestop.services.insurance.service import InsuranceService

ISSUED_ALREADY: Final = "この車両の申請はすでに発行されています。状態は F7 申請書一覧 で確かめてください。"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that is missing or does not agree, and the key that mends it."""

    sentence: str = dataclasses.field(repr=False)
    press: Press
    blocks: bool = True
    """Whether nothing is prepared before it is mended; what may be meant so is told beside the prepared filing."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of 連動: the prepared filing's 管理番号, or what stands in the way."""

    control_number: int | None
    obstacles: tuple[Obstacle, ...] = ()
    """Beside a prepared filing: what does not agree, and may be meant so."""
    stale: errors.OneStopError | None = None
    """Why a state could not be refreshed; then what is stored was looked at, and nothing was prepared."""


@dataclass(frozen=True, slots=True)
class LinkedServices:
    """What 連動 and 連動発行 work with: the services of the three papers of a car."""

    inspections: InspectionService
    insurance: InsuranceService
    conformity: ConformityService
    book: ConformityBook
    filings: FilingService
    review: ReviewService

    def car_to_file(self, vehicle_id: int) -> CurrentInspection:
        """Return a car with 今回の車検, for which a filing can still be prepared.

        Raises:
            NotAllowed: it is issued already, or the last inspection's 車検証 is not here.
        """
        car = self.inspections.current(vehicle_id)
        if car.awaits_certificate:
            raise errors.NotAllowed(AWAITS_CERTIFICATE)
        if car.filing is not None and car.filing.goes_on and not car.filing.is_draft:
            raise errors.NotAllowed(ISSUED_ALREADY)
        return car


class LinkService:
    """Ties e-JIBAI, AIRAS and AINAS together for one car."""

    def __init__(self, services: LinkedServices, clock: Clock) -> None:
        self._services = services
        self._clock = clock

    def link(self, vehicle_id: int) -> Linked:
        """Refresh, check, and when all agrees save the filing with both numbers, so that only F5 is left.

        Raises:
            NotAllowed: see `car_to_file`.
            InvalidInput: the car lacks what a filing needs.
        """
        stale = self._refresh(vehicle_id)
        car = self._services.car_to_file(vehicle_id)
        policy, conformity = car.policy, car.conformity
        obstacles = tuple(self._obstacles(car))
        if any(each.blocks for each in obstacles) or stale is not None or policy is None or conformity is None:
            return Linked(None, obstacles, stale)
        return Linked(self._prepare(vehicle_id, policy, conformity).control_number, obstacles)

    def _refresh(self, vehicle_id: int) -> errors.OneStopError | None:
        car = self._services.inspections.current(vehicle_id)
        try:
            if car.policy is not None and _is_at_service(car.policy):
                self._services.insurance.refresh(car.policy.control_number)
            if car.conformity is not None and _is_at_service(car.conformity):
                self._services.conformity.refresh(car.conformity.control_number)
        except errors.ServiceError as error:
            return error
        return None

    def _prepare(self, vehicle_id: int, insurance: InsuranceCertificate, conformity: ConformityCertificate) -> Filing:
        opened = self._services.filings.open(vehicle_id, None)
        form = dataclasses.replace(
            opened.form,
            insurance_certificate_number=insurance.certificate_number or "",
            conformity_certificate_number=conformity.certificate_number or "",
        )
        stored = opened.filing
        number, version = (None, None) if stored is None else (stored.control_number, stored.version)
        return self._services.filings.save(form, vehicle_id, number, version)

    def _obstacles(self, car: CurrentInspection) -> Iterator[Obstacle]:
        policy, conformity = car.policy, car.conformity
        yield from self.insurance_obstacles(car)
        if policy is None:
            yield Obstacle("自賠責の証明書がありません。", Press.INSURANCE)
        if conformity is None or conformity.counts_as == DELETED or not conformity.certificate_number:
            yield Obstacle("保適証が発行されていません。", Press.CONFORMITY)
        else:
            yield from self.conformity_obstacles(conformity)
        yield from _paper_obstacles(car)
        for each in car.checklist.findings(
            StandsInTheWay.FILING
        ):  # it is prepared, and not sent before these are answered
            yield Obstacle(each.message, Press.CHECKLIST, blocks=False)

    def insurance_obstacles(self, car: CurrentInspection) -> Iterator[Obstacle]:
        """Say why nothing can be filed with the 自賠責 as it stands; that there is none is not among it."""
        policy = car.policy
        if car.insurance is not None and car.insurance.sending.is_unsettled:
            yield Obstacle("自賠責が受け付けられたかどうかを確認中です。", Press.INSURANCE)
        if policy is None:
            return
        if policy.origin is Origin.ELECTRONIC and not policy.report_to_registry:
            yield Obstacle(_unreported(policy, self._clock.now()), Press.INSURANCE)
        days = days_in(car, self._clock.today())
        if question := validity_of(facts_of_vehicle(car.vehicle).taxable, days.day).question:
            yield Obstacle(question, Press.VEHICLE)
        if short := short_cover(days):
            yield Obstacle(short, Press.INSURANCE)
        if gap := gap_of(days):
            yield Obstacle(gap, Press.INSURANCE)

    def conformity_obstacles(self, conformity: ConformityCertificate) -> Iterator[Obstacle]:
        """Say why nothing can be filed with the 保適証 as it stands."""
        if conformity.sending.is_unsettled:
            yield Obstacle("保適証が受け付けられたかどうかを確認中です。", Press.CONFORMITY)
        elif conformity.counts_as == BEING_MADE:
            yield Obstacle("保適証が作成中です。訂正して発行してください。", Press.CONFORMITY)
        elif conformity.counts_as not in FILED_WITH:
            yield Obstacle(f"保適証の交付ステータスが「{conformity.status}」です。", Press.CONFORMITY)
        if is_held_back(conformity, self._clock.now()):
            yield Obstacle("保適証は引戻を待っています。終わるまで申請できません。", Press.CONFORMITY)
        if conformity.application_kind != ApplicationKind.OSS:
            yield Obstacle("窓口申請の保適証では申請できません。OSS申請で発行し直してください。", Press.CONFORMITY)
        if conformity.inspection_date is not None:
            validity = conformity_validity(conformity.inspection_date, self._clock.today())
            if validity.expired:
                yield Obstacle("保適証の有効期間(15日)が過ぎています。", Press.CONFORMITY)


def _paper_obstacles(car: CurrentInspection) -> Iterator[Obstacle]:
    """Name what does not agree; of a filing that was begun its numbers are about to be filled in anew."""
    draft = car.filing if car.filing is not None and car.filing.sending is Sending.DRAFT else None
    conformity = None if car.conformity is None or car.conformity.counts_as == DELETED else car.conformity
    for each in compared(car.vehicle, car.policy, conformity, draft).differences:
        if each.source is not Source.FILING or each.name not in NUMBERS:
            yield Obstacle(each.message, MENDED_BY[each.source], blocks=each.severity is Severity.ERROR)


def _unreported(insurance: InsuranceCertificate, now: dt.datetime) -> str:
    if insurance.is_by_hand or has_started(insurance.start_date, now):
        return (
            "自賠責が登録機関に届きません。窓口申請にするか、"
            "直した証明書を、自賠責証明書発行の F4 新規・Alt+E 手入力 で登録してください。"
        )
    return "自賠責の登録機関にチェックがありません。取消して発行し直してください。"


def _is_at_service(certificate: InsuranceCertificate | ConformityCertificate) -> bool:
    return certificate.sending is Sending.FILED and certificate.certificate_number is not None
