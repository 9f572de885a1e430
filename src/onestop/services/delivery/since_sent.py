"""How long ago a request left, by what no setting of this machine's clock moves.

The machine counts its own seconds, and each start of it has a name. After another start the service's clock tells, as
far as it is known at both ends; and where it is not, this program knows at least how long it has been running itself.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.gateway.service_time import ServiceTime
    from onestop.model.sending import Sendable


class SinceSent:
    """Notes when records leave, and tells how long ago that was."""

    def __init__(self, clock: Clock, service_time: ServiceTime) -> None:
        """`clock` is this machine's, and began to be looked at when this program was started."""
        self._clock = clock
        self._service_time = service_time
        self._began = clock.uptime()
        self._left_at: dict[int, float] = {}
        """When a request of this program last left, by 管理番号, in seconds that this program was awake: what a machine
        had not sent when it was put to sleep goes out when it wakes."""

    def note(self, record: Sendable) -> None:
        """Write down that a record is about to leave; within the transaction of the intent."""
        self._left_at[record.control_number] = self._clock.monotonic()
        record.last_sent_at = self._clock.now()
        record.sent_boot, record.sent_uptime = self._clock.boot, self._clock.uptime()
        record.sent_service_time = self._service_time.now()

    def at_least(self, record: Sendable) -> dt.timedelta:
        """Return how long ago a record last left, or less where that is not known."""
        left_at = self._left_at.get(record.control_number)
        awake = None if left_at is None else dt.timedelta(seconds=self._clock.monotonic() - left_at)
        measured = self._measured(record)
        if measured is None:
            measured = dt.timedelta(seconds=self._clock.uptime() - self._began)
        return measured if awake is None else min(measured, awake)

    def since_first(self, record: Sendable) -> dt.timedelta | None:
        """Return how long ago a record first left; None where that is not known: the clock was set back."""
        if record.first_sent_at is None or record.last_sent_at is None:
            return None
        measured = self._measured(record)
        since_last = self._clock.now() - record.last_sent_at if measured is None else measured
        return None if since_last < dt.timedelta() else since_last + (record.last_sent_at - record.first_sent_at)

    def note_again(self, record: Sendable) -> None:
        """Write down that a record is about to leave once more; when it first left is counted from this sending."""
        before = self.since_first(record)
        self.note(record)
        if before is not None and record.last_sent_at is not None:
            record.first_sent_at = record.last_sent_at - before

    def by_the_service(self, record: Sendable) -> tuple[dt.datetime, dt.datetime] | None:
        """Return when a record first and last left, by the service's clock as far as that is known."""
        if record.first_sent_at is None or record.last_sent_at is None:
            return None
        now, since = self._service_time.now(), self._measured(record)
        counted_back = None if now is None or since is None else now - since
        last = record.sent_service_time or counted_back or record.last_sent_at
        return last - (record.last_sent_at - record.first_sent_at), last

    def _measured(self, record: Sendable) -> dt.timedelta | None:
        """Return how long ago a record last left; None where nothing tells but a clock that may have been set."""
        spans: list[dt.timedelta] = []
        if record.sent_uptime is not None and record.sent_boot == self._clock.boot:
            spans.append(dt.timedelta(seconds=self._clock.uptime() - record.sent_uptime))
        now = self._service_time.now()
        if now is not None and record.sent_service_time is not None:
            spans.append(now - record.sent_service_time)
        return next((span for span in spans if span >= dt.timedelta()), None)


def forget_sending(record: Sendable) -> None:
    """Take back that a record ever left."""
    record.first_sent_at = record.last_sent_at = None
    record.sent_boot = record.sent_uptime = record.sent_service_time = None
