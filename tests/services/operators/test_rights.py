"""Every use case of the table asks for its right where the desk hands it out, before it does anything."""

from __future__ import annotations

import dataclasses
import inspect
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.right import Right
from onestop.services.operators.rights import NEEDED
from onestop.services.operators.service import OperatorForm
from support.desks import a_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

PIN = "1234"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as opened:
        yield opened


def sign_in(room: DeskRoom, right: Right) -> None:
    """Make one who may administer, and another with a right, who signs in."""
    operators = room.desk.operators
    boss = operators.save(OperatorForm("所長", "", Right.ADMINISTER.value, PIN, PIN), None)
    operators.sign_in(boss.id, PIN)
    other = operators.save(OperatorForm("田中", "", right.value, PIN, PIN), None)
    operators.sign_in(other.id, PIN)


def found(room: DeskRoom, way: str) -> object:
    part: object = room.desk
    for name in way.split("."):
        part = getattr(part, name)
    return part


@pytest.mark.parametrize("way", NEEDED)
def test_each_row_of_the_table_names_a_use_case_that_is_guarded(room: DeskRoom, way: str) -> None:
    sign_in(room, Right.LOOK)

    method = found(room, way)
    assert callable(method)
    wanted = [each for each in inspect.signature(method).parameters.values() if each.default is each.empty]
    positional = [None for each in wanted if each.kind is not each.KEYWORD_ONLY]

    with pytest.raises(errors.NotAllowed, match=f"「{NEEDED[way].value}」の権限が要ります"):
        method(*positional)


def test_who_may_prepare_saves_a_car_and_sends_nothing(room: DeskRoom) -> None:
    number = room.a_draft()
    sign_in(room, Right.PREPARE)

    opened = room.desk.vehicles.open(room.filing(number).vehicle_id)
    car = room.desk.vehicles.save(opened, dataclasses.replace(opened.form, fuel="軽油"))

    with pytest.raises(errors.NotAllowed):
        room.desk.filings.delivery.issue(number)
    assert room.times_filed(number) == 0
    with room.database.read() as shelves:
        assert shelves.changes.of_vehicle(car)[0].operator == "田中"


def test_who_may_send_files_it(room: DeskRoom) -> None:
    number = room.a_draft()
    sign_in(room, Right.SEND)

    room.desk.filings.delivery.issue(number)

    assert room.times_filed(number) == 1


def test_where_the_shop_has_no_operators_nothing_changes(room: DeskRoom) -> None:
    number = room.a_draft()

    room.desk.filings.delivery.issue(number)

    assert room.times_filed(number) == 1
