"""An answer to an earlier question changes nothing, at all three services and whatever the clocks say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from faults.kinds import KINDS
from onestop.services.delivery.turns import Turns
from support.builders import a_filing
from support.desks import Interposed, a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from faults.kinds import Sent
    from onestop.model.filing import Filing
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock


def _told(response: httpx.Response, status: str) -> httpx.Response:
    return httpx.Response(response.status_code, json=json.loads(response.read()) | {"status": status})


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_answer_that_was_overtaken_is_passed_over(
    tmp_path: Path, sandbox: Sandbox, clock: FixedClock, kind: Sent
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        kind.save(room)
        kind.service(room).issue(1)

        def overtake(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            way.after = lambda _request, newer: _told(newer, "新しい状態")
            kind.service(room).progress.refresh(1)
            return _told(response, "前の状態")

        way.after = overtake
        assert kind.service(room).progress.refresh(1).status == "新しい状態"
        assert kind.stored(room).status == "新しい状態"
        way.after = lambda _request, response: _told(response, "前の状態")
        assert kind.service(room).progress.refresh(1).status == "前の状態"


def test_questions_are_numbered_whatever_the_clock_shows(clock: FixedClock) -> None:
    turns, one, other = Turns(clock, shared=True), a_filing_of(1), a_filing_of(2)
    first = turns.next(one, other)
    clock.advance(days=-1)
    second = turns.next(one)
    assert turns.takes(one, second)
    assert not turns.takes(one, first)
    assert turns.takes(other, first)
    assert turns.takes(one, second)


def test_an_answer_is_passed_over_where_another_desk_wrote_one_down_since_it_was_asked_for(clock: FixedClock) -> None:
    turns, filing = Turns(clock, shared=True), a_filing_of(1)
    assert turns.takes(filing, turns.next(filing))
    ours = turns.next(filing)
    assert Turns(clock, shared=True).takes(filing, Turns(clock, shared=True).next(filing))
    assert not turns.takes(filing, ours)
    assert turns.takes(filing, turns.next(filing))


def a_filing_of(control_number: int) -> Filing:
    filing = a_filing(vehicle_id=1)
    filing.control_number, filing.answers = control_number, 0
    return filing
