"""A desk for each test of a screen, the stage that the screen stands on, and screens that several files test."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop_sandbox import REAL
from support.clock import FixedClock
from support.conformity import insure, prepare_shop, put_shop
from support.desks import a_desk, a_sandbox
from support.forms import InsuranceForms
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock, request: pytest.FixtureRequest) -> Iterator[DeskRoom]:
    """Return a real desk with nothing on it, or what `shop` needs; tests that need more make their own."""
    if "shop" in request.fixturenames:
        put_shop(tmp_path)
    with a_sandbox(clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as made:
        yield made


@pytest.fixture
def shop(room: DeskRoom) -> None:
    """設定 has what 保適証 need; the files of a `room` from here say so already."""
    if not room.desk.settings.state().form.workshop_code:
        prepare_shop(room)


@pytest.fixture
def stage(room: DeskRoom) -> Stage:
    """Return a stage whose screens work at that desk, on its clock."""
    assert isinstance(room.clock, FixedClock)
    return Stage(desk=lambda: room.desk, clock=room.clock)


@pytest.fixture
def insurances(tmp_path: Path) -> Iterator[InsuranceForms]:
    """Return what opens 自賠責証明書発行, each at a desk of its own."""
    with ExitStack() as stack:
        yield InsuranceForms(tmp_path, stack)


@pytest.fixture
def ledger(stage: Stage) -> LedgerScreen:
    """Return 指定整備元帳, not opened yet."""
    return LedgerScreen(stage.surroundings)


@pytest.fixture
def insured_car(room: DeskRoom) -> int:
    """Return a car whose 自賠責 e-JIBAI and this machine have."""
    made = room.a_car()
    insure(room, made)
    return made


@pytest.fixture
def conformity(shop: None, stage: Stage, insured_car: int) -> ConformityScreen:  # noqa: ARG001 - it needs 設定
    """Return 適合証・証明証発行 of that car, opened."""
    return stage.open(ConformityScreen(stage.surroundings, insured_car))
