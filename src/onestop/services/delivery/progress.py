"""申請確認 and 確認: asking a service how one record stands, and writing down what it says.

One record is asked about by its service's number, and by the key where what comes back cannot be believed: a number may
be another's (the service mixed two up), or one that the service never gave. The key is ours alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.ask import subject_of
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.destinations import refuse_elsewhere, why_not_forgotten
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.gateway.subject import Subject
    from onestop.services.delivery.channel import Channel
    from onestop.services.delivery.send import Sender
    from onestop.services.delivery.turns import AskedTurn


class Progress(Generic[RecordT, AnswerT]):
    """Asks one service about records that it has."""

    def __init__(self, sender: Sender[RecordT, AnswerT]) -> None:
        self._sender: Sender[RecordT, AnswerT] = sender
        self._channel: Channel[RecordT, AnswerT] = sender.channel

    def refresh(self, control_number: int) -> RecordT:
        """Ask about one record; returns it as it stands now. About one that is not filed there is nothing to ask.

        Raises:
            NotAllowed: it was sent to another server or with another APIキー; nothing was changed.
            ServiceError: the service could not be asked, or does not know it; nothing was changed.
        """
        record = self._sender.stored(control_number)
        if record.service_number is None or record.sending is not Sending.FILED:
            return record
        destination = self._channel.service.destination()
        refuse_elsewhere(record, destination)
        question = self._sender.turns.next(record)
        try:
            answer = self._how_it_stands(record)
        except errors.NotFound as unknown:
            why_not = why_not_forgotten(record, destination, alone=self._sender.leases.alone)
            with self._sender.writing_down() as shelves:
                record = self._channel.shelf(shelves).get(control_number)
                if not self._channel.forget(record, self._sender.clock.now()):
                    raise
                if why_not is not None:
                    raise errors.NotAllowed(why_not) from unknown
            return record
        return self.write_down(control_number, answer, question)

    def write_down(self, control_number: int, answer: AnswerT, question: AskedTurn) -> RecordT:
        """Write what the service said of a record; returns it as it stands then.

        Raises:
            AnswerOfAnother: the number in the answer belongs to another record already.
            NotWrittenDown: this machine's files failed.
        """
        with self._sender.writing_down() as shelves:
            record = self._channel.shelf(shelves).get(control_number)
            self._sender.write(shelves, record, answer, question)
        return record

    # --- an answer that cannot be believed

    def _how_it_stands(self, record: RecordT) -> AnswerT:
        """Ask about one record; where the answer is another's, or the service knows no such number, by the key too.

        Raises:
            AnswerOfAnother: neither answer is about this record.
            NotFound: the service knows it neither way.
            ServiceError: the service could not be asked.
        """
        subject = subject_of(record)
        try:
            return self._channel.service.fetch(subject)
        except (errors.AnswerOfAnother, errors.NotFound):
            named: dict[str, AnswerT] = self.named_by_key([subject])
            if not named:
                raise
            return named[subject.number or ""]

    def named_by_key(self, subjects: Sequence[Subject]) -> dict[str, AnswerT]:
        """Return what the service has under the keys, by the numbers known here; a trouble ends the asking."""
        named: dict[str, AnswerT] = {}
        for subject in subjects:
            if subject.key is None:
                continue
            try:
                told = self._channel.service.find_by_key(replace(subject, number=None))
            except errors.AnswerOfAnother:
                continue
            except errors.ServiceError:
                break
            if len(told) == 1:
                named[subject.number or ""] = told[0]
        return named
