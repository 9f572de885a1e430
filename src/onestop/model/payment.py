"""納付一覧: the amounts that AINAS returned, how each stands, and what they come to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.clock import JST
from onestop.model.wareki import YearMonth, format_western
from onestop.model.words import VehicleClass, oss_status_word, status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

PAID_WORD: Final = "納付済"
FREE_WORD: Final = "納付不要"
REMEMBERED_DAYS: Final = 40
"""AINAS forgets the detail of a filing so many days after its completion (DOMAIN §3)."""


class PaymentState(StrEnum):
    """How an amount stands."""

    OPEN = "未納"
    PAID = "納付済"
    """AINAS says so, and no line of the bank's is ticked for it yet."""
    MATCHED = "消込済"
    DROPPED = "対象外"
    """Nothing is to be paid: 納付不要, or the filing came to nothing before."""


class Office(StrEnum):
    """Whom the filing goes to."""

    REGISTERED = "登録車"
    KEI = "軽"


class PaymentKey(NamedTuple):
    """Which amount: it stays the same when AINAS says something new of it."""

    control_number: int
    kind: str
    part: int


@dataclass(frozen=True, slots=True)
class Payment:
    """One amount that AINAS returned."""

    control_number: int
    kind: str
    part: int
    amount: int
    """Yen."""
    payment_status: str | None
    due_date: dt.date | None
    filing_id: str | None
    vehicle_class: VehicleClass
    plate: str = dataclasses.field(repr=False)
    agent_site_id: str
    """Of the agent that it was sent to; empty for a filing that this program did not send."""
    requested_at: dt.datetime
    status: str | None
    oss_status: str | None
    status_updated_at: dt.datetime | None
    line_id: int | None = None
    """Of the bank's line that is ticked for it."""
    matched_amount: int | None = None
    """Yen, as it stood then."""
    matched_day: dt.date | None = None
    """Of that line."""

    @property
    def key(self) -> PaymentKey:
        """Which one it is."""
        return PaymentKey(self.control_number, self.kind, self.part)

    @property
    def day(self) -> dt.date:
        """依頼日, in Japan."""
        return self.requested_at.astimezone(JST).date()

    @property
    def office(self) -> Office:
        """窓口."""
        return Office.KEI if self.vehicle_class is VehicleClass.KEI else Office.REGISTERED

    @property
    def state(self) -> PaymentState:
        """How it stands."""
        if self.line_id is not None:
            return PaymentState.MATCHED
        if self.payment_status == PAID_WORD:
            return PaymentState.PAID
        word = status_word(self.status)
        came_to_nothing = (word.final and not word.done) or word.anew or oss_status_word(self.oss_status).anew
        free = self.payment_status == FREE_WORD or not self.amount
        return PaymentState.DROPPED if free or came_to_nothing else PaymentState.OPEN

    @property
    def is_open(self) -> bool:
        """Whether a line of the bank's may be ticked for it."""
        return self.state in (PaymentState.OPEN, PaymentState.PAID)

    @property
    def has_changed(self) -> bool:
        """Whether AINAS says another amount than the one that was ticked."""
        return self.matched_amount is not None and self.matched_amount != self.amount

    def last_day(self, today: dt.date) -> dt.date | None:
        """Return the last whole day on which AINAS still knows it; None where that does not press.

        It presses from the completion of the filing on, until a line of the bank's is ticked or AINAS has forgotten.
        """
        if not self.is_open or not status_word(self.status).done or self.status_updated_at is None:
            return None
        last = self.status_updated_at.astimezone(JST).date() + dt.timedelta(days=REMEMBERED_DAYS - 1)
        return last if today <= last else None


@dataclass(frozen=True, slots=True)
class PaymentTotals:
    """How many amounts, and how many yen in each state."""

    count: int
    amount: int
    by_state: dict[PaymentState, int]

    @classmethod
    def of(cls, payments: Iterable[Payment]) -> PaymentTotals:
        """Add up; what is 対象外 is counted, and is no money."""
        every = list(payments)
        sums = dict.fromkeys(PaymentState, 0)
        for each in every:
            sums[each.state] += each.amount
        return cls(len(every), sum(sums.values()) - sums[PaymentState.DROPPED], sums)


class Grouping(StrEnum):
    """By what 納付一覧 adds up."""

    DAY = "日"
    FILING = "申請"
    KIND = "種別"
    AGENT = "代理人"
    OFFICE = "窓口"


NO_AGENT: Final = "(代理人の記録なし)"
_GROUP_OF: Final[dict[Grouping, Callable[[Payment], str]]] = {
    Grouping.DAY: lambda each: format_western(each.day),
    Grouping.FILING: lambda each: each.filing_id or str(each.control_number),
    Grouping.KIND: lambda each: each.kind,
    Grouping.AGENT: lambda each: each.agent_site_id or NO_AGENT,
    Grouping.OFFICE: lambda each: each.office.value,
}


def grouped(payments: Iterable[Payment], by: Grouping) -> tuple[tuple[str, PaymentTotals], ...]:
    """Return each group with its totals, in the order in which they first come."""
    groups: dict[str, list[Payment]] = {}
    for each in payments:
        groups.setdefault(_GROUP_OF[by](each), []).append(each)
    return tuple((name, PaymentTotals.of(some)) for name, some in groups.items())


def pressing_first(payments: Sequence[Payment], today: dt.date) -> tuple[Payment, ...]:
    """Return what AINAS will forget first on top, by its last day; the rest in its order."""
    last_days = {each.key: last for each in payments if (last := each.last_day(today))}
    pressing = sorted((each for each in payments if each.key in last_days), key=lambda each: last_days[each.key])
    return (*pressing, *(each for each in payments if each.key not in last_days))


def month_of(day: dt.date) -> YearMonth:
    """Return the month of a day."""
    return YearMonth(day.year, day.month)
