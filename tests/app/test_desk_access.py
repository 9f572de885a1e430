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

    from onestop.screens.screen import Search
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


def test_cars_are_found_while_the_rest_of_the_desk_is_being_opened(tmp_path: Path) -> None:
    access = DeskAccess()
    early: Search = lambda _text: ()  # noqa: E731 - a way of its own, told from the desk's

    def opening() -> OpenDesk:
        access.answer(early)
        assert access.search() is early
        return an_open_desk(room.desk, tmp_path)

    with a_desk(tmp_path) as room:
        access.open(opening)
        assert access.search() == room.desk.vehicles.search


def test_who_looks_for_a_car_waits_for_the_desk_where_nothing_can_be_found_before(tmp_path: Path) -> None:
    access = DeskAccess()
    with a_desk(tmp_path) as room:
        access.open(lambda: an_open_desk(room.desk, tmp_path))
        assert access.search() == room.desk.vehicles.search
        access.shut()
        access.give_up()
    with pytest.raises(NotAllowed):
        access.search()


def test_no_car_is_found_any_more_once_opening_failed() -> None:
    access = DeskAccess()

    def opening() -> OpenDesk:
        access.answer(lambda _text: ())
        raise DataFolderInUse

    with pytest.raises(DataFolderInUse):
        access.open(opening)
    with pytest.raises(DataFolderInUse):
        access.search()


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
