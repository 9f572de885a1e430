"""What only a person can say of something that was sent: that it is this one at the service, or that there is none."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.destinations import Home, home_of, refuse_elsewhere
from onestop.services.delivery.table import Outcome
from onestop.services.once import AnswerT, RecordT, Sent
from onestop.services.settling import Likeness, Settling

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

NOT_OPEN: Final = "受け付けられたかどうかは、すでに分かっています。画面を開き直してください。"
TOO_EARLY: Final = "送信したものがまだ届くかもしれません。送信から数分たってから、もう一度行ってください。"
ANOTHER_NUMBER: Final = "{number} は管理番号{told}のものです。この管理番号のものではありません。"
ANOTHER_CAR: Final = "{number} は別の車両のものです。"
KNOWN_HERE: Final = "{number} は、このパソコンの別の管理番号のものとして登録されています。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the service has under the 管理番号 of a record whose answer was lost."""

    number: str = field(repr=False)
    """申請ID, 保険証番号 or 交付番号."""
    taken_at: dt.datetime | None
    """When the service took it, where it says."""
    status: str


class Deciding(Settling[RecordT, AnswerT]):
    """Takes a person's word for a record of which the service does not say enough."""

    # --- what each kind says of itself

    @abstractmethod
    def _candidate(self, answer: AnswerT) -> Candidate:
        """Tell the clerk of what the service has."""

    @abstractmethod
    def _fetch(self, record: RecordT, number: str) -> AnswerT:
        """Ask the service for what it has under a number of its own.

        Raises:
            InvalidInput: it cannot be a number of the service.
            NotFound: the service does not know it.
        """

    # --- what use cases call

    def candidates(self, control_number: int) -> tuple[Candidate, ...]:
        """Return what the service has that may be this record; nothing where it was sent elsewhere.

        Raises:
            ServiceError: the service could not be asked.
        """
        record = self._stored_record(control_number)
        home = home_of(record, self._service.destination())
        if home is Home.ELSEWHERE:
            return ()
        named = {self._candidate(each).number: each for each in (*self._mine_by_key(record), *self._otherwise(record))}
        return tuple(
            self._candidate(each) for each in named.values() if self._likeness(record, each) is not Likeness.ANOTHERS
        )

    def adopt(self, control_number: int, number: str) -> RecordT:
        """Take the clerk's word that the service has this record under that number, as far as can be checked.

        Raises:
            NotAllowed: it is another record's or another car's, or nothing is open about this one; nothing was changed.
            InvalidInput: it cannot be a number of the service.
            ServiceError: the service does not know it, or could not be asked; nothing was changed.
        """
        with self._open_question(control_number) as record:
            refuse_elsewhere(record, self._service.destination())
            answer = self._fetch(record, number)
            self._refuse_another(record, answer, number)
            return self._conclude(control_number, Sending.UNKNOWN, Sent(Outcome.FOUND, answer)).record

    def give_back(self, control_number: int) -> RecordT:
        """Take the clerk's word that the service has no such record: a draft again.

        The service is asked by the key once more; if it has it, the record is filed whatever the clerk says.

        Raises:
            NotAllowed: the request may still arrive, or nothing is open about this record; nothing was changed.
            ServiceError: the service could not be asked; nothing was changed.
        """
        with self._open_question(control_number) as record:
            if not self._is_quiet(record):
                raise errors.NotAllowed(TOO_EARLY)
            here = home_of(record, self._service.destination()) is not Home.ELSEWHERE
            mine = self._mine_by_key(record) if here else ()
            sent: Sent[AnswerT] = Sent(Outcome.FOUND, mine[0]) if mine else Sent(Outcome.NOT_TAKEN)
            return self._conclude(control_number, Sending.UNKNOWN, sent).record

    # --- inside

    @contextmanager
    def _open_question(self, control_number: int) -> Iterator[RecordT]:
        with self._claim(control_number):
            record = self._stored_record(control_number)
            if not record.sending.is_unsettled:
                raise errors.NotAllowed(NOT_OPEN)
            yield record

    def _refuse_another(self, record: RecordT, answer: AnswerT, number: str) -> None:
        if answer.control_number != record.control_number:
            raise errors.NotAllowed(ANOTHER_NUMBER.format(number=number, told=answer.control_number))
        if self._likeness(record, answer) is Likeness.ANOTHERS:
            raise errors.NotAllowed(ANOTHER_CAR.format(number=number))
        with self._database.read() as shelves:
            if self._is_anothers(shelves, record, answer):
                raise errors.NotAllowed(KNOWN_HERE.format(number=number))
