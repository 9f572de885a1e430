"""The dated tables that hold at this desk: those that ship, joined with what an administrator added.

Every reader of a rate asks here. What was added comes from the database of the desk that is open, once, when it opens
and when somebody changes it (services/rates); the tables are then replaced whole, so no reader ever sees half of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from onestop.model.rate_tables import (
    ApplicationChannel,
    FeeRow,
    FeeVehicle,
    PremiumRow,
    RateTable,
    Told,
    ValidityRow,
    WeightTaxRow,
    premium_classes,
    shipped_fees,
    shipped_premiums,
    shipped_validity,
    shipped_weight_tax,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onestop.model.added_rate import AddedRate

_ONE_DAY: Final = dt.timedelta(days=1)
FEE_VEHICLES: Final = {
    FeeVehicle.ORDINARY: "普通自動車",
    FeeVehicle.SMALL: "小型自動車",
    FeeVehicle.KEI: "軽自動車",
    FeeVehicle.MOTORCYCLE: "小型二輪",
}
CHANNELS: Final = {
    ApplicationChannel.OSS: "指定整備 OSS",
    ApplicationChannel.WINDOW: "指定整備 窓口",
    ApplicationChannel.CARRY_IN: "持込",
}


RowT = TypeVar("RowT", FeeRow, WeightTaxRow, PremiumRow, ValidityRow)


@dataclass(frozen=True, slots=True)
class Shape(Generic[RowT]):
    """How the rows of one table are told apart, and what figures they have."""

    rows: Callable[[], tuple[RowT, ...]]
    """The table as it ships."""
    key: Callable[[RowT], str]
    """What stays the same while the figures change from day to day."""
    label: Callable[[RowT], str]
    """The key in words for the glass."""
    names: tuple[str, ...]
    """The fields that hold the figures."""
    headings: tuple[str, ...]
    """What the figures are called."""

    def figures(self, row: RowT) -> tuple[int | None, ...]:
        """Return the figures of a row."""
        return tuple(getattr(row, name) for name in self.names)

    def made(self, like: RowT, added: AddedRate) -> RowT:
        """Return an added row, for the same cars as the shipped one with its key."""
        changes: dict[str, Any] = dict(zip(self.names, added.figures, strict=True))
        return replace(like, first_day=added.first_day, last_day=None, told=Told(added.source, added=True), **changes)

    def joined(self, added: Iterable[AddedRate]) -> tuple[RowT, ...]:
        """Return the table with the added rows; the rows of one key follow each other without a gap or an overlap."""
        mine: dict[str, list[AddedRate]] = {}
        for each in added:
            mine.setdefault(each.key, []).append(each)
        of_key: dict[str, list[RowT]] = {}
        for row in self.rows():
            of_key.setdefault(self.key(row), []).append(row)
        return tuple(
            row
            for key, shipped in of_key.items()
            for row in _in_turn(shipped, [self.made(shipped[-1], each) for each in mine.get(key, ())])
        )


def _in_turn(shipped: Sequence[RowT], made: Sequence[RowT]) -> Sequence[RowT]:
    """Let each row end where the next begins; of two from the same day the added one holds."""
    if not made:
        return shipped
    begin = {row.first_day: row for row in shipped} | {row.first_day: row for row in made}
    rows: list[RowT] = [begin[day] for day in sorted(begin)]
    ended: list[RowT] = [_until(row, later.first_day - _ONE_DAY) for row, later in pairwise(rows)]
    ended.append(rows[-1])
    return ended


def _until(row: RowT, last_day: dt.date) -> RowT:
    return replace(row, last_day=min(row.last_day or last_day, last_day))


def _premium_label(row: PremiumRow) -> str:
    name = next(each.label for each in premium_classes() if each.key == row.insurance_class)
    return f"{name} {row.months}か月"


FEES: Final[Shape[FeeRow]] = Shape(
    shipped_fees,
    lambda row: f"{row.vehicle}/{row.channel}",
    lambda row: f"{FEE_VEHICLES[FeeVehicle(row.vehicle)]} {CHANNELS[ApplicationChannel(row.channel)]}",
    ("national", "technical", "total"),
    ("国・協会", "技術情報管理", "計"),
)
WEIGHT_TAX: Final[Shape[WeightTaxRow]] = Shape(
    shipped_weight_tax,
    lambda row: row.key,
    lambda row: row.label,
    ("reduced", "normal", "over_13", "over_18"),
    ("本則", "当分の間", "13年経過", "18年経過"),
)
PREMIUMS: Final[Shape[PremiumRow]] = Shape(
    shipped_premiums,
    lambda row: f"{row.zone}/{row.insurance_class}/{row.months}",
    _premium_label,
    ("premium",),
    ("保険料",),
)
VALIDITY: Final[Shape[ValidityRow]] = Shape(
    shipped_validity,
    lambda row: row.label,
    lambda row: row.label,
    ("years",),
    ("年数",),
)


class Rates:
    """All dated tables, joined."""

    def __init__(self, added: Iterable[AddedRate] = ()) -> None:
        self.added = tuple(added)

    def _of(self, table: RateTable) -> list[AddedRate]:
        return [each for each in self.added if each.rate_table is table]

    @cached_property
    def fees(self) -> tuple[FeeRow, ...]:
        """検査手数料."""
        return FEES.joined(self._of(RateTable.FEES))

    @cached_property
    def weight_tax(self) -> tuple[WeightTaxRow, ...]:
        """自動車重量税."""
        return WEIGHT_TAX.joined(self._of(RateTable.WEIGHT_TAX))

    @cached_property
    def premiums(self) -> tuple[PremiumRow, ...]:
        """自賠責保険料."""
        return PREMIUMS.joined(self._of(RateTable.PREMIUMS))

    @cached_property
    def validity(self) -> tuple[ValidityRow, ...]:
        """車検の有効期間."""
        return VALIDITY.joined(self._of(RateTable.VALIDITY))


class _Book:
    rates = Rates()


_BOOK: Final = _Book()


def put_in_force(added: Iterable[AddedRate]) -> None:
    """Let these added rows hold from now on, and no others; reads the shipped tables, so call it on a worker."""
    joined = Rates(added)
    for table in (joined.fees, joined.weight_tax, joined.premiums, joined.validity):
        del table
    _BOOK.rates = joined


def rates() -> Rates:
    """Return the tables as they hold here."""
    return _BOOK.rates
