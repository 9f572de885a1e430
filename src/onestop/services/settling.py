"""Settling what was sent and never answered: asking the service, and sending again where that is surely no second one.

The service is asked by the key. One that keeps keys (it knows an earlier one of ours by its key) has what it names, and
nothing else. One that keeps none is asked otherwise, and what it names is ours only if its content says so: another
desk of the same shop counts its 管理番号 from 1 as well. Where that leaves it open, a person decides (`deciding.py`).
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, Final
from uuid import UUID

from onestop import errors
from onestop.gateway.subject import Subject
from onestop.model.sending_state import Sending
from onestop.services.bugs import tell_bug
from onestop.services.delivery.destinations import ELSEWHERE, OTHER_ACCOUNT, Home, home_of
from onestop.services.delivery.table import STOPS_THE_REST, Outcome, is_in_time, may_send_again
from onestop.services.delivery.written_down import writing_down
from onestop.services.once import AnswerT, OnceOnly, RecordT, Sent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from onestop.gateway.transport import Destination
    from onestop.services.once import Concluded
    from onestop.store.database import Shelves
    from onestop.store.sendable import KeySupportProbe

ONE_NAMED: Final = (
    "{service}に管理番号{number}のものが{count}件ありますが、この車両のものかどうかを自動では決められません。"
)
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


class Likeness(Enum):
    """Whether what a service has under our 管理番号 is what we sent."""

    OURS = auto()
    ANOTHERS = auto()
    UNCLEAR = auto()


class Settling(OnceOnly[RecordT, AnswerT]):
    """Settles records of one kind whose answer was lost."""

    called: ClassVar[str]
    """What the clerk calls the service."""
    decide_there: ClassVar[str]
    """Tells the clerk where she can decide."""

    # --- what each kind says of itself

    @abstractmethod
    def _subject(self, record: RecordT) -> Subject:
        """Return what an answer about the record is held against."""

    @abstractmethod
    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        """Return the 管理番号 of those whose outcome is unknown."""

    @abstractmethod
    def _by_key(self, subject: Subject) -> Sequence[AnswerT]:
        """Ask the service for what it has under the subject's key."""

    @abstractmethod
    def _otherwise(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask the service for what it has under the record's 管理番号 and is known here by no other record."""

    @abstractmethod
    def _likeness(self, record: RecordT, answer: AnswerT) -> Likeness:
        """Compare what the service has under the record's 管理番号 with what was sent."""

    @abstractmethod
    def _witness(self, shelves: Shelves, record: RecordT, address: str) -> KeySupportProbe | None:
        """Return the record that was filed last before this one was sent."""

    # --- what use cases call

    def issue(self, control_number: int) -> RecordT:
        """Send a saved record, as `OnceOnly.issue`; where a bug of ours met the answer, ask for it by the key at once.

        Raises:
            ProgramFault: a bug, and it stays unknown whether the record was taken.
        """
        try:
            return super().issue(control_number)
        except errors.ProgramFault as fault:
            state, _ = self._settle_one(control_number)
            if state is not Sending.FILED:
                raise fault from None
            return self._stored_record(control_number)

    def unsettled(self) -> tuple[int, ...]:
        """Return the 管理番号 of those whose outcome is unknown."""
        with self._database.read() as shelves:
            return self._unsettled(shelves)

    def settle(self, tell: Callable[[Settled], None] | None = None) -> Settled:
        """Settle every record whose outcome is unknown: ask for it, and send again only when that is safe.

        After a trouble that every further question would meet, nobody is asked any more: the rest waits.

        Args:
            tell: is called at once with how many are left, and again after each.
        """
        unsettled = self.unsettled()
        total = Settled(left=len(unsettled))
        for control_number in unsettled:
            if tell is not None:
                tell(total)
            state, error = self._settle_one(control_number)
            total = _counted(total, state, error)
            if isinstance(error, STOPS_THE_REST):
                return replace(total, waiting=total.waiting + total.left, left=0)
        return total

    def settle_one(self, control_number: int) -> RecordT:
        """Settle one record whose outcome is unknown.

        Raises:
            Undecided: only a person can say what became of it; it stays unknown.
            ServiceError: the service could not be asked; it stays unknown.
        """
        _, error = self._settle_one(control_number)
        if error is not None:
            raise error
        with self._database.read() as shelves:
            return self._get(shelves, control_number)

    # --- one record

    def _settle_one(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        try:
            with self._claim(control_number):
                return self._settle_claimed(control_number)
        except errors.NotAllowed:
            return Sending.SENDING, None
        except errors.OneStopError:
            raise
        except Exception as bug:  # noqa: BLE001 - handed to whoever hears of bugs; the other records go on
            return Sending.UNKNOWN, tell_bug(bug)

    def _settle_claimed(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        record = self._stored_record(control_number)
        if not record.sending.is_unsettled:
            return record.sending, None
        sent = self._ask(record)
        if sent.outcome is Outcome.NOT_FOUND and self._is_quiet(record):
            sent = self._after_not_found(record)
        concluded = self._concluded_after(control_number, sent)
        state = concluded.record.sending
        return state, concluded.error if state is Sending.UNKNOWN else None

    def _stored_record(self, control_number: int) -> RecordT:
        with self._database.read() as shelves:
            return self._get(shelves, control_number)

    def _is_quiet(self, record: RecordT) -> bool:
        """Whether no answer to the last request can still be on its way.

        A request that the service has in hand may act later than our patience. The quiet time is longer than the
        longest time that we wait for an answer; only after it may "not found" be believed.
        """
        return record.last_sent_at is None or self._since_sent.at_least(record) >= self._quiet

    def _after_not_found(self, record: RecordT) -> Sent[AnswerT]:
        since_first = self._since_sent.since_first(record)
        if may_send_again(since_first, record.barred_at):
            return self._send_again(record.control_number)
        told = CLOCK_WAS_SET if since_first is None else NONE_NAMED
        if record.barred_at is not None:
            told = CAR_HAS_ONE
        if record.first_sent_at is None:
            told = RESTORED
        return Sent(Outcome.NOT_FOUND, error=self._undecided(told))

    def _send_again(self, control_number: int) -> Sent[AnswerT]:
        with self._database.write() as shelves:
            record = self._get(shelves, control_number)
            self._since_sent.note_again(record)
            record.sending = Sending.UNKNOWN
            key, body = record.request_key, record.payload
        return self._send(UUID(key or ""), body or "")

    def _concluded_after(self, control_number: int, sent: Sent[AnswerT]) -> Concluded[RecordT]:
        if sent.outcome is Outcome.CAR_TAKEN:
            with writing_down(self._database) as shelves:
                self._get(shelves, control_number).barred_at = self._clock.now()
        return self._conclude_surely(control_number, Sending.UNKNOWN, sent)

    # --- asking

    def _ask(self, record: RecordT) -> Sent[AnswerT]:
        try:
            return self._asked(record, self._service.destination())
        except errors.ServiceError as error:
            return Sent(Outcome.UNUSABLE, error=error)
        except errors.OneStopError as error:  # no credentials, or none that can be read
            return Sent(Outcome.NOT_REACHED, error=error)

    def _asked(self, record: RecordT, destination: Destination) -> Sent[AnswerT]:
        home = home_of(record, destination)
        if home is Home.ELSEWHERE:
            return Sent(Outcome.UNUSABLE, error=self._undecided(ELSEWHERE, address=record.sent_to or ""))
        mine = self._mine_by_key(record)
        if mine:
            return self._the_one_of(record, mine)
        if home is Home.OTHER_ACCOUNT:
            return Sent(Outcome.UNUSABLE, error=self._undecided(OTHER_ACCOUNT))
        if self._keeps_keys(record, destination):
            return Sent(Outcome.NOT_FOUND)
        return self._named_otherwise(record)

    def _mine_by_key(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask by the record's key.

        Raises:
            AnswerOfAnother: what the service has under the key is not about this record.
        """
        return self._under_key(replace(self._subject(record), number=None))

    def _under_key(self, subject: Subject) -> Sequence[AnswerT]:
        """Ask by a key; a service that has nothing under it may say so by 404, as may one that finds nothing by keys.

        Raises:
            AnswerOfAnother: what the service has under the key is not about the subject.
        """
        try:
            return self._by_key(subject)
        except errors.NotFound:
            return ()

    def _the_one_of(self, record: RecordT, named: Sequence[AnswerT]) -> Sent[AnswerT]:
        if len(named) == 1:
            return Sent(Outcome.FOUND, named[0])
        return self._unclear(record, named)

    def _unclear(self, record: RecordT, named: Sequence[AnswerT]) -> Sent[AnswerT]:
        error = self._undecided(ONE_NAMED, number=record.control_number, count=len(named))
        return Sent(Outcome.UNUSABLE, error=error)

    def _keeps_keys(self, record: RecordT, destination: Destination) -> bool:
        """Whether the service still knows the record that was filed last before this one by its key."""
        with self._database.read() as shelves:
            witness = self._witness(shelves, record, destination.address)
        if witness is None or home_of(witness, destination) is not Home.HERE:
            return False
        try:
            return bool(self._under_key(Subject(witness.control_number, key=UUID(witness.request_key))))
        except errors.AnswerOfAnother:  # it keeps something under the key, and not this
            return False

    def _named_otherwise(self, record: RecordT) -> Sent[AnswerT]:
        named = [(answer, self._likeness(record, answer)) for answer in self._otherwise(record)]
        possible = [answer for answer, likeness in named if likeness is not Likeness.ANOTHERS]
        if not possible:
            return Sent(Outcome.NOT_FOUND)
        if all(likeness is not Likeness.UNCLEAR for _, likeness in named):
            return self._the_one_of(record, possible)
        return self._unclear(record, possible)

    def _likeness_by_chassis(self, record: RecordT, sent: str, told: str | None, told_at: dt.datetime) -> Likeness:
        """Compare by the 車台番号 that was sent and the one told: the number may be another desk's."""
        if told is None:
            return Likeness.UNCLEAR
        if told != sent:
            return Likeness.ANOTHERS
        in_time = is_in_time(told_at, self._since_sent.by_the_service(record), self._quiet)
        return Likeness.OURS if in_time else Likeness.UNCLEAR

    def _undecided(self, told: str, **facts: object) -> errors.Undecided:
        return errors.Undecided(told.format(service=self.called, **facts), self.decide_there)


def _counted(total: Settled, state: Sending, error: errors.OneStopError | None) -> Settled:
    return Settled(
        total.filed + (state is Sending.FILED),
        total.drafts + (state is Sending.DRAFT),
        total.waiting + state.is_unsettled,
        total.reason or error,
        total.left - 1,
    )
