"""How records of one kind go to their service and come back, put together of its parts for one channel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.ask import Inquiry
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.progress import Progress
from onestop.services.delivery.resolve import ManualResolution
from onestop.services.delivery.restore_check import RestoreCheck
from onestop.services.delivery.send import Sender
from onestop.services.delivery.settle import Settled, Settling
from onestop.services.delivery.table import STOPS_THE_REST
from onestop.services.delivery.take_back import TakeBack
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.services.delivery.channel import Channel
    from onestop.services.delivery.leases import Leases
    from onestop.store.database import Database


class Delivery(Generic[RecordT, AnswerT]):
    """Sends records of one kind once and only once, and settles those whose answer was lost."""

    def __init__(
        self,
        database: Database,
        channel: Channel[RecordT, AnswerT],
        clock: Clock,
        quiet: dt.timedelta,
        leases: Leases,
    ) -> None:
        """`quiet` is how long nothing is believed after a lost answer."""
        self.sender: Sender[RecordT, AnswerT] = Sender(database, channel, clock, leases)
        inquiry = Inquiry(self.sender, quiet)
        self._settling: Settling[RecordT, AnswerT] = Settling(self.sender, inquiry, quiet)
        self.restore_check = RestoreCheck(self.sender, inquiry)
        self.resolution: ManualResolution[RecordT, AnswerT] = ManualResolution(self.sender, inquiry, self._settling)
        self.progress: Progress[RecordT, AnswerT] = Progress(self.sender)
        self.taking_back: TakeBack[RecordT, AnswerT] = TakeBack(self.sender, self.progress)

    def issue(self, control_number: int, read: int | None = None) -> RecordT:
        """Send a saved record; returns it with the service's number.

        A restored database is compared first. Where a bug of ours met the answer, or another desk took over as it came
        too late, it is asked for by the key at once.

        Raises:
            InvalidInput: the service would refuse it; nothing was sent.
            NotConfigured: settings are missing; nothing was sent.
            NotAllowed: it is issued or under way already, here or at another desk, or was changed since it was read;
                nothing was sent.
            TakenOver: another desk took over meanwhile, and it is not known to be filed.
            ServiceError: what came of it; the record's state is written down.
            KeychainUnavailable: nothing was sent.
            NotWrittenDown: sent; what came of it will be settled.
            StoreError: otherwise; nothing was sent.
            ProgramFault: a bug, and it stays unknown whether the record was taken.
        """
        self.restore_check.run()
        try:
            return self.sender.send(control_number, read)
        except (errors.ProgramFault, errors.TakenOver) as fault:
            state, _ = self._settling.settle(control_number)
            if state is not Sending.FILED:
                raise fault from None
            return self.sender.stored(control_number)

    def unsettled(self) -> tuple[int, ...]:
        """Return the 管理番号 of those whose outcome is unknown, and that no other living desk is busy with."""
        with self.sender.database.read() as shelves:
            return self.sender.channel.shelf(shelves).unsettled(self.sender.leases.seen())

    def settle(self, tell: Callable[[Settled], None] | None = None) -> Settled:
        """Settle every record whose outcome is unknown: ask for it, and send again only when that is safe.

        A restored database is compared first. After a trouble that every further question would meet, nobody is asked
        any more: the rest waits.

        Args:
            tell: is called at once with how many are left, and again after each.
        """
        unchecked: errors.OneStopError | None = None
        try:
            self.restore_check.run()
        except errors.OneStopError as trouble:
            unchecked = trouble
        unsettled = self.unsettled()
        total = Settled(left=len(unsettled))
        for control_number in unsettled:
            if tell is not None:
                tell(total)
            state, error = self._settling.settle(control_number)
            total = total.counting(state, error)
            if isinstance(error, STOPS_THE_REST):
                total = replace(total, waiting=total.waiting + total.left, left=0)
                break
        return replace(total, reason=total.reason or unchecked)

    def settle_one(self, control_number: int) -> RecordT:
        """Settle one record whose outcome is unknown.

        Raises:
            NotAllowed: another living desk is busy with it.
            Undecided: only a person can say what became of it; it stays unknown.
            ServiceError: the service could not be asked; it stays unknown.
        """
        _, error = self._settling.settle(control_number)
        if error is not None:
            raise error
        record = self.sender.stored(control_number)
        self.sender.leases.refuse_held(record)
        return record
