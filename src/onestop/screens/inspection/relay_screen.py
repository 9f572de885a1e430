"""連動発行: what will be sent to whom and for how much, and then one F5 for all three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.badge import ISSUED, NOT_ISSUED, WAITING, Badge, BadgeKind
from onestop.screens.display import money
from onestop.screens.filing.batch_screen import Target, target_of
from onestop.screens.function_key import YES, Can, no
from onestop.screens.inspection.relay_facts import facts_of, findings_text
from onestop.screens.live_task import LiveTask
from onestop.screens.places import ChecklistPlace, ComparePlace, ConformityPlace, InsurancePlace, IssuePlace
from onestop.screens.ports import Begin
from onestop.screens.screen import Screen
from onestop.screens.wording import Errand
from onestop.services.inspection.relay import BLOCKED
from onestop.services.inspection.relay_plan import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from onestop.errors import OneStopError
    from onestop.screens.inspection.facts import Fact
    from onestop.screens.screen import Surroundings
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.inspection.relay import Relayed
    from onestop.services.inspection.relay_plan import Plan

LOADING: Final = "送信する内容を確認しています。"
NOT_READ: Final = "送信する内容がまだ確認できていません。F7 で確認してください。"
ALL_DONE: Final = "3つとも発行済みです。二重には発行されません。"
ON_ITS_WAY: Final = "AIRASに自賠責が届くのを待っています。届くと、自動で続きを送信します。"
WAITS: Final = (
    "自賠責を発行しました。AIRASに届くまで、1時間ほどかかることがあります。届くと、保適証と申請を自動で送信します。"
    "この画面は開いたままにしてください(閉じても、次にすること から続けられます)。"
)
STOPPED: Final = "中止しました。発行済みのものはそのままです。続きは F5 で送信できます。"
STOPPING: Final = "中止しています。送信中のものが終わると、結果が出ます。"
BLOCKED_BADGE: Final = Badge(BadgeKind.ATTENTION, "不可")
WARNED_BADGE: Final = Badge(BadgeKind.ATTENTION, "注意")
SENDING_BADGE: Final = Badge(BadgeKind.WAITING, "送信中")
READY_BADGE: Final = Badge(BadgeKind.NONE, "送信前")


class RelayScreen(Screen):
    """What 連動発行 knows. Everything shown is what F5 sends, and F5 sends nothing else."""

    help_page = "relay"
    look = "F7 確認"

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.plan: Plan | None = None
        self.target = Target()
        self.live: LiveTask[Plan] = LiveTask(self, self._got_further)
        """The sending."""
        self._waiting = False
        """Whether this go waits for AIRAS, and is to go on by itself."""
        self._again = False

    # --- the review

    def started(self) -> None:
        """Look at all three."""
        self.look_again()

    def look_again(self) -> None:
        """F7 確認: look at all three anew. A go that waits is one of before, and does not go on by itself."""
        self._waiting = False
        self.work("送信する内容を確認中", self._read, self._take, begin=Begin.BEHIND)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Something of the car was changed: look again, or go on if that is what was waited for."""
        if vehicle_id not in (None, self.vehicle_id) and control_number is None:
            return
        if self.busy is not None:
            self._again = True
        elif self._waiting:
            self.send()
        else:
            self.read_again(self._read, self._take)

    def idle(self) -> None:
        """Look again, if that was put off."""
        if self._again:
            self._again = False
            self.reload()

    def _read(self) -> tuple[Plan, Target]:
        desk = self.desk()
        return desk.relay.planning.plan(self.vehicle_id), target_of(desk)

    def _take(self, read: tuple[Plan, Target]) -> None:
        if self.sending:  # F5 was quicker: what it sends stands there
            self._again = True
            return
        self.plan, self.target = read
        self.view.refresh()

    # --- sending

    def can_send(self) -> Can:
        """Whether F5 sends anything."""
        if self.busy is not None:
            return self.can_work()
        if self.plan is None:
            return no(NOT_READ)
        if self._waiting:
            return no(ON_ITS_WAY)
        if self.plan.filing.number:
            return no(ALL_DONE)
        if self.target.missing:
            return no(self.target.missing_text)
        return no(BLOCKED) if self.plan.blocked else YES

    def send(self) -> None:
        """F5 発行: send what stands in the panels; nothing more is asked."""
        plan = self.plan
        if plan is None:
            return
        self.busy, self.sending, self.message, self.errand = "送信中", True, None, Errand.SENDING

        def job(report: Callable[[Plan], None], stop: Event) -> Relayed:
            return self.desk().relay.go(plan, report, stop)

        self.live.start(job, self._went, self._broken_off, len(plan.steps))

    def _got_further(self, plans: tuple[Plan, ...], _before: WorkProgress) -> tuple[int, int]:
        self.plan = plans[-1]
        steps = self.plan.steps
        return sum(bool(planned.number) for _, planned in steps), len(steps)

    def _went(self, relayed: Relayed) -> None:
        self.busy, self.sending, self.plan = None, False, relayed.plan
        self._waiting = relayed.at is Step.CONFORMITY and relayed.error is None and relayed.plan.conformity.waits
        self.navigator.changed(vehicle_id=self.vehicle_id, but=self)
        if relayed.at is None:
            self.say(f"3つとも発行しました(申請ID {relayed.plan.filing.number})。")
        elif self._waiting:
            self.say(WAITS)
        elif relayed.error is None:
            self.say(STOPPED)
            self.read_again(self._read, self._take)
        else:
            self._broken_off(relayed.error, relayed.at)
        self.idle()

    def _broken_off(self, error: OneStopError, at: Step | None = None) -> None:
        """Tell what went wrong, and look again: what a person has to decide stands in the panels."""
        self._waiting = False
        self.failed(error)
        self.view.alarm()
        if self.message is not None and at is not None:
            self.say(f"{at.value}で止まりました。{self.message.text}", self.message.tone)
        self.read_again(self._read, self._take)

    def stop(self) -> None:
        """中止: no further step is begun; what is under way ends properly."""
        self.live.stop()
        self.say(STOPPING)

    def close(self) -> None:
        """F12 閉じる; while something is under way it stops, and the result stands here."""
        if self.sending:
            self.stop()
        elif not self.live.holds_closing():
            super().close()

    # --- the three windows in which something is mended

    def compare(self) -> None:
        """F6 照合."""
        self.navigator.show(ComparePlace(self.vehicle_id))

    def open_checklist(self) -> None:
        """Alt+Q 確認票."""
        self.navigator.show(ChecklistPlace(self.vehicle_id))

    def open_insurance(self) -> None:
        """1 in e-JIBAI."""
        self.navigator.show(InsurancePlace(self.vehicle_id, None))

    def open_conformity(self) -> None:
        """1 in 保適[AIRAS]."""
        number = self.plan.conformity.control_number if self.plan else None
        self.navigator.show(ConformityPlace(self.vehicle_id, number))

    def open_filing(self) -> None:
        """1 in 申請[AINAS]."""
        number = self.plan.filing.control_number if self.plan else None
        self.navigator.show(IssuePlace(self.vehicle_id, number))

    # --- what stands on the glass

    @property
    def order_text(self) -> str:
        """What the next key does, in one line."""
        if self.plan is None:
            return LOADING
        if self.sending:
            return "送信しています。F12 で中止できます。"
        can = self.can_send()
        if not can:
            return can.why_not
        left = "・".join(step.value for step, planned in self.plan.steps if not planned.number)
        return f"F5 を押すと、{left} の順に送信します。人が決めることが出たところで止まります。"

    @property
    def money_text(self) -> str:
        """What all of it will cost, by the tables."""
        if self.plan is None:
            return ""
        total = self.plan.total
        if total is None:
            return "計算できないものがあります"
        return f"見込 {money(total)}" + ("(発行済みの自賠責を除く)" if self.plan.insurance.number else "")

    def facts(self, step: Step) -> tuple[Fact, ...]:
        """What is sent in a step; always the same names in the same order."""
        return facts_of(step, self.plan, self.clock.today())

    def findings_text(self, step: Step) -> str:
        """What there is to say of a step."""
        return "" if self.plan is None else findings_text(dict(self.plan.steps)[step])

    def badge(self, step: Step) -> Badge:
        """How far a step is."""
        if self.plan is None:
            return NOT_ISSUED
        planned = dict(self.plan.steps)[step]
        if planned.blocked:
            return BLOCKED_BADGE
        if planned.number:
            return ISSUED
        if planned.waits:
            return WAITING
        first = next(each for each, one in self.plan.steps if not one.number)
        if self.sending and step is first:
            return SENDING_BADGE
        return WARNED_BADGE if planned.has_warnings else READY_BADGE
