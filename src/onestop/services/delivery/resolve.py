"""What only a person can say of something that was sent: that it is this one at the service, or that there is none."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.channel import AnswerT, Likeness
from onestop.services.delivery.destinations import Home, home_of, refuse_elsewhere
from onestop.services.delivery.send import Sent
from onestop.services.delivery.table import Outcome
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from onestop.services.delivery.ask import Inquiry
    from onestop.services.delivery.leases import Lease
    from onestop.services.delivery.send import Sender
    from onestop.services.delivery.settle import Settling

NOT_OPEN: Final = "受け付けられたかどうかは、すでに分かっています。画面を開き直してください。"
TOO_EARLY: Final = "送信したものがまだ届くかもしれません。送信から数分たってから、もう一度行ってください。"
ANOTHER_NUMBER: Final = "{number} は管理番号{told}のものです。この管理番号のものではありません。"
ANOTHER_CAR: Final = "{number} は別の車両のものです。"
KNOWN_HERE: Final = "{number} は、このパソコンの別の管理番号のものとして登録されています。"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the service has that may be a record whose answer was lost."""

    number: str = field(repr=False)
    """申請ID, 保険証番号 or 交付番号."""
    taken_at: dt.datetime | None
    """When the service took it, where it says."""
    status: str


class ManualResolution(Generic[RecordT, AnswerT]):
    """Takes a person's word for a record of which the service does not say enough."""

    def __init__(
        self,
        sender: Sender[RecordT, AnswerT],
        inquiry: Inquiry[RecordT, AnswerT],
        settling: Settling[RecordT, AnswerT],
    ) -> None:
        self._sender: Sender[RecordT, AnswerT] = sender
        self._inquiry: Inquiry[RecordT, AnswerT] = inquiry
        self._settling: Settling[RecordT, AnswerT] = settling

    def candidates(self, control_number: int) -> tuple[Candidate, ...]:
        """Return what the service has that may be this record; nothing where it was sent elsewhere.

        Raises:
            ServiceError: the service could not be asked.
        """
        record: RecordT = self._sender.stored(control_number)
        if home_of(record, self._sender.channel.service.destination()) is Home.ELSEWHERE:
            return ()
        found = (*self._inquiry.by_key(record), *self._inquiry.by_number(record))
        return tuple(
            Candidate(each.number, each.taken_at, each.status)
            for each in {each.number: each for each in found}.values()
            if self._inquiry.likeness(record, each) is not Likeness.ANOTHERS
        )

    def adopt(self, control_number: int, number: str) -> RecordT:
        """Take the clerk's word that the service has this record under that number, as far as can be checked.

        Raises:
            NotAllowed: it is another record's or another car's, or nothing is open about this one; nothing was changed.
            InvalidInput: it cannot be a number of the service.
            ServiceError: the service does not know it, or could not be asked; nothing was changed.
        """
        with self._open_question(control_number) as (lease, record):
            refuse_elsewhere(record, self._sender.channel.service.destination())
            answer = self._sender.channel.look_up(record, number)
            self._refuse_another(record, answer, number)
            return self._concluded(lease, Sent(Outcome.FOUND, answer))

    def give_back(self, control_number: int) -> RecordT:
        """Take the clerk's word that the service has no such record: a draft again.

        The service is asked by the key once more; if it has it, the record is filed whatever the clerk says.

        Raises:
            NotAllowed: the request may still arrive, or nothing is open about this record; nothing was changed.
            ServiceError: the service could not be asked; nothing was changed.
        """
        with self._open_question(control_number) as (lease, record):
            if not self._settling.is_quiet(record):
                raise errors.NotAllowed(TOO_EARLY)
            here = home_of(record, self._sender.channel.service.destination()) is not Home.ELSEWHERE
            mine = self._inquiry.by_key(record) if here else ()
            sent: Sent[AnswerT] = Sent(Outcome.FOUND, mine[0]) if mine else Sent(Outcome.NOT_TAKEN)
            return self._concluded(lease, sent)

    def _concluded(self, lease: Lease, sent: Sent[AnswerT]) -> RecordT:
        concluded = self._sender.conclude(lease, Sending.UNKNOWN, sent)
        if isinstance(concluded.error, errors.TakenOver):
            raise concluded.error
        return concluded.record

    @contextmanager
    def _open_question(self, control_number: int) -> Iterator[tuple[Lease, RecordT]]:
        with self._sender.holding(control_number) as lease:
            record = self._sender.stored(control_number)
            if not record.sending.is_unsettled:
                raise errors.NotAllowed(NOT_OPEN)
            yield lease, record

    def _refuse_another(self, record: RecordT, answer: AnswerT, number: str) -> None:
        if answer.control_number != record.control_number:
            raise errors.NotAllowed(ANOTHER_NUMBER.format(number=number, told=answer.control_number))
        if self._inquiry.likeness(record, answer) is Likeness.ANOTHERS:
            raise errors.NotAllowed(ANOTHER_CAR.format(number=number))
        with self._sender.database.read() as shelves:
            if self._sender.is_anothers(shelves, record, answer):
                raise errors.NotAllowed(KNOWN_HERE.format(number=number))
