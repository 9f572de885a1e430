"""dev.py: how it runs the checks, and what it tells of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import dev
import pytest

if TYPE_CHECKING:
    from pathlib import Path

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and shell scripts are POSIX")


def test_every_step_runs_and_the_first_failure_is_the_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    def ends_with(code: int) -> list[str]:
        return [sys.executable, "-c", f"import os; print(os.environ['WORD']); raise SystemExit({code})"]

    code = dev.run_steps({"a": ends_with(0), "b": ends_with(3), "c": ends_with(5)}, env={"WORD": "heard"})
    printed = capfd.readouterr().out
    assert code == 3
    assert printed.count("heard") == 3
    assert re.search(r"\na +ok .*\nb +failed with 3 .*\nc +failed with 5 .*\n$", printed)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no folder in memory")
def test_tests_keep_their_files_in_memory_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOM_FOR_TESTS", 1)
    assert dev.in_memory(tmp_path) == {"TMPDIR": str(tmp_path)}
    assert dev.in_memory(tmp_path / "elsewhere") == {}
    monkeypatch.setattr(dev, "ROOM_FOR_TESTS", 2**63)
    assert dev.in_memory(tmp_path) == {}


def test_no_failure_is_success() -> None:
    assert dev.run_steps({"a": [sys.executable, "-c", ""]}, env={}) == 0


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
