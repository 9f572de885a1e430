"""一括申請: the review before anything is sent, the sending with 中止, and a result per row that stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.screens.display import money
from onestop.screens.filing.batch_rows import BatchRow, BatchRows, reason_of, result_of, settled_result
from onestop.screens.function_key import YES, Can, no
from onestop.screens.live_task import LiveTask
from onestop.screens.places import CarPlace, ChecklistPlace, ComparePlace, IssuePlace
from onestop.screens.ports import Begin, Message, Tone
from onestop.screens.screen import Screen
from onestop.screens.wording import SETTING_NAMES, Errand
from onestop.services.filing.batch import RowState

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from onestop.model.filing import Filing
    from onestop.screens.screen import Surroundings
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.desk import Desk
    from onestop.services.filing.batch import BatchResult
    from onestop.services.filing.review import ReviewedFiling

REVIEWING: Final = "申請内容を確認中"
SENDING: Final = "送信中"
LOADING: Final = "申請内容を確認しています。"
NO_FILINGS: Final = "送信できる申請はありません。\n\nF12 で閉じて、申請書一覧で選び直してください。"
NOTHING_TICKED: Final = "送信する申請が選ばれていません。Space で選んでください。"
NOT_SENDABLE: Final = "この行は送信できません。「確認したこと・理由」を見て、Enter か Alt+E 修正 で直してください。"
ALREADY_SENT: Final = "この行はすでに送信しています。二重には申請されません。"
UNDER_WAY: Final = "送信中は選び直せません。Esc か Alt+X で中止できます。"
STOPPING: Final = "送信を中止しています。送信中のものが終わると、結果がここに残ります。"
NONE_UNKNOWN: Final = "確認中の申請はありません。"
NO_ROW: Final = "申請が選ばれていません。矢印キーで行を選んでください。"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the filings go. `missing` holds English names of settings that are not there."""

    agent_site_id: str = ""
    connection: str = ""
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """代理人拠点ID, and where requests go."""
        return f"代理人拠点 {self.agent_site_id}({self.connection})" if self.agent_site_id else ""

    @property
    def missing_text(self) -> str:
        """The settings that are missing, and the way out."""
        names = "・".join(SETTING_NAMES.get(name, name) for name in self.missing)
        return f"設定が足りません: {names}。F3 設定 で入力してください。" if names else ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the clerk reads before anything is sent."""

    target: Target
    filings: tuple[ReviewedFiling, ...]
    totals: dict[int, int | None]
    """What each will cost, by 管理番号; None where a part has no figure."""


class BatchScreen(Screen):
    """What 一括申請 knows."""

    help_page = "batch"
    look = "F7 確認"

    def __init__(self, surroundings: Surroundings, control_numbers: tuple[int, ...]) -> None:
        super().__init__(surroundings)
        self.control_numbers = control_numbers
        self.rows = BatchRows(lambda: self.busy is None, self._toggled)
        self.target = Target()
        self.chosen: int | None = None
        """管理番号 of the chosen row."""
        self.live = LiveTask(self, self._counted)
        """The sending."""
        self._again = False
        self._totals: dict[int, int | None] = {}

    # --- the review

    def started(self) -> None:
        """Review the filings; all that can be sent and need no second look are ticked."""
        self._review()

    def show_filings(self, control_numbers: tuple[int, ...]) -> None:
        """Review other filings, chosen in 申請書一覧, unless some are being sent."""
        if not self.sending:
            self.control_numbers = control_numbers
            self.rows.ticked.clear()
            self.rows.show(())
            self._review()

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any row may be meant
        """Something was changed elsewhere: review again, once whatever is under way has ended."""
        if self.busy is None:
            self._review(keep=self.message)
        else:
            self._again = True

    def _review(self, keep: Message | None = None) -> None:
        numbers = self.control_numbers

        def job() -> Review:
            desk = self.desk()
            filings = desk.review.review_many(numbers)
            return Review(target_of(desk), filings, {each.control_number: each.estimated_total for each in filings})

        def done(review: Review) -> None:
            self._show(review)
            self.message = keep
            self._catch_up()

        self.work(REVIEWING, job, done, begin=Begin.BEHIND)
        if self.busy is not None:
            self.message = keep
            self.view.refresh()

    def _show(self, review: Review) -> None:
        self.target = review.target
        self._totals = review.totals
        before = {row.control_number: row for row in self.rows.records}
        results = {number: row.result for number, row in before.items()}
        rows = tuple(BatchRow(each, results.get(each.control_number)) for each in review.filings)
        were_clear = {number for number, row in before.items() if row.is_clear}
        self.rows.ticked |= {row.control_number for row in rows if row.is_clear} - were_clear
        if [*before] == [row.control_number for row in rows]:
            self.rows.change(rows)
        else:
            self.rows.show(rows)
            self.rows.change(rows)

    def _catch_up(self) -> None:
        if self._again:
            self._again = False
            self._review(keep=self.message)

    # --- sending

    def can_send(self) -> Can:
        """Whether F5 sends anything."""
        if self.busy is not None:
            return self.can_work()
        if self.target.missing:
            return no(self.missing_text)
        return YES if self.rows.ticked else no(NOTHING_TICKED)

    def send_word(self) -> str:
        """What F5 does now, with how many it does it."""
        return f"{len(self.rows.ticked):,}件を発行" if self.rows.ticked else "発行"

    def send(self) -> None:
        """F5 発行 of the ticked rows: the review on the glass is the question, and this is the answer."""
        reviewed = [row.reviewed for row in self.rows.records if row.control_number in self.rows.ticked]
        numbers = tuple(each.control_number for each in reviewed)
        asked = [(each.vehicle_id, each.findings) for each in reviewed]
        read = {each.control_number: each.version for each in reviewed}
        self.busy, self.sending, self.message, self.errand = SENDING, True, None, Errand.SENDING
        self.rows.put(dict.fromkeys(numbers))

        def job(report: Callable[[BatchResult], None], stop: Event) -> tuple[BatchResult, ...]:
            desk = self.desk()
            desk.confirming.confirm(asked)  # the review on the glass was read: its 注意 are asked about no more
            return desk.batch.issue_many(numbers, report, stop, read)

        self.live.start(job, self._finish, self._broken_off, len(numbers), begin=Begin.PAINTED)

    def _counted(self, results: tuple[BatchResult, ...], before: WorkProgress) -> tuple[int, int]:
        self.rows.put({each.control_number: result_of(each) for each in results})
        return before.done + len(results), before.total

    def _broken_off(self, error: errors.OneStopError) -> None:
        self.navigator.changed(but=self)
        self.failed(error)
        self._catch_up()

    def _finish(self, results: tuple[BatchResult, ...]) -> None:
        self.busy, self.sending = None, False
        counts = {state: sum(each.state is state for each in results) for state in RowState}
        filed = counts[RowState.FILED]
        if filed < len(results):
            self.view.alarm()
        self.message = _told(counts)
        self.navigator.changed(but=self)  # once, at the end: they stand behind this one, and drawing them costs
        self._review(keep=self.message)

    def stop(self) -> None:
        """中止: nothing more is sent; what is under way ends properly."""
        self.live.stop()
        self.say(STOPPING)

    def close(self) -> None:
        """F12 閉じる or Esc; while filings are under way it stops, waits, and lets the results stand."""
        if self.sending:
            self.stop()
        elif not self.live.holds_closing():
            super().close()

    # --- what nobody knows yet

    def can_settle(self) -> Can:
        """Whether a row is 確認中."""
        return self.can_work() and (YES if self._unknown() else no(NONE_UNKNOWN))

    def settle(self) -> None:
        """F7 確認: ask AINAS whether it has the filings whose answer was lost."""
        unknown = self._unknown()

        def job() -> tuple[Filing, ...]:
            desk = self.desk()
            reason = desk.filings.delivery.settle().reason
            filings = tuple(filing for number in unknown if (filing := desk.filings.open(None, number).filing))
            if reason is not None and all(settled_result(each).state is RowState.UNKNOWN for each in filings):
                raise reason
            return filings

        self.work("受付の結果を確認中", job, self._settled)

    def _settled(self, filings: tuple[Filing, ...]) -> None:
        results = {each.control_number: settled_result(each) for each in filings}
        self.rows.put(results)
        self.navigator.changed(but=self)
        left = sum(each.state is RowState.UNKNOWN for each in results.values())
        text = f"{len(results) - left}件の結果が分かりました。" + (f"{left}件はまだ分かりません。" if left else "")
        self._review(keep=Message(text, Tone.WARNING if left else Tone.INFO))

    def _unknown(self) -> tuple[int, ...]:
        return tuple(row.control_number for row in self.rows.records if row.state is RowState.UNKNOWN)

    # --- rows and ticks

    def choose(self, position: int) -> None:
        """Another row is current in the list."""
        self.chosen = self.rows.row_id(position) if 0 <= position < self.rows.count else None
        self.view.refresh()

    def _toggled(self, row: BatchRow) -> None:
        if self.busy is not None:
            self.say(UNDER_WAY if self.sending else self.can_work().why_not, Tone.WARNING)
        elif not row.sendable:
            self.say(ALREADY_SENT if row.state in (RowState.FILED, RowState.UNKNOWN) else NOT_SENDABLE, Tone.WARNING)
        else:
            self.quiet()

    def tick_all(self) -> None:
        """全選択: tick all that need no second look, or none when they are ticked; 注意 takes Space, row by row."""
        clear = {row.control_number for row in self.rows.records if row.is_clear}
        everything = self.rows.ticked >= clear
        self.rows.ticked.clear()
        if not everything:
            self.rows.ticked |= clear
        self.rows.change(self.rows.records)
        self.quiet()

    def can_open(self) -> Can:
        """Whether a row is chosen and stands still."""
        return self.can_work() and (no(NO_ROW) if self.chosen is None else YES)

    def open(self) -> None:
        """修正 of the chosen row; coming back, it is reviewed again."""
        self.navigator.show(IssuePlace(None, self.chosen))

    def compare(self) -> None:
        """F6 照合 of the chosen row's car."""
        self._go_to(ComparePlace)

    def open_checklist(self) -> None:
        """Alt+Q 確認票 of the chosen row's car; coming back, it is reviewed again."""
        self._go_to(ChecklistPlace)

    def _go_to(self, place: type[CarPlace]) -> None:
        for row in self.rows.records:
            if row.control_number == self.chosen:
                self.navigator.show(place(row.reviewed.vehicle_id))

    # --- what stands on the glass

    @property
    def ticked_text(self) -> str:
        """How many F5 would send."""
        return f"{len(self.rows.ticked):,}件 / {self.rows.count:,}件"

    @property
    def blocked_text(self) -> str:
        """How many cannot be sent as they are."""
        return f"{self.rows.blocked:,}件" if self.rows.blocked else "なし"

    @property
    def money_text(self) -> str:
        """What the ticked rows will cost, by the tables; rows without a figure are counted."""
        totals = [self._totals.get(number) for number in self.rows.ticked]
        unknown = sum(total is None for total in totals)
        return money(sum(total or 0 for total in totals)) + (f"(ほかに対象外 {unknown:,}件)" if unknown else "")

    @property
    def target_text(self) -> str:
        """代理人拠点ID, and where requests go."""
        return self.target.text

    @property
    def missing_text(self) -> str:
        """The settings that are missing, and the way out."""
        return self.target.missing_text

    @property
    def reason_text(self) -> str:
        """Everything about the chosen row; the list has room for its beginning alone."""
        place = None if self.chosen is None else self.rows.position(self.chosen)
        return "" if place is None else f"管理番号 {self.chosen}: {reason_of(self.rows.record(place))}"

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return LOADING if self.busy is not None else NO_FILINGS

    @property
    def order_text(self) -> str:
        """What the next key does, in one line."""
        if self.sending:
            return "送信しています。Esc か Alt+X で中止できます。"
        if self.missing_text:
            return self.missing_text
        to_look_at = self._to_look_at()
        if self.rows.ticked:
            return f"F5 を押すと、チェックした {len(self.rows.ticked):,}件 を AINAS に申請します。{to_look_at}"
        if to_look_at or not self.rows.count:
            return to_look_at
        return "送信する申請はありません。結果は F12 で閉じるまで残ります。"

    def _to_look_at(self) -> str:
        """Say what the clerk may tick besides; empty when nothing is left."""
        rows = [row for row in self.rows.records if row.sendable and row.has_warnings]
        left = sum(row.control_number not in self.rows.ticked for row in rows)
        return f"注意のある {left:,}件 は、確かめて Space で選んでください。" if left else ""


def target_of(desk: Desk) -> Target:
    """Find out where filings would go; on a worker."""
    standing = desk.standing.offline()
    connection = "練習" if standing.practice else standing.address
    try:
        _, agent_site_id = desk.settings.sites()
    except errors.NotConfigured as error:
        return Target(connection=connection, missing=error.missing)
    return Target(agent_site_id, connection)


def _told(counts: dict[RowState, int]) -> Message:
    filed = counts.pop(RowState.FILED)
    rest = "、".join(f"{state.value} {count:,}件" for state, count in counts.items() if count)
    if not rest:
        return Message(f"{filed:,}件を申請しました。")
    return Message(f"{filed:,}件を申請しました。{rest}は、行の理由を確かめてください。", Tone.WARNING)
