"""Each window opened and closed again and again leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.opening import OPENERS, grown, settle
from onestop.app.start import Start
from onestop.paths import DataFolder
from onestop.store.keychain import MemorySecrets
from support.program import a_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program

pytestmark = [pytest.mark.slow, pytest.mark.no_qt_log]  # what Qt logs would be kept, and counted

TIMES = 8
"""Enough to tell what is left of each from what is left once; faults/open_many.py opens each 2,000 times."""
AT_FIRST = 5
"""So often is every window opened; what seems to be left of one is looked for again in `TIMES` openings."""


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    with a_program(qapp, Start(DataFolder(tmp_path), secrets=MemorySecrets())) as program:
        settle(program)
        yield program


def test_no_window_leaves_anything_behind(program: Program) -> None:
    assert {name: left for name, opener in OPENERS.items() if (left := grown(program, opener, TIMES, AT_FIRST))} == {}
