"""検索: asking a service how many records stand, in batches, and writing down what it says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, Protocol

from onestop import errors
from onestop.services.delivery.ask import subject_of
from onestop.services.delivery.channel import AnswerT
from onestop.services.delivery.destinations import Home, home_of, sent_elsewhere, why_not_forgotten
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    import threading
    from collections.abc import Callable, Sequence

    from onestop.gateway.subject import SortedOut, Subject
    from onestop.gateway.transport import Destination
    from onestop.services.delivery.channel import Channel
    from onestop.services.delivery.delivery import Delivery
    from onestop.services.delivery.progress import Progress
    from onestop.services.delivery.send import Sender
    from onestop.services.delivery.turns import AskedTurn
    from onestop.store.database import Shelves
    from onestop.store.shelves.sendable import Filed

BATCH: Final = 200
"""The most ids that one request may carry (contract)."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one refresh of many records."""

    asked: int = 0
    updated: int = 0
    forgotten: int = 0
    """The service does not know them any more; what we have is kept."""
    failed: int = 0
    reason: errors.OneStopError | None = None
    """Why the failed ones failed: the first trouble met."""
    wanted: int = 0
    """How many are to be asked about altogether."""
    revived: tuple[int, ...] = ()
    """管理番号 of those that were sent back or taken back, and go on again."""

    @classmethod
    def failing(cls, count: int, error: errors.OneStopError) -> Refreshed:
        """Count some that could not be asked about, or whose answer says nothing."""
        return cls(asked=count, failed=count, reason=error)

    def plus(self, other: Refreshed) -> Refreshed:
        """Add two counts up."""
        return Refreshed(
            self.asked + other.asked,
            self.updated + other.updated,
            self.forgotten + other.forgotten,
            self.failed + other.failed,
            self.reason or other.reason,
            self.wanted + other.wanted,
            (*self.revived, *other.revived),
        )


class AsksMany(Protocol[AnswerT]):
    """A channel whose service can be asked about many at once."""

    at_a_time: int
    """Requests under way together."""

    def refreshable(self, shelves: Shelves, control_numbers: Sequence[int], now: dt.datetime) -> Sequence[Filed]:
        """Return those that are filed and not finished, in the order given."""

    def ask_many(self, subjects: Sequence[Subject]) -> SortedOut[AnswerT]:
        """Ask about at most 200 in one request, by their numbers of the service's own."""


class RefreshMany(Generic[RecordT, AnswerT]):
    """Asks one service about many records that it has."""

    def __init__(self, delivery: Delivery[RecordT, AnswerT], many: AsksMany[AnswerT]) -> None:
        self._sender: Sender[RecordT, AnswerT] = delivery.sender
        self._channel: Channel[RecordT, AnswerT] = delivery.sender.channel
        self._progress: Progress[RecordT, AnswerT] = delivery.progress
        self._many = many

    def refresh(
        self,
        control_numbers: Sequence[int],
        tell: Callable[[Refreshed], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Refreshed:
        """Refresh those of the records that are filed and not finished, at most 200 in one request.

        A batch that fails leaves its rows as they are.

        Args:
            control_numbers: the rows shown.
            tell: called after each batch, on a worker, with the counts so far.
            stop: set it to ask nothing more; what is under way ends properly.
        """
        with self._sender.database.read() as shelves:
            wanted = self._many.refreshable(shelves, control_numbers, self._sender.clock.now())
        if not wanted:
            return Refreshed()
        total = Refreshed(wanted=len(wanted))
        try:
            destination = self._channel.service.destination()
        except errors.OneStopError as error:
            return total.plus(Refreshed.failing(len(wanted), error))
        here = [each for each in wanted if each.sent_to in (None, destination.address)]
        away = [each.sent_to for each in wanted if each.sent_to not in (None, destination.address)]
        if away:
            total = total.plus(Refreshed.failing(len(away), sent_elsewhere(away[0])))

        def one(batch: Sequence[Filed]) -> Refreshed:
            stopped = stop is not None and stop.is_set()
            return Refreshed() if stopped else self._refresh_batch(batch, destination)

        batches = [here[start : start + BATCH] for start in range(0, len(here), BATCH)]
        with ThreadPoolExecutor(self._many.at_a_time, thread_name_prefix="refresh") as pool:
            for part in pool.map(one, batches):
                total = total.plus(part)
                if tell is not None:
                    tell(total)
        return total

    def _refresh_batch(self, batch: Sequence[Filed], destination: Destination) -> Refreshed:
        question = self._sender.turns.next(*batch)
        try:
            answer = self._many.ask_many([subject_of(each) for each in batch])
        except errors.OneStopError as error:  # also credentials that are missing or cannot be read
            return Refreshed.failing(len(batch), error)
        answer = self._asked_again(answer, batch, destination)
        told = Refreshed()
        if answer.unfit:
            told = Refreshed.failing(len(answer.unfit), errors.AnswerOfAnother(self._channel.service.thing))
        if answer.unanswered:
            told = told.plus(Refreshed.failing(len(answer.unanswered), errors.ContractBroken()))
        with self._sender.writing_down() as shelves:
            records = self._channel.shelf(shelves).get_many(each.control_number for each in batch)
            for each in answer.known:
                told = told.plus(self._written(shelves, records[each.control_number], each, question))
            numbers = {each.service_number: each.control_number for each in batch}
            for number in answer.unknown:
                record = records[numbers[number]]
                why_not = why_not_forgotten(record, destination, alone=self._sender.leases.alone)
                if why_not is not None:
                    told = told.plus(Refreshed.failing(1, errors.NotAllowed(why_not)))
                else:
                    self._channel.forget(record, question.at)
                    told = told.plus(Refreshed(asked=1, forgotten=1))
        return told

    def _written(self, shelves: Shelves, record: RecordT, answer: AnswerT, question: AskedTurn) -> Refreshed:
        """Write one of many; one that cannot be believed is counted and leaves the others as they are."""
        went_on = self._channel.goes_on(record)
        try:
            self._sender.write(shelves, record, answer, question)
        except errors.AnswerOfAnother as error:
            return Refreshed.failing(1, error)
        revived = self._channel.goes_on(record) and not went_on
        return Refreshed(asked=1, updated=1, revived=(record.control_number,) if revived else ())

    def _asked_again(self, answer: SortedOut[AnswerT], filed: Sequence[Filed], here: Destination) -> SortedOut[AnswerT]:
        """Ask by the key about those of many that the service does not know, or of which it told something else.

        One that was sent with another APIキー is not asked about: that it is unknown to this one says nothing.
        """
        doubtful = {*answer.unknown, *answer.unfit}
        mine = (each for each in filed if each.service_number in doubtful and home_of(each, here) is Home.HERE)
        named: dict[str, AnswerT] = self._progress.named_by_key([subject_of(each) for each in mine])
        return replace(
            answer,
            known=(*answer.known, *named.values()),
            unknown=tuple(number for number in answer.unknown if number not in named),
            unfit=tuple(number for number in answer.unfit if number not in named),
        )
