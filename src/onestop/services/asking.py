"""Asking a service how something stands: by its number, and by the key where what comes back cannot be believed.

A number may be another's (the service mixed two up), or one that the service never gave. The key is ours alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from onestop import errors
from onestop.gateway.subject import IssuedT, SortedOut, Subject
from onestop.model.filing import Filing
from onestop.services.delivery.destinations import Home, home_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.gateway.transport import Destination
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.store.sendable import Filed

    Record = Filing | InsuranceCertificate | ConformityCertificate
    ByKey = Callable[[Subject], Sequence[IssuedT]]


def subject_of(record: Record) -> Subject:
    """Return what an answer about a record is held against."""
    number = record.filing_id if isinstance(record, Filing) else record.certificate_number
    return Subject(record.control_number, number, record.chassis_number, _key(record.request_key))


def subject_of_filed(filed: Filed) -> Subject:
    """Return what an answer about one of many is held against."""
    return Subject(filed.control_number, filed.number, filed.chassis_number, _key(filed.request_key))


def _key(request_key: str | None) -> UUID | None:
    return UUID(request_key) if request_key else None


def how_it_stands(record: Record, by_number: Callable[[Subject], IssuedT], by_key: ByKey[IssuedT]) -> IssuedT:
    """Ask about one record; where the answer is another's, or the service knows no such number, ask by the key too.

    Raises:
        AnswerOfAnother: neither answer is about this record.
        NotFound: the service knows it neither way.
        ServiceError: the service could not be asked.
    """
    subject = subject_of(record)
    try:
        return by_number(subject)
    except (errors.AnswerOfAnother, errors.NotFound):
        named = _named_by_key([subject], by_key)
        if not named:
            raise
        return named[subject.number or ""]


def ask_again(
    answer: SortedOut[IssuedT], filed: Sequence[Filed], here: Destination, by_key: ByKey[IssuedT]
) -> SortedOut[IssuedT]:
    """Ask by the key about those of many that the service does not know, or of which it told something else.

    One that was sent with another APIキー is not asked about: that it is unknown to this one says nothing.
    """
    doubtful = {*answer.unknown, *answer.unfit}
    mine = (each for each in filed if each.number in doubtful and home_of(each, here) is Home.HERE)
    named = _named_by_key([subject_of_filed(each) for each in mine], by_key)
    return replace(
        answer,
        known=(*answer.known, *named.values()),
        unknown=tuple(number for number in answer.unknown if number not in named),
        unfit=tuple(number for number in answer.unfit if number not in named),
    )


def _named_by_key(subjects: Sequence[Subject], by_key: ByKey[IssuedT]) -> dict[str, IssuedT]:
    """Return what the service has under the keys, by the numbers known here; a trouble ends the asking."""
    named: dict[str, IssuedT] = {}
    for subject in subjects:
        if subject.key is None:
            continue
        try:
            told = by_key(replace(subject, number=None))
        except errors.AnswerOfAnother:
            continue
        except errors.ServiceError:
            break
        if len(told) == 1:
            named[subject.number or ""] = told[0]
    return named
