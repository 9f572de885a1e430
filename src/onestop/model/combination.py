"""Which of many amounts add up to a sum: exact, and bounded in memory and in how many ways are told.

The amounts stand in an order, and a sum is asked for among the first so many of them: one table of what can be reached
serves every line of a bank's book. The search walks only where an answer lies, so each costs one step an amount.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_BYTES: Final = 64 * 2**20
"""Of the whole table; 200 amounts in units of 50 yen take less than a quarter of it up to ¥30,000,000."""


@dataclass(frozen=True, slots=True)
class Combinations:
    """The ways to make one sum: the places of the amounts, rising."""

    found: tuple[tuple[int, ...], ...]
    complete: bool
    """Whether these are all there are."""


class Sums:
    """What can be made of some amounts, each taken once at the most."""

    def __init__(self, amounts: Sequence[int], largest: int, most_bytes: int = MOST_BYTES) -> None:
        """`amounts` are each more than 0; `largest` is the largest sum that will be asked for."""
        self._unit = math.gcd(*amounts) or 1
        self._amounts = [amount // self._unit for amount in amounts]
        self._limit = max(0, min(largest // self._unit, most_bytes * 8 // (len(amounts) + 1) - 1))
        self._reached = [*self._tables()]

    def _tables(self) -> Iterator[bytes]:
        """Yield, for the first 0, 1, 2 … amounts, one bit for each sum: whether it can be made."""
        everything, size = (1 << (self._limit + 1)) - 1, self._limit // 8 + 1
        bits = 1
        yield bits.to_bytes(size, "little")
        for amount in self._amounts:
            if amount <= self._limit:
                bits |= (bits << amount) & everything
            yield bits.to_bytes(size, "little")

    def combinations(self, wanted: int, among: int, most: int) -> Combinations:
        """Return the ways to make a sum of the first `among` amounts, `most` at the most.

        A sum too large for the table is not looked for: nothing is found, and that is not complete.
        """
        rest, odd = divmod(wanted, self._unit)
        if odd or wanted <= 0:
            return Combinations((), complete=True)
        if rest > self._limit:
            return Combinations((), complete=sum(self._amounts[:among]) < rest)
        found: list[tuple[int, ...]] = []
        for way in self._ways(rest, among):
            if len(found) == most:
                return Combinations(tuple(found), complete=False)
            found.append(way)
        return Combinations(tuple(found), complete=True)

    def _ways(self, wanted: int, among: int) -> Iterator[tuple[int, ...]]:
        """Yield every way; no step leads where none is."""
        steps: list[tuple[int, int, tuple[int, ...]]] = [(among, wanted, ())]
        while steps:
            count, rest, taken = steps.pop()
            if not rest:
                yield taken
            elif rest > 0 and self._reached[count][rest >> 3] >> (rest & 7) & 1:
                last = count - 1
                steps.append((last, rest, taken))
                steps.append((last, rest - self._amounts[last], (last, *taken)))
