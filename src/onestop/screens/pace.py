"""How far long work is, and how long it will still take."""

from __future__ import annotations

from typing import NamedTuple


class Pace(NamedTuple):
    """Counts, and the time left in seconds; None while nothing is done yet."""

    done: int
    total: int
    seconds_left: float | None = None

    @classmethod
    def since(cls, began: float, now: float, done: int, total: int) -> Pace:
        """Reckon from the time that was taken so far, both in seconds of the same monotonic clock."""
        return cls(done, total, (now - began) / done * (total - done) if done else None)
