"""交付実績報告書: what a month's 保適証 come to, reckoned from the rows of 指定整備元帳."""

from __future__ import annotations

import datetime as dt
import operator
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.model.certificate_words import AT_THE_COUNTER, ApplicationKind, Origin, PaperKind, VehicleCategory
from onestop.model.wareki import YearMonth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.model.ledger import LedgerRow

OTHER: Final = "その他"
"""A 自動車区分 that is none of the five."""
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each kind. A voided number counts as 削除・再交付 alone; what took its place, under its own kind."""

    oss: int
    counter: int
    """窓口申請, with 中古新規 and 予備検査, which go there too."""
    limited: int
    voided: int
    issued: int
    """All that are not voided."""

    @classmethod
    def of(cls, rows: Iterable[LedgerRow]) -> Counts:
        """Count rows."""
        every = list(rows)
        kinds = [row.application_kind for row in every if not row.is_voided]
        return cls(
            oss=kinds.count(ApplicationKind.OSS),
            counter=sum(kind in AT_THE_COUNTER for kind in kinds),
            limited=kinds.count(PaperKind.LIMITED),
            voided=len(every) - len(kinds),
            issued=len(kinds),
        )

    def minus(self, other: Counts) -> Counts:
        """Return how many more there are than in another month; less is negative."""
        return Counts(*map(operator.sub, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One 自動車区分, or all of them together."""

    category: str
    counts: Counts
    before: Counts
    """Of the month before."""
    numbers: str
    """From the lowest 交付番号 to the highest, voided ones too; those on paper on a line of their own."""

    @property
    def difference(self) -> Counts:
        """This month less the month before."""
        return self.counts.minus(self.before)


@dataclass(frozen=True, slots=True)
class VoidedNumber:
    """A 交付番号 that counts as 削除, and the one that took its place (empty for none)."""

    certificate_number: str
    issue_date: dt.date | None
    category: str
    status: str
    replaced_by: str = ""


class MonthCount(NamedTuple):
    """What a month comes to, all 自動車区分 together."""

    month: YearMonth
    issued: int
    voided: int


@dataclass(frozen=True, slots=True)
class IssuanceReport:
    """A month of 交付実績報告書."""

    month: YearMonth
    workshop_code: str
    workshop_name: str
    lines: tuple[CategoryLine, ...]
    total: CategoryLine
    voided: tuple[VoidedNumber, ...]
    control_numbers: tuple[int, ...] = ()
    """管理番号 of all certificates that are counted: AIRAS can be asked how they stand."""
    year: tuple[MonthCount, ...] = ()
    """The months of its year that have any."""


def first_day(month: YearMonth) -> dt.date:
    """Return the first day of a month."""
    return dt.date(month.year, month.month, 1)


def month_after(month: YearMonth) -> YearMonth:
    """Return the month that follows."""
    return YearMonth(month.year + month.month // _DECEMBER, month.month % _DECEMBER + 1)


def month_before(month: YearMonth) -> YearMonth:
    """Return the month before."""
    day = first_day(month) - dt.timedelta(days=1)
    return YearMonth(day.year, day.month)


def last_day(month: YearMonth) -> dt.date:
    """Return the last day of a month."""
    return first_day(month_after(month)) - dt.timedelta(days=1)


def by_category(rows: tuple[LedgerRow, ...], before: tuple[LedgerRow, ...]) -> tuple[CategoryLine, ...]:
    """Count each 自動車区分, those with none too; その他 only where there is any."""
    known = [each.value for each in VehicleCategory]
    lines = [line_of(name, _of(name, rows), _of(name, before)) for name in known]
    others, others_before = (
        tuple(each for each in some if each.vehicle_category not in known) for some in (rows, before)
    )
    return (*lines, *([line_of(OTHER, others, others_before)] if others or others_before else []))


def line_of(category: str, rows: tuple[LedgerRow, ...], before: tuple[LedgerRow, ...]) -> CategoryLine:
    """Count the rows of one 自動車区分, or of all."""
    return CategoryLine(category, Counts.of(rows), Counts.of(before), numbers_of(rows))


def numbers_of(rows: tuple[LedgerRow, ...]) -> str:
    """Return 1110000001～1110000012, those on paper on their own line; 10 comes after 9, whatever the padding."""
    electronic = _range(row.certificate_number for row in rows if row.origin is not Origin.PAPER)
    paper = _range(row.certificate_number for row in rows if row.origin is Origin.PAPER)
    return "\n".join(part for part in (electronic, paper and f"紙 {paper}") if part)


def _range(numbers: Iterable[str]) -> str:
    found = sorted(numbers, key=lambda number: (len(number), number))
    return "～".join(dict.fromkeys((found[0], found[-1]))) if found else ""


def _of(category: str, rows: tuple[LedgerRow, ...]) -> tuple[LedgerRow, ...]:
    return tuple(row for row in rows if row.vehicle_category == category)
