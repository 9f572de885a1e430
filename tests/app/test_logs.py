"""The log file."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.app.logs import Log

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_go_into_the_file_from_a_thread_of_its_own(tmp_path: Path) -> None:
    log = Log(tmp_path / "log" / "onestop.log")
    log.begin()
    logging.getLogger("onestop.test").info("申請 %s", 1)
    log.end()
    logging.getLogger("onestop.test").info("too late")
    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert [line.partition(" INFO ")[2] for line in lines] == ["onestop.test: 申請 1"]


def test_a_program_that_says_nothing_makes_no_file(tmp_path: Path) -> None:
    log = Log(tmp_path / "log" / "onestop.log")
    log.begin()
    log.end()
    assert not log.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a folder the rights of the one around it")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    log = Log(tmp_path / "data" / "log" / "onestop.log")
    log.begin()
    logging.getLogger("onestop.test").info("early")
    log.end()
    made = [tmp_path / "data", log.path.parent, log.path]
    assert [oct(path.stat().st_mode & 0o777) for path in made] == ["0o700", "0o700", "0o600"]


def test_writing_may_begin_before_the_end(tmp_path: Path) -> None:
    log = Log(tmp_path / "log" / "onestop.log")
    log.begin()
    logging.getLogger("onestop.test").info("early")
    log.write()
    logging.getLogger("onestop.test").info("late")
    log.end()
    assert [line[-5:].strip() for line in log.path.read_text(encoding="utf-8").splitlines()] == ["early", "late"]
