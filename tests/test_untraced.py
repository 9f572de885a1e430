"""What is run uncounted in the middle of counted calls: its own lines are missing, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from coverage import CoverageData

PROGRAM = """\
from support.untraced import untraced
def library():
    return callback()
def callback():
    return 5
def fails():
    raise KeyError
def ours(function):
    untraced(function)()
    return 10
def outermost():
    ours(library)
    try:
        ours(fails)
    except KeyError:
        return ours(library)
outermost()
"""


def test_only_the_uncounted_function_and_what_it_calls_are_missing(tmp_path: Path) -> None:
    program, counted = tmp_path / "program.py", tmp_path / "counted"
    program.write_text(PROGRAM, encoding="utf-8")
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "coverage", "run", "--branch", "--rcfile=", f"--data-file={counted}", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent), "COVERAGE_CORE": "ctrace"},
        check=True,
        timeout=120,
    )
    found = CoverageData(str(counted))
    found.read()
    lines = set(found.lines(str(program)) or ())
    assert lines == {1, 2, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}
    assert {(16, -11), (17, -1)} <= set(found.arcs(str(program)) or ())
