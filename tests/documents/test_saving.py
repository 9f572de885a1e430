"""A file is written whole or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from onestop.documents.saving import put_in_place
from onestop.errors import FileNotWritten
from support.held import HeldFiles
from support.links import link

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_are_made_and_the_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "帳票" / "2026" / "元帳.csv"
    for text in ("old", "new"):
        with put_in_place(path) as part:
            part.write_text(text, encoding="utf-8")
    assert path.read_text("utf-8") == "new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder says who may read")
def test_nobody_else_may_read_it_from_before_the_first_byte_on(tmp_path: Path) -> None:
    path = tmp_path / "元帳.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o644)
    with put_in_place(path) as part:
        before = part.stat().st_mode & 0o777
        part.write_text("new", encoding="utf-8")
    assert (before, path.stat().st_mode & 0o777) == (0o600, 0o600)


def test_a_link_that_lies_in_the_way_leads_nowhere(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "元帳.csv", tmp_path / "elsewhere"
    link(tmp_path / "元帳.csv.part", elsewhere)
    with put_in_place(path) as part:
        part.write_text("new", encoding="utf-8")
    assert path.read_text("utf-8") == "new"
    assert not elsewhere.exists()


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "元帳.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), put_in_place(path) as part:
        part.write_text("half 𠮷", encoding="cp932")
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_no_room_or_no_right_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten), put_in_place(tmp_path / "a.csv"):
        raise OSError(28, "No space left on device")
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(FileNotWritten), put_in_place(tmp_path / "taken" / "a.csv"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileNotWritten), put_in_place(tmp_path / "folder") as part:
        part.write_text("", encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "taken"]


def test_a_file_that_a_scanner_holds_for_a_moment_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "元帳.csv"
    path.write_text("old", encoding="utf-8")
    held = HeldFiles(monkeypatch)
    held.hold("元帳.csv", times=3)
    with put_in_place(path) as part:
        part.write_text("new", encoding="utf-8")
    assert held.refused == 3
    assert path.read_text("utf-8") == "new"


def test_a_file_that_is_open_in_excel_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "元帳.csv"
    path.write_text("old", encoding="utf-8")
    held = HeldFiles(monkeypatch)
    held.hold("元帳.csv")
    with pytest.raises(FileNotWritten), put_in_place(path) as part:
        part.write_text("new", encoding="utf-8")
    held.let_go()
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
