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
        of_row: list[Problem] = []
        read = _read(each, now, today, of_row)
        problems += (_placed(problem, each.number) for problem in of_row)
        rows += () if read is None else (read,)
    problems += _beside_others(rows, now)
    if problems:
        raise InvalidInput(*problems)
    return tuple(rows)


def _placed(problem: Problem, number: int) -> Problem:
    """Say in which row of a file a problem is; what was typed has its field."""
    return Problem(IN_FILE, f"{number}行目: {problem.message}") if number else problem


def _read(typed: TypedRate, now: TableNow, today: dt.date, problems: list[Problem]) -> ReadRate | None:
    before = len(problems)
    key, label = _key(typed, now, today, problems)
    if len(problems) > before:
        return None
    first, last = _first_day(typed, now, label, today, problems), _last_day(typed, now, label, today, problems)
    amounts = _words(typed, now, key, label, problems) if now.table.has_words else _amounts(typed, now, label, problems)
    if not typed.source.strip():
        problems.append(Problem("source", NO_SOURCE.format(label=label)))
    if first is None or len(problems) > before:
        return None
    return ReadRate(key, first, amounts, typed.source.strip(), last, typed.number)


def _key(typed: TypedRate, now: TableNow, today: dt.date, problems: list[Problem]) -> tuple[str, str]:
    """Return which row it is and what that is called; a holiday is its day."""
    key = typed.key if typed.key in now.labels else read_key(now.table, typed.key)
    if now.table is RateTable.HOLIDAYS:
        day = _first(typed, now.table.label, today, problems)
        if day is None:
            return "", ""
        key = day.isoformat()
    elif not key:
        how = HOW.get(now.table)
        text = WRONG_KEY.format(key=typed.key, how=how) if how else UNKNOWN_KEY.format(label=typed.key)
        problems.append(Problem("key", text))
        return "", ""
    return key, now.labels.get(key) or label_of(now.table, key)


def _words(typed: TypedRate, now: TableNow, key: str, label: str, problems: list[Problem]) -> tuple[str, ...]:
    try:
        return read_cells(now.table, key, label, typed.amounts)
    except InvalidInput as wrong:
        problems += wrong.problems
        return ()


def _first_day(typed: TypedRate, now: TableNow, label: str, today: dt.date, problems: list[Problem]) -> dt.date | None:
    day = _first(typed, label, today, problems)
    if day is None:
        return None
    if day < today or (day == today and not now.table.has_words):
        text = PAST_WORD if now.table.has_words else PAST
        problems.append(Problem("first_day", text.format(label=label, day=format_western(day))))
    return day


def _last_day(typed: TypedRate, now: TableNow, label: str, today: dt.date, problems: list[Problem]) -> dt.date | None:
    if now.table is RateTable.HOLIDAYS or not typed.last_day.strip():
        return None
    try:
        return parse_date(typed.last_day, today)
    except InvalidInput as refused:
        problems.append(_wrong_day(refused, "last_day", NO_END, label, "いつまで"))
        return None


def _first(typed: TypedRate, label: str, today: dt.date, problems: list[Problem]) -> dt.date | None:
    try:
        return parse_date(typed.first_day, today)
    except InvalidInput as refused:
        problems.append(_wrong_day(refused, "first_day", NO_DAY, label, "いつから"))
        return None


def _wrong_day(refused: InvalidInput, field: str, unread: str, label: str, heading: str) -> Problem:
    """Say why a day is refused, as its field on the glass would."""
    if isinstance(refused, UnreadableDay):
        return Problem(field, unread.format(label=label))
    return Problem(field, WRONG_DAY.format(label=label, heading=heading, why=refused.problems[0].message))


def read_figure(text: str) -> int | None:
    """Return a figure as it may be written: ¥1,450, 1,450円; None for anything else."""
    return whole_number(to_half_width(text).translate(AROUND_YEN), HIGHEST)


def _amounts(typed: TypedRate, now: TableNow, label: str, problems: list[Problem]) -> tuple[int | None, ...]:
    amounts: list[int | None] = []
    before = len(problems)
    for text, heading in zip(typed.amounts, now.headings, strict=True):
        figure = read_figure(text)
        if text.strip() and figure is None:
            problems.append(Problem("amounts", NO_FIGURE.format(label=label, heading=heading)))
        amounts.append(figure)
    if len(problems) == before:
        problems += _of_table(now, amounts, label)
    return with_sum(now.table, amounts)


def _of_table(now: TableNow, amounts: list[int | None], label: str) -> Iterator[Problem]:
    table = now.table
    if table is RateTable.VALIDITY:
        if amounts[0] not in (None, *CHOICES):
            yield Problem("amounts", NO_YEARS.format(label=label))
    elif not any(each is not None for each in amounts):
        yield Problem("amounts", ALL_EMPTY.format(label=label))
    elif table is RateTable.FEES:
        national, technical, total = amounts
        if national is not None and technical is not None and total not in (None, national + technical):
            text = WRONG_SUM.format(label=label, total=total, parts=national + technical)
            yield Problem("amounts", text)
    elif None in amounts:
        place = amounts.index(None)
        yield Problem("amounts", NO_FIGURE.format(label=label, heading=now.headings[place]))


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
