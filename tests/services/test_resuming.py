"""What the last program left open: counted at once, then settled kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.errors import KeychainUnavailable
from onestop.services.delivery.settle import Settled
from onestop.services.resuming import resume
from onestop.services.settings.access import ServiceAccess
from onestop_sandbox import Kind, Trouble
from support.filing import lose_the_answer

if TYPE_CHECKING:
    import pytest

    from support.desks import DeskRoom


def test_how_much_there_is_is_said_before_anybody_is_asked(room: DeskRoom) -> None:
    for number in room.drafts(2):
        lose_the_answer(room, number, acted=True)
    asked_before = room.sandbox.requests.total()
    told: list[tuple[Settled, int]] = []
    total = resume(room.desk, lambda now: told.append((now, room.sandbox.requests.total() - asked_before)))
    assert total == Settled(filed=2)
    assert told[0] == (Settled(left=2), 0)
    assert [(now.asked, now.left) for now, _ in told] == [(0, 2), (0, 2), (1, 1)]


def test_a_trouble_of_one_kind_leaves_nothing_to_count(room: DeskRoom) -> None:
    for number in room.drafts(3):
        lose_the_answer(room, number, acted=True)
    room.sandbox.troubles.add(Trouble(Kind.CLOSED, times=None))
    told: list[Settled] = []
    total = resume(room.desk, told.append)
    assert (total.asked, total.waiting, total.left) == (3, 3, 0)
    assert len(told) == 2


def test_a_reset_that_cannot_be_cleared_up_yet_stops_nothing(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (number,) = room.drafts(1)
    lose_the_answer(room, number, acted=True)

    def locked(*_given: object) -> None:
        raise KeychainUnavailable

    monkeypatch.setattr(ServiceAccess, "recover_reset", locked)
    with caplog.at_level("INFO"):
        total = resume(room.desk, lambda _: None)
    assert total == Settled(filed=1)
    assert "再設定 is not cleared up yet: KeychainUnavailable" in caplog.messages
