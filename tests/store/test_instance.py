"""One instance for each data folder, whatever became of the one before."""

from __future__ import annotations

import errno
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from onestop.errors import DataFolderInUse, LocksRefused, StoreError
from onestop.paths import DataFolder
from onestop.store import instance
from onestop.store.instance import claim

OPEN = Path("/proc/self/fd")
HOLDER = """
import sys
from pathlib import Path
from onestop.paths import DataFolder
from onestop.store.instance import claim
held = claim(DataFolder(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_instance_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    first = claim(folder)
    with pytest.raises(DataFolderInUse):
        claim(folder)
    first.release()

    claim(folder).release()


def test_other_folders_are_free(tmp_path: Path) -> None:
    real, practice = claim(DataFolder(tmp_path)), claim(DataFolder(tmp_path).practice)

    practice.release()
    real.release()


def test_a_killed_instance_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DataFolderInUse):
            claim(DataFolder(tmp_path))
        holder.kill()

    claim(DataFolder(tmp_path)).release()


def test_a_folder_that_cannot_be_made_is_the_machines_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"FileExistsError|NotADirectoryError"):
        claim(DataFolder(tmp_path / "file"))


def test_a_lock_file_that_is_deleted_lets_nobody_in(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    first = claim(folder)
    with suppress(OSError):  # on Windows it cannot be
        folder.lock.unlink()
    for _ in range(2):
        with pytest.raises(DataFolderInUse):
            claim(folder)
    first.release()
    first.release()

    claim(folder).release()


@pytest.mark.skipif(not OPEN.is_dir(), reason="what is open is listed on Linux alone")
def test_who_is_refused_leaves_nothing_open(tmp_path: Path) -> None:
    first = claim(DataFolder(tmp_path))
    before = len([*OPEN.iterdir()])
    with pytest.raises(DataFolderInUse):
        claim(DataFolder(tmp_path))
    assert len([*OPEN.iterdir()]) == before
    first.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flock")
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK])
def test_a_folder_that_takes_no_locks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(number, "no locks here")

    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", no_locks)
        with pytest.raises(LocksRefused):
            claim(DataFolder(tmp_path))
    claim(DataFolder(tmp_path)).release()


def test_windows_locks_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "LOCKS_FOLDERS", False)
    first = claim(DataFolder(tmp_path))
    with pytest.raises(DataFolderInUse):
        claim(DataFolder(tmp_path))
    first.release()
    claim(DataFolder(tmp_path)).release()
