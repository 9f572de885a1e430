"""What is refused before it is added to a table of words, and how what was typed is written there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.limits import INSURER
from onestop.model.rate_tables import RateTable
from onestop.model.text import to_code, to_half_width
from onestop.model.word_tables import IN_USE, NOT_IN_USE
from onestop.model.words import FILING_WORD, NOT_REQUESTED, STATUS_WORDS, status_key
from onestop.model.working_days import DAY_OFF, WORKS

if TYPE_CHECKING:
    from collections.abc import Sequence

SEASON: Final = "season"
"""The key of the days on which the services are closed over the turn of the year."""
OURS: Final = status_key(FILING_WORD, NOT_REQUESTED)
EVERY_DAY, WEEKDAYS = "毎日", "平日"
LONGEST_NAME: Final = 40
LONGEST_CODE: Final = 20
LONGEST_STATUS: Final = 40
WRONG_TIME: Final = "「{label}」の時刻は、8:00 / 20:00 のように入力してください。"
WRONG_DAYS: Final = "「{label}」の日は、毎日か平日で入力してください(平日は、土日・祝日・年末年始が休みです)。"
WRONG_SEASON: Final = "「{label}」は、12-29 / 01-03 / 休み のように、月-日で入力してください。"
WRONG_NAME: Final = "「{label}」の名称を、{most}文字以内で入力してください。"
WRONG_HOLIDAY: Final = "「{label}」の扱いは、休みか開庁で入力してください。"
WRONG_USE: Final = "「{label}」の扱いは、使うか使わないで入力してください。"
WRONG_CODE: Final = "「{label}」の会社コードは、{most}文字以内で入力してください。空欄でもかまいません。"
OUR_WORD: Final = "「{label}」はこのプログラムの語なので、扱いを変えられません。"
WRONG_WORD: Final = "「{label}」の同じ扱いの語は、次のどれかを入力してください: {words}。"
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_STATUS: Final = re.compile(rf"([^:：]+?)\s*[:：]\s*(\S.{{0,{LONGEST_STATUS - 1}}})")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})(?:-|月)(\d{1,2})日?")
"""12-29, which Excel saves as 12月29日."""
_HOURS_A_DAY, _MINUTES_AN_HOUR, _MONTHS_A_YEAR, _DAYS_A_MONTH = 24, 60, 12, 31


def read_key(table: RateTable, typed: str) -> str:
    """Return the key of a row as it is kept, whatever the input method made of its colon; "" for one that cannot be."""
    if table is RateTable.INSURERS:
        name = " ".join(typed.split())
        return name if len(name) <= INSURER else ""
    found = _STATUS.fullmatch(typed.strip()) if table is RateTable.STATUSES else None
    if found is None:
        return ""
    kind = to_half_width(found[1]).upper()
    return status_key(kind, found[2]) if kind in STATUS_WORDS else ""


def read_cells(table: RateTable, key: str, label: str, typed: Sequence[str]) -> tuple[str, ...]:
    """Return the cells of a row as they are kept.

    Raises:
        InvalidInput: one cannot be.
    """
    cells = tuple(" ".join(each.split()) for each in typed)
    match table:
        case RateTable.HOURS:
            return _season(label, cells) if key == SEASON else _hours(label, cells)
        case RateTable.HOLIDAYS:
            return _holiday(label, cells)
        case RateTable.INSURERS:
            return _insurer(label, cells)
        case _:  # RateTable.STATUSES
            return _status(key, label, cells)


def _wrong(text: str) -> InvalidInput:
    return InvalidInput(Problem("amounts", text))


def _hours(label: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    times = [_time(each) for each in cells[:2]]
    if not all(times):
        raise _wrong(WRONG_TIME.format(label=label))
    if cells[2] not in (EVERY_DAY, WEEKDAYS):
        raise _wrong(WRONG_DAYS.format(label=label))
    return (*times, cells[2])


def _time(text: str) -> str:
    found = _TIME.fullmatch(to_half_width(text))
    if found is None or int(found[1]) >= _HOURS_A_DAY or int(found[2]) >= _MINUTES_AN_HOUR:
        return ""
    return f"{int(found[1])}:{found[2]}"


def _season(label: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    days = [_month_day(each) for each in cells[:2]]
    if not all(days) or cells[2] != DAY_OFF:
        raise _wrong(WRONG_SEASON.format(label=label))
    return (*days, DAY_OFF)


def _month_day(text: str) -> str:
    found = _MONTH_DAY.fullmatch(to_code(text))
    if found is None or not (1 <= int(found[1]) <= _MONTHS_A_YEAR and 1 <= int(found[2]) <= _DAYS_A_MONTH):
        return ""
    return f"{int(found[1]):02}-{int(found[2]):02}"


def _holiday(label: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    if not 0 < len(cells[0]) <= LONGEST_NAME:
        raise _wrong(WRONG_NAME.format(label=label, most=LONGEST_NAME))
    if cells[1] not in (DAY_OFF, WORKS):
        raise _wrong(WRONG_HOLIDAY.format(label=label))
    return cells


def _insurer(label: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    name, code, use = cells
    if not 0 < len(name) <= INSURER:
        raise _wrong(WRONG_NAME.format(label=label, most=INSURER))
    if len(code) > LONGEST_CODE:
        raise _wrong(WRONG_CODE.format(label=label, most=LONGEST_CODE))
    if use not in (IN_USE, NOT_IN_USE):
        raise _wrong(WRONG_USE.format(label=label))
    return cells


def _status(key: str, label: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    if key == OURS:
        raise _wrong(OUR_WORD.format(label=label))
    known = [row.word for row in STATUS_WORDS.get(key.partition(": ")[0], ()) if row.word != NOT_REQUESTED]
    if cells[0] not in known:
        raise _wrong(WRONG_WORD.format(label=label, words="、".join(known)))
    return cells
