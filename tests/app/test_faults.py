"""A run that dies in a library leaves where it was, and the next one logs it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from onestop.app.faults import Faults

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from conftest import Listener

DIES = """if True:
    import faulthandler, pathlib, sys
    from onestop.app.dumps import leave_no_dump
    from onestop.app.faults import Faults
    leave_no_dump()
    faults = Faults(pathlib.Path(sys.argv[1]))
    faults.begin()
    if sys.argv[2] == "dies":
        faulthandler._sigsegv()
    faults.end()
    faults.end()
"""


def run(folder: Path, how: str) -> int:
    command = [sys.executable, "-c", DIES, str(folder), how]
    return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode  # noqa: S603 - our own interpreter


def test_where_a_run_died_is_logged_by_the_next_one(data_root: Path, loud_lines: Listener) -> None:
    loud_lines.expect("an earlier run died")
    assert run(data_root, "dies") != 0
    assert [file.name[:6] for file in data_root.iterdir()] == ["fault-"]
    Faults(data_root).begin()
    told = loud_lines.records[0].getMessage()
    assert "onestop" not in told or str(data_root) not in told
    assert list(data_root.iterdir()) == []
    Faults(data_root).begin()
    assert len(loud_lines.records) == 1


def test_no_folder_of_a_user_stands_in_the_log(data_root: Path, loud_lines: Listener) -> None:
    loud_lines.expect("an earlier run died")
    frame = r'  File "C:\Users\taro\onestop\src\onestop\ui\background.py", line 5 in run'
    (data_root / "fault-1.txt").write_text(f"Fatal Python error\n{frame}\n", encoding="ascii")
    Faults(data_root).begin()
    told = loud_lines.records[0].getMessage()
    assert told.endswith("  onestop/ui/background.py, line 5 in run\n")


def test_a_run_that_ends_well_leaves_nothing(data_root: Path) -> None:
    assert run(data_root, "ends") == 0
    assert list(data_root.iterdir()) == []


def test_what_another_run_still_writes_is_left_alone(data_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data_root / "fault-1.txt").write_text("of a run that goes on", encoding="ascii")
    with monkeypatch.context() as patch:
        patch.setattr("os.unlink", lambda _path: (_ for _ in ()).throw(PermissionError))
        Faults(data_root).begin()
    assert (data_root / "fault-1.txt").exists()
