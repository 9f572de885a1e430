"""車検の履歴: every inspection of a car with what was made for it, and the end of one that nobody else ends."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.errors import Problem
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.model.wareki import format_western
from onestop.model.words import status_word
from onestop.screens.display import NOTHING, car_words
from onestop.screens.editor import Editor
from onestop.screens.filing.words import filing_status
from onestop.screens.function_key import YES, Can, no
from onestop.screens.inspection.last_inspection import ended_on, ending_word
from onestop.screens.listed_rows import ListedRows
from onestop.screens.places import ConformityPlace, InsurancePlace, IssuePlace
from onestop.screens.ports import Choice, Tone
from onestop.screens.reprinting import choose_paper
from onestop.screens.required_fields import ENDING
from onestop.screens.rows import Column, RowLook
from onestop.screens.screen import Screen
from onestop.services.inspection.service import NO_REASON, NONE_OPEN, why_not_reopened
from onestop.services.papers import issued_papers

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.vehicle import Vehicle
    from onestop.screens.screen import Surroundings
    from onestop.services.inspection.current import InspectionRecords

    _Read = tuple[Vehicle, tuple[InspectionRecords, ...]]

COLUMNS: Final = (
    Column("renews", "満了日", 11),
    Column("opened", "開始", 11, may_go=True),
    Column("inspection_date", "検査年月日", 11, may_go=True),
    Column("ended", "終了", 11),
    Column("ending", "結果", 12, least=8),
    Column("insurance", "保険証番号", 16, least=10, may_go=True),
    Column("conformity", "交付番号", 14, least=11),
    Column("filing", "申請ID", 12, least=10),
    Column("status", "申請ステータス", 13, least=10, broken="申請\nステータス"),
    Column("reason", "理由", 20, least=8, may_go=True),
)
ENDINGS: Final = (
    (Ending.STOPPED.value, "中止(未更新)"),
    (Ending.COUNTER.value, "窓口で終了"),
    (Ending.FINISHED.value, "手続完了を確認"),
)
NO_ROWS: Final = "この車両の車検は、まだ1件もありません。\n\n自賠責・保適証・申請のどれかを保存すると始まります。"
NO_RECORD: Final = "選ばれている車検に、{noun}はありません。"
NOT_CHOSEN: Final = "車検が選ばれていません。"
ENDED: Final = "今回の車検を終了しました({ending})。間違えたときは、今日のうちに Alt+T で取り消せます。"
REOPENED: Final = "終了を取り消しました。今回の車検に戻ります。"
STILL_THERE: Final = (
    "申請 {number} はAINASで終わっていません({status})。ここで終了しても、AINASの申請は取り消されません。"
    "このあと新しく申請すると二重になることがあります。代理人に確かめてから終了してください。"
)


@dataclasses.dataclass(frozen=True, slots=True)
class EndForm:
    """What is typed to end 今回の車検."""

    ending: str = Ending.STOPPED.value
    reason: str = dataclasses.field(default="", repr=False)


class HistoryScreen(Screen):
    """The inspections of one car, the newest first."""

    help_page = "history"
    empty_text = NO_ROWS
    editor: Editor[EndForm]

    def __init__(self, surroundings: Surroundings, vehicle_id: int) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self.editor = Editor(self, EndForm())
        self.rows: ListedRows[InspectionRecords] = ListedRows(
            COLUMNS, RowLook(_texts, _tone), lambda row: row.inspection.id
        )
        self.car = ""
        """Whose history it is."""
        self.chosen: int | None = None
        """The id of the chosen inspection."""

    @property
    def changed(self) -> bool:
        """Never: F2 uses what is typed here, and nothing else keeps it."""
        return False

    # --- loading

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in ENDING

    def started(self) -> None:
        """Read the car's inspections."""
        self.work("読み込み中", self._read, self._show)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read them again: the car or one of its records may have been changed."""
        if vehicle_id in (None, self.vehicle_id) or control_number is not None:
            self.read_again(self._read, self._show)

    def _read(self) -> _Read:
        desk = self.desk()
        return desk.vehicles.car(self.vehicle_id), desk.inspections.history(self.vehicle_id)

    def _show(self, read: _Read) -> None:
        car, history = read
        self.car = car_words(car)
        self.rows.show(history)
        if self.position is None:
            self.chosen = history[0].inspection.id if history else None
        self.view.refresh()

    @property
    def position(self) -> int | None:
        """Where the chosen inspection stands in the list."""
        return None if self.chosen is None else self.rows.position(self.chosen)

    def choose(self, position: int) -> None:
        """Another row is current."""
        if 0 <= position < self.rows.count:
            self.chosen = self.rows.row_id(position)
            self.view.refresh()

    @property
    def _newest(self) -> InspectionRecords | None:
        return self.rows.records[0] if self.rows.count else None

    # --- F2 車検の終了, and 終了の取消

    def can_end(self) -> Can:
        """Whether an inspection is open."""
        newest = self._newest
        if newest is None or not newest.inspection.is_open:
            return no(NONE_OPEN)
        return self.can_work()

    def end(self) -> None:
        """F2 車検の終了: end 今回の車検 as it stands in the fields; always after a question."""
        newest, reason = self._newest, self.editor.form.reason.strip()
        if newest is None:
            return
        if not reason:
            self.editor.problems = (Problem("reason", NO_REASON),)
            self.say(NO_REASON, Tone.WARNING, "reason")
            return
        lines = (f"今回の車検を終了します({self.editor.form.ending})。", f"理由: {reason}", *_still_there(newest))
        self.ask("車検の終了", "\n".join(lines), Choice("終了する", self._end))

    def _end(self) -> None:
        ending, reason = Ending(self.editor.form.ending), self.editor.form.reason
        job = self._changing(lambda: self.desk().inspections.end(self.vehicle_id, ending, reason))
        self.work("車検の終了を記録中", job, lambda read: self._done(read, ENDED.format(ending=ending.value)))

    def can_reopen(self) -> Can:
        """Whether a clerk ended the last one today, and none was begun after it."""
        newest = self._newest
        why_not = why_not_reopened(newest.inspection if newest else None, self.clock.today())
        return no(why_not) if why_not else self.can_work()

    def reopen(self) -> None:
        """終了の取消."""
        job = self._changing(lambda: self.desk().inspections.reopen(self.vehicle_id))
        self.work("取消中", job, lambda read: self._done(read, REOPENED))

    def _changing(self, change: Callable[[], None]) -> Callable[[], _Read]:
        def job() -> _Read:
            change()
            return self._read()

        return job

    def _done(self, read: _Read, told: str) -> None:
        self.editor.take(EndForm())
        self._show(read)
        self.navigator.changed(vehicle_id=self.vehicle_id)
        self.say(told)

    # --- opening what was made

    @property
    def _chosen(self) -> InspectionRecords | None:
        position = self.position
        return None if position is None else self.rows.record(position)

    def can_open_filing(self) -> Can:
        """Whether the chosen inspection has a 申請."""
        return _has("申請", self._chosen, lambda chosen: chosen.filing)

    def open_filing(self) -> None:
        """F5 申請書."""
        chosen = self._chosen
        if chosen is not None and chosen.filing is not None:
            self.navigator.show(IssuePlace(None, chosen.filing.control_number))

    def can_open_conformity(self) -> Can:
        """Whether the chosen inspection has a 保適証."""
        return _has("保適証", self._chosen, lambda chosen: chosen.conformity)

    def open_conformity(self) -> None:
        """保適証."""
        chosen = self._chosen
        if chosen is not None and chosen.conformity is not None:
            self.navigator.show(ConformityPlace(self.vehicle_id, chosen.conformity.control_number))

    def can_open_insurance(self) -> Can:
        """Whether the chosen inspection has a 自賠責."""
        return _has("自賠責", self._chosen, lambda chosen: chosen.insurance)

    def open_insurance(self) -> None:
        """自賠責."""
        chosen = self._chosen
        if chosen is not None and chosen.insurance is not None:
            self.navigator.show(InsurancePlace(self.vehicle_id, chosen.insurance.control_number))

    def can_reprint(self) -> Can:
        """Whether an inspection is chosen, and nothing else is under way."""
        return self.can_work() if self._chosen else no(NOT_CHOSEN)

    def reprint(self) -> None:
        """再印刷: what was issued for the chosen inspection."""
        chosen = self._chosen
        if chosen is not None:
            choose_paper(self, issued_papers(chosen.insurance, chosen.conformity, self.clock.now()))


def _has(noun: str, chosen: InspectionRecords | None, part: Callable[[InspectionRecords], object]) -> Can:
    if chosen is None:
        return no(NOT_CHOSEN)
    return YES if part(chosen) is not None else no(NO_RECORD.format(noun=noun))


def _still_there(records: InspectionRecords) -> tuple[str, ...]:
    """Warn of every filing that AINAS still works on."""
    at_ainas = (each for each in records.filings if each.sending is Sending.FILED)
    still = [each for each in at_ainas if not each.is_closed and not each.forgotten]
    told = [STILL_THERE.format(number=each.filing_id or "", status=filing_status(each)) for each in still]
    return ("", *told) if told else ()


def _texts(row: InspectionRecords) -> tuple[str, ...]:
    mine = row.inspection
    insurance, conformity, filing = row.insurance, row.conformity, row.filing
    return (
        format_western(mine.renews) or NOTHING,
        format_western(mine.opened_at.astimezone(JST).date()),
        format_western(mine.inspection_date) or NOTHING,
        format_western(ended_on(mine)) or NOTHING,
        ending_word(mine),
        (insurance.certificate_number if insurance else None) or NOTHING,
        (conformity.certificate_number if conformity else None) or NOTHING,
        (filing.filing_id if filing else None) or NOTHING,
        filing_status(filing) if filing else NOTHING,
        mine.reason or NOTHING,
    )


def _tone(row: InspectionRecords) -> Tone | None:
    filing = row.filing
    return Tone.WARNING if filing is not None and status_word(filing.status).error else None
