"""A desk for each test of the services, on a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import REAL
from support.clock import FixedClock
from support.conformity import prepare_shop, put_shop
from support.desks import a_desk, a_sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def sandbox(clock: FixedClock) -> Iterator[Sandbox]:
    with a_sandbox(clock, pace=REAL) as services:
        yield services


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[DeskRoom]:
    """Return a real desk with nothing on it, or what `shop` needs where a test wants that, too."""
    if "shop" in request.fixturenames:
        put_shop(tmp_path)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as desk_room:
        yield desk_room


@pytest.fixture
def shop(room: DeskRoom) -> None:
    """設定 has what 保適証 need; the files of a `room` from here say so already."""
    if not room.desk.settings.state().form.workshop_code:
        prepare_shop(room)
