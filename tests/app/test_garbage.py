"""When Python looks for garbage once the desk is open: at old objects only while nothing is under way."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, cast

import pytest

from onestop.app.garbage import CALM, ENOUGH, TOO_MANY, looking_again, nobody_looks
from support.screens import InlineBackground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.ui.background import QtBackground


class Moments(InlineBackground):
    """Passes when the test says so."""

    busy = False


@pytest.fixture
def moments() -> Iterator[Moments]:
    made = Moments()
    with nobody_looks():
        try:
            looking_again(cast("QtBackground", made))(None)
            yield made
        finally:
            gc.unfreeze()


@pytest.fixture
def whole_looks(moments: Moments) -> Iterator[list[int]]:
    """Note each look at all objects, which begins with none of them noted."""
    assert moments.timers
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            found.append(1)

    gc.callbacks.append(note)
    try:
        yield found
    finally:
        gc.callbacks.remove(note)


def grow_old() -> None:
    """Let as many looks at younger objects pass as make a whole one worth it, and a few more."""
    for _ in range(ENOUGH + 1):
        gc.collect(1)


def test_all_is_looked_at_in_a_calm_moment(moments: Moments, whole_looks: list[int]) -> None:
    grow_old()
    assert whole_looks == []
    moments.pass_time(CALM)
    assert whole_looks == [1]


def test_nobody_who_waits_stands_still_for_it(moments: Moments, whole_looks: list[int]) -> None:
    grow_old()
    moments.busy = True
    moments.pass_time(CALM)
    assert whole_looks == []
    moments.busy = False
    moments.pass_time(CALM)
    assert whole_looks == [1]


def test_a_program_that_does_nothing_does_not_look(moments: Moments, whole_looks: list[int]) -> None:
    gc.collect()
    whole_looks.clear()
    moments.pass_time(5 * CALM)
    assert whole_looks == []


def test_without_a_calm_moment_it_is_done_at_last() -> None:
    before = gc.get_threshold()
    with nobody_looks():
        looking_again(cast("QtBackground", Moments()))(None)
        assert gc.get_threshold() == (*before[:2], TOO_MANY)
        gc.unfreeze()
    assert gc.get_threshold() == before
