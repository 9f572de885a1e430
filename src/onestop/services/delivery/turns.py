"""Which answer is the newest, by the order in which a service was asked.

The machine's clock does not decide: it may have been a day ahead when the service was asked last. Nor do the service's
own times: a certificate that the office gives back stands again as of the day it was made. Of what another desk asked
nobody here knows when: an answer that it wrote down while ours was on its way is left as it is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from onestop.clock import Clock
    from onestop.model.sending import Sendable
    from onestop.store.shelves.sendable import Filed


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """When a service was asked, and as which question since the program was started."""

    at: dt.datetime
    turn: int
    seen: Mapping[int, int]
    """By 管理番号: how many answers were written into each before it was asked about."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The last answer that this program wrote into a record."""

    turn: int
    answers: int
    """How many it had then."""


class Turns:
    """Numbers what one service is asked, so that an answer to an earlier question is known as such."""

    def __init__(self, clock: Clock, *, shared: bool) -> None:
        """`shared`: other desks write answers into the same records, and count them there."""
        self._clock = clock
        self._shared = shared
        self._turns = itertools.count(1)
        self._last: dict[int, _Last] = {}

    def next(self, *records: Sendable | Filed) -> AskedTurn:
        """Number a question; call it before asking about these records, as they are stored."""
        seen = {record.control_number: record.answers for record in records}
        return AskedTurn(self._clock.now(), next(self._turns), seen)

    def takes(self, record: Sendable, question: AskedTurn) -> bool:
        """Tell whether an answer is to be written: no later question about the record was answered before.

        Within a transaction that writes, so that answers come one after the other.
        """
        last = self._last.get(record.control_number)
        if last is not None and last.answers == record.answers:
            is_newest = question.turn >= last.turn
        else:
            is_newest = question.seen[record.control_number] == record.answers
        if is_newest:
            record.answers += self._shared
            self._last[record.control_number] = _Last(question.turn, record.answers)
        return is_newest
