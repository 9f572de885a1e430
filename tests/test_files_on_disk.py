"""Files that are put in place survive a power cut under their names."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import pytest

from onestop import files
from onestop.files import put_durably
from onestop.store.settings_file import Settings, save_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of the files and folders that are written to the disk, as they are."""
    numbers: list[int] = []
    real = os.fsync

    def noting(descriptor: int) -> None:
        numbers.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr("os.fsync", noting)
    return numbers


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folder")
def test_the_file_is_written_first_and_then_its_name(tmp_path: Path, synced: list[int]) -> None:
    (tmp_path / "new").write_text("new", encoding="utf-8")
    put_durably(tmp_path / "new", tmp_path / "kept")

    assert synced == [(tmp_path / "kept").stat().st_ino, tmp_path.stat().st_ino]


def test_windows_has_no_folder_to_write(tmp_path: Path, synced: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SYNCS_FOLDERS", False)
    (tmp_path / "new").write_text("new", encoding="utf-8")
    put_durably(tmp_path / "new", tmp_path / "kept")

    assert len(synced) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folder")
def test_the_settings_keep_their_name(tmp_path: Path, synced: list[int]) -> None:
    save_settings(tmp_path / "settings.json", Settings())

    assert tmp_path.stat().st_ino in synced


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens no folder")
def test_a_disk_that_knows_nothing_of_folders_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(number: int) -> None:
        monkeypatch.setattr("os.fsync", lambda _descriptor: (_ for _ in ()).throw(OSError(number, "")))

    failing(errno.EINVAL)
    files.sync_folder(tmp_path)
    failing(errno.EIO)
    with pytest.raises(OSError, match=str(errno.EIO)):
        files.sync_folder(tmp_path)
