"""Windows groups our windows under our name."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import TYPE_CHECKING

from onestop.app.taskbar import APP_USER_MODEL_ID, be_named_in_the_taskbar

if TYPE_CHECKING:
    import pytest


def test_windows_is_told_and_no_other_system(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []

    def library(name: str) -> SimpleNamespace:
        return SimpleNamespace(
            SetCurrentProcessExplicitAppUserModelID=lambda given: told.append((name, given.value)),
        )

    monkeypatch.setattr(ctypes, "CDLL", library)
    for platform in ("linux", "darwin", "win32"):
        be_named_in_the_taskbar(platform)
    assert told == [("shell32", APP_USER_MODEL_ID)]
