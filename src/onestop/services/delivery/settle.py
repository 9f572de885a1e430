"""Settling what was sent and never answered: asking, and sending again where that is surely no second one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.bugs import tell_bug
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.send import Sent
from onestop.services.delivery.table import Outcome, may_send_again
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt

    from onestop.services.delivery.ask import Inquiry
    from onestop.services.delivery.leases import Lease
    from onestop.services.delivery.send import Sender

NONE_NAMED: Final = "{service}には見つかりませんが、送信から時間がたったため、自動では送り直しません。"
CLOCK_WAS_SET: Final = (
    "{service}には見つかりませんが、パソコンの時計が変わり、いつ送信したかが分からないため、自動では送り直しません。"
)
RESTORED: Final = "{service}には見つかりません。バックアップから復元した記録のため、自動では送りません。"
CAR_HAS_ONE: Final = "{service}にこの車両のものがすでにあるため、自動では送り直しません。"


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of settling the records whose answer never came."""

    filed: int = 0
    drafts: int = 0
    """Surely not taken: a draft again, with the reason."""
    waiting: int = 0
    """Still unknown; asked again later."""
    reason: errors.OneStopError | None = None
    left: int = 0
    """Not asked about yet, while it is under way."""

    @property
    def asked(self) -> int:
        """How many were asked about, or are to wait because nobody could be."""
        return self.filed + self.drafts + self.waiting

    def plus(self, other: Settled) -> Settled:
        """Add what became of another kind's records."""
        return Settled(
            self.filed + other.filed,
            self.drafts + other.drafts,
            self.waiting + other.waiting,
            self.reason or other.reason,
            self.left + other.left,
        )

    def counting(self, state: Sending, error: errors.OneStopError | None) -> Settled:
        """Count one of those that were left, by how it stands now."""
        return self.plus(
            Settled(state is Sending.FILED, state is Sending.DRAFT, state.is_unsettled, error, left=-1),
        )


class Settling(Generic[RecordT, AnswerT]):
    """Settles one record at a time."""

    def __init__(
        self, sender: Sender[RecordT, AnswerT], inquiry: Inquiry[RecordT, AnswerT], quiet: dt.timedelta
    ) -> None:
        """`quiet` is how long nothing is believed after a lost answer."""
        self._sender: Sender[RecordT, AnswerT] = sender
        self._inquiry: Inquiry[RecordT, AnswerT] = inquiry
        self._quiet = quiet

    def settle(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        """Find out what became of a record, or send it again; returns how it stands, and why it is still unknown."""
        try:
            with self._sender.holding(control_number) as lease:
                return self._settle(lease)
        except errors.NotAllowed:
            return Sending.SENDING, None
        except errors.OneStopError:
            raise
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs; the other records go on
            return Sending.UNKNOWN, tell_bug(bug)

    def is_quiet(self, record: RecordT) -> bool:
        """Whether no answer to the last request can still be on its way.

        A request that the service has in hand may act later than our patience. The quiet time is longer than the
        longest time that we wait for an answer; only after it may "not found" be believed.
        """
        return record.last_sent_at is None or self._sender.since_sent.at_least(record) >= self._quiet

    def _settle(self, lease: Lease) -> tuple[Sending, errors.OneStopError | None]:
        record = self._sender.stored(lease.control_number)
        if not record.sending.is_unsettled:
            return record.sending, None
        sent = self._inquiry.ask(record)
        if sent.outcome is Outcome.NOT_FOUND and self.is_quiet(record):
            sent = self._after_not_found(lease, record)
        if sent.outcome is Outcome.CAR_TAKEN:
            with self._sender.writing_down() as shelves:
                record = self._sender.channel.shelf(shelves).get(lease.control_number)
                self._sender.leases.renew(record, lease)
                record.auto_resend_blocked_at = self._sender.clock.now()
        concluded = self._sender.conclude_surely(lease, Sending.UNKNOWN, sent)
        state = concluded.record.sending
        return state, concluded.error if state is Sending.UNKNOWN else None

    def _after_not_found(self, lease: Lease, record: RecordT) -> Sent[AnswerT]:
        since_first = self._sender.since_sent.since_first(record)
        if may_send_again(since_first, record.auto_resend_blocked_at):
            return self._send_again(lease)
        told = CLOCK_WAS_SET if since_first is None else NONE_NAMED
        if record.auto_resend_blocked_at is not None:
            told = CAR_HAS_ONE
        if record.first_sent_at is None:
            told = RESTORED
        return Sent(Outcome.NOT_FOUND, error=self._inquiry.undecided(told))

    def _send_again(self, lease: Lease) -> Sent[AnswerT]:
        sender = self._sender
        with sender.database.write() as shelves:
            record = sender.channel.shelf(shelves).get(lease.control_number)
            sender.leases.renew(record, lease)
            sender.since_sent.note_again(record)
            record.sending = Sending.UNKNOWN
        return sender.request(lease.of(record))
