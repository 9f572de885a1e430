"""A change of the history in words of the glass: which record it is about, which field, what stood and stands there.

What the history has of a short record is one text: its columns, in their order, without those that were empty. Here
each kind of it is taken apart again, so that a person reads no key and no bare number.
"""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from onestop.model.added_rate import BETWEEN, BETWEEN_WORDS
from onestop.model.change import AGAIN, BETWEEN_PARTS, GONE, MADE
from onestop.model.money import yen
from onestop.model.rate_checks import read_figure
from onestop.model.rate_tables import RateTable
from onestop.model.wareki import YearMonth, format_western
from onestop.model.word_checks import SEASON
from onestop.model.word_tables import label_of
from onestop.screens.display import NOTHING, car_words, short_moment
from onestop.screens.field_names import DAY, MOMENT, label_of_field, label_of_record, value_in_words
from onestop.services.rates.form import shown_figures
from onestop.services.rates.references import SEASON_LABEL, SERVICES
from onestop.services.rates.service import SHAPES, headings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.change import Change
    from onestop.services.changes import Meant

NOBODY: Final = "(なし)"
_WHOLE: Final = (MADE, GONE, AGAIN)
_AMOUNT: Final = re.compile(r"-?\d+")
_IS_GONE: Final = "(削除済)"
_WITH_NUMBERS: Final = ("filing", "insurance_certificate", "conformity_certificate")
"""What a 管理番号 is named of."""


@dataclasses.dataclass(frozen=True, slots=True)
class ChangeRow:
    """What the columns say."""

    at: str
    operator: str = dataclasses.field(repr=False)
    terminal: str
    record: str = dataclasses.field(repr=False)
    field: str
    old: str = dataclasses.field(repr=False)
    new: str = dataclasses.field(repr=False)

    @property
    def texts(self) -> tuple[str, ...]:
        """As they stand in the columns."""
        return self.at, self.operator, self.terminal, self.record, self.field, self.old, self.new


def row_of(change: Change, meant: Meant) -> ChangeRow:
    """Return a change as it is read; `meant` are the records that it names by their keys."""
    return ChangeRow(
        short_moment(change.at),
        change.operator or NOBODY,
        change.terminal or NOTHING,
        f"{label_of_record(change.record)} {_which(change, meant)}".strip(),
        label_of_field(change.field, change.record),
        _value(change, change.old, meant),
        _value(change, change.new, meant),
    )


def _which(change: Change, meant: Meant) -> str:
    """Return which record it is, where that is not told by its car, and not by the value."""
    if change.record in _WITH_NUMBERS:
        return change.key
    if change.field in _WHOLE:
        return ""
    return meant.named(change.record, change.key)


def _value(change: Change, kept: str | None, meant: Meant) -> str:
    if kept is None:
        return NOTHING
    if change.field in _WHOLE:
        return _summary(change.record, kept)
    if change.field == "vehicle_id":
        car = meant.cars.get(int(kept))
        return _IS_GONE if car is None else car_words(car)
    if change.field == "inspection_id":
        inspection = meant.inspections.get(int(kept))
        if inspection is None:
            return _IS_GONE
        return f"満了日 {format_western(inspection.renews)}" if inspection.renews else "満了日不明"
    return value_in_words(change.field, kept)


def _summary(record: str, kept: str) -> str:
    """Return what a short record says; one that is not as it is expected keeps its own words."""
    parts = kept.split(BETWEEN_PARTS)
    told = _KINDS[record](parts) if record in _KINDS else parts
    return BETWEEN_PARTS.join(value_in_words(MADE, part) for part in told)


def _of_rate(parts: list[str]) -> list[str]:
    table = next((each for each in RateTable if each.value == parts[0]), None)
    day = next((place for place in range(2, len(parts) - 1) if DAY.fullmatch(parts[place])), None)
    if table is None:
        return parts
    if day is None:
        return [table.label, *parts[1:]]
    first = f"{value_in_words(MADE, parts[day])}から" if table is not RateTable.HOLIDAYS else ""
    key = _labels(table).get(BETWEEN_PARTS.join(parts[1:day]), "") or label_of(table, BETWEEN_PARTS.join(parts[1:day]))
    source = [part for part in parts[day + 2 :] if not MOMENT.fullmatch(part)]  # when it was added stands in いつ
    return [part for part in (table.label, key, first, _figures(table, parts[day + 1]), *source) if part]


@cache
def _labels(table: RateTable) -> dict[str, str]:
    """Return the rows of a shipped table by their keys; those of words have no others than their labels."""
    if table is RateTable.HOURS:
        return {**SERVICES, SEASON: SEASON_LABEL}
    if table.has_words:
        return {}
    shape = SHAPES[table]
    return {shape.key(row): shape.label(row) for row in shape.rows()}


def _figures(table: RateTable, amounts: str) -> str:
    headings, cells = headings_of(table), amounts.split(BETWEEN_WORDS if table.has_words else BETWEEN)
    figures = cells if table.has_words else [read_figure(each) for each in cells]
    if len(headings) != len(cells):
        return amounts
    return "、".join(
        f"{heading} {shown_figures([figure])}"
        for heading, figure in zip(headings, figures, strict=True)
        if figure != ""
    )


def _of_operator(parts: list[str]) -> list[str]:
    return [*parts[:-1], {"1": "使用中", "0": "停止"}.get(parts[-1], parts[-1])]


def _of_fee(parts: list[str]) -> list[str]:
    kind, *rest = parts
    if rest and _AMOUNT.fullmatch(rest[0]):
        rest[0] = yen(int(rest[0]))
    return [kind, *rest]


def _of_match(parts: list[str]) -> list[str]:
    kind, *rest = parts
    if len(rest) > 1 and all(_AMOUNT.fullmatch(each) for each in rest[:2]):
        part, amount, *rest = rest
        kind = kind if part == "1" else f"{kind}({part}件目)"
        return [kind, yen(int(amount)), *rest]
    return parts


def _of_month(parts: list[str]) -> list[str]:
    figures = parts[-4:]
    month = YearMonth.parse(parts[0])
    if month is None or len(parts) <= len(figures) or not all(_AMOUNT.fullmatch(each) for each in figures):
        return parts
    lines, paid, matched_lines, matched = map(int, figures)
    ends = f"出金 {lines}件 {yen(paid)}", f"消込済 {matched_lines}件 {yen(matched)}"
    return [month.western(), *parts[1:-4], *ends]


def _of_confirmation(parts: list[str]) -> list[str]:
    """Return the sentence that was confirmed, without its rule's key and the value that it rests on."""
    return parts[1:-1] or parts


_KINDS: Final[dict[str, Callable[[list[str]], list[str]]]] = {
    "added_rate": _of_rate,
    "operator": _of_operator,
    "filing_fee": _of_fee,
    "payment_match": _of_match,
    "closed_month": _of_month,
    "confirmation": _of_confirmation,
}
"""How the text of each is taken apart; the others say all in words."""
