"""車両 新規/修正 on a stage, and what was stored or kept of what is typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.vehicle.screen import NEW_PLACE, VehicleScreen
from onestop.services.vehicle.form import VehicleForm

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.screens import Stage

SECOND: Final = 1000
"""Milliseconds."""


def opened(stage: Stage, vehicle_id: int | None = None) -> VehicleScreen:
    """Open a car, or a new one."""
    return stage.open(VehicleScreen(stage.surroundings, vehicle_id))


def stored(room: DeskRoom, vehicle_id: int) -> VehicleForm:
    """Return a car as it is stored."""
    return room.desk.vehicles.open(vehicle_id).form


def unsaved(room: DeskRoom, place: str = NEW_PLACE) -> VehicleForm | None:
    """Return what was being typed, or None when nothing is kept."""
    return room.desk.typing.found(place, VehicleForm())
