"""Who is busy with what is being sent: one run of the program at one desk, for a limited time.

A desk that is busy with a record has its lease. When the lease has lapsed, another desk may take the record over, and
the fence (a number that grows with each taking) keeps the first one from writing an outcome after that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class DeskRun:
    """One run of the program at one desk."""

    id: str
    """At random, made at the start: the next run of the same desk is another one."""
    terminal: str
    """What people call the desk."""
    alone: bool = True
    """No other desk works on this database: the lock of the data folder proves that every run before is dead."""


class Leased(Protocol):
    """A record, or a row of it, that a desk may be busy with."""

    @property
    def lease_run(self) -> str | None:
        """The id of the run that is busy with it; None: nobody is."""
        ...

    @property
    def lease_terminal(self) -> str | None:
        """What people call its desk."""
        ...

    @property
    def lease_until(self) -> dt.datetime | None:
        """Until when."""
        ...


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Who looks at leases, and when by the database's clock."""

    run: DeskRun
    now: dt.datetime

    def holder_of(self, record: Leased) -> str | None:
        """Return what people call the other living desk that is busy with a record; None: it may be taken."""
        if self.run.alone or record.lease_run in (None, self.run.id):
            return None
        lapsed = record.lease_until is None or record.lease_until <= self.now
        return None if lapsed else record.lease_terminal or ""
