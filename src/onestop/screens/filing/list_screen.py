"""申請書一覧: what was filed from this program and how far it has come. Only F7 asks AINAS for states."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop.screens.filing.conditions import FilingConditions
from onestop.screens.filing.list_rows import SORTS, FilingRows, FilingSearch
from onestop.screens.filing.refresh_words import RefreshOutcome, told_by
from onestop.screens.function_key import YES, Can, no
from onestop.screens.live_task import LiveTask
from onestop.screens.places import BatchPlace, IssuePlace, PaymentListPlace
from onestop.screens.ports import Message, Tone
from onestop.screens.reprinting import find_papers
from onestop.screens.rows import PAGE, Sorting
from onestop.screens.screen import Screen
from onestop.screens.search_conditions import SearchConditions
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from onestop.errors import OneStopError
    from onestop.model.lists import FilingRow
    from onestop.screens.screen import Surroundings
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.delivery.refresh_many import Refreshed

MOST: Final = 2000
"""The most filings that one 一括申請 reviews; more than a shop has on its busiest day."""
SEARCHING: Final = "検索中"
LOADING: Final = "一覧を読み込んでいます。"
NO_FILINGS: Final = (
    "申請はまだありません。\n\n照会で車両を選び、申請書発行で F10 保存 または F5 発行 をすると、ここに並びます。"
)
NOTHING_FITS: Final = "条件に合う申請はありません。\n\n条件を変えて F7 検索、または クリア(Alt+C)を押してください。"
NO_ROW: Final = "申請が選ばれていません。矢印キーで行を選んでください。"
NONE_TICKED: Final = "チェックした申請がありません。Space で、一括申請する行にチェックを付けてください。"
NO_DRAFTS: Final = "一括申請できる申請前の申請がありません。"
TOO_MANY: Final = f"一括申請は一度に{MOST:,}件までです。検索条件で絞るか、Space でチェックを外してください。"
NOTES: Final = (
    "※ このプログラムから発行した申請だけが並びます。状態は F7 検索 を押したときに更新されます。",
    "※ 状態の「完了」は、手続が終わり、車検証を受け取れるという意味です。",
)
"""What the manual promises of the list."""
ISSUED_ROW: Final = "申請済みの行は、一括申請に選べません。"


class FilingListScreen(Screen):
    """What 申請書一覧 knows. A second F7 overtakes the first."""

    help_page = "list"
    look = "F7 検索"

    def __init__(self, surroundings: Surroundings, control_number: int | None = None) -> None:
        """`control_number` is the filing that is to be chosen."""
        super().__init__(surroundings)
        self._wanted = control_number
        self.conditions = SearchConditions(self, FilingConditions)
        self.rows = FilingRows(self.background, self._unreadable, self._toggled, self.clock)
        self.rows.sorting = Sorting(0)
        self.chosen: int | None = None
        """管理番号 of the chosen row."""
        self.live = LiveTask(self, self._counted)
        """The asking for states."""
        self._query = FilingQuery()
        self._then: Callable[[], None] | None = None
        self._has_drafts = False
        self._loading = False
        self._again = False
        self._listed = False
        self._collecting = False

    # --- the list

    def started(self) -> None:
        """Show what this machine remembers; AINAS is asked by F7 alone."""
        self._load()

    @property
    def is_reading(self) -> bool:
        """Whether the rows of this machine are still on their way."""
        return self._loading

    def turn_to(self, control_number: int | None) -> None:
        """Choose the filing of the car that the clerk comes from, if it is among the rows."""
        self._wanted = control_number
        self._choose_wanted()
        self.view.refresh()

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self.rows.position(self._wanted) is not None:
            self.chosen, self._wanted = self._wanted, None

    @property
    def position(self) -> int | None:
        """Where the chosen filing stands in the list."""
        return None if self.chosen is None else self.rows.position(self.chosen)

    def search(self) -> None:
        """F7: the rows of this machine at once, and behind them the states of those that are filed and not finished."""
        try:
            query = self.conditions.typed.query(self.clock.today())
        except InvalidInput as error:
            self._show(explain(error))
            return
        self.live.give_up()
        self._query = dataclasses.replace(query, sort=self._query.sort, descending=self._query.descending)
        self._then = self._ask
        self.busy = SEARCHING
        self.message = None
        self.rows.left_out.clear()
        self._load()
        self.view.focus_field("filings")

    def sort_by(self, column: int) -> None:
        """Sort by a column; the same one once more turns the order. By 使用者 nothing is sorted."""
        if column >= len(SORTS):
            return
        standing = self.rows.sorting
        self._sort(Sorting(column, standing is not None and standing.column == column and not standing.descending))

    def choose_sort(self, column: str) -> None:
        """並べ替え: the same as a column's title, by the column's English key."""
        self._sort(Sorting([each.key for each in self.rows.columns].index(column)))

    def choose_order(self, *, descending: bool) -> None:
        """降順, or not."""
        self._sort(Sorting(SORTS.index(self._query.sort), descending))

    def _sort(self, sorting: Sorting) -> None:
        self.rows.sorting = sorting
        self._query = dataclasses.replace(self._query, sort=SORTS[sorting.column], descending=sorting.descending)
        self._load(whole=self.rows.count > PAGE)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any filing may be in the list
        """Something was changed elsewhere: read the list again, once for however many changes."""
        if self._loading:
            self._again = True
        else:
            self._load(whole=self.rows.count > PAGE)

    def _load(self, *, whole: bool = False) -> None:
        self._loading = True
        search = FilingSearch(self.desk, self._query)
        position = self.position
        if whole or (position is not None and position >= PAGE):
            self.rows.load_whole(search, lambda: self._arrived(search))
        else:
            self.rows.load(search, lambda: self._arrived(search))
        self.view.refresh()

    def _arrived(self, search: FilingSearch) -> None:
        self._listed = True
        self._choose_wanted()
        if self.rows.complete:
            self._loading = False
            if self.busy == SEARCHING:
                self.busy = None
            self._tick(search.drafts)
            then, self._then = self._then, None
            if then is not None:
                then()
            if self._again:
                self._again = False
                self._load(whole=True)
        self.view.refresh()

    def _unreadable(self, error: OneStopError) -> None:
        self._loading = self._again = False
        self._then = None
        self.failed(error)

    # --- the states

    def _ask(self) -> None:
        numbers = self.rows.ids

        def job(report: Callable[[tuple[int, int]], None], stop: Event) -> RefreshOutcome:
            desk = self.desk()
            settled = desk.filings.delivery.settle(lambda now: report((now.asked, now.asked + now.left)))
            first = settled.asked

            def told(now: Refreshed) -> None:
                report((first + now.asked, first + now.wanted))

            return RefreshOutcome(desk.filings.many.refresh(numbers, told, stop), settled)

        self.busy = "状態を確認中"
        self.live.start(job, self._finish, self._not_asked)

    def _counted(self, counts: tuple[tuple[int, int], ...], _before: WorkProgress) -> tuple[int, int]:
        self.rows.reread()
        return counts[-1]

    def _not_asked(self, error: OneStopError) -> None:
        self._end_asking(Message(f"状態を確認できませんでした。{explain(error).text}", Tone.ERROR))

    def _finish(self, checked: RefreshOutcome) -> None:
        self.rows.reread()
        self._end_asking(told_by(checked, stopped=self.live.stopped))
        settled = checked.settled
        came_back = settled is not None and bool(settled.filed or settled.drafts)
        if came_back:
            self._load(whole=self.rows.count > PAGE)  # what is 依頼前 again has its tick again
        if checked.refreshed.updated or came_back:
            self.navigator.changed(but=self)

    def _end_asking(self, message: Message | None) -> None:
        self.busy = None
        self.message = message
        self.view.refresh()

    def _show(self, message: Message) -> None:
        self.say(message.text, message.tone, message.field)

    # --- rows

    def choose(self, position: int) -> None:
        """Another row is current in the list."""
        self.chosen = self.rows.row_id(position) if 0 <= position < self.rows.count else None
        self.view.refresh()

    def _toggled(self, row: FilingRow) -> None:
        if row.sending is Sending.DRAFT:
            self.quiet()
        else:
            self.say(ISSUED_ROW, Tone.WARNING)

    def _tick(self, drafts: Sequence[int]) -> None:
        """Tick all that are 依頼前 and shown, but for those that the clerk left out."""
        self._has_drafts = bool(drafts)
        self.rows.tick(drafts)

    @property
    def sort_key(self) -> str:
        """The English key of the column by which the rows stand."""
        return self.rows.columns[SORTS.index(self._query.sort)].key

    @property
    def descending(self) -> bool:
        """Whether the last comes first."""
        return self._query.descending

    @property
    def count_text(self) -> str:
        """件数, and how many are ticked."""
        if not self._listed:
            return ""
        more = "" if self.rows.complete else "以上"
        ticked = f"(チェック {len(self.rows.ticked):,}件)" if self.rows.ticked else ""
        return f"{self.rows.count:,}件{more}{ticked}"

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        if not self._listed:
            return LOADING
        everything = FilingQuery(sort=self._query.sort, descending=self._query.descending)
        return NO_FILINGS if self._query == everything else NOTHING_FITS

    # --- keys

    def clear(self) -> None:
        """クリア."""
        self.conditions.clear()

    def payments(self) -> None:
        """納付一覧."""
        self.navigator.show(PaymentListPlace())

    def can_open(self) -> Can:
        """Whether a row is chosen."""
        return no(NO_ROW) if self.chosen is None else YES

    def open(self) -> None:
        """F5 修正, or Enter on a row."""
        self.navigator.show(IssuePlace(None, self.chosen))

    def can_reprint(self) -> Can:
        """Whether a row is chosen, and nothing else is under way."""
        return self.can_open() and self.can_work()

    def reprint(self) -> None:
        """再印刷: what the chosen 申請 is made with."""
        number = self.chosen
        if number is not None:
            find_papers(self, lambda desk: desk.papers.of_filing(number))

    def can_batch(self) -> Can:
        """Whether there is anything to review; a second press does nothing twice."""
        if self._collecting:
            return no("一括申請を準備しています。")
        if not self.rows.complete:
            return no(LOADING)
        return YES if self.rows.count else no(NO_DRAFTS)

    def batch(self) -> None:
        """F9 一括申請 of the ticked rows: all 申請前 ones shown, unless the clerk left some out."""
        ticked = frozenset(self.rows.ticked)
        if not ticked:
            self.say(NONE_TICKED if self._has_drafts else NO_DRAFTS, Tone.WARNING)
            return
        wanted = [number for number in self.rows.ids if number in ticked]
        self._collecting = True

        def failed(error: OneStopError) -> None:
            self._collecting = False
            self._show(explain(error))

        self.background.run(lambda: self.desk().filings.drafts_among(wanted), self._review, failed)

    def _review(self, drafts: tuple[int, ...]) -> None:
        self._collecting = False
        if not drafts:
            self.say(NO_DRAFTS, Tone.WARNING)
        elif len(drafts) > MOST:
            self.say(TOO_MANY, Tone.WARNING)
        else:
            self.quiet()
            self.navigator.show(BatchPlace(drafts))

    def close(self) -> None:
        """F12 閉じる; AINAS is asked nothing more."""
        self.live.stop()
        super().close()
