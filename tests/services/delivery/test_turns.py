"""An answer to an earlier question changes nothing, at all three services and whatever the clocks say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from faults.kinds import KINDS
from onestop.services.delivery.turns import Turns
from support.desks import Interposed, a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from faults.kinds import Sent
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
        assert kind.stored(room).status == "新しい状態"  # type: ignore[attr-defined]  # each kind has one
        way.after = lambda _request, response: _told(response, "前の状態")
        assert kind.service(room).progress.refresh(1).status == "前の状態"


def test_questions_are_numbered_whatever_the_clock_shows(clock: FixedClock) -> None:
    turns = Turns(clock)
    first = turns.next()
    clock.advance(days=-1)
    second = turns.next()
    assert turns.takes(1, second)
    assert not turns.takes(1, first)
    assert turns.takes(2, first)
    assert turns.takes(1, second)
