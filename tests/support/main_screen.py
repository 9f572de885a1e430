"""ワンストップサービス without Qt, at a real desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.screens.inspection.main_screen import MainScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.screens.inspection.facts import Fact
    from support.desks import DeskRoom
    from support.screens import Stage


@dataclass(frozen=True, slots=True)
class Here:
    """A stage, and the desk behind it."""

    room: DeskRoom
    stage: Stage

    def open(self, vehicle_id: int) -> MainScreen:
        return self.stage.open(MainScreen(self.stage.surroundings, vehicle_id))


def texts(facts: Sequence[Fact]) -> list[str]:
    """Return what stands in the places of a panel."""
    return [fact.text for fact in facts]
