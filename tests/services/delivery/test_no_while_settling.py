"""What a no means while a lost answer is being settled, the same for 申請, 自賠責 and 保適証."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS, cut
from onestop import errors
from onestop.model.sending_state import Sending
from onestop_sandbox import Kind, Trouble

if TYPE_CHECKING:
    from faults.kinds import Sent
    from support.clock import FixedClock
    from support.desks import DeskRoom

pytestmark = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def lose(room: DeskRoom, kind: Sent) -> None:
    """Store number 1, send it and lose the answer."""
    kind.save(room)
    room.sandbox.troubles.add(cut(kind))
    with pytest.raises(errors.NoAnswer):
        kind.service(room).issue(1)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad_request"),
        (403, "forbidden"),
        (404, "not_found"),
        (408, "request_timeout"),
        (409, "request_in_progress"),
        (409, "vehicle_has_open_filing"),
        (409, "vehicle_has_open_certificate"),
        (409, "period_overlaps"),
        (423, "locked"),
        (425, "too_early"),
    ],
)
def test_a_no_that_may_speak_of_the_lost_one_leaves_it_unknown(
    room: DeskRoom, clock: FixedClock, kind: Sent, status: int, code: str
) -> None:
    lose(room, kind)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=status, code=code))
    settled = kind.service(room).settle()
    assert settled.waiting == 1
    assert isinstance(settled.reason, errors.ServiceError)
    assert kind.stored(room).sending is Sending.UNKNOWN


@pytest.mark.parametrize(("status", "code"), [(408, "request_timeout"), (409, "request_in_progress"), (425, "early")])
def test_what_the_service_is_busy_with_is_not_sent_anew(room: DeskRoom, kind: Sent, status: int, code: str) -> None:
    kind.save(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=status, code=code))
    with pytest.raises(errors.NoAnswer):
        kind.service(room).issue(1)
    assert kind.stored(room).sending is Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed):
        kind.service(room).issue(1)


@pytest.mark.parametrize(("status", "code"), [(422, "invalid"), (403, "site_not_yours"), (403, "agent_unknown")])
def test_a_reason_that_the_contract_names_makes_it_a_draft(
    room: DeskRoom, clock: FixedClock, kind: Sent, status: int, code: str
) -> None:
    lose(room, kind)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=status, code=code))
    assert kind.service(room).settle().drafts == 1
    assert kind.stored(room).sending is Sending.DRAFT
