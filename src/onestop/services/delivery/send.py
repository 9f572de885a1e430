"""Sending a record once and only once: the walk through the table of `table.py`, the same for every service.

Three short steps, never a transaction open across HTTP: the intent is committed (frozen words, key, time), the
request is sent once, the outcome is committed.
"""

from __future__ import annotations

import threading
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, cast

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.bugs import tell_bug
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.destinations import note_destination
from onestop.services.delivery.leases import taken_over
from onestop.services.delivery.since_sent import SinceSent, forget_sending
from onestop.services.delivery.table import Outcome, next_state, outcome_of
from onestop.services.delivery.turns import Turns
from onestop.services.inspection.belonging import end_when_done, join_inspection
from onestop.services.saving import refuse_unread
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.clock import Clock
    from onestop.model.sending import Sendable
    from onestop.services.delivery.channel import Channel
    from onestop.services.delivery.leases import Lease, Leases
    from onestop.services.delivery.turns import AskedTurn
    from onestop.store.database import Database, Shelves
    from onestop.store.shelves.sendable import SendableShelf


CHANGED_SINCE_READ: Final = (
    "確認している間に、ほかの端末か別の画面で変更されたため、送信していません。"
    "いまの内容を確かめてから、もう一度送信してください。"
)


@dataclass(frozen=True, slots=True)
class Sent(Generic[AnswerT]):
    """One request with a key: what came of it."""

    outcome: Outcome
    answer: AnswerT | None = None
    error: errors.OneStopError | None = None


@dataclass(frozen=True, slots=True)
class Concluded(Generic[RecordT]):
    """A record after one request, and what went wrong with it."""

    record: RecordT
    error: errors.OneStopError | None


class Sender(Generic[RecordT, AnswerT]):
    """Sends records of one kind, and writes down what their service says."""

    def __init__(self, database: Database, channel: Channel[RecordT, AnswerT], clock: Clock, leases: Leases) -> None:
        self.database = database
        self.channel: Channel[RecordT, AnswerT] = channel
        self.clock = clock
        self.leases = leases
        self.since_sent = SinceSent(clock, channel.service.service_time)
        self.turns = Turns(clock, shared=database.is_shared)
        self._under_way: set[int] = set()
        self._guard = threading.Lock()

    def stored(self, control_number: int) -> RecordT:
        """Return a record as it is stored.

        Raises:
            NotAllowed: there is none (any more).
        """
        with self.database.read() as shelves:
            return self.channel.shelf(shelves).get(control_number)

    @contextmanager
    def claimed(self, control_number: int) -> Iterator[None]:
        """Hold a record against every other worker of this program.

        Raises:
            NotAllowed: another one is busy with it.
        """
        with self._guard:
            if control_number in self._under_way:
                raise errors.NotAllowed(self.channel.why_not[Sending.SENDING])
            self._under_way.add(control_number)
        try:
            yield
        finally:
            with self._guard:
                self._under_way.discard(control_number)

    @contextmanager
    def holding(self, control_number: int) -> Iterator[Lease]:
        """Hold a record against every other worker of this program, and every other desk.

        Raises:
            NotAllowed: another one is busy with it.
            StoreError: this machine's files failed; nothing was begun.
        """
        with self.claimed(control_number):
            with self.database.write() as shelves:
                lease = self.leases.take(self.channel.shelf(shelves).get(control_number))
            try:
                yield lease
            except Exception:
                self.let_go(lease)
                raise
            self.let_go(lease)

    def let_go(self, lease: Lease) -> None:
        """Let others take a record, unless that was done with its outcome. Where that fails, its lease lapses."""
        if lease.is_over:
            return
        with suppress(errors.StoreError, errors.Deleted), self.database.write() as shelves:
            self.leases.release(self.channel.shelf(shelves).get(lease.control_number), lease)

    @contextmanager
    def writing_down(self) -> Iterator[Shelves]:
        """Write after the service was told something: a full disk then means more than elsewhere.

        Raises:
            NotWrittenDown: this machine's files failed; the service may have acted.
        """
        try:
            with self.database.write() as shelves:
                yield shelves
        except errors.StoreError as error:
            raise errors.NotWrittenDown(error) from error

    # --- the three steps

    def send(self, control_number: int, read: int | None = None) -> RecordT:
        """Send a saved record; see `Delivery.issue`."""
        key = uuid.uuid4()
        with self.claimed(control_number):
            try:
                lease = self._intend(control_number, key, read)
            except errors.ServerGone as gone:
                lease = self._intended(control_number, key, gone)
            concluded = self.conclude_surely(lease, Sending.SENDING, self.request(lease))
        if concluded.error is not None:
            raise concluded.error
        return concluded.record

    def _intended(self, control_number: int, key: uuid.UUID, gone: errors.ServerGone) -> Lease:
        """Return the lease of an intent whose commit was not answered.

        Raises:
            ServerGone: the server does not have it, or cannot be asked; nothing was sent.
        """
        with self.database.write() as shelves:  # whoever has the only write lock knows that the commit is over
            record = self.channel.shelf(shelves).get(control_number)
            if record.request_key != str(key):
                raise gone
            return self.leases.again(record)

    def _intend(self, control_number: int, key: uuid.UUID, read: int | None = None) -> Lease:
        """Write the intent down."""
        channel = self.channel
        freeze, destination = channel.freezer(), channel.service.destination()
        now = self.clock.now()
        with self.database.write() as shelves:
            record = channel.shelf(shelves).get(control_number)
            self.leases.refuse_held(record)
            if record.sending in channel.why_not:
                raise errors.NotAllowed(channel.why_not[record.sending])
            refuse_unread(record, read, CHANGED_SINCE_READ)
            join_inspection(shelves, record, now)
            record.payload = freeze(record, shelves)
            lease = self.leases.take(record)
            record.request_key = str(key)
            note_destination(record, destination)
            record.sending = Sending.SENDING
            self.since_sent.note(record)
            record.first_sent_at = record.last_sent_at
            record.refusal = None
            channel.begun(record, now)
        return lease.of(record)

    def request(self, lease: Lease) -> Sent[AnswerT]:
        """Send frozen words once; whatever goes wrong is an outcome."""
        try:
            self.leases.refuse_late(lease)
            return Sent(Outcome.FILED, self.channel.service.issue(uuid.UUID(lease.request_key), lease.body))
        except errors.OneStopError as error:
            outcome = outcome_of(error)
            if outcome is Outcome.UNUSABLE and isinstance(error, errors.Refused):  # a no that leaves it open
                error = errors.NoAnswer(error.detail, request_id=error.request_id)
            return Sent(outcome, error=error)
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs
            return Sent(Outcome.UNUSABLE, error=tell_bug(bug))

    def conclude_surely(self, lease: Lease, state: Sending, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        """Write the outcome down, once more where the server went away; a bug of ours makes it unknown."""
        try:
            return self.conclude(lease, state, sent)
        except errors.NotWrittenDown as error:
            if not isinstance(error.trouble, errors.ServerGone):
                raise
            return self.conclude(lease, state, sent)
        except errors.OneStopError:
            raise
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs
            return self.conclude(lease, state, Sent(Outcome.UNUSABLE, error=tell_bug(bug)))

    def conclude(self, lease: Lease, state: Sending, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        """Write the outcome down, whatever it is, and let go.

        Nothing where another desk took over meanwhile, or where it was written down already.
        """
        with self.writing_down() as shelves:
            shelf = self.channel.shelf(shelves)
            try:
                record = shelf.get(lease.control_number)
            except errors.NotAllowed:
                if sent.answer is None:
                    raise
                return self._put_back(shelf, lease)
            if record.fence != lease.fence:
                lease.is_over = True
                if sent.answer is not None and record.sending is Sending.DRAFT:
                    _reopen(record, lease)
                return Concluded(record, taken_over(record))
            if record.lease_run is None:  # let go by a commit of ours that was kept and not answered: it is all there
                lease.is_over = True
                return Concluded(record, sent.error)
            if sent.answer is not None and self.is_anothers(shelves, record, sent.answer):
                sent = Sent(Outcome.UNUSABLE, error=errors.AnswerOfAnother(self.channel.service.thing))
            record.sending = next_state(state, sent.outcome)
            if sent.answer is not None:
                record.auto_resend_blocked_at = None
                self._write(shelves, record, sent.answer, self.turns.next(record))
            elif record.sending is Sending.DRAFT:
                _back_to_draft(record, sent.error)
                self.channel.came_back(record, sent.error, self.clock.now())
            self.leases.release(record, lease)
        return Concluded(record, sent.error)

    def _put_back(self, shelf: SendableShelf[RecordT], lease: Lease) -> Concluded[RecordT]:
        """Put back what another desk deleted, having made sure that the service had it not: it has it after all."""
        lease.is_over = True
        record = cast("RecordT", lease.record)
        _reopen(record, lease)
        record.fence, record.lease_run, record.lease_terminal, record.lease_until = lease.fence + 1, None, None, None
        return Concluded(shelf.put_back(record), taken_over(record))

    # --- what a service says of a record

    def is_anothers(self, shelves: Shelves, record: RecordT, answer: AnswerT) -> bool:
        """Whether the number in the answer belongs to another record already."""
        return record.service_number != answer.number and self.channel.shelf(shelves).was_given(answer.number)

    def write(self, shelves: Shelves, record: RecordT, answer: AnswerT, question: AskedTurn) -> None:
        """Write what the service said; the inspection follows.

        Nothing is written if the service has answered a later question already, or another desk is busy with it.

        Raises:
            AnswerOfAnother: the number in the answer belongs to another record already.
        """
        if self.is_anothers(shelves, record, answer):
            raise errors.AnswerOfAnother(self.channel.service.thing)
        self._write(shelves, record, answer, question)

    def _write(self, shelves: Shelves, record: RecordT, answer: AnswerT, question: AskedTurn) -> None:
        if self.leases.holder_of(record) is None and self.turns.takes(record, question):
            self.channel.write(shelves, record, answer, question.at)
            end_when_done(shelves, record, self.clock.now())
            self.channel.written(shelves, record)


def _reopen(record: Sendable, lease: Lease) -> None:
    """The service has what another desk made sure that it had not: that is asked for by the key, and not sent again."""
    record.request_key, record.payload = lease.request_key, lease.body
    record.sending = Sending.UNKNOWN


def _back_to_draft(record: Sendable, error: errors.OneStopError | None) -> None:
    """Surely not taken: the intent is over, the next one gets a key of its own."""
    record.request_key = None
    record.payload = None
    record.sent_to = record.sent_as = None
    record.auto_resend_blocked_at = None
    forget_sending(record)
    if isinstance(error, errors.Refused):
        record.refusal = words_of_no(error)


def words_of_no(no: errors.Refused) -> str:
    """Return a no in the service's words."""
    return "\n".join(reason.message for reason in no.reasons) or no.detail or no.code
