"""連動発行: 自賠責, 保適証 and 申請 of one car, which were looked at together, sent one after the other by one F5.

Nothing about sending is new here: each of the three is saved and issued as its own window does it, and keeps its own
intent. So a kill in the middle leaves what three single sendings would leave; nothing goes on by itself after it.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.findings import Severity, refuse_errors
from onestop.services.conformity.outcomes import is_wait
from onestop.services.inspection.relay_plan import Plan, Step, goes_by_itself, of_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onestop.model.findings import Finding
    from onestop.services.inspection.confirming import ConfirmingService
    from onestop.services.inspection.link import LinkedServices
    from onestop.services.inspection.relay_plan import RelayPlanning

UNDER_WAY: Final = "この車両の連動発行は、すでに行っています。終わるまでお待ちください。"
BLOCKED: Final = (
    "直すところがあるため、送信できません。× の付いた理由を見て、その枠の 1 で開いて直してください(確認票は Alt+Q)。"
)
CHANGED_MEANWHILE: Final = (
    "確かめたあとに、この車両の証明書が変わりました。内容をもう一度確かめて、F5 を押してください。"
)
UNSEEN: Final = "確かめたときになかった注意があります: {found} 内容を確かめて、F5 を押してください。"


@dataclass(frozen=True, slots=True)
class Relayed:
    """How far it came: the plan with the numbers that were given, and where it stands still."""

    plan: Plan
    at: Step | None = None
    """None: all three are issued."""
    error: errors.OneStopError | None = None
    """None beside a step: it waits (127), or the clerk stopped."""


class RelayService:
    """Sends the three of one car. Call its methods on a worker only."""

    def __init__(self, planning: RelayPlanning, services: LinkedServices, confirming: ConfirmingService) -> None:
        self.planning = planning
        self._services = services
        self._confirming = confirming
        self._busy: dict[int, threading.Event] = {}
        """What stops the one under way, by the car."""
        self._guard = threading.Lock()
        self._ended = False

    def end(self) -> None:
        """Begin no further step: the desk is about to be closed. What is under way ends properly."""
        self._ended = True
        self.stop()

    def stop(self) -> None:
        """Do as 中止 does, in every window: the session may end, and may not."""
        with self._guard:
            for stop in self._busy.values():
                stop.set()

    def go(self, plan: Plan, tell: Callable[[Plan], None], stop: threading.Event) -> Relayed:
        """Send what was read, one after the other; stop at the first thing that a person has to decide.

        A plan that waited (127) is handed in again once its 保適証 is issued: what has a number is not sent again.

        Args:
            plan: as the clerk read it; its warnings are confirmed by this.
            tell: is called with the plan after each step that has ended.
            stop: set it to begin no further step.

        Raises:
            NotAllowed: it is under way for this car already, or something has to be mended first.
        """
        if plan.blocked:
            raise errors.NotAllowed(BLOCKED)
        with self._claimed(plan.vehicle_id, stop):
            read = [(plan.vehicle_id, planned.findings) for _, planned in plan.steps if not planned.number]
            self._confirming.confirm(read)
            sendings = (Step.INSURANCE, self._insure), (Step.CONFORMITY, self._certify), (Step.FILING, self._file)
            for step, send in sendings:
                if stop.is_set():
                    return Relayed(plan, step)
                try:
                    plan = send(plan)
                except errors.OneStopError as error:
                    return Relayed(plan, step, error)
                tell(plan)
                if step is Step.CONFORMITY and plan.conformity.waits:
                    return Relayed(plan, step)
            return Relayed(plan)

    @contextmanager
    def _claimed(self, vehicle_id: int, stop: threading.Event) -> Iterator[None]:
        with self._guard:
            if vehicle_id in self._busy:
                raise errors.NotAllowed(UNDER_WAY)
            self._busy[vehicle_id] = stop
            if self._ended:
                stop.set()
        try:
            yield
        finally:
            with self._guard:
                del self._busy[vehicle_id]

    def _insure(self, plan: Plan) -> Plan:
        policy = self._services.inspections.current(plan.vehicle_id).policy
        planned = plan.insurance
        if ((policy.certificate_number if policy else None) or "") != planned.number:
            raise errors.NotAllowed(CHANGED_MEANWHILE)
        if planned.number:
            return plan
        saved = self._services.insurance.save(planned.form, plan.vehicle_id, planned.control_number, planned.version)
        issued = self._services.insurance.delivery.issue(saved.control_number, saved.version)
        return replace(plan, insurance=of_stored(planned.form, issued, (), issued.certificate_number or ""))

    def _certify(self, plan: Plan) -> Plan:
        planned = plan.conformity
        if planned.number:
            return plan
        if planned.control_number is not None:
            held = self._services.book.open(None, planned.control_number).certificate
            if held is not None and held.certificate_number:  # sent by itself while it was waited for
                return replace(plan, conformity=of_stored(planned.form, held, (), held.certificate_number))
            if goes_by_itself(held):
                return replace(plan, conformity=replace(planned, waits=True))
        form = replace(planned.form, new_insurance_number=plan.insurance.number)
        _refuse_unseen(self._services.book.findings(form, plan.vehicle_id), planned.findings)
        saved = self._services.book.save(form, plan.vehicle_id, planned.control_number, planned.version)
        try:
            issued = self._services.conformity.delivery.issue(saved.control_number, saved.version)
        except errors.Refused as error:
            if not is_wait(error):
                raise
            held = self._services.book.open(None, saved.control_number).certificate
            waiting = replace(of_stored(form, held, planned.findings), waits=True)
            return replace(plan, conformity=waiting)
        return replace(plan, conformity=of_stored(planned.form, issued, (), issued.certificate_number or ""))

    def _file(self, plan: Plan) -> Plan:
        planned = plan.filing
        form = replace(
            planned.form,
            insurance_certificate_number=plan.insurance.number,
            conformity_certificate_number=plan.conformity.number,
        )
        _refuse_unseen(self._services.review.findings(form, plan.vehicle_id), planned.findings)
        saved = self._services.filings.save(form, plan.vehicle_id, planned.control_number, planned.version)
        issued = self._services.filings.delivery.issue(saved.control_number, saved.version)
        return replace(plan, filing=of_stored(planned.form, issued, (), issued.filing_id or ""))


def _refuse_unseen(found: Sequence[Finding], read: Sequence[Finding]) -> None:
    """Stop at what was not there when the clerk looked: she decides.

    Raises:
        InvalidInput: it could not be sent so.
        NotAllowed: it is warned of.
    """
    refuse_errors(found)
    known = {(each.rule_id, each.field) for each in read}
    warnings = (each for each in found if each.severity is Severity.WARNING)
    new = [each.message for each in warnings if (each.rule_id, each.field) not in known]
    if new:
        raise errors.NotAllowed(UNSEEN.format(found=" ".join(new)))
