"""Where a clone lies on Windows: what stands in the way of .venv is told before anything is made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from windows import place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("root", "platform", "told"),
    [
        (r"C:\Users\山田 太郎\onestop", "win-amd64", ""),
        ("C:\\" + "x" * 77, "win-amd64", "has 80 characters"),
        (r"\\server\share\onestop", "win-amd64", "on a network"),
        (r"C:\onestop", "win32", "for win32"),
        (r"C:\onestop", "win-arm64", "for win-arm64"),
    ],
)
def test_what_stands_in_the_way_is_told(root: str, platform: str, told: str) -> None:
    reason = place.why_not_here(root, platform, long_paths=False)
    assert told in reason
    assert bool(told) is bool(reason)


def test_where_long_paths_are_allowed_any_depth_will_do() -> None:
    assert not place.why_not_here("C:\\" + "x" * 300, "win-amd64", long_paths=True)


def test_a_folder_that_onedrive_copies_is_known_by_windows_variables(tmp_path: Path) -> None:
    assert place.is_synced(tmp_path / "onestop", {"OneDriveCommercial": str(tmp_path)})
    assert not place.is_synced(tmp_path / "onestop", {"OneDrive": str(tmp_path / "OneDrive"), "OneDriveConsumer": ""})


def test_a_copied_folder_is_told_and_one_that_lies_too_deep_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sysconfig.get_platform", lambda: "win-amd64")
    monkeypatch.setattr(place, "allows_long_paths", lambda: False)
    monkeypatch.setattr(place, "DEEPEST", len(str(tmp_path)))
    monkeypatch.setenv("OneDrive", str(tmp_path))
    place.look(tmp_path)
    assert capsys.readouterr().out.startswith("OneDrive copies this folder")
    monkeypatch.delenv("OneDrive")
    place.look(tmp_path)
    assert not capsys.readouterr().out
    with pytest.raises(SystemExit, match="260"):
        place.look(tmp_path / "deeper")


@pytest.mark.skipif(sys.platform == "win32", reason="there the machine says what it allows")
def test_no_other_system_has_long_paths_to_allow() -> None:
    assert not place.allows_long_paths()
