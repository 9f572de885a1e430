"""Sending a record once and only once: the walk through the table of `sending.py`, the same for every service.

Three short steps, never a transaction open across HTTP: the intent is committed (frozen words, key, time), the
request is sent once, the outcome is committed.
"""

from __future__ import annotations

import threading
import uuid
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from onestop import errors
from onestop.model.sending import Sendable
from onestop.model.sending_state import Sending
from onestop.services.destinations import OTHER_ACCOUNT, Home, home_of, note_destination, sent_elsewhere
from onestop.services.sending import STOPS_THE_REST, Outcome, may_send_again, next_state, outcome_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.client import ServiceClient
    from onestop.store.database import Database, Shelves

RecordT = TypeVar("RecordT", bound=Sendable)
AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of settling the records whose answer never came."""

    filed: int = 0
    drafts: int = 0
    """Surely not taken: a draft again, with the reason."""
    waiting: int = 0
    """Still unknown; asked again later."""
    reason: errors.OneStopError | None = None

    def plus(self, other: Settled) -> Settled:
        """Add what became of another kind's records."""
        return Settled(
            self.filed + other.filed,
            self.drafts + other.drafts,
            self.waiting + other.waiting,
            self.reason or other.reason,
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


class OnceOnly(ABC, Generic[RecordT, AnswerT]):
    """Sends records of one kind to one service and settles those whose answer was lost."""

    why_not: ClassVar[Mapping[Sending, str]]
    """For each state that cannot be sent: the sentence that says why."""

    def __init__(self, database: Database, service: ServiceClient, clock: Clock, quiet: dt.timedelta) -> None:
        self._database = database
        self._service = service
        self._clock = clock
        self._quiet = quiet
        self._under_way: set[int] = set()
        self._guard = threading.Lock()

    # --- what each kind says of itself

    @abstractmethod
    def _get(self, shelves: Shelves, control_number: int) -> RecordT:
        """Return the record."""

    @abstractmethod
    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        """Return the 管理番号 of those whose outcome is unknown."""

    @abstractmethod
    def _freezer(self) -> Callable[[RecordT, Shelves], str]:
        """Return what makes the frozen words; it is fetched outside any transaction, as a keychain may ask."""

    @abstractmethod
    def _post(self, key: uuid.UUID, body: str) -> AnswerT:
        """Send the frozen words once."""

    @abstractmethod
    def _by_key(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask the service for what it has under the record's key."""

    @abstractmethod
    def _otherwise(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask the service for what it has of this record, however it can be known without its key."""

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

    # --- what use cases call

    def issue(self, control_number: int) -> RecordT:
        """Send a saved record; returns it with the service's number.

        Raises:
            InvalidInput: the service would refuse it; nothing was sent.
            NotConfigured: settings are missing; nothing was sent.
            NotAllowed: it is issued or under way already; nothing was sent.
            ServiceError: what came of it; the record's state is written down.
            KeychainUnavailable: nothing was sent.
            StoreError: before sending, nothing was sent; after it, the record will be settled.
        """
        with self._claim(control_number):
            key, body = self._intend(control_number)
            concluded = self._conclude(control_number, Sending.SENDING, self._send(key, body))
        if concluded.error is not None:
            raise concluded.error
        return concluded.record

    def settle(self) -> Settled:
        """Settle every record whose outcome is unknown: ask by the key, and send again only when that is safe.

        After a trouble that every further question would meet, nobody is asked any more: the rest waits.
        """
        with self._database.read() as shelves:
            unsettled = self._unsettled(shelves)
        total = Settled()
        for place, control_number in enumerate(unsettled):
            state, error = self._settle_one(control_number)
            total = _counted(total, state, error)
            if isinstance(error, STOPS_THE_REST):
                return replace(total, waiting=total.waiting + len(unsettled) - place - 1)
        return total

    def settle_one(self, control_number: int) -> RecordT:
        """Settle one record whose outcome is unknown.

        Raises:
            ServiceError: the service could not be asked; it stays unknown.
        """
        _, error = self._settle_one(control_number)
        if error is not None:
            raise error
        with self._database.read() as shelves:
            return self._get(shelves, control_number)

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
            body = frozen(record, shelves)
            record.request_key = str(key)
            record.payload = body
            note_destination(record, destination)
            record.sending = Sending.SENDING
            record.first_sent_at = record.last_sent_at = now
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

    def _conclude(self, control_number: int, state: Sending, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        with self._database.write() as shelves:
            record = self._get(shelves, control_number)
            if sent.answer is not None and self._is_anothers(shelves, record, sent.answer):
                sent = Sent(Outcome.UNUSABLE, error=errors.ContractBroken())
            record.sending = next_state(state, sent.outcome)
            if sent.answer is not None:
                self._write(record, sent.answer)
            elif record.sending is Sending.DRAFT:
                _back_to_draft(record, sent.error)
                self._begun(record, None)
                self._came_back(record, sent.error)
        return Concluded(record, sent.error)

    # --- settling

    def _settle_one(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        try:
            with self._claim(control_number):
                return self._settle_claimed(control_number)
        except errors.NotAllowed:
            return Sending.SENDING, None

    def _settle_claimed(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        with self._database.read() as shelves:
            record = self._get(shelves, control_number)
        if record.sending not in (Sending.SENDING, Sending.UNKNOWN):
            return record.sending, None
        sent = self._ask(record)
        if sent.outcome is Outcome.NOT_FOUND and self._is_quiet(record):
            sent = self._send_again(control_number)
        concluded = self._conclude(control_number, Sending.UNKNOWN, sent)
        state = concluded.record.sending
        return state, concluded.error if state is Sending.UNKNOWN else None

    def _is_quiet(self, record: RecordT) -> bool:
        return record.last_sent_at is not None and may_send_again(record.last_sent_at, self._clock.now(), self._quiet)

    def _send_again(self, control_number: int) -> Sent[AnswerT]:
        with self._database.write() as shelves:
            record = self._get(shelves, control_number)
            record.last_sent_at = self._clock.now()
            record.sending = Sending.UNKNOWN
            key, body = record.request_key, record.payload
        return self._send(uuid.UUID(key or ""), body or "")

    def _ask(self, record: RecordT) -> Sent[AnswerT]:
        try:
            home = home_of(record, self._service.destination())
            if home is Home.ELSEWHERE:
                return Sent(Outcome.UNUSABLE, error=sent_elsewhere(record.sent_to))
            candidates = self._by_key(record) or (self._otherwise(record) if home is Home.HERE else ())
        except errors.ServiceError as error:
            return Sent(Outcome.UNUSABLE, error=error)
        except errors.OneStopError as error:  # no credentials, or none that can be read
            return Sent(Outcome.NOT_REACHED, error=error)
        if len(candidates) == 1:
            return Sent(Outcome.FOUND, candidates[0])
        if not candidates and home is Home.OTHER_ACCOUNT:
            return Sent(Outcome.UNUSABLE, error=errors.NotAllowed(OTHER_ACCOUNT))
        return Sent(Outcome.NOT_FOUND) if not candidates else Sent(Outcome.UNUSABLE, error=errors.ContractBroken())


def _back_to_draft(record: Sendable, error: errors.OneStopError | None) -> None:
    """Surely not taken: the intent is over, the next one gets a key of its own."""
    record.request_key = None
    record.payload = None
    record.sent_to = record.sent_as = None
    record.first_sent_at = record.last_sent_at = None
    if isinstance(error, errors.Refused):
        words = [reason.message for reason in error.reasons] or [error.detail or error.code]
        record.refusal = "\n".join(words)


def _counted(total: Settled, state: Sending, error: errors.OneStopError | None) -> Settled:
    return Settled(
        total.filed + (state is Sending.FILED),
        total.drafts + (state is Sending.DRAFT),
        total.waiting + (state in (Sending.SENDING, Sending.UNKNOWN)),
        total.reason or error,
    )
