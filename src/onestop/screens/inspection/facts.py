"""What the panels of ワンストップサービス and 連動発行 show: a value each; and those of 車両情報."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.model.cover_words import last_application_words
from onestop.screens.vehicle.labels import SAME_AS_OWNER
from onestop.screens.vehicle.lookup_rows import expiry_text, expiry_tone
from onestop.services.inspection.current import days_in

if TYPE_CHECKING:
    import datetime as dt

    from onestop.screens.ports import Tone
    from onestop.services.inspection.current import CurrentInspection


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a panel: its English name, its Japanese label, and what stands there."""

    name: str
    label: str
    text: str = dataclasses.field(default="", repr=False)
    tone: Tone | None = None
    """For its colour; the words say the same."""


def car_facts(current: CurrentInspection | None, today: dt.date) -> tuple[Fact, ...]:
    """Return 車両情報; always the same names in the same order."""
    car = current.vehicle if current else None
    shown_user = SAME_AS_OWNER if car and car.user_equals_owner else None
    expiry = car.expiry_date if car else None
    return (
        Fact("owner_name", "所有者の氏名", car.owner_name if car else ""),
        Fact("owner_address", "所有者の住所", car.owner_address1 + car.owner_address2 if car else ""),
        Fact("user_name", "使用者の氏名", shown_user or (car.user_name if car else "")),
        Fact("user_address", "使用者の住所", shown_user or (car.user_address1 + car.user_address2 if car else "")),
        Fact("expiry_date", "満了日", expiry_text(expiry, today), expiry_tone(expiry, today)),
        Fact("vehicle_name", "車名", car.vehicle_name if car else ""),
        Fact("model_code", "型式", car.model_code if car else ""),
        Fact("registration_number", "登録番号", car.registration_number.display() if car else ""),
        Fact("chassis_number", "車台番号", car.chassis_number if car else ""),
        Fact("last_application_date", "最終の検査申請日", _last_application(current, today)),
    )


def _last_application(current: CurrentInspection | None, today: dt.date) -> str:
    """Return 最終の検査申請日 of 今回の車検, as far as it is known."""
    if current is None or current.inspection is None:
        return ""
    return last_application_words(days_in(current, today))
