"""How fast the imitated people and machines work: within a minute for practice, as slowly as they are for real."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestop_sandbox.hours import AGENT_HOURS

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that each thing takes."""

    filing: float
    """From 受付前 to the end of a filing's script, in seconds of the agent's working time."""
    registry: float
    """Until AIRAS sees a policy that was reported to the 登録機関."""
    pullback: float
    """Until a 引戻 is done."""
    report: float
    """Until a 窓口申請 certificate is reported."""
    office_hours: bool = False
    """Whether the agent works on weekdays 9:00–16:45 only."""

    def worked(self, start: dt.datetime, seconds: float) -> dt.datetime:
        """Return the moment when the agent has worked so many seconds since start."""
        return AGENT_HOURS.after(start, seconds) if self.office_hours else start + dt.timedelta(seconds=seconds)


PRACTICE = Pace(filing=50, registry=8, pullback=6, report=20)
REAL = Pace(filing=45 * _MINUTE, registry=50 * _MINUTE, pullback=25 * _MINUTE, report=30 * _MINUTE, office_hours=True)


def pace_of(text: str) -> Pace:
    """Read `practice`, `real`, or the seconds from 受付前 to 手続完了.

    Raises:
        ValueError: It is none of the three.
    """
    named = {"practice": PRACTICE, "real": REAL}
    if text in named:
        return named[text]
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"a pace is practice, real or seconds: {text}")
    return Pace(filing=seconds, registry=seconds / 5, pullback=seconds / 5, report=seconds / 2)
