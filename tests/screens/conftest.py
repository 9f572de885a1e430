"""A desk for each test of a screen, and the stage that the screen stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.desks import DeskRoom, a_desk
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
