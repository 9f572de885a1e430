"""The access to the desk: workers wait, and are told what went wrong."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.app.desk_access import DeskAccess
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
    access = DeskAccess()
    got: list[Desk] = []
    worker = threading.Thread(target=lambda: got.append(access.desk()))
    worker.start()
    with a_desk(tmp_path) as room:
        opened = access.open(lambda: an_open_desk(room.desk, tmp_path))
        worker.join(10)
        assert got == [room.desk]
        assert access.open_now() is opened
        assert access.shut() is opened


def test_nobody_waits_for_what_is_open_now() -> None:
    access = DeskAccess()
    assert access.open_now() is None
    with pytest.raises(DataFolderInUse):
        access.open(_in_use)
    assert access.open_now() is None


def _in_use() -> OpenDesk:
    raise DataFolderInUse


def test_who_waits_is_told_why_it_could_not_be_opened() -> None:
    access = DeskAccess()

    def fails() -> OpenDesk:
        raise DataFolderInUse

    with pytest.raises(DataFolderInUse):
        access.open(fails)
    with pytest.raises(DataFolderInUse):
        access.desk()
    assert access.shut() is None


def test_a_door_that_nobody_opened_has_nothing_behind_it() -> None:
    assert DeskAccess().shut() is None


def test_who_waits_for_a_desk_that_nobody_opens_is_sent_away_at_the_end() -> None:
    access = DeskAccess()
    access.give_up()
    access.give_up()
    with pytest.raises(NotAllowed):
        access.desk()


def test_nobody_is_sent_away_while_it_is_being_opened(tmp_path: Path) -> None:
    access = DeskAccess()

    access.announce()
    access.give_up()
    with a_desk(tmp_path) as room:
        access.open(lambda: an_open_desk(room.desk, tmp_path))
        assert access.desk() is room.desk
