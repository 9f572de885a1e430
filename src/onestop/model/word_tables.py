"""The tables of words that 料金表 keeps beside the rates: holidays, 保険会社 and statuses, as they ship and joined.

The hours that ship are a setting of the machine (store/settings_file.py), so services/rates makes their rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from onestop.model.holidays import holidays_of
from onestop.model.rate_tables import RateTable, Told
from onestop.model.shipped import document_of
from onestop.model.wareki import format_both
from onestop.model.word_book import INSURERS, added_keys, added_wording
from onestop.model.words import CONFORMITY_WORD, FINISHED, NOT_REQUESTED, OSS_WORD, STATUS_WORDS, WAITING, status_key
from onestop.model.working_days import DAY_OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onestop.model.added_rate import AddedRate
    from onestop.model.words import StatusWord

ALWAYS: Final = dt.date.min
"""From when a row holds whose first day nobody tells."""
YEARS_AHEAD: Final = 4
"""So far holidays are listed; they are reckoned for every later year as well."""
IN_USE, NOT_IN_USE = "使う", "使わない"
HEADINGS: Final = {
    RateTable.HOURS: ("開始", "終了", "日"),
    RateTable.HOLIDAYS: ("名称", "扱い"),
    RateTable.INSURERS: ("名称", "会社コード", "扱い"),
    RateTable.STATUSES: ("同じ扱いの語",),
}
BY_LAW: Final = Told("国民の祝日に関する法律2条・3条による計算。前年2月の官報で確かめてください", "COMPUTED")
TURN_OF_YEAR: Final = Told("行政機関の休日に関する法律1条", "FACT")
WELL_KNOWN: Final = Told(
    "広く知られた会社名(公式の一覧の写しではありません)。最新の一覧と照らし合わせてください", "UNKNOWN"
)
OF_MANUAL: Final = Told("取扱説明書・AINASの公開資料", "FACT")
ASSUMED: Final = Told(
    "前後の語から推測した語です。違う語が返ってきたときは、そのまま表示し、未完了に数えます", "INFERENCE"
)
_TURN: Final = ((1, 2), (1, 3), (12, 29), (12, 30), (12, 31))
_KNOWN: Final = frozenset({NOT_REQUESTED, WAITING, FINISHED, "手続(交付)完了"})
_ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WordRow:
    """One row: what holds for its key from one day to another."""

    key: str
    label: str
    first_day: dt.date
    last_day: dt.date | None
    figures: tuple[str, ...]
    told: Told


def shipped_rows(table: RateTable, today: dt.date) -> tuple[WordRow, ...]:
    """Return a table as it ships; `HOURS` is made elsewhere."""
    match table:
        case RateTable.HOLIDAYS:
            return _holidays(today.year + YEARS_AHEAD)
        case RateTable.INSURERS:
            return tuple(map(_insurer, shipped_insurers()))
        case _:  # RateTable.STATUSES
            return tuple(_status(kind, word) for kind, words in STATUS_WORDS.items() for word in words)


def joined(table: RateTable, shipped: Iterable[WordRow], added: Iterable[AddedRate]) -> tuple[WordRow, ...]:
    """Return the table with the added rows; those of one key follow each other, and new keys come last."""
    of_key: dict[str, list[WordRow]] = {}
    for row in (*shipped, *(_made(table, each) for each in added)):
        of_key.setdefault(row.key, []).append(row)
    rows = (row for mine in of_key.values() for row in _in_turn(mine))
    return tuple(sorted(rows, key=lambda row: row.first_day) if table is RateTable.HOLIDAYS else rows)


def label_of(table: RateTable, key: str) -> str:
    """Return what a key is called that no shipped row has."""
    return format_both(dt.date.fromisoformat(key)) if table is RateTable.HOLIDAYS else key


def _made(table: RateTable, added: AddedRate) -> WordRow:
    last = added.first_day if table is RateTable.HOLIDAYS else None
    told = Told(added.source, added=True)
    return WordRow(added.key, label_of(table, added.key), added.first_day, last, added.cells, told)


def _in_turn(rows: Sequence[WordRow]) -> Iterator[WordRow]:
    """Let each row end where the next begins; of two from the same day the added one, which comes later, holds."""
    label = rows[0].label  # the shipped row's, if there is one: hours have words for their keys
    begin = {row.first_day: replace(row, label=label) for row in rows}
    ordered = [begin[day] for day in sorted(begin)]
    for row, later in pairwise(ordered):
        yield replace(row, last_day=later.first_day - _ONE_DAY)
    yield ordered[-1]


@cache
def _holidays(last_year: int) -> tuple[WordRow, ...]:
    document = document_of("rates/holidays.json")
    listed = Told(document["meta"]["source"], document["meta"]["confidence"])
    years: dict[str, dict[str, str]] = document["years"]
    rows: list[WordRow] = []
    for year in range(min(map(int, years)), last_year + 1):
        given = years.get(str(year))
        if given is None:
            rows += [_day_off(day, name, BY_LAW) for day, name in holidays_of(year).items()]
        else:
            rows += [_day_off(dt.date.fromisoformat(f"{year}-{day}"), name, listed) for day, name in given.items()]
        rows += [_day_off(dt.date(year, *day), "年末年始", TURN_OF_YEAR) for day in _TURN]
    return tuple(sorted(rows, key=lambda row: row.first_day))


def _day_off(day: dt.date, name: str, told: Told) -> WordRow:
    return WordRow(day.isoformat(), label_of(RateTable.HOLIDAYS, day.isoformat()), day, day, (name, DAY_OFF), told)


@cache
def shipped_insurers() -> tuple[str, ...]:
    """Return the names of resources/insurers.json."""
    return tuple(document_of("insurers.json")["insurers"])


def insurer_names() -> tuple[str, ...]:
    """Return the 保険会社 to choose from today: those of this desk in their order, and then those that ship."""
    ours = [key for key in added_keys(INSURERS) if added_wording(INSURERS, key) is not None]
    names = (_insurer_name(key) for key in dict.fromkeys((*ours, *shipped_insurers())))
    return tuple(dict.fromkeys(name for name in names if name))


def is_dropped_insurer(name: str) -> bool:
    """Tell whether 料金表 says that a name is used no more, or is another one now, though it stands on certificates."""
    return added_wording(INSURERS, name) is not None and _insurer_name(name) != name


def _insurer_name(key: str) -> str:
    added = added_wording(INSURERS, key)
    if added is None:
        return key
    name, _code, use = added.cells
    return name if use == IN_USE else ""


def _insurer(name: str) -> WordRow:
    return WordRow(name, name, ALWAYS, None, (name, "", IN_USE), WELL_KNOWN)


def _status(kind: str, word: StatusWord) -> WordRow:
    sure = kind == CONFORMITY_WORD or word.word in _KNOWN or (word.anew and kind == OSS_WORD)
    key = status_key(kind, word.word)
    return WordRow(key, key, ALWAYS, None, (word.word,), OF_MANUAL if sure else ASSUMED)
