"""Unsaved typing survives a crash, and a change of the form's fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.services.filing.form import FilingForm
from onestop.services.vehicle.form import VehicleForm
from support.clock import FixedClock
from support.desks import a_desk
from support.shop import a_shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom
    from support.shop import Shop


@dataclass(frozen=True)
class OlderForm:
    """A form with a field that later versions don't have, and without one that they have."""

    owner_name: str = "見本太郎"
    gone: str = "x"


@pytest.fixture
def two_desks(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[Shop]:
    with a_shop(tmp_path, clock, sandbox) as both:
        yield both


def test_what_was_typed_is_there_after_a_crash(tmp_path: Path, clock: FixedClock) -> None:
    form = FilingForm(user_name="神﨑 太郎", planned_date="いつか\n", officially_stamped=True)
    with a_desk(tmp_path, clock=clock) as room:
        room.desk.typing.keep("filing/new/1", FilingForm(user_name="神"))
        room.desk.typing.keep("filing/new/1", form)
    with a_desk(tmp_path, clock=clock) as room:
        assert room.desk.typing.found("filing/new/1", FilingForm()) == form
        assert room.desk.typing.found("filing/new/2", FilingForm()) is None


def test_saving_or_leaving_forgets_it(room: DeskRoom) -> None:
    room.desk.typing.keep("vehicle/new", VehicleForm(owner_name="見本"))
    room.desk.typing.forget("vehicle/new")
    room.desk.typing.forget("vehicle/new")
    assert room.desk.typing.found("vehicle/new", VehicleForm()) is None


def test_what_is_typed_at_one_desk_is_nothing_to_the_other(two_desks: Shop) -> None:
    one, two = two_desks.one.desk.typing, two_desks.two.desk.typing
    one.keep("vehicle/new", VehicleForm(owner_name="見本"))
    assert two.found("vehicle/new", VehicleForm()) is None
    two.keep("vehicle/new", VehicleForm(owner_name="別人"))
    two.forget("vehicle/new")
    assert one.found("vehicle/new", VehicleForm()) == VehicleForm(owner_name="見本")
    with two_desks.two.room.database.read() as shelves:
        assert [shelves.typing.is_typed(place) for place in ("vehicle/new", "vehicle")] == [True, False]


def test_what_was_moved_from_a_desk_by_itself_is_offered_once(two_desks: Shop) -> None:
    with two_desks.one.room.database.write() as shelves:
        shelves.typing.put("vehicle/new", '{"owner_name": "見本"}', two_desks.clock.now())
    typing = two_desks.two.desk.typing
    assert typing.found("vehicle/new", VehicleForm()) == VehicleForm(owner_name="見本")
    typing.forget("vehicle/new")
    assert typing.found("vehicle/new", VehicleForm()) is None


def test_a_form_of_another_version_is_read_as_far_as_it_goes(room: DeskRoom) -> None:
    room.desk.typing.keep("vehicle/new", OlderForm())
    blank = VehicleForm(fuel="軽油")
    assert room.desk.typing.found("vehicle/new", blank) == VehicleForm(owner_name="見本太郎", fuel="軽油")


def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    with a_desk(tmp_path_factory.mktemp("typing"), clock=FixedClock()) as room:

        @given(text=st.text())
        def comes_back(text: str) -> None:
            room.desk.typing.keep("vehicle/1", VehicleForm(note_info=text))
            assert room.desk.typing.found("vehicle/1", VehicleForm()) == VehicleForm(note_info=text)

        comes_back()
