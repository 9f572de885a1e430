"""What an administrator of this desk added to the tables of words: hours, holidays, 保険会社, statuses.

Like rate_book.py it is replaced whole when the desk opens and after each change. What holds depends on the day; the
clock is handed in with the rows, so a row of tomorrow holds tomorrow without anybody doing anything.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onestop.model.added_rate import AddedRate

HOURS: Final = "hours"
HOLIDAYS: Final = "holidays"
INSURERS: Final = "insurers"
STATUSES: Final = "statuses"
WORD_TABLES: Final = (HOURS, HOLIDAYS, INSURERS, STATUSES)


@dataclass(frozen=True, slots=True)
class Wording:
    """What one added row says, and from when on."""

    first_day: dt.date
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    today: Callable[[], dt.date] = lambda: dt.date.min
    rows: Mapping[str, Mapping[str, tuple[Wording, ...]]] = field(default_factory=dict)
    """By table and key, the newest first."""


class _Book:
    words = _Words()


_BOOK: Final = _Book()


def put_words_in_force(added: Iterable[AddedRate], today: Callable[[], dt.date]) -> None:
    """Let these added rows hold from now on, and no others; rows of rates are none of this book's."""
    rows: dict[str, dict[str, tuple[Wording, ...]]] = {}
    for each in sorted(added, key=lambda row: row.first_day, reverse=True):
        if each.rate_table in WORD_TABLES:
            of_key = rows.setdefault(each.rate_table, {})
            of_key[each.key] = (*of_key.get(each.key, ()), Wording(each.first_day, each.cells))
    _BOOK.words = _Words(today, rows)


def added_wording(table: str, key: str, day: dt.date | None = None) -> Wording | None:
    """Return the added row of a key that holds on a day, today if none is given; None where none does."""
    rows = _BOOK.words.rows.get(table, {}).get(key, ())
    if not rows:
        return None
    on = _BOOK.words.today() if day is None else day
    return next((row for row in rows if row.first_day <= on), None)


def added_keys(table: str) -> tuple[str, ...]:
    """Return the keys to which rows were added, the one that begins last first."""
    return tuple(_BOOK.words.rows.get(table, ()))
