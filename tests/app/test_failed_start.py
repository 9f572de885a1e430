"""A start for which a part of the program is missing, on systems with and without a console."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from onestop.__main__ import main
from onestop.app.failed_start import TITLE, WORDS, tell_without_qt

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


@pytest.mark.skipif(sys.platform == "win32", reason="there a box waits for a person")
def test_a_missing_part_is_said_and_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    loud_lines.expect("bug: ModuleNotFoundError")
    monkeypatch.setitem(sys.modules, "onestop.app.run", None)
    assert main(["--data-dir", str(tmp_path)]) == 1

    log = tmp_path / "log" / "onestop.log"
    assert "bug: ModuleNotFoundError" in log.read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert WORDS in told
    assert str(log) in told


def test_without_a_console_it_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    loud_lines.expect("bug: ImportError")
    monkeypatch.setattr(sys, "stderr", None)
    assert tell_without_qt(ImportError("a.dll"), tmp_path / "log" / "onestop.log", "linux") == 1
    assert "bug: ImportError" in (tmp_path / "log" / "onestop.log").read_text(encoding="utf-8")


def test_windows_shows_a_box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener) -> None:
    loud_lines.expect("bug: ImportError")
    shown: list[tuple[object, ...]] = []
    user32 = SimpleNamespace(MessageBoxW=lambda *box: shown.append(box))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    assert tell_without_qt(ImportError("a.dll"), tmp_path / "log" / "onestop.log", "win32") == 1

    ((_, words, title, _),) = shown
    assert str(words).startswith(WORDS)
    assert "a.dll" not in str(words)
    assert title == TITLE
