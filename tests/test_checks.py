"""checks.py: how it runs the checks, and what it tells of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import dev
import pytest

import checks

if TYPE_CHECKING:
    from pathlib import Path

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and shell scripts are POSIX")


def test_every_step_runs_and_the_first_failure_is_the_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    def ends_with(code: int) -> list[str]:
        return [sys.executable, "-c", f"import os; print(os.environ['WORD']); raise SystemExit({code})"]

    code = checks.run_steps({"a": ends_with(0), "b": ends_with(3), "c": ends_with(5)}, env={"WORD": "heard"})
    printed = capfd.readouterr().out
    assert code == 3
    assert printed.count("heard") == 3
    assert re.search(r"\na +ok .*\nb +failed with 3 .*\nc +failed with 5 .*\n$", printed)


def test_two_rows_of_steps_go_on_together_and_each_is_told_by_itself(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each waits for what the other has written."""

    def meets(mine: str, others: str) -> list[str]:
        waits = f"while not Path({others!r}).exists(): time.sleep(0.01)"
        words = f"print({mine!r}, 'met'); raise SystemExit({len(mine)})"
        return [
            sys.executable,
            "-c",
            f"import time\nfrom pathlib import Path\nPath({mine!r}).touch()\n{waits}\n{words}",
        ]

    a, b = str(tmp_path / "a"), str(tmp_path / "bb")
    code = checks.run_steps({"a": meets(a, b)}, env={}, meanwhile={"b": meets(b, a)})
    printed = capfd.readouterr().out
    assert code == len(b), "the row beside stands first in the closing lines"
    assert re.search(rf"^--- a\n{a} met\n--- b\n{b} met\n---\nb +failed with {code} .*\na +failed with .*\n$", printed)


def test_after_an_interruption_no_step_is_begun() -> None:
    stopped = threading.Event()
    stopped.set()
    assert checks.outcomes({"a": ["no such program"]}, {}, stopped) == []


def test_the_machine_says_how_much_memory_it_has() -> None:
    assert checks.memory() >= (2**29 if sys.platform == "linux" else 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no folder in memory")
def test_tests_keep_their_files_in_memory_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ROOM_FOR_TESTS", 1)
    assert checks.in_memory(tmp_path) == {"TMPDIR": str(tmp_path)}
    assert checks.in_memory(tmp_path / "elsewhere") == {}
    monkeypatch.setattr(checks, "ROOM_FOR_TESTS", 2**63)
    assert checks.in_memory(tmp_path) == {}


def test_no_failure_is_success() -> None:
    assert checks.run_steps({"a": [sys.executable, "-c", ""]}, env={}) == 0


@ON_POSIX
@pytest.mark.parametrize("code", [0, 4])
def test_ci_runs_the_test_command_and_nothing_else(tmp_path: Path, code: int) -> None:
    (tmp_path / "python3").write_text(f'#!/bin/sh\necho "$PWD: $@"\nexit {code}\n', encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    script = dev.ROOT / ".ci" / "run"
    done = subprocess.run(  # noqa: S603 - our own script
        ["bash", str(script)],  # noqa: S607 - whichever bash is there
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == (f"{dev.ROOT}: dev.py test\n", code)
