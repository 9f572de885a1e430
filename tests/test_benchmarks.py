"""Every measurement runs at a tiny size, so that none can rot; what it measured is nobody's concern here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks import run
from benchmarks.glass import Paints, until
from benchmarks.report import TINY, Line, Part, table, write_results
from benchmarks.windows import painted_settled
from benchmarks.world import Worlds, check_keys
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.mark.slow
@pytest.mark.qt_log_ignore("does not support")
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", run.MEASUREMENTS)
def test_a_measurement_measures(name: str, worlds: Worlds) -> None:
    part = run.measured(name, TINY, worlds)
    assert part.lines
    assert all(line.ours >= 0 for line in part.lines)
    assert all(line.is_met for line in part.lines if line.exactly), table(part.lines)


def test_a_painting_that_came_while_something_was_under_way_is_asked_for_again(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    busy = iter((True, True, True))
    paints = Paints(window, lambda: not next(busy, False))
    window.show()
    painted_settled(window, paints)
    assert paints.count == 1
    assert list(busy) == []


@pytest.mark.usefixtures("qapp")
def test_a_wait_in_vain_leaves_no_timer_behind() -> None:
    with pytest.raises(TimeoutError) as waited:
        until(lambda: False, seconds=0)
    assert not waited.traceback[-1].frame.f_locals["alarm"].isActive()


def test_the_worlds_hold_what_the_program_would_have_stored() -> None:
    check_keys()


@pytest.mark.parametrize(
    ("line", "met", "cells"),
    [
        (Line("a", 3.0, theirs=2.0, peer="raw", most=2), True, ("a", "3 ms", "2 ms", "raw", "1.50×", "≤ 2×", "met")),
        (Line("a", 5.0, theirs=2.0, most=2), False, ("a", "5 ms", "2 ms", "", "2.50×", "≤ 2×", "**missed**")),
        (
            Line("a", 2.0, theirs=200.0, faster=50),
            True,
            ("a", "2 ms", "200 ms", "", "100× faster", "≥ 50× faster", "met"),
        ),
        (
            Line("a", 9.0, theirs=90.0, faster=50),
            False,
            ("a", "9 ms", "90 ms", "", "10× faster", "≥ 50× faster", "**missed**"),
        ),
        (Line("a", 60.0, limit=50), False, ("a", "60 ms", "", "", "", "≤ 50 ms", "**missed**")),
        (Line("a", 7, "", 7, exactly=True), True, ("a", "7", "7", "", "1.00×", "the same", "met")),
        (Line("a", 1234.5, "MB"), None, ("a", "1,234 MB", "", "", "", "", "")),
    ],
)
def test_a_line_says_whether_its_goal_is_met(line: Line, met: bool | None, cells: tuple[str, ...]) -> None:  # noqa: FBT001 - expected
    assert line.is_met is met
    assert line.cells() == cells


def test_the_results_are_one_readable_file(tmp_path: Path) -> None:
    target = tmp_path / "RESULTS.md"
    write_results(target, "- 2 CPUs", [Part("Start", "Fresh processes.", (Line("painted", 100.0),))])
    text = target.read_text(encoding="utf-8")
    assert text.startswith("# Results\n")
    assert "- 2 CPUs\n\n## Start\n\nFresh processes.\n\n| measured |" in text
    assert "| painted | 100 ms |" in text
