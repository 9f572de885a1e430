"""The sandbox's own time: a clock that can be handed in, Japanese time, and moments as the wire writes them."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

JST = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan has one zone and no summer time."""


class Clock(Protocol):
    """What tells the sandbox the time."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware."""


class MachineClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in Japan."""
        return dt.datetime.now(JST)  # noqa: TID251 - the sandbox has a clock of its own, and this is it


def text_of(moment: dt.datetime) -> str:
    """Return a moment as the contract's date-time: Japanese time to the microsecond."""
    return moment.astimezone(JST).isoformat()


def moment_of(text: str) -> dt.datetime:
    """Read a moment written by `text_of`, or any other date-time with an offset.

    Raises:
        ValueError: The text is no moment, or has no offset.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its offset: {text}")
    return moment
