"""ワンストップサービス for each test that wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.desks import a_desk
from support.main_screen import Here
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    with a_desk(tmp_path) as room:
        yield Here(room, Stage(desk=lambda: room.desk))
