"""Every use case of the table asks for its right where the desk hands it out, before it does anything."""

from __future__ import annotations

import dataclasses
import inspect
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.right import Right
from onestop.services.operators.rights import NEEDED
from onestop.services.operators.service import OperatorForm
from support.desks import a_desk
from support.writing_ways import writing_ways

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


@pytest.fixture(scope="module")
def one_who_looks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskRoom]:
    """Return a desk whose operator may look at everything and do nothing: no test changes it."""
    with a_desk(tmp_path_factory.mktemp("desk")) as opened:
        sign_in(opened, Right.LOOK)
        yield opened


@pytest.mark.parametrize("way", NEEDED)
def test_each_row_of_the_table_names_a_use_case_that_is_guarded(one_who_looks: DeskRoom, way: str) -> None:
    method = found(one_who_looks, way)
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


FREE = {
    "inspections.current": "notes that the car was looked at",
    "relay.planning.plan": "the same",
    "arrivals.look": "takes over what an older release had put off, at its first look",
    "arrivals.put_off": "leaves files where they wait: nothing is decided about them",
    "scans.*": "pieces of codes that are being read: a draft, until 取込 is accepted",
    "typing.*": "drafts of what is being typed: nothing is saved",
    "editing.*": "says who types, for a minute",
    "*.tend": "the program by itself goes on with what somebody began who had the right",
    "*.delivery.settle*": "the same, at the start and by F7",
    "*.delivery.restore_check.run": "the same, after a backup was restored",
    "*.delivery.progress.*": "writes down what a service says of a record: asking needs no right",
    "*.refresh": "the same",
    "*.delivery.sender.*": "a part of delivery that no screen is handed; issue() asks for the right",
    "*.delivery.taking_back.*": "the same; withdraw(), cancel() and delete() ask for it",
    "rates.put_in_force": "at the opening, when nobody can have signed in yet",
    "settings.access.check_connection": "finds out which of two passwords holds, and changes neither",
    "settings.access.recover_reset": "the same",
    "settings.remember_*": "what this machine used last: sizes, folders and places of windows",
    "standing.ask": "keeps what was heard of newer versions",
    "operators.sign_in": "how somebody comes by a right; counts wrong PINs",
    "operators.release": "said at the start by the owner of the data folder; no screen calls it",
    "changes.note_settings": "the history of settings.save(), which asks for the right",
}
"""Ways that write and need no right, each with its reason."""


def test_each_use_case_that_writes_needs_a_right_or_has_a_reason_why_not(room: DeskRoom) -> None:
    parts = {each.name: getattr(room.desk, each.name) for each in dataclasses.fields(room.desk)}
    ways = {way for name, part in parts.items() for way in writing_ways(getattr(part, "_part", part), f"{name}.")}
    free = ways - NEEDED.keys()

    assert len(ways - free) > 30
    assert {way for way in free if not any(fnmatchcase(way, each) for each in FREE)} == set()
    assert {each for each in FREE if not any(fnmatchcase(way, each) for way in free)} == set()
