"""What is asked before a car is saved: whether it is another that is stored already, and what a later 満了日 means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.places import VehiclePlace
from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Screen
    from onestop.services.vehicle.service import SameCar

LATER_EXPIRY: Final = (
    "満了日が、今より後の日になります。\n新しい車検証の満了日のときは、今回の車検が終わります。"
    "\n今までの満了日が間違っていたときは、今回の車検をそのまま続けます。どちらですか。"
)


def same_car_question(screen: Screen, same: SameCar, save: Choice, back: Callable[[], None]) -> Question:
    """Return the question about another car with the same 車台番号 or 登録番号."""
    choices = (
        Choice("既存の車両を開く", lambda: screen.navigator.show(VehiclePlace(same.vehicle_id))),
        save,
        Choice("戻る", back, safe=True),
    )
    return Question("同じ登録番号" if same.by_plate else "同じ車台番号", same_text(same), choices)


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


def renewal_question(go: Callable[[bool], None], back: Callable[[], None]) -> Question:
    """Return the question about a later 満了日; `go` hears whether 今回の車検 ends."""
    choices = (
        Choice("新しい車検証", lambda: go(True)),  # noqa: FBT003 - the one thing it says
        Choice("入力の訂正", lambda: go(False)),  # noqa: FBT003 - the same
        Choice("戻る", back, safe=True),
    )
    return Question("満了日の変更", LATER_EXPIRY, choices)
