"""Saving what was typed: the record to begin with, and none that somebody else changed since it was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from onestop import errors
from onestop.model.base import Versioned
from onestop.model.plate import BLANK_PLATE

if TYPE_CHECKING:
    import datetime as dt

    from onestop.store.shelves.sendable import RecordT

VersionedT = TypeVar("VersionedT", bound=Versioned)

UNSETTLED: Final = (
    "送信中か、受け付けられたかどうかを確認中のため、変更できません。終わるまで待つか、F7 で確かめてください。"
)

CHANGED_BEFORE_DELETION: Final = (
    "確認している間に、ほかの端末か別の画面で変更されたため、削除していません。"
    "いまの内容を確かめてから、もう一度削除してください。"
)


def blank(kind: type[RecordT], vehicle_id: int, now: dt.datetime) -> RecordT:
    """Return a record of a car that nothing was typed into yet."""
    return kind(
        created_at=now, updated_at=now, vehicle_id=vehicle_id, registration_number=BLANK_PLATE, chassis_number=""
    )


def not_a_draft(record: RecordT, sentence: str) -> errors.NotAllowed:
    """Return why what was sent is not changed: it is under way or to be settled, or issued, as the sentence tells."""
    return errors.NotAllowed(UNSETTLED if record.sending.is_unsettled else sentence)


def unchanged(record: VersionedT, version: int | None, changed: str) -> VersionedT:
    """Return a record, read within the transaction that saves it, if it is still as it was opened (its `version`).

    So nobody overwrites what he has not read.

    Raises:
        ChangedMeanwhile: it was changed elsewhere; `changed` tells the clerk so, and what to do.
    """
    if record.version != version:
        raise errors.ChangedMeanwhile(changed)
    return record


def refuse_unread(record: Versioned, read: int | None, changed: str) -> None:
    """Let nothing go out or away that was changed since a person read it; with no version read, whatever is stored may.

    Raises:
        ChangedMeanwhile: as `unchanged`.
    """
    if read is not None:
        unchanged(record, read, changed)
