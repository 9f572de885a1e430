"""The marks of saves: in the file and beside it."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.saves import KEPT, SURE_AFTER, KnownSaves, Mark, beside, known_mark, mark_save, missing_saves
from support.builders import a_vehicle
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def missing(path: Path, known: Mark | None) -> int:
    with closing(connect_raw(path, read_only=True)) as raw:
        return missing_saves(raw, known)


def test_each_save_is_known_beside_the_file(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        assert known_mark(database.path) is None
        for number in (1, 2):
            with database.write() as shelves:
                shelves.vehicles.add(a_vehicle())
            known = known_mark(database.path)
            assert known is not None
            assert known.number == number
            assert missing(database.path, known) == 0


def test_a_save_that_changes_nothing_is_none(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.count()
        assert known_mark(database.path) is None


def test_a_save_that_was_taken_back_is_none(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with pytest.raises(NotAllowed), database.write() as shelves:
            shelves.vehicles.add(a_vehicle()).id += shelves.vehicles.get(99).id
        assert known_mark(database.path) is None


def test_fewer_saves_than_were_known_are_counted(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    with closing(connect_raw(path)) as raw:
        assert missing(path, Mark(3, 1)) == 3
        first = mark_save(raw)
        assert missing(path, None) == 0
        assert missing(path, first) == 0
        assert missing(path, Mark(3, 1)) == 2
        assert missing(path, Mark(1, first.token ^ 1)) == 1, "another desk's file has as many saves"
        for _ in range(KEPT):
            mark_save(raw)
        assert missing(path, first) == 1, "so long ago was no save known last"
        assert raw.execute("SELECT count(*) FROM save_mark").fetchone() == (KEPT,)


@pytest.mark.parametrize("stored", [b"", b"short", bytes(20), bytes(40)])
def test_what_is_damaged_beside_the_file_is_not_known(tmp_path: Path, stored: bytes) -> None:
    beside(tmp_path / "onestop.db").write_bytes(stored)

    assert known_mark(tmp_path / "onestop.db") is None


def test_a_later_save_is_not_overtaken_by_an_earlier_one(tmp_path: Path) -> None:
    known = KnownSaves(tmp_path / "onestop.db")
    known.note(Mark(2, 22))
    known.note(Mark(1, 11))

    assert known_mark(tmp_path / "onestop.db") == Mark(2, 22)


def test_the_disk_has_the_mark_for_sure_after_some_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    known = KnownSaves(tmp_path / "onestop.db")
    for number in range(1, 2 * SURE_AFTER + 2):
        known.note(Mark(number, number))

    assert len(synced) == 2
    assert SURE_AFTER < KEPT, "else a power cut could look like a loss"


def test_a_mark_that_cannot_be_kept_takes_no_save_back(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("the mark of a save could not be kept: FileNotFoundError")
    KnownSaves(tmp_path / "absent" / "onestop.db").note(Mark(1, 1))
