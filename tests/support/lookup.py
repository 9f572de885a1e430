"""照会 on a stage, and which cars it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.vehicle.lookup_screen import LookupScreen

if TYPE_CHECKING:
    from support.screens import Stage


def opened(stage: Stage) -> LookupScreen:
    """Open 照会."""
    return stage.open(LookupScreen(stage.surroundings))


def plates(screen: LookupScreen) -> list[str]:
    """Return the numbers of the cars that it lists."""
    return [row.registration_number for row in screen.found.records]
