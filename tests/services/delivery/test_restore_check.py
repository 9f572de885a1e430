"""After a backup was restored, the services are asked what was sent since, before anything is sent again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.model.sending_state import Sending
from onestop.paths import DataFolder
from onestop.services.delivery.restore_check import GAP
from onestop.services.delivery.settle import Settled
from onestop.services.filing.batch import RowState
from onestop.store.opening import begin_empty, restore
from onestop.store.sqlite.backup import back_up
from onestop_sandbox import Kind, Trouble
from support.desks import Interposed, a_desk
from support.filing import telling

if TYPE_CHECKING:
    from pathlib import Path

    from faults.kinds import Sent
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def take_back(folder: Path, clock: FixedClock) -> Path:
    return back_up(folder / "onestop.db", folder / "backups", clock)


def next_number(room: DeskRoom) -> int:
    return room.a_draft(plate="土浦300さ1999", chassis_number="NEXT-1")


@kinds
def test_a_draft_that_was_filed_after_the_backup_is_no_draft(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        kind.save(room)
        backup = take_back(tmp_path, clock)
        kind.service(room).issue(1)
    clock.advance(hours=3)
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert kind.stored(room).sending is Sending.DRAFT
        with pytest.raises(errors.NotAllowed, match="確認中"):
            kind.service(room).issue(1)
        settled = kind.service(room).settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
        (candidate,) = kind.service(room).resolution.candidates(1)
        kind.service(room).resolution.adopt(1, candidate.number)
        assert (kind.stored(room).sending, kind.times(room)) == (Sending.FILED, 1)
        assert kind.service(room).settle() == Settled()


@kinds
def test_a_draft_that_the_service_does_not_have_stays_one(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        kind.save(room)
        backup = take_back(tmp_path, clock)
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert kind.service(room).settle() == Settled()
        kind.service(room).issue(1)
        assert (kind.stored(room).sending, kind.times(room)) == (Sending.FILED, 1)


def test_a_draft_that_is_the_other_desks_at_the_service_is_given_back(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path / "theirs", clock=clock, sandbox=sandbox) as theirs:
        theirs.desk.filings.delivery.issue(theirs.a_draft(chassis_number="THEIRS-1"))
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.a_draft()
        backup = take_back(tmp_path, clock)
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.delivery.settle().waiting == 1
        assert room.desk.filings.delivery.resolution.give_back(number).sending is Sending.DRAFT
        assert room.desk.filings.delivery.issue(number).sending is Sending.FILED
        assert sorted(sandbox.filings.values()) == [1, 1]


def test_numbers_that_were_given_after_the_backup_are_not_given_again(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        room.a_draft(chassis_number="FIRST-1")
        backup = take_back(tmp_path, clock)
        for number in (*room.drafts(3), *(room.a_draft(plate="土浦300さ2001", chassis_number="LAST-1"),)):
            room.desk.filings.delivery.issue(number)
        assert number == 5
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.delivery.settle() == Settled()
        assert next_number(room) == 6


def test_numbers_above_a_small_gap_are_seen_too(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        backup = take_back(tmp_path, clock)
        for _ in range(GAP - 1):
            room.desk.filings.delete(next_number(room))
        room.desk.filings.delivery.issue(next_number(room))
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        room.desk.filings.delivery.settle()
        assert next_number(room) == GAP + 1


def test_a_draft_of_which_the_service_tells_our_car_is_for_the_clerk_as_well(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    """Nobody knows when it was sent: it may be last year's."""
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.a_draft(chassis_number="OURS-1")
        backup = take_back(tmp_path, clock)
        room.desk.filings.delivery.issue(number)
    restore(DataFolder(tmp_path), backup, clock)
    way = Interposed(sandbox)
    way.after = telling("OURS-1")
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        assert type(room.desk.filings.delivery.settle().reason) is errors.Undecided
        assert room.filing(number).sending is Sending.UNKNOWN


def test_until_the_service_was_asked_nothing_is_sent(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        first, second = room.drafts(2)
        backup = take_back(tmp_path, clock)
        room.desk.filings.delivery.issue(first)
    clock.advance(days=14)  # finished meanwhile: AINAS would take it once more
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        sandbox.troubles.add(Trouble(Kind.CLOSED, "findFilings"))
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (0, errors.ServiceClosed)
        sandbox.troubles.add(Trouble(Kind.CLOSED, "findFilings"))
        with pytest.raises(errors.ServiceClosed):
            room.desk.filings.delivery.issue(first)
        assert room.filing(first).sending is Sending.DRAFT
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        results = room.desk.batch.issue_many([first, second], lambda _result: None, threading.Event())
        assert [each.state is RowState.FILED for each in results] == [False, True]
        assert (room.times_filed(first), room.times_filed(second)) == (1, 1)


def test_a_database_that_was_begun_anew_asks_as_well(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    with a_desk(tmp_path / "damaged", clock=clock, sandbox=sandbox) as room:
        room.desk.filings.delivery.issue(room.a_draft(chassis_number="FIRST-1"))
    (tmp_path / "anew").mkdir()
    begin_empty(DataFolder(tmp_path / "anew"), clock)
    with a_desk(tmp_path / "anew", clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.delivery.settle() == Settled()
        assert next_number(room) == 2


def test_what_came_of_a_draft_that_is_gone_at_the_service_is_for_the_clerk(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.a_draft()
        backup = take_back(tmp_path, clock)
        room.desk.filings.delivery.issue(number)
    restore(DataFolder(tmp_path), backup, clock)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        room.desk.filings.delivery.restore_check.run()
        sandbox.memory._rows("DELETE FROM entry WHERE service = 'ainas'")
        settled = room.desk.filings.delivery.settle()
        assert "バックアップから復元した" in str(settled.reason)
        assert room.desk.filings.delivery.resolution.give_back(number).sending is Sending.DRAFT
