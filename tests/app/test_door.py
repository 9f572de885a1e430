"""The door to the desk: workers wait, and are told what went wrong."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.app.door import Door
from onestop.app.opening import OpenDesk
from onestop.errors import DataFolderInUse, NotAllowed
from onestop.paths import DataFolder
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.desk import Desk


def an_open_desk(desk: Desk, folder: Path) -> OpenDesk:
    return OpenDesk(
        desk, practice=True, folder=DataFolder(folder), text_scale=100, unread=(), synced=False, _closing=ExitStack()
    )


def test_a_worker_waits_for_the_desk(tmp_path: Path) -> None:
    door = Door()
    got: list[Desk] = []
    worker = threading.Thread(target=lambda: got.append(door.desk()))
    worker.start()
    with a_desk(tmp_path) as room:
        opened = door.open(lambda: an_open_desk(room.desk, tmp_path))
        worker.join(10)
        assert got == [room.desk]
        assert door.open_now() is opened
        assert door.shut() is opened


def test_nobody_waits_for_what_is_open_now() -> None:
    door = Door()
    assert door.open_now() is None
    with pytest.raises(DataFolderInUse):
        door.open(_in_use)
    assert door.open_now() is None


def _in_use() -> OpenDesk:
    raise DataFolderInUse


def test_who_waits_is_told_why_it_could_not_be_opened() -> None:
    door = Door()

    def fails() -> OpenDesk:
        raise DataFolderInUse

    with pytest.raises(DataFolderInUse):
        door.open(fails)
    with pytest.raises(DataFolderInUse):
        door.desk()
    assert door.shut() is None


def test_a_door_that_nobody_opened_has_nothing_behind_it() -> None:
    assert Door().shut() is None


def test_who_waits_for_a_desk_that_nobody_opens_is_sent_away_at_the_end() -> None:
    door = Door()
    door.give_up()
    door.give_up()
    with pytest.raises(NotAllowed):
        door.desk()


def test_nobody_is_sent_away_while_it_is_being_opened(tmp_path: Path) -> None:
    door = Door()

    door.announce()
    door.give_up()
    with a_desk(tmp_path) as room:
        door.open(lambda: an_open_desk(room.desk, tmp_path))
        assert door.desk() is room.desk
