"""How far long work is, and how long it will still take."""

from __future__ import annotations

from typing import Final, NamedTuple

_MINUTE: Final = 60


class WorkProgress(NamedTuple):
    """Counts, and the time left in seconds; None while nothing is done yet."""

    done: int
    total: int
    seconds_left: float | None = None

    @classmethod
    def since(cls, began: float, now: float, done: int, total: int) -> WorkProgress:
        """Reckon from the time that was taken so far, both in seconds of the same monotonic clock."""
        return cls(done, total, (now - began) / done * (total - done) if done else None)


def time_left(seconds: float | None) -> str:
    """Return 残り約6秒 or 残り約2分; nothing while nobody knows."""
    if seconds is None:
        return ""
    return f"残り約{round(seconds / _MINUTE)}分" if seconds >= 1.5 * _MINUTE else f"残り約{max(1, round(seconds))}秒"
