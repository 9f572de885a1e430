"""Taking what is being sent into this desk's hands, for longer than a request can take, and letting go of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from onestop import errors
from onestop.clock import JST
from onestop.model.lease import DeskRun, SeenBy
from onestop.model.sending_state import Sending

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from onestop.clock import Clock
    from onestop.model.sending import Sendable

HELD: Final = "{terminal} が作業中です。終わるまでお待ちください(止まっていれば、{until} からここで確かめられます)。"
FOUND: Final[Mapping[Sending, str]] = {
    Sending.DRAFT: "受け付けられていませんでした。内容を確かめて、もう一度送信してください。",
    Sending.SENDING: "いま確かめているところです。しばらくしてから F7 で確かめてください。",
    Sending.UNKNOWN: "受け付けられたかどうかは、まだ分かりません。しばらくしてから F7 で確かめてください。",
    Sending.FILED: "受け付けられていました。画面を開き直してください。",
}
"""What the other desk found, by how the record stands."""
TAKEN_OVER: Final = "この端末の送信に時間がかかったため、{terminal} が確認を引き継ぎました。{found}"


@dataclass(slots=True)
class Lease:
    """A record in this desk's hands."""

    control_number: int
    fence: int
    begin_by: float = 0
    """Until when a request may begin, by `Clock.uptime`."""
    request_key: str = ""
    body: str = field(default="", repr=False)
    """What this desk sends of it."""
    record: Sendable | None = field(default=None, repr=False)
    """It, as it was when that was written down."""
    is_over: bool = False

    def of(self, record: Sendable) -> Lease:
        """Note what is to be sent; returns itself."""
        self.request_key, self.body, self.record = record.request_key or "", record.payload or "", record
        return self


class Leases:
    """Takes records for one run of the program."""

    def __init__(self, run: DeskRun, clock: Clock, longest_request: dt.timedelta) -> None:
        """A request begins soon after its record was taken, or not at all: a machine may have slept in between.

        `clock` is the one by which the desks of this database agree on the time.
        """
        self._run = run
        self._clock = clock
        self._begins_within = longest_request / 2
        self._length = longest_request + self._begins_within

    @property
    def alone(self) -> bool:
        """Whether no other desk works on this database."""
        return self._run.alone

    def seen(self) -> SeenBy:
        """Return who looks, and when."""
        return SeenBy(self._run, self._clock.now())

    def holder_of(self, record: Sendable) -> str | None:
        """Return what people call the other living desk that is busy with a record; None: nobody is."""
        return self.seen().holder_of(record)

    def refuse_held(self, record: Sendable) -> None:
        """Leave alone what another living desk is busy with.

        Raises:
            NotAllowed: one is.
        """
        if self.holder_of(record) is not None:
            until = cast("dt.datetime", record.lease_until).astimezone(JST)
            raise errors.NotAllowed(HELD.format(terminal=record.lease_terminal, until=f"{until:%H:%M}"))

    def refuse_busy(self, record: Sendable, ours: str) -> None:
        """Leave alone what any living desk is busy with, this one as well; `ours` is the sentence for that.

        Raises:
            NotAllowed: one is.
        """
        self.refuse_held(record)
        if record.lease_run == self._run.id and record.lease_until and record.lease_until > self._clock.now():
            raise errors.NotAllowed(ours)

    def take(self, record: Sendable) -> Lease:
        """Take a record; within a transaction that writes, so that nobody else takes it meanwhile.

        Raises:
            NotAllowed: another living desk is busy with it.
        """
        self.refuse_held(record)
        record.lease_run, record.lease_terminal = self._run.id, self._run.terminal
        record.fence += 1
        lease = Lease(record.control_number, record.fence)
        self.renew(record, lease)
        return lease

    def again(self, record: Sendable) -> Lease:
        """Return the lease of what this desk has just taken, for as long again, and with what is to be sent.

        Raises:
            TakenOver: another desk has taken it since.
        """
        if record.lease_run != self._run.id:
            raise taken_over(record)
        lease = Lease(record.control_number, record.fence).of(record)
        self.renew(record, lease)
        return lease

    def renew(self, record: Sendable, lease: Lease) -> None:
        """Take it for as long again, before the next request; within a transaction that writes.

        Raises:
            TakenOver: another desk has taken it since.
        """
        if record.fence != lease.fence:
            raise taken_over(record)
        record.lease_until = self._clock.now() + self._length
        lease.begin_by = self._clock.uptime() + self._begins_within.total_seconds()

    def release(self, record: Sendable, lease: Lease) -> None:
        """Let others take it; nothing where one did already."""
        if record.fence == lease.fence:
            record.lease_run = record.lease_until = None
        lease.is_over = True

    def refuse_late(self, lease: Lease) -> None:
        """Let no request begin that may not end before another desk may take the record over.

        Raises:
            NotReached: this machine slept since the record was taken; nothing was sent.
        """
        if self._clock.uptime() > lease.begin_by:
            raise errors.NotReached("too late")


def taken_over(record: Sendable) -> errors.TakenOver:
    """Return what the clerk is told whose outcome comes too late."""
    found = FOUND[record.sending]
    return errors.TakenOver(TAKEN_OVER.format(terminal=record.lease_terminal or "ほかの端末", found=found))
