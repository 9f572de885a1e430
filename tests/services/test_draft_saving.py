"""Unsaved typing survives a crash, and a change of the form's fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from onestop.services.filing.form import FilingForm
from onestop.services.vehicle.form import VehicleForm
from support.clock import FixedClock
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from support.desks import DeskRoom


@dataclass(frozen=True)
class OlderForm:
    """A form with a field that later versions don't have, and without one that they have."""

    owner_name: str = "見本太郎"
    gone: str = "x"


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
