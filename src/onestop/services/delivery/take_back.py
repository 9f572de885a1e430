"""取消 and 削除 of what a service has. A refusal may mean that an earlier one took place and its answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from onestop import errors
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.destinations import refuse_elsewhere
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from onestop.services.delivery.leases import Lease
    from onestop.services.delivery.progress import Progress
    from onestop.services.delivery.send import Sender


class TakeBack(Generic[RecordT, AnswerT]):
    """Takes back what one service has, and writes down that it is gone."""

    def __init__(self, sender: Sender[RecordT, AnswerT], progress: Progress[RecordT, AnswerT]) -> None:
        self._sender: Sender[RecordT, AnswerT] = sender
        self._progress: Progress[RecordT, AnswerT] = progress

    def take_back(
        self, lease: Lease, record: RecordT, at_service: Callable[[str], None], is_gone: Callable[[RecordT], bool]
    ) -> RecordT | None:
        """Take a record back by its service's number; returns it as it stands if an earlier attempt did it already.

        Args:
            lease: under which this desk has the record.
            record: as it is stored.
            at_service: does it.
            is_gone: tells whether that was done.

        Raises:
            NotAllowed: it was sent to another server.
            ServiceError: the service did not do it, or did not answer.
        """
        refuse_elsewhere(record, self._sender.channel.service.destination())
        self._sender.leases.refuse_late(lease)
        try:
            at_service(record.service_number or "")
        except errors.Refused:
            record = self._progress.refresh(record.control_number)
            if not is_gone(record):
                raise
            return record
        return None

    def ask_or_note(self, control_number: int, gone: Callable[[RecordT], None]) -> RecordT:
        """Ask how a record stands now; that it is gone is known without an answer (contract: 204)."""
        try:
            return self._progress.refresh(control_number)
        except errors.ServiceError:
            return self.note(control_number, lambda record, _now: gone(record))

    def note(self, control_number: int, gone: Callable[[RecordT, dt.datetime], None]) -> RecordT:
        """Write down that a record is gone; what was asked before is no answer any more."""
        with self._sender.writing_down() as shelves:
            record = self._sender.channel.shelf(shelves).get(control_number)
            question = self._sender.turns.next(record)
            self._sender.turns.takes(record, question)
            gone(record, question.at)
        return record
