"""ワンストップサービス: one car, and how far its 自賠責, 保適証 and 申請 have come."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import DELETED
from onestop.model.words import conformity_status_word
from onestop.screens.badge import BadgeKind
from onestop.screens.conformity.words import days_of, short_wait, status_of
from onestop.screens.customer_estimate import CustomerEstimate
from onestop.screens.display import day, money
from onestop.screens.filing.refresh_words import RefreshOutcome, told_by
from onestop.screens.filing.words import filing_status
from onestop.screens.function_key import YES, Can, no
from onestop.screens.inspection.facts import Fact, car_facts
from onestop.screens.inspection.last_inspection import last_conformity, last_filing, last_insurance
from onestop.screens.inspection.panel_badges import AWAITED, conformity_badge, filing_badge, insurance_badge
from onestop.screens.inspection.timeline import timeline_of
from onestop.screens.minutes import Minutes
from onestop.screens.places import (
    ChecklistPlace,
    ComparePlace,
    ConformityPlace,
    FilingListPlace,
    HistoryPlace,
    InsurancePlace,
    IssuePlace,
    LedgerPlace,
    LookupPlace,
    RelayPlace,
    ReportPlace,
    VehiclePlace,
)
from onestop.screens.ports import Tone
from onestop.screens.reprinting import choose_paper
from onestop.screens.screen import Screen
from onestop.screens.wording import explain
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE
from onestop.services.inspection.next_step import Press, next_step
from onestop.services.papers import issued_papers

if TYPE_CHECKING:
    from onestop.model.filing import Filing
    from onestop.screens.badge import Badge
    from onestop.screens.inspection.timeline import Timeline
    from onestop.screens.screen import Surroundings
    from onestop.services.delivery.refresh_many import Refreshed
    from onestop.services.inspection.current import CurrentInspection, InspectionRecords
    from onestop.services.inspection.link import Linked

HEADINGS: Final = {"conformity_certificate_number": "AIRAS情報", "filing_id": "AINAS情報"}
"""The manual's sub-headings, each by the first of the values below it: what the service told."""
WHEN_KNOWN: Final = frozenset(
    {"last_insurance", "conformity_days", "conformity_wait", "last_conformity", "last_filing"}
)
"""Facts that are not the manual's: they take no room while there is nothing to say."""
NO_CAR: Final = "車両が選ばれていません。Alt+S 照会 で車両を選んでください。"
NO_DAYS: Final = "この車両の満了日がわからないか、新しい車検証を待っています。F5 車両修正 で満了日を確かめてください。"


class PanelName(Enum):
    """The panels that follow each other, in the order of the work; the value is the panel's title."""

    INSURANCE = "e-JIBAI"
    CONFORMITY = "保適[AIRAS]"
    FILING = "申請[AINAS]"


class MainScreen(Screen):
    """The main window. Everything shown is what this machine remembers of the car."""

    help_page = "main"

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.current: CurrentInspection | None = None
        self._minutes = Minutes(self, self._counts_minutes)
        self._estimate = CustomerEstimate(self)
        self.exporter = self._estimate.exporter

    # --- loading

    def started(self) -> None:
        """Load the car."""
        self.work("読み込み中", lambda: self.desk().inspections.current(self.vehicle_id), self._loaded)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read the car again if it or its filing was changed; what is outdated in the strip goes, once it was read."""
        everything = vehicle_id is None and control_number is None
        filing = self._filing()
        mine = vehicle_id == self.vehicle_id or (filing is not None and filing.control_number == control_number)
        if everything or mine:
            self.read_again(lambda: self.desk().inspections.current(self.vehicle_id), self._reloaded)

    def _loaded(self, current: CurrentInspection) -> None:
        self._take(current)
        self.view.focus_field(self.next_panel.name.lower())
        self._ask_airas(current)

    def _ask_airas(self, current: CurrentInspection) -> None:
        """Ask how the car's 保適証 stands, if it is issued and not finished; what goes well is not told."""
        wanted, held = current.vehicle.id, current.conformity
        if held is None or held.certificate_number is None:
            return
        number = held.control_number

        def asked(refreshed: Refreshed) -> None:
            if refreshed.updated:
                self.reload(vehicle_id=wanted)
                self.navigator.changed(vehicle_id=wanted)
            elif refreshed.failed:
                self.note(told_by(RefreshOutcome(refreshed), stopped=False))

        self.read_again(lambda: self.desk().conformity.many.refresh([number]), asked)

    def _reloaded(self, current: CurrentInspection) -> None:
        before = self._state
        self._take(current)
        if self._state != before:
            self.note(None)
        self.view.refresh()

    @property
    def _state(self) -> tuple[object, ...]:
        """What sentences in the strip speak of."""
        panels = (self.insurance_facts, self.conformity_facts, self.filing_facts, *map(self.badge, PanelName))
        return (*panels, self.can_issue())

    def _take(self, current: CurrentInspection) -> None:
        self.current = current
        self._minutes.go_on()

    def _counts_minutes(self) -> bool:
        """Whether something on the glass is counted down, or waits for its time."""
        conformity = self.current.conformity if self.current else None
        return self.badge(PanelName.INSURANCE) == AWAITED or bool(short_wait(conformity, self.clock.now()))

    # --- what stands on the glass

    @property
    def hint(self) -> str:
        """次にすること; nothing while no car is shown."""
        return f"次にすること: {next_step(self.current, self.clock.now())}" if self.current else ""

    @property
    def vehicle_facts(self) -> tuple[Fact, ...]:
        """車両情報; always the same names in the same order."""
        return car_facts(self.current, self.clock.today())

    @property
    def insurance_facts(self) -> tuple[Fact, ...]:
        """e-JIBAI; always the same names in the same order."""
        held = self.current.insurance if self.current else None
        months = held.months if held else None
        return (
            Fact("insurer", "保険会社", held.insurer if held else ""),
            Fact("certificate_number", "保険証番号", (held.certificate_number if held else None) or ""),
            Fact("start_date", "保険開始日", day(held.start_date if held else None)),
            Fact("end_date", "保険終了日", day(held.end_date if held else None)),
            Fact("months", "保険期間", "" if months is None else f"{months}か月"),
            Fact("contract_kind", "契約区分", held.contract_kind if held else ""),
            Fact("premium", "保険料", money(held.premium) if held else ""),
            Fact("last_insurance", "前回", "" if held else last_insurance(self._last)),
        )

    @property
    def conformity_facts(self) -> tuple[Fact, ...]:
        """保適[AIRAS]; always the same names in the same order."""
        held = self.current.conformity if self.current else None
        days = days_of(held, self.clock.today())
        return (
            Fact("conformity_control_number", "管理番号", str(held.control_number) if held else ""),
            Fact("application_kind", "申請種別", held.application_kind if held else ""),
            Fact("conformity_certificate_number", "交付番号", (held.certificate_number if held else None) or ""),
            Fact("conformity_status", "交付ステータス", status_of(held) if held else ""),
            Fact("conformity_days", "有効期間", days.short, days.tone),
            Fact("conformity_wait", "待ち", short_wait(held, self.clock.now())),
            Fact("last_conformity", "前回", "" if held else last_conformity(self._last)),
        )

    @property
    def filing_facts(self) -> tuple[Fact, ...]:
        """申請[AINAS]; always the same names in the same order."""
        filing = self._filing()
        return (
            Fact("control_number", "管理番号", str(filing.control_number) if filing else ""),
            Fact("filing_id", "申請番号", (filing.filing_id if filing else None) or ""),
            Fact("status", "申請ステータス", filing_status(filing) if filing else ""),
            Fact("last_filing", "前回", "" if filing else last_filing(self._last)),
        )

    def badge(self, panel: PanelName) -> Badge:
        """Return the state of a panel."""
        now, current = self.clock.now(), self.current
        if panel is PanelName.INSURANCE:
            return insurance_badge(current, now)
        if panel is PanelName.CONFORMITY:
            return conformity_badge(current, now)
        return filing_badge(current, now)

    @property
    def next_panel(self) -> PanelName:
        """The panel where the next work is, among those whose first key works."""
        past = (BadgeKind.DONE, BadgeKind.WAITING)
        first = (PanelName.INSURANCE, PanelName.CONFORMITY) if self.can_issue() else ()
        return next((panel for panel in first if self.badge(panel).kind not in past), PanelName.FILING)

    @property
    def timeline(self) -> Timeline | None:
        """期日の図: the days of this inspection; None where there is nothing to draw."""
        return timeline_of(self.current, self.clock.today())

    @property
    def _last(self) -> InspectionRecords | None:
        return self.current.last if self.current else None

    def _filing(self) -> Filing | None:
        return self.current.filing if self.current else None

    # --- what can be done

    def can_use_car(self) -> Can:
        """Whether a car is shown."""
        return YES if self.current else self.can_work()

    def can_issue(self) -> Can:
        """証明書発行, 適合証・証明証発行, 申請書発行: for a car whose last inspection's 車検証 is here."""
        if self.current is not None and self.current.awaits_certificate:
            return no(AWAITS_CERTIFICATE)
        return self.can_use_car()

    def can_tell_days(self) -> Can:
        """Whether the car has days to tell."""
        return self.can_use_car() and (YES if self.timeline else no(NO_DAYS))

    def tell_days(self) -> None:
        """Alt+T 期日: what 期日の図 shows, in words."""
        timeline = self.timeline
        if timeline is not None:
            self.say(timeline.sentence)

    def can_link(self) -> Can:
        """ワンストップサービス連動: for such a car, when nothing else is under way."""
        return self.can_issue() and self.can_work()

    def do_next(self) -> None:
        """Enter: open what the sentence of 次にすること names; whatever sends is a key of the window that opens."""
        if self.current is None:
            self.say(NO_CAR, Tone.WARNING)
            return
        wanted = next_step(self.current, self.clock.now())
        ways = {
            Press.INSURANCE: self.issue_insurance,
            Press.CONFORMITY: self.issue_conformity,
            Press.LINK: self.link,
            Press.FILING: self.issue_filing,
            Press.LIST: self.filing_list,
            Press.HISTORY: self.history,
            Press.IMPORT: self.lookup,
            Press.VEHICLE: self.edit_vehicle,
            Press.CHECKLIST: self.open_checklist,
        }
        if self.busy is not None or wanted.press is Press.NOTHING:
            self.say(self.can_work().why_not or f"今することはありません: {wanted.sentence}。", Tone.INFO)
        else:
            ways[wanted.press]()

    def link(self) -> None:
        """4. ワンストップサービス連動: hold the three together, and open the filing with only F5 left to press.

        While 自賠責 or 保適証 is not issued, 連動発行 opens instead: all that is missing is sent from there.
        """
        if self._lacks_certificates:
            self.navigator.show(RelayPlace(self.vehicle_id))
        else:
            self.work("自賠責と保適証を確認中", lambda: self.desk().link.link(self.vehicle_id), self._linked)

    @property
    def _lacks_certificates(self) -> bool:
        """Whether the 自賠責 or the 保適証 of 今回の車検 has no number yet, and no filing goes on at AINAS."""
        current = self.current
        if current is None or (current.filing is not None and current.filing.goes_on and not current.filing.is_draft):
            return False
        made = current.conformity
        return current.policy is None or made is None or made.counts_as == DELETED or not made.certificate_number

    def _linked(self, linked: Linked) -> None:
        self.navigator.changed(vehicle_id=self.vehicle_id, control_number=linked.control_number)
        missing = [f"{one.sentence}({one.press.value})" for one in linked.obstacles]
        if linked.control_number is not None:
            if missing:
                self.say(f"申請を用意しました。発行の前に確かめてください: {' '.join(missing)}", Tone.WARNING)
            self.navigator.show(IssuePlace(None, linked.control_number))
            return
        stale = [] if linked.stale is None else [explain(linked.stale).text]
        self.say(f"まだ申請できません: {' '.join((*missing, *stale))}", Tone.WARNING)

    def issue_insurance(self) -> None:
        """1. 証明書発行: the certificate under way, or a new one."""
        self.navigator.show(InsurancePlace(self.vehicle_id, None))

    def issue_conformity(self) -> None:
        """1. 適合証・証明証発行: the newest certificate while it may still be of use, or a new one."""
        held = self.current.conformity if self.current else None
        over = held is None or held.counts_as == DELETED or conformity_status_word(held.status).done
        open_one = None if over else held  # 却下 can be corrected
        self.navigator.show(ConformityPlace(self.vehicle_id, open_one.control_number if open_one else None))

    def ledger(self) -> None:
        """2. 指定整備元帳."""
        self.navigator.show(LedgerPlace())

    def report(self) -> None:
        """3. 交付実績報告書."""
        self.navigator.show(ReportPlace())

    def issue_filing(self) -> None:
        """1. 申請書発行: the car's open filing, or a new one."""
        filing = self._filing()
        number = filing.control_number if filing is not None and filing.goes_on else None
        self.navigator.show(IssuePlace(self.vehicle_id, number))

    def filing_list(self) -> None:
        """2. 申請書一覧, with the filing of the car chosen."""
        filing = self._filing()
        self.navigator.show(FilingListPlace(filing.control_number if filing else None))

    def compare(self) -> None:
        """F6 照合."""
        self.navigator.show(ComparePlace(self.vehicle_id))

    def open_checklist(self) -> None:
        """Alt+Q 確認票."""
        self.navigator.show(ChecklistPlace(self.vehicle_id))

    def can_estimate(self) -> Can:
        """Whether a car is shown, and nothing else is under way."""
        return self.can_use_car() and self.can_work()

    def estimate(self) -> None:
        """F9 見積書: what the next 車検 costs the customer, as it will be printed."""
        self._estimate.preview(self.vehicle_id)

    def estimate_pdf(self) -> None:
        """F8 PDF of 見積書."""
        self._estimate.save(self.vehicle_id)

    def lookup(self) -> None:
        """照会."""
        self.navigator.show(LookupPlace())

    def history(self) -> None:
        """車検の履歴."""
        self.navigator.show(HistoryPlace(self.vehicle_id))

    def can_reprint(self) -> Can:
        """Whether a car is shown, and nothing else is under way."""
        return self.can_use_car() and self.can_work()

    def reprint(self) -> None:
        """再印刷: what the panels name, of this inspection or of the last one."""
        current = self.current
        if current is not None:
            before = current.last
            insurance = current.insurance or (before.insurance if before else None)
            conformity = current.conformity or (before.conformity if before else None)
            choose_paper(self, issued_papers(insurance, conformity, self.clock.now()))

    def edit_vehicle(self) -> None:
        """F5 修正 of the car."""
        self.navigator.show(VehiclePlace(self.vehicle_id))
