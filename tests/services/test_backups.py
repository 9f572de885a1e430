"""Backups while the desk works: taken when due, copied aside, and told when they fail."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.errors import StoreError
from onestop.services import backups as backups_module
from onestop.services.backups import BackupStanding
from onestop.store.database import Database
from onestop.store.postgres.backing import Server
from onestop.store.postgres.notes import BACKED_UP
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.sqlite.backup import backups
from support.clock import FixedClock
from support.damage import broken_middle
from support.desks import READY_SETTINGS, a_desk
from support.postgres import a_server_database, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from conftest import Listener
    from onestop.store.postgres.connecting import Door
    from support.desks import DeskRoom


@contextmanager
def a_room(tmp_path: Path, second: Path | None = None) -> Iterator[tuple[DeskRoom, FixedClock]]:
    clock = FixedClock()
    settings = READY_SETTINGS.model_copy(update={"second_backup_folder": str(second or "")})
    with a_desk(tmp_path / "data", clock=clock, settings=settings) as room:
        room.a_car()
        yield room, clock
        room.desk.backups.finish(10)


def copies(place: Path) -> list[str]:
    return sorted(file.name for file in place.glob("*/*"))


def test_a_backup_is_taken_when_it_is_due(tmp_path: Path) -> None:
    with a_room(tmp_path) as (room, clock):
        assert room.desk.backups.standing() == BackupStanding()
        for _ in range(3):
            room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(last=clock.now())
        assert len(backups(tmp_path / "data" / "backups")) == 1
        clock.advance(hours=1)
        room.a_car()
        room.desk.backups.tend()
    assert len(backups(tmp_path / "data" / "backups")) == 2


def test_the_newest_of_an_earlier_day_of_work_is_read_before_it_counts(tmp_path: Path) -> None:
    with a_room(tmp_path) as (room, _):
        room.desk.backups.tend()
    (backup,) = backups(tmp_path / "data" / "backups")
    with a_desk(tmp_path / "data") as room:
        room.desk.backups.tend()
        assert room.desk.backups.standing().last == backup.taken
    broken_middle(backup.path)
    with a_desk(tmp_path / "data") as room:
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(late=True)


def test_a_backup_that_fails_is_told_once_the_last_good_one_is_a_day_old(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("backup could not be taken")
    with a_room(tmp_path) as (room, clock):
        room.desk.backups.tend()
        last = clock.now()
        clock.advance(hours=20)
        broken_middle(room.database.path)
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(last=last, damaged=True)
        clock.advance(hours=5)
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(late=True, last=last, damaged=True)
        assert room.desk.standing.offline().backup.late


def test_when_the_first_one_fails_the_one_of_an_earlier_day_is_named(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("backup could not be taken")
    with a_room(tmp_path) as (room, clock):
        room.desk.backups.tend()
        last = clock.now()
    clock.advance(hours=2)
    with a_desk(tmp_path / "data", clock=clock) as room:
        room.a_car()
        broken_middle(room.database.path)
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(last=last, damaged=True)


def test_without_any_it_is_told_at_once(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("backup could not be taken")
    with a_room(tmp_path) as (room, _):
        (tmp_path / "data" / "backups").write_text("in the way", encoding="utf-8")
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(late=True)


def test_backups_that_cannot_be_looked_at_are_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    loud_lines.expect("backup could not be taken")

    def no_more_files(*_args: object) -> None:
        raise StoreError

    monkeypatch.setattr(backups_module, "back_up_when_due", no_more_files)
    monkeypatch.setattr(backups_module, "newest_good", no_more_files)
    with a_room(tmp_path) as (room, _):
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(late=True)


def test_practice_is_not_troubled_with_it(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("backup could not be taken")
    with a_desk(tmp_path, practice=True) as room:
        (tmp_path / "backups").write_text("in the way", encoding="utf-8")
        room.desk.backups.tend()
        assert room.desk.backups.standing().late
        assert not room.desk.standing.offline().backup.late


def test_each_backup_is_copied_to_the_second_place(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    with a_room(tmp_path, place) as (room, clock):
        for _ in range(2):
            room.desk.backups.tend()
            room.desk.backups.finish(10)
        assert copies(place) == ["onestop-20261124-091500.db"]
        clock.advance(days=1)
        room.desk.backups.tend()
        room.desk.backups.finish(10)
        assert not room.desk.backups.standing().second_fails
    assert copies(place) == ["onestop-20261124-091500.db", "onestop-20261125-091500.db"]


def test_a_second_place_that_is_not_there_is_told_and_tried_again(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("could not be copied")
    place = tmp_path / "stick"
    with a_room(tmp_path, place) as (room, _):
        room.desk.backups.tend()
        room.desk.backups.finish(10)
        assert room.desk.backups.standing().second_fails
        assert room.desk.standing.offline().backup.second_fails
        place.mkdir()
        room.desk.backups.tend()
        room.desk.backups.finish(10)
        assert not room.desk.backups.standing().second_fails
    assert copies(place) == ["onestop-20261124-091500.db"]


def test_a_second_place_that_is_given_up_is_told_no_more(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("could not be copied")
    with a_room(tmp_path, tmp_path / "absent") as (room, _):
        room.desk.backups.tend()
        room.desk.backups.finish(10)
        shutil.rmtree(tmp_path / "data" / "backups")
        settings = tmp_path / "data" / "settings.json"
        written = json.loads(settings.read_text(encoding="utf-8"))
        assert written["second_backup_folder"] == str(tmp_path / "absent")
        settings.write_text(json.dumps(written | {"second_backup_folder": ""}), "utf-8")
        room.desk.backups.tend()
        assert not room.desk.backups.standing().second_fails


def test_a_second_place_that_does_not_answer_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr(backups_module, "copy_backup", lambda _backup, _own: answers.wait(10))
    with a_room(tmp_path, tmp_path / "dead share") as (room, _):
        room.desk.backups.tend()
        room.desk.backups.tend()
        assert room.desk.backups.standing().second_fails
        answers.set()


# --- a server's


def test_what_the_administrator_noted_of_a_servers_backup_is_told_and_late_after_a_day(tmp_path: Path) -> None:
    clock = FixedClock()
    with a_shared_room(tmp_path, clock) as room:
        backups_of = room.desk.backups
        backups_of.tend()
        assert backups_of.standing() == BackupStanding(on_server=True)
        noted = clock.now().replace(microsecond=0)
        with room.database.write() as shelves:
            shelves.restored._numbers().note(BACKED_UP, int(noted.timestamp()))

        backups_of.tend()
        assert backups_of.standing() == BackupStanding(last=noted, on_server=True)
        clock.advance(days=1, seconds=1)
        assert backups_of.standing() == BackupStanding(late=True, last=noted, on_server=True)


def test_a_server_that_is_gone_leaves_what_is_known(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("when the server was backed up could not be asked")
    with a_server_database() as door, a_desk(tmp_path, shared=lambda _file, _clock: opened(door)) as room:
        room.desk.backups.tend()
        server().say(f"DROP DATABASE {door.place.database} WITH (FORCE)")
        room.desk.backups.tend()
        assert room.desk.backups.standing() == BackupStanding(on_server=True)


@contextmanager
def a_shared_room(tmp_path: Path, clock: FixedClock) -> Iterator[DeskRoom]:
    with a_server_database() as door, a_desk(tmp_path, clock=clock, shared=lambda _file, _clock: opened(door)) as room:
        yield room


def opened(door: Door) -> Database:
    clock = ServerClock(FixedClock())
    return Database(Server(door, clock), clock)
