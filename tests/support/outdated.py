"""A 保適証 with which AIRAS has got further than this machine knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.certificate_words import ApplicationKind
from support.clock import FixedClock
from support.conformity import an_issued_one, prepare_shop

if TYPE_CHECKING:
    from support.desks import DeskRoom


def an_outdated_one(room: DeskRoom) -> int:
    """Issue one for the counter and let half an hour pass: here it is 作成済, there 報告済. Returns its 管理番号."""
    assert isinstance(room.clock, FixedClock)
    prepare_shop(room)
    number = an_issued_one(room, room.clock, application_kind=ApplicationKind.COUNTER.value)
    room.clock.advance(minutes=31)
    return number
