"""The table of windows: each place has a row, and its values are what the screen of that row is made from."""

from __future__ import annotations

import dataclasses
import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Final

import pytest

from onestop.app.window_table import WINDOWS
from onestop.screens import places
from onestop.screens.places import CarPlace, Place, RecordPlace
from onestop.screens.screen import Screen
from onestop.ui.desk_window import DeskWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

SHAPES: Final = {Place, CarPlace, RecordPlace}
"""Places share them; nobody goes there."""


def _class(path: str) -> type:
    module, name = path.rsplit(".", 1)
    found = getattr(import_module(module), name)
    assert isinstance(found, type)
    return found


def _places() -> Iterator[type[Place]]:
    for each in vars(places).values():
        if isinstance(each, type) and issubclass(each, Place) and each not in SHAPES:
            yield each


def test_each_place_has_a_row() -> None:
    assert set(WINDOWS) == set(_places())


@pytest.mark.parametrize("place", [*_places()], ids=lambda place: place.__name__)
def test_the_values_of_a_place_are_what_its_screen_is_made_from(place: type[Place]) -> None:
    row = WINDOWS[place]
    screen, window = _class(f"onestop.screens.{row.screen}"), _class(f"onestop.ui.windows.{row.window}")
    values = [field.name for field in dataclasses.fields(place)]
    inspect.signature(screen).bind("surroundings", **dict.fromkeys(values))
    assert issubclass(screen, Screen)
    assert issubclass(window, DeskWindow)
