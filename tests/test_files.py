"""What another program holds for a moment is tried again for a moment."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from onestop import files
from onestop.files import patiently
from support.held import HeldFiles

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_is_let_go_in_time_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    held = HeldFiles(monkeypatch)
    held.hold("a", times=3)
    patiently(lambda: (tmp_path / "a").replace(tmp_path / "b"))

    assert held.refused == 3
    assert (tmp_path / "b").read_text(encoding="utf-8") == "a"


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    held = HeldFiles(monkeypatch)
    held.hold("a")
    with pytest.raises(PermissionError):
        patiently((tmp_path / "a").unlink)

    assert held.refused == 4


def test_what_is_not_there_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = HeldFiles(monkeypatch)
    monkeypatch.setattr("time.sleep", pytest.fail)
    with pytest.raises(FileNotFoundError):
        patiently((tmp_path / "a").unlink)

    assert held.refused == 0


def test_patience_is_about_a_second_where_open_files_are_held_and_none_elsewhere() -> None:
    assert sum(files.PAUSES) == pytest.approx(1.0 if sys.platform == "win32" else 0.0)
