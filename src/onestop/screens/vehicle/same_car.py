"""What is said of another car that is stored already with the same 車台番号 or 登録番号."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.services.vehicle.service import SameCar


def same_title(same: SameCar) -> str:
    """Return what is the same."""
    return "同じ登録番号" if same.by_plate else "同じ車台番号"


def same_text(same: SameCar) -> str:
    """Name the other car, and why there may be two all the same."""
    if same.by_plate:
        return (
            f"登録番号 {same.registration_number} の車両は、すでに登録されています"
            f"(車台番号 {same.chassis_number})。\n(登録番号は、別の車両に付け替えられることがあります。)"
        )
    return (
        f"車台番号 {same.chassis_number} の車両は、すでに登録されています(登録番号 {same.registration_number})。\n"
        "(職権打刻の番号は、別の車両に再び使われることがあります。)"
    )
