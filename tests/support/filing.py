"""Filings on their way: F5 whose answer never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop_sandbox import Kind, Trouble

if TYPE_CHECKING:
    from support.desks import DeskRoom


def lose_the_answer(room: DeskRoom, number: int, *, acted: bool) -> None:
    """Press F5 and let no answer come."""
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling", after=acted))
    with pytest.raises(errors.NoAnswer):
        room.desk.issuing.issue(number)
