"""Asking a service whether it has a record whose answer was lost.

It is asked by the key. A service that keeps keys (it knows an earlier one of ours by its key) has what it names, and
nothing else. One that keeps none is asked by the 管理番号, and what it names is ours only if its content says so:
another desk of the same shop counts from 1 as well. Where that leaves it open, a person decides (`resolve.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Generic
from uuid import UUID

from onestop import errors
from onestop.gateway.subject import Subject
from onestop.services.delivery.channel import AnswerT, Likeness
from onestop.services.delivery.destinations import (
    ELSEWHERE,
    OTHER_ACCOUNT,
    OTHER_DESK,
    Home,
    home_of,
    other_noter,
)
from onestop.services.delivery.send import Sent
from onestop.services.delivery.table import Outcome, is_in_time
from onestop.store.shelves.sendable import RecordT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.gateway.transport import Destination
    from onestop.services.delivery.channel import Channel
    from onestop.services.delivery.send import Sender
    from onestop.store.shelves.sendable import Filed

ONE_NAMED: Final = (
    "{service}に管理番号{number}のものが{count}件ありますが、この車両のものかどうかを自動では決められません。"
)


def subject_of(record: RecordT | Filed) -> Subject:
    """Return what an answer about a record is held against."""
    key = UUID(record.request_key) if record.request_key else None
    return Subject(record.control_number, record.service_number, record.chassis_number, key)


class Inquiry(Generic[RecordT, AnswerT]):
    """Asks one service about records that were sent to it."""

    def __init__(self, sender: Sender[RecordT, AnswerT], quiet: dt.timedelta) -> None:
        """`quiet` is how long nothing is believed after a lost answer."""
        self._sender: Sender[RecordT, AnswerT] = sender
        self._channel: Channel[RecordT, AnswerT] = sender.channel
        self._quiet = quiet

    # --- one question

    def by_key(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask by the record's key.

        Raises:
            AnswerOfAnother: what the service has under the key is not about this record.
        """
        return self._under_key(replace(subject_of(record), number=None))

    def by_number(self, record: RecordT) -> Sequence[AnswerT]:
        """Ask for what the service has under the record's 管理番号 and is known here by no other record."""
        found = self._channel.find_by_number(record)
        with self._sender.database.read() as shelves:
            shelf = self._channel.shelf(shelves)
            return [answer for answer in found if not shelf.was_given(answer.number)]

    def likeness(self, record: RecordT, answer: AnswerT) -> Likeness:
        """Compare what the service has under the record's 管理番号 with what was sent."""
        sent = self._sender.since_sent.by_the_service(record)
        in_time = answer.taken_at is not None and is_in_time(answer.taken_at, sent, self._quiet)
        return self._channel.likeness(record, answer, in_time=in_time)

    def undecided(self, told: str, **facts: object) -> errors.Undecided:
        """Return why only a person can say what became of a record."""
        return errors.Undecided(told.format(service=self._channel.called, **facts), self._channel.decide_there)

    # --- what became of it

    def ask(self, record: RecordT) -> Sent[AnswerT]:
        """Ask what became of a record whose answer was lost; that nobody could be asked is an outcome as well."""
        try:
            return self._ask(record, self._channel.service.destination())
        except errors.ServiceError as error:
            return Sent(Outcome.UNUSABLE, error=error)
        except errors.OneStopError as error:  # no credentials, or none that can be read
            return Sent(Outcome.NOT_REACHED, error=error)

    def _ask(self, record: RecordT, destination: Destination) -> Sent[AnswerT]:
        home = home_of(record, destination)
        if home is Home.ELSEWHERE:
            return Sent(Outcome.UNUSABLE, error=self.undecided(ELSEWHERE, address=record.sent_to or ""))
        mine = self.by_key(record)
        if mine:
            return self._the_one_of(record, mine)
        if home is Home.OTHER_ACCOUNT:
            return Sent(Outcome.UNUSABLE, error=self.undecided(OTHER_ACCOUNT))
        if self._keeps_keys(record, destination):
            return Sent(Outcome.NOT_FOUND)
        if not self._sender.leases.alone and other_noter(record, destination) is not None:
            return Sent(Outcome.UNUSABLE, error=self.undecided(OTHER_DESK))
        return self._named_by_number(record)

    def _under_key(self, subject: Subject) -> Sequence[AnswerT]:
        """Ask by a key; a service that has nothing under it, or finds nothing by keys, may say so by 404."""
        try:
            return self._channel.service.find_by_key(subject)
        except errors.NotFound:
            return ()

    def _the_one_of(self, record: RecordT, named: Sequence[AnswerT]) -> Sent[AnswerT]:
        if len(named) == 1:
            return Sent(Outcome.FOUND, named[0])
        return self._unclear(record, named)

    def _unclear(self, record: RecordT, named: Sequence[AnswerT]) -> Sent[AnswerT]:
        error = self.undecided(ONE_NAMED, number=record.control_number, count=len(named))
        return Sent(Outcome.UNUSABLE, error=error)

    def _keeps_keys(self, record: RecordT, destination: Destination) -> bool:
        """Whether the service still knows the record that was filed last before this one by its key.

        Of what another desk sent only what the same desk filed tells that it is asked with the same APIキー.
        """
        noter = None if self._sender.leases.alone else other_noter(record, destination)
        with self._sender.database.read() as shelves:
            probe = self._channel.shelf(shelves).last_filed(destination.address, record.first_sent_at, noter)
        if probe is None or home_of(probe, destination) is not Home.HERE:
            return False
        try:
            return bool(self._under_key(Subject(probe.control_number, key=UUID(probe.request_key))))
        except errors.AnswerOfAnother:  # it keeps something under the key, and not this
            return False

    def _named_by_number(self, record: RecordT) -> Sent[AnswerT]:
        named = [(answer, self.likeness(record, answer)) for answer in self.by_number(record)]
        possible = [answer for answer, likeness in named if likeness is not Likeness.ANOTHERS]
        if not possible:
            return Sent(Outcome.NOT_FOUND)
        if all(likeness is not Likeness.UNCLEAR for _, likeness in named):
            return self._the_one_of(record, possible)
        return self._unclear(record, possible)
