"""What the trial on Windows' Python is put together from; the trial itself runs by command alone."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest

from windows import pieces, trial

if TYPE_CHECKING:
    from pathlib import Path

PINS = """# by a resolver
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via pytest
secretstorage==3.5.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
sqlalchemy==2.0.50 \\
    --hash=sha256:dd
"""


def test_windows_gets_what_is_pinned_but_for_what_linux_alone_has(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(PINS, encoding="utf-8")
    found = pieces.pinned_for_windows(tmp_path / "requirements.txt")
    assert found == "colorama==0.4.6 --hash=sha256:aa --hash=sha256:bb\nsqlalchemy==2.0.50 --hash=sha256:dd\n"


def test_every_pin_of_ours_is_understood() -> None:
    pinned = pieces.pinned_for_windows(pieces.ROOT / "requirements.txt").splitlines()
    assert len(pinned) > 50
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+(\[.*\])?==\S+( --hash=sha256:[0-9a-f]{64})+", line) for line in pinned)


def test_the_names_that_a_dll_exports_are_found() -> None:
    table = "[Ordinal/Name Pointer] Table\n\t[   0] +base[   1] 0000 PyAIter_Check\n\t[   1] PyArg_Parse\n\n"
    assert pieces.NAMES.findall(table) == ["PyAIter_Check", "PyArg_Parse"]


def test_another_python_is_refused_before_anything_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    with pytest.raises(SystemExit, match=r"3\.11"):
        pieces.check_python()


def test_paths_of_this_machine_do_not_reach_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PIP_INDEX_URL", "SSL_CERT_FILE", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "/somewhere")
    there = trial.environment()
    assert not [name for name, value in there.items() if value == "/somewhere"]
    assert there["LANG"] == "ja_JP.UTF-8"


def test_without_a_word_it_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert trial.main([]) == 2
    assert "setup" in capsys.readouterr().out


def test_all_tests_are_tried_a_folder_at_a_time_and_the_files_beside_them() -> None:
    *folders, files = trial.everything()
    assert ["tests/app"] in folders
    assert ["tests/journeys"] in folders
    assert not [folder for folder in folders if folder == ["tests/support"]]
    assert "tests/test_windows_trial.py" in files
