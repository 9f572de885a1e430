"""What a 登録番号 tells of its car beyond itself: 自動車の種別, 用途, 自家用・事業用の別. A proposal, never more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onestop.model.plate_tables import class_meaning, uses_of_kana
from onestop.model.words import PrivateOrBusiness, VehicleClass

_KIND: Final = "普通"
_USES: Final = ("乗用", "貨物", "乗合")


@dataclass(frozen=True, slots=True)
class ToldByPlate:
    """Words as they stand on a 車検証; empty where the plate leaves it open."""

    vehicle_kind: str = ""
    use: str = ""
    private_or_business: str = ""


def told_by_plate(class_number: str, kana: str) -> ToldByPlate:
    """Read a 分類番号 and a かな (resources/plates/plate_grammar.json).

    4 to 8 stand on 小型 and 軽, or on 特種 of any kind: they leave the 自動車の種別 open, and the かな tells only what
    it tells on both.
    """
    meaning = class_meaning(class_number) or ""
    if not meaning or not kana:
        return ToldByPlate()
    is_registered = meaning.startswith(_KIND)
    use = next((each for each in _USES if each in meaning), "")
    classes = (VehicleClass.REGISTERED,) if is_registered else (VehicleClass.REGISTERED, VehicleClass.KEI)
    words = (PrivateOrBusiness.PRIVATE, PrivateOrBusiness.BUSINESS)
    told = (word for word in words if all(word in uses_of_kana(kana, each) for each in classes))
    return ToldByPlate(_KIND if is_registered else "", use, next(told, ""))
