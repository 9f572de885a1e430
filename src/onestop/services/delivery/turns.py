"""Which answer is the newest, by the order in which a service was asked.

The machine's clock does not decide: it may have been a day ahead when the service was asked last. Nor do the service's
own times: a certificate that the office gives back stands again as of the day it was made.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from onestop.clock import Clock


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """When a service was asked, and as which question since the program was started."""

    at: dt.datetime
    turn: int


class Turns:
    """Numbers what one service is asked, so that an answer to an earlier question is known as such."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns = itertools.count(1)
        self._answered: dict[int, int] = {}

    def next(self) -> AskedTurn:
        """Take this before asking."""
        return AskedTurn(self._clock.now(), next(self._turns))

    def takes(self, control_number: int, question: AskedTurn) -> bool:
        """Tell whether an answer is to be written: no later question about the record was answered before.

        Within a transaction that writes, so that answers come one after the other.
        """
        if question.turn < self._answered.get(control_number, 0):
            return False
        self._answered[control_number] = question.turn
        return True
