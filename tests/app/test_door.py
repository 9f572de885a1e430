"""The door to the desk: workers wait, and are told what went wrong."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from onestop.app.door import Door
from onestop.app.opening import OpenDesk
from onestop.errors import DataFolderInUse
from onestop.paths import DataFolder
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.desk import Desk


def test_a_worker_waits_for_the_desk(tmp_path: Path) -> None:
    door = Door()
    got: list[Desk] = []
    worker = threading.Thread(target=lambda: got.append(door.desk()))
    worker.start()
    with a_desk(tmp_path) as room:
        opened = door.open(
            lambda: OpenDesk(
                room.desk, practice=True, text_scale=100, folder=DataFolder(tmp_path), _closing=ExitStack()
            )
        )
        worker.join(10)
        assert got == [room.desk]
        assert door.shut() is opened


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
