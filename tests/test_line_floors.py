"""The floors of lines and branches: what each process counted, put together and judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import line_floors

PROGRAM = """\
def sign(number):
    if number < 0:
        return "-"
    return ""
def never():
    ...
def worked(number):
    return sign(number)
"""
COUNTING = """\
import sys
from pathlib import Path
from support.line_counts import LineCounts
counts = LineCounts(Path("."), Path("src"))
sys.path.insert(0, "src")
import counted
counted.worked(int(sys.argv[1]))
counts.save()
"""


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a small program in src/, which the floors look at."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "counted.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setattr(line_floors, "SOURCE", tmp_path / "src")
    return tmp_path


def count(folder: Path, number: int) -> None:
    """Run the program in a process of its own that counts."""
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", COUNTING, str(number)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        check=True,
        timeout=120,
    )


def test_lines_and_branches_that_no_process_ran_are_named(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count(counted, 1)
    assert line_floors.main(counted) == line_floors.FAILED
    assert "  src/counted.py: 2→3, 3" in capsys.readouterr().out.splitlines()


def test_what_one_process_left_out_another_may_run(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count(counted, 1)
    count(counted, -1)
    assert line_floors.main(counted) == 0
    assert "below ui: 100.00 %" in capsys.readouterr().out


def test_a_file_that_no_test_imports_is_below_every_floor(counted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count(counted, -1)
    count(counted, 1)
    (counted / "src" / "forgotten.py").write_text("a = 1\n", encoding="utf-8")
    assert line_floors.main(counted) == line_floors.FAILED
    assert "no test imports src/forgotten.py" in capsys.readouterr().out


def _file(ran: int, missing: int) -> dict[str, list[int]]:
    return {
        "executed_lines": [*range(1, ran + 1)],
        "missing_lines": [*range(ran + 1, ran + missing + 1)],
        "executed_branches": [],
        "missing_branches": [],
    }


@pytest.mark.parametrize(
    ("name", "missing", "code"),
    [
        ("src/onestop/store/a.py", 1, line_floors.FAILED),
        ("src/onestop/ui/a.py", 5, 0),
        ("src/onestop/app/a.py", 6, line_floors.FAILED),
        ("src/onestop/tour/a.py", 100, 0),
        ("src/onestop/__main__.py", 100, 0),
    ],
)
def test_each_part_has_its_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, missing: int, code: int
) -> None:
    monkeypatch.setattr(line_floors, "SOURCE", tmp_path / "src")
    (tmp_path / "1.json").write_text(json.dumps({name: _file(100 - missing, missing)}), encoding="utf-8")
    assert line_floors.main(tmp_path) == code
