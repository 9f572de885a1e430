"""Who is busy with what is being sent: one run of the program at one desk, for a limited time.

A desk that is busy with a record has its lease. When the lease has lapsed, another desk may take the record over, and
the fence (a number that grows with each taking) keeps the first one from writing an outcome after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.sending import Sendable


@dataclass(frozen=True, slots=True)
class DeskRun:
    """One run of the program at one desk."""

    id: str
    """At random, made at the start: the next run of the same desk is another one."""
    terminal: str
    """What people call the desk; empty where no other desk could see it."""
    alone: bool = True
    """No other desk works on this database: the lock of the data folder proves that every run before is dead."""


class Leased(Protocol):
    """A record, or a row of it, that a desk may be busy with."""

    @property
    def lease_terminal(self) -> str | None:
        """What people call the desk that is or was busy with it."""

    @property
    def lease_until(self) -> dt.datetime | None:
        """Until when it is; None: it is not any more."""


def busy_terminal(record: Leased, now: dt.datetime) -> str | None:
    """Return what people call the living desk that is busy with a record; None: none that anybody else could see."""
    lapsed = record.lease_until is None or record.lease_until <= now
    return None if lapsed else record.lease_terminal or None


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Who looks at leases, and when by the database's clock."""

    run: DeskRun
    now: dt.datetime

    def holder_of(self, record: Sendable) -> str | None:
        """Return what people call the other living desk that is busy with a record; None: it may be taken."""
        ours = self.run.alone or record.lease_run in (None, self.run.id)
        return None if ours else busy_terminal(record, self.now)
