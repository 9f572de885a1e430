"""Damaged files and logs, every kind in turn: no raw exception, nothing lost or changed without a word.

The long run is faults/damage_many.py: 1,040 cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.damaging import FILE_WAYS, WAL_WAYS, Ruin

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener

pytestmark = pytest.mark.slow

CASES = 72


def test_whatever_is_damaged_is_said(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("the database was damaged where it cost no record")
    tally = Ruin(tmp_path).run(CASES, seed=1)

    assert (tally.cases, tally.raw, tally.silent) == (CASES, [], [])
    assert 2 * max(len(FILE_WAYS), len(WAL_WAYS)) <= CASES, "not every way was tried"
    assert tally.told["mended"] > tally.told["restored"] > 0, "a damage costs more than what it hit"
    assert tally.told["opened"] > CASES * 0.9, "a damage locks the clerk out"
