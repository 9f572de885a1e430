"""What 納付消込 proposes: for each line of the bank's book the open amounts that add up to it, and nothing else.

A bank merges what is paid on one day, or through one agent: such whole groups stand before other ways. Nothing here
ticks anything; what can be made in more than one way is left to the person.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.combination import Sums

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from onestop.model.bank import BankLine
    from onestop.model.payment import Payment, PaymentKey

MOST_WAYS: Final = 20
"""More ways than a person looks through."""

Way = tuple["PaymentKey", ...]

_MERGED_BY: Final[tuple[Callable[[Payment], object], ...]] = (
    lambda each: each.control_number,
    lambda each: (each.due_date, each.agent_site_id, each.office),
    lambda each: (each.due_date, each.agent_site_id),
    lambda each: each.due_date,
    lambda each: (each.day, each.agent_site_id),
    lambda each: each.day,
    lambda each: each.agent_site_id,
)
"""What a bank may merge into one line, the narrowest first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The ways in which a line can be made of open amounts."""

    ways: tuple[Way, ...]
    complete: bool
    """Whether these are all there are."""
    clashes: bool = False
    """Its one way takes an amount that another line's one way takes, too."""

    @property
    def is_sole(self) -> bool:
        """Whether there is one way and no other, for this line and for its amounts."""
        return self.complete and len(self.ways) == 1 and not self.clashes


def propose(lines: Sequence[BankLine], payments: Sequence[Payment], most: int = MOST_WAYS) -> dict[int, Proposal]:
    """Return the ways for each line, by its id. Nothing is paid before it was asked for: see `Payment.day`."""
    mine = sorted(payments, key=lambda each: (each.day, each.control_number, each.kind, each.part))
    days = [each.day for each in mine]
    sums = Sums([each.amount for each in mine], max((line.amount for line in lines), default=0))
    return _with_clashes({line.id: _proposal(line, mine, days, sums, most) for line in lines})


def _proposal(line: BankLine, payments: Sequence[Payment], days: Sequence[dt.date], sums: Sums, most: int) -> Proposal:
    count = bisect_right(days, line.day)
    searched = sums.combinations(line.amount, count, most)
    ways = dict.fromkeys((*_groups(line.amount, payments[:count]), *searched.found))
    complete = searched.complete and len(ways) <= most
    return Proposal(tuple(tuple(payments[place].key for place in way) for way in [*ways][:most]), complete)


def _groups(wanted: int, payments: Sequence[Payment]) -> Iterator[tuple[int, ...]]:
    """Yield the whole groups that come to a sum."""
    for merged_by in _MERGED_BY:
        groups: dict[object, list[int]] = {}
        for place, each in enumerate(payments):
            groups.setdefault(merged_by(each), []).append(place)
        yield from (tuple(some) for some in groups.values() if sum(payments[each].amount for each in some) == wanted)


def _with_clashes(proposals: dict[int, Proposal]) -> dict[int, Proposal]:
    sole = {line: each for line, each in proposals.items() if each.is_sole}
    taken = Counter(key for each in sole.values() for key in each.ways[0])
    clashing = {line for line, each in sole.items() if any(taken[key] > 1 for key in each.ways[0])}
    return {
        line: dataclasses.replace(each, clashes=True) if line in clashing else each for line, each in proposals.items()
    }
