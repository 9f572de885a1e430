"""What is refused before it is added to a dated table: each row by itself, and beside those that are there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from onestop.errors import IN_FILE, InvalidInput, Problem, UnreadableDay
from onestop.model.rate_tables import RateTable
from onestop.model.text import AROUND_YEN, to_half_width, whole_number
from onestop.model.typed_days import parse_date
from onestop.model.validity import CHOICES
from onestop.model.wareki import format_western
from onestop.model.word_checks import read_cells, read_key
from onestop.model.word_tables import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Figure: TypeAlias = "int | str | None"
"""Of a row of any table: a number, None where nobody knows it, or a word."""
HIGHEST: Final = 9_999_999
"""Yen; a figure beyond is a slip of the hand."""
UNKNOWN_KEY: Final = "「{label}」という区分は、この表にありません。表にある区分に、これからの日の行だけを追加できます。"
PAST: Final = "「{label}」の「いつから」({day})は、明日以降の日にしてください。今までの行は変えられません。"
PAST_WORD: Final = "「{label}」の「いつから」({day})は、今日以降の日にしてください。今までの行は変えられません。"
WRONG_KEY: Final = "「{key}」は、この表の区分に使えません。{how}"
HOW: Final = {
    RateTable.INSURERS: "保険会社の名称を入力してください。",
    RateTable.STATUSES: "申請: 受付確認中 のように、申請・OSS・交付 のどれかと、返ってきた語を入力してください。",
}
NO_DAY: Final = "「{label}」の「いつから」の日付が読めません。2027/4/1 のように入力してください。"
NO_END: Final = "「{label}」の「いつまで」の日付が読めません。2028/3/31 のように入力するか、空欄にしてください。"
WRONG_DAY: Final = "「{label}」の「{heading}」: {why}"
NO_FIGURE: Final = "「{label}」の「{heading}」は、0から9,999,999までの数字で入力してください。"
ALL_EMPTY: Final = "「{label}」の金額が1つも入っていません。"
NO_YEARS: Final = "「{label}」の年数は、1か2で入力してください。表で決めないときは空欄にしてください。"
WRONG_SUM: Final = "「{label}」の計({total:,})が、国・協会と技術情報管理手数料の合計({parts:,})と合いません。"
NO_SOURCE: Final = "「{label}」の出典を入力してください(官報、国土交通省のページなど)。"
OVERLAP: Final = (
    "「{label}」は{day}からの行が2つになり、重なります。追加した行を直すときは、先に F2 削除 で消してください。"
)
OVERLAPS_NEXT: Final = "「{label}」の{end}までの行が、{day}からの次の行と重なります。"
TURNED: Final = "「{label}」の「いつまで」({end})が、「いつから」({day})より前です。"
GAP: Final = (
    "「{label}」は{end}の次の日からの行がなく、すき間ができます。「いつまで」を空欄にするか、次の行も入れてください。"
)


@dataclass(frozen=True, slots=True)
class TypedRate:
    """A row as it was typed, or stood in a file."""

    key: str
    first_day: str
    amounts: tuple[str, ...]
    source: str
    last_day: str = ""
    """Empty: until the next row of its key."""
    number: int = 0
    """Of the row in the file that it stood in; 0 for one that was typed."""


@dataclass(frozen=True, slots=True)
class ReadRate:
    """The same, read."""

    key: str
    first_day: dt.date
    amounts: tuple[Figure, ...]
    source: str
    last_day: dt.date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class TableNow:
    """What a new row is held against."""

    table: RateTable
    labels: Mapping[str, str]
    """What each key is called; others are not known."""
    headings: tuple[str, ...]
    begun: Mapping[str, frozenset[dt.date]]
    """From which days on rows hold already, by their key."""


def read_rates(typed: Sequence[TypedRate], now: TableNow, today: dt.date) -> tuple[ReadRate, ...]:
    """Return the rows, all of them fit to be added.

    Raises:
        InvalidInput: at least one is not; every such row is named, and none is added.
    """
    problems: list[Problem] = []
    rows: list[ReadRate] = []
    for each in typed:
        reading = _Reading(each, now, today)
        row = reading.row()
        if row is not None:
            rows.append(row)
        problems += (_placed(problem, each.number) for problem in reading.problems)
    problems += _beside_others(rows, now)
    if problems:
        raise InvalidInput(*problems)
    return tuple(rows)


def _placed(problem: Problem, number: int) -> Problem:
    """Say in which row of a file a problem is; what was typed has its field."""
    return Problem(IN_FILE, f"{number}行目: {problem.message}") if number else problem


class _Reading:
    """One row while it is read, and what is wrong with it."""

    def __init__(self, typed: TypedRate, now: TableNow, today: dt.date) -> None:
        self.problems: list[Problem] = []
        self._typed = typed
        self._now = now
        self._today = today
        self._label = now.table.label
        """What the row is called, once its key is known."""

    def row(self) -> ReadRate | None:
        typed, table = self._typed, self._now.table
        key = self._key()
        if not key:
            return None
        self._label = self._now.labels.get(key) or label_of(table, key)
        first, last = self._first_day(), self._last_day()
        amounts = self._words(key) if table.has_words else self._amounts()
        if not typed.source.strip():
            self._refuse("source", NO_SOURCE)
        if first is None or self.problems:
            return None
        return ReadRate(key, first, amounts, typed.source.strip(), last, typed.number)

    def _refuse(self, field: str, text: str, **parts: object) -> None:
        self.problems.append(Problem(field, text.format(label=self._label, **parts)))

    def _key(self) -> str:
        """Return which row it is, "" where that cannot be told; a holiday is its day."""
        typed, table = self._typed, self._now.table
        if table is RateTable.HOLIDAYS:
            day = self._day(typed.first_day, "first_day", NO_DAY, "いつから")
            return "" if day is None else day.isoformat()
        key = typed.key if typed.key in self._now.labels else read_key(table, typed.key)
        if not key:
            how = HOW.get(table)
            text = WRONG_KEY.format(key=typed.key, how=how) if how else UNKNOWN_KEY.format(label=typed.key)
            self.problems.append(Problem("key", text))
        return key

    def _first_day(self) -> dt.date | None:
        day, has_words = self._day(self._typed.first_day, "first_day", NO_DAY, "いつから"), self._now.table.has_words
        if day is not None and (day < self._today or (day == self._today and not has_words)):
            self._refuse("first_day", PAST_WORD if has_words else PAST, day=format_western(day))
        return day

    def _last_day(self) -> dt.date | None:
        if self._now.table is RateTable.HOLIDAYS or not self._typed.last_day.strip():
            return None
        return self._day(self._typed.last_day, "last_day", NO_END, "いつまで")

    def _day(self, text: str, field: str, unread: str, heading: str) -> dt.date | None:
        """Return a day, or say why it is refused, as its field on the glass would."""
        try:
            return parse_date(text, self._today)
        except UnreadableDay:
            self._refuse(field, unread)
        except InvalidInput as refused:
            self._refuse(field, WRONG_DAY, heading=heading, why=refused.problems[0].message)
        return None

    def _words(self, key: str) -> tuple[str, ...]:
        try:
            return read_cells(self._now.table, key, self._label, self._typed.amounts)
        except InvalidInput as wrong:
            self.problems += wrong.problems
            return ()

    def _amounts(self) -> tuple[int | None, ...]:
        amounts: list[int | None] = []
        before = len(self.problems)
        for text, heading in zip(self._typed.amounts, self._now.headings, strict=True):
            figure = read_figure(text)
            if text.strip() and figure is None:
                self._refuse("amounts", NO_FIGURE, heading=heading)
            amounts.append(figure)
        if len(self.problems) == before:
            self._check_table(amounts)
        return with_sum(self._now.table, amounts)

    def _check_table(self, amounts: list[int | None]) -> None:
        table = self._now.table
        if table is RateTable.VALIDITY:
            if amounts[0] not in (None, *CHOICES):
                self._refuse("amounts", NO_YEARS)
        elif not any(each is not None for each in amounts):
            self._refuse("amounts", ALL_EMPTY)
        elif table is RateTable.FEES:
            national, technical, total = amounts
            if national is not None and technical is not None and total not in (None, national + technical):
                self._refuse("amounts", WRONG_SUM, total=total, parts=national + technical)
        elif None in amounts:
            self._refuse("amounts", NO_FIGURE, heading=self._now.headings[amounts.index(None)])


def read_figure(text: str) -> int | None:
    """Return a figure as it may be written: ¥1,450, 1,450円; None for anything else."""
    return whole_number(to_half_width(text).translate(AROUND_YEN), HIGHEST)


def with_sum(table: RateTable, amounts: Sequence[int | None]) -> tuple[int | None, ...]:
    """Return the figures of a row, with the 計 of a fee that was left empty and whose two parts are known."""
    match table, amounts:
        case RateTable.FEES, (int(national), int(technical), None):
            return national, technical, national + technical
    return tuple(amounts)


def _beside_others(rows: Sequence[ReadRate], now: TableNow) -> Iterator[Problem]:
    days: dict[str, list[dt.date]] = {key: [*begun] for key, begun in now.begun.items()}
    for row in rows:
        if row.first_day in days.setdefault(row.key, []):
            text = OVERLAP.format(label=_label(row, now), day=format_western(row.first_day))
            yield _placed(Problem("first_day", text), row.number)
        days[row.key].append(row.first_day)
    for row in rows:
        for problem in _at_its_end(row, _label(row, now), days[row.key]):
            yield _placed(problem, row.number)


def _label(row: ReadRate, now: TableNow) -> str:
    return now.labels.get(row.key) or label_of(now.table, row.key)


def _at_its_end(row: ReadRate, label: str, days: Sequence[dt.date]) -> Iterator[Problem]:
    """Name what a stated end leaves open, or runs into."""
    if row.last_day is None:
        return
    end, later = format_western(row.last_day), min((day for day in days if day > row.first_day), default=None)
    if row.last_day < row.first_day:
        yield Problem("last_day", TURNED.format(label=label, end=end, day=format_western(row.first_day)))
    elif later is not None and later <= row.last_day:
        yield Problem("last_day", OVERLAPS_NEXT.format(label=label, end=end, day=format_western(later)))
    elif later is None or later - row.last_day > dt.timedelta(days=1):
        yield Problem("last_day", GAP.format(label=label, end=end))
