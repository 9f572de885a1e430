"""The log file."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.app.logs import LARGEST, Log
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path


def files_of(log: Log) -> list[Path]:
    """Return the files of a log, the oldest first."""
    return sorted(log.path.parent.iterdir(), reverse=True)


def a_nearly_full_one(tmp_path: Path, room_for: int) -> tuple[Log, list[str]]:
    """Return a log whose file takes so many bytes more, and the lines in it."""
    log = Log(tmp_path / "log" / "onestop.log")
    log.path.parent.mkdir(mode=0o700)
    lines = [f"{n:099d}" for n in range((LARGEST - room_for) // 100)]
    log.path.touch(mode=0o600)
    log.path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return log, lines


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a file the rights of its folder")
def test_a_file_that_takes_the_place_of_a_full_one_is_nobody_elses_from_its_first_line_on(tmp_path: Path) -> None:
    log, _ = a_nearly_full_one(tmp_path, room_for=100)
    log.begin()
    logging.getLogger("onestop.test").info("what makes it too large, and is the first line of the next")
    log.end()
    assert [(file.name, oct(file.stat().st_mode & 0o777)) for file in files_of(log)] == [
        ("onestop.log.1", "0o600"),
        ("onestop.log", "0o600"),
    ]


def test_a_log_that_becomes_full_at_work_loses_no_line_stops_nobody_and_knows_nobody(tmp_path: Path) -> None:
    log, before = a_nearly_full_one(tmp_path, room_for=600)
    log.begin()
    log.write()
    with a_desk(tmp_path / "data") as room:
        for number in room.drafts(5):
            room.desk.filings.delivery.issue(number)
            room.desk.filings.delivery.progress.refresh(number)
            assert room.times_filed(number) == 1
        with room.database.read() as shelves:
            car = shelves.vehicles.get(1)
    log.end()
    assert [file.name for file in files_of(log)] == ["onestop.log.1", "onestop.log"]
    assert all(file.stat().st_size <= LARGEST for file in files_of(log))
    lines = "".join(file.read_text(encoding="utf-8") for file in files_of(log)).splitlines()
    assert lines[: len(before)] == before
    told = lines[len(before) :]
    assert [line.partition("transport: ")[2].partition(":")[0] for line in told] == ["submitFiling", "getFiling"] * 5
    for private in (car.owner_name, car.owner_address1, car.chassis_number, car.registration_number.area):
        assert private
        assert private not in "".join(told)
