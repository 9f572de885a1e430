"""What a delivery has to be told of one service: a channel each for AINAS, e-JIBAI and AIRAS is given to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from onestop.gateway.subject import Subject
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from onestop import errors
    from onestop.gateway.client import ServiceClient
    from onestop.gateway.wire import Issued
    from onestop.model.sending_state import Sending
    from onestop.store.database import Shelves
    from onestop.store.shelves.sendable import SendableShelf

AnswerT = TypeVar("AnswerT", bound="Issued")


class Likeness(Enum):
    """Whether what a service has under our 管理番号 is what we sent."""

    OURS = auto()
    ANOTHERS = auto()
    UNCLEAR = auto()


class Channel(ABC, Generic[RecordT, AnswerT]):
    """One service, and the records of one kind that go to it."""

    kind: type[RecordT]
    called: ClassVar[str]
    """What the clerk calls the service."""
    decide_there: ClassVar[str]
    """Tells the clerk where she can decide."""
    why_not: ClassVar[Mapping[Sending, str]]
    """For each state that cannot be sent: the sentence that says why."""
    service: ServiceClient[AnswerT]

    @abstractmethod
    def shelf(self, shelves: Shelves) -> SendableShelf[RecordT]:
        """Return where the records lie."""

    @abstractmethod
    def freezer(self) -> Callable[[RecordT, Shelves], str]:
        """Return what makes the frozen words; it is fetched outside any transaction, as a keychain may ask."""

    # --- what the service is told and asked; each is one request

    @abstractmethod
    def find_by_number(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask for what it has under the record's 管理番号."""

    @abstractmethod
    def has_number(self, control_number: int) -> bool:
        """Ask whether it has anything under a 管理番号 of this shop."""

    def look_up(self, record: RecordT, number: str) -> AnswerT:
        """Ask for what it has under a number of its own that the clerk named for the record.

        Raises:
            InvalidInput: it cannot be a number of the service.
            NotFound: the service does not know it.
        """
        del record
        return self.service.fetch(Subject(number=number))

    # --- what an answer means

    @abstractmethod
    def likeness(self, record: RecordT, answer: AnswerT, *, in_time: bool) -> Likeness:
        """Compare what the service has under the record's 管理番号 with what was sent.

        Args:
            record: what was sent.
            answer: what the service has.
            in_time: whether the service took it when the record can have arrived.
        """

    @abstractmethod
    def write(self, shelves: Shelves, record: RecordT, answer: AnswerT, asked_at: dt.datetime) -> None:
        """Write into the record what the service said."""

    def written(self, shelves: Shelves, record: RecordT) -> None:
        """Let follow what depends on it; within the same transaction."""
        del shelves, record

    def goes_on(self, record: RecordT) -> bool:
        """Tell whether something may still come of a record; only where the service can take it up again it may not."""
        del record
        return True

    def begun(self, record: RecordT, now: dt.datetime) -> None:
        """Note when the intent was made."""
        del record, now

    def came_back(self, record: RecordT, error: errors.OneStopError | None, now: dt.datetime) -> None:
        """Note that nothing was taken, and why it is a draft again."""
        del record, error, now

    def forget(self, record: RecordT, now: dt.datetime) -> bool:
        """Note that the service does not know it any more; False: this service forgets nothing."""
        del record, now
        return False


def likeness_by_chassis(sent: str, told: str | None, *, in_time: bool) -> Likeness:
    """Compare by the 車台番号 that was sent and the one told: the 管理番号 may be another desk's."""
    if told is None:
        return Likeness.UNCLEAR
    if told != sent:
        return Likeness.ANOTHERS
    return Likeness.OURS if in_time else Likeness.UNCLEAR
