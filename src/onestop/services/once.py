"""Sending a record once and only once: the walk through the table of `delivery/table.py`, the same for every service.

Three short steps, never a transaction open across HTTP: the intent is committed (frozen words, key, time), the
request is sent once, the outcome is committed.
"""

from __future__ import annotations

import threading
import uuid
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from onestop import errors
from onestop.model.sending import Sendable
from onestop.model.sending_state import Sending
from onestop.services.bugs import tell_bug
from onestop.services.delivery.destinations import note_destination
from onestop.services.delivery.since_sent import SinceSent, forget_sending
from onestop.services.delivery.table import Outcome, next_state, outcome_of
from onestop.services.delivery.written_down import writing_down
from onestop.services.inspection.belonging import end_when_done, join_inspection

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from onestop.clock import Clock
    from onestop.gateway.client import ServiceClient
    from onestop.gateway.wire import Issued
    from onestop.store.database import Database, Shelves

RecordT = TypeVar("RecordT", bound=Sendable)
AnswerT = TypeVar("AnswerT", bound="Issued")


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


class OnceOnly(ABC, Generic[RecordT, AnswerT]):
    """Sends records of one kind to one service."""

    why_not: ClassVar[Mapping[Sending, str]]
    """For each state that cannot be sent: the sentence that says why."""

    def __init__(self, database: Database, service: ServiceClient, clock: Clock, quiet: dt.timedelta) -> None:
        self._database = database
        self._service = service
        self._clock = clock
        self._quiet = quiet
        self._under_way: set[int] = set()
        self._guard = threading.Lock()
        self._since_sent = SinceSent(clock, service.service_time)

    # --- what each kind says of itself

    @abstractmethod
    def _get(self, shelves: Shelves, control_number: int) -> RecordT:
        """Return the record."""

    @abstractmethod
    def _freezer(self) -> Callable[[RecordT, Shelves], str]:
        """Return what makes the frozen words; it is fetched outside any transaction, as a keychain may ask."""

    @abstractmethod
    def _post(self, key: uuid.UUID, body: str) -> AnswerT:
        """Send the frozen words once."""

    @abstractmethod
    def _is_anothers(self, shelves: Shelves, record: RecordT, answer: AnswerT) -> bool:
        """Whether the number in the answer belongs to another record already."""

    @abstractmethod
    def _write(self, record: RecordT, answer: AnswerT) -> None:
        """Write into the record what the service said."""

    def _begun(self, record: RecordT, now: dt.datetime | None) -> None:
        """Note when the intent was made; None: it is over, nothing was taken."""

    def _came_back(self, record: RecordT, error: errors.OneStopError | None) -> None:
        """Note why it is a draft again."""

    def _written(self, shelves: Shelves, record: RecordT) -> None:
        """Let the inspection follow what the service said."""
        end_when_done(shelves, record, self._clock.now())

    def _refuse_anothers(self, shelves: Shelves, record: RecordT, answer: AnswerT) -> None:
        """Keep the number of another record from being written into this one.

        Raises:
            AnswerOfAnother: it belongs to another record already.
        """
        if self._is_anothers(shelves, record, answer):
            raise errors.AnswerOfAnother(self._service.thing)

    # --- what use cases call

    def issue(self, control_number: int) -> RecordT:
        """Send a saved record; returns it with the service's number.

        Raises:
            InvalidInput: the service would refuse it; nothing was sent.
            NotConfigured: settings are missing; nothing was sent.
            NotAllowed: it is issued or under way already; nothing was sent.
            ServiceError: what came of it; the record's state is written down.
            KeychainUnavailable: nothing was sent.
            NotWrittenDown: sent; what came of it will be settled.
            StoreError: otherwise; nothing was sent.
        """
        with self._claim(control_number):
            key, body = self._intend(control_number)
            concluded = self._conclude_surely(control_number, Sending.SENDING, self._send(key, body))
        if concluded.error is not None:
            raise concluded.error
        return concluded.record

    # --- the three steps

    @contextmanager
    def _claim(self, control_number: int) -> Iterator[None]:
        """Hold a record against every other worker of this program."""
        with self._guard:
            if control_number in self._under_way:
                raise errors.NotAllowed(self.why_not[Sending.SENDING])
            self._under_way.add(control_number)
        try:
            yield
        finally:
            with self._guard:
                self._under_way.discard(control_number)

    def _intend(self, control_number: int) -> tuple[uuid.UUID, str]:
        frozen, destination = self._freezer(), self._service.destination()
        now = self._clock.now()
        key = uuid.uuid4()
        with self._database.write() as shelves:
            record = self._get(shelves, control_number)
            if record.sending in self.why_not:
                raise errors.NotAllowed(self.why_not[record.sending])
            join_inspection(shelves, record, now)
            body = frozen(record, shelves)
            record.request_key = str(key)
            record.payload = body
            note_destination(record, destination)
            record.sending = Sending.SENDING
            self._since_sent.note(record)
            record.first_sent_at = record.last_sent_at
            record.refusal = None
            self._begun(record, now)
        return key, body

    def _send(self, key: uuid.UUID, body: str) -> Sent[AnswerT]:
        try:
            return Sent(Outcome.FILED, self._post(key, body))
        except errors.OneStopError as error:
            outcome = outcome_of(error)
            if outcome is Outcome.UNUSABLE and isinstance(error, errors.Refused):  # a no that leaves it open
                error = errors.NoAnswer(error.detail, request_id=error.request_id)
            return Sent(outcome, error=error)
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs
            return Sent(Outcome.UNUSABLE, error=tell_bug(bug))

    def _conclude_surely(self, control_number: int, state: Sending, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        """Write the outcome down; where a bug of ours keeps the answer out, the outcome is unknown."""
        try:
            return self._conclude(control_number, state, sent)
        except errors.OneStopError:
            raise
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs
            return self._conclude(control_number, state, Sent(Outcome.UNUSABLE, error=tell_bug(bug)))

    def _conclude(self, control_number: int, state: Sending, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        with writing_down(self._database) as shelves:
            record = self._get(shelves, control_number)
            if sent.answer is not None and self._is_anothers(shelves, record, sent.answer):
                sent = Sent(Outcome.UNUSABLE, error=errors.AnswerOfAnother(self._service.thing))
            record.sending = next_state(state, sent.outcome)
            if sent.answer is not None:
                record.barred_at = None
                self._write(record, sent.answer)
                self._written(shelves, record)
            elif record.sending is Sending.DRAFT:
                _back_to_draft(record, sent.error)
                self._begun(record, None)
                self._came_back(record, sent.error)
        return Concluded(record, sent.error)


def _back_to_draft(record: Sendable, error: errors.OneStopError | None) -> None:
    """Surely not taken: the intent is over, the next one gets a key of its own."""
    record.request_key = None
    record.payload = None
    record.sent_to = record.sent_as = None
    record.barred_at = None
    forget_sending(record)
    if isinstance(error, errors.Refused):
        words = [reason.message for reason in error.reasons] or [error.detail or error.code]
        record.refusal = "\n".join(words)
