"""A desk for each test of a screen, the stage that the screen stands on, and screens that several files test."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.screens.ledger_screen import LedgerScreen
from support.desks import DeskRoom, a_desk
from support.forms import InsuranceForms
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    """Return a real desk with nothing on it; tests that need more make their own."""
    with a_desk(tmp_path) as made:
        yield made


@pytest.fixture
def stage(room: DeskRoom) -> Stage:
    """Return a stage whose screens work at that desk."""
    return Stage(desk=lambda: room.desk)


@pytest.fixture
def insurances(tmp_path: Path) -> Iterator[InsuranceForms]:
    """Return what opens 自賠責証明書発行, each at a desk of its own."""
    with ExitStack() as stack:
        yield InsuranceForms(tmp_path, stack)


@pytest.fixture
def ledger(stage: Stage) -> LedgerScreen:
    """Return 指定整備元帳, not opened yet."""
    return LedgerScreen(stage.surroundings)
