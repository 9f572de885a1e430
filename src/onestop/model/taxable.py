"""What of a car the dated tables go by, and which cars a row of such a table is for."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from onestop.model.text import fold_for_search
from onestop.model.words import PrivateOrBusiness, VehicleClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.wareki import YearMonth

_FIGURES: Final[dict[str, tuple[str, Callable[[int, int], bool]]]] = {
    "capacity_from": ("capacity", operator.ge),
    "load_kg_to": ("max_load_kg", operator.le),
    "load_kg_over": ("max_load_kg", operator.gt),
    "gross_kg_over": ("gross_weight_kg", operator.gt),
}
"""Conditions about a figure: which one, and how it has to compare with what the table says."""
_TEXTS: Final = {"class": "vehicle_class", "kind": "kind", "use": "use", "owner": "private_or_business"}
"""Conditions about a word: which one has to be among the table's."""
_IDLE_IN_SHAPES: Final = re.compile("[ー・]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxableVehicle:
    """What of a car decides its 手数料, 重量税, 自賠責保険料 and 有効期間; None or "" where it is not known."""

    vehicle_class: VehicleClass = VehicleClass.REGISTERED
    vehicle_kind: str = ""
    """自動車の種別, with or without blanks inside: 普通, 小型, 軽自動車, 大型特殊."""
    use: str = ""
    """用途: 乗用, 貨物, 乗合, 特種."""
    private_or_business: str = PrivateOrBusiness.PRIVATE
    body_shape: str = ""
    """車体の形状, such as 冷蔵冷凍車."""
    capacity: int | None = None
    """乗車定員, persons."""
    weight_kg: int | None = None
    gross_weight_kg: int | None = None
    max_load_kg: int | None = None
    first_registration: YearMonth | None = None
    rental: bool = False
    """Its plate has われ (貸渡)."""
    chosen_years: int | None = None
    """The years of the new 有効期間 as a person chose them, who knows better than any table."""

    @property
    def kind(self) -> str:
        """自動車の種別 without blanks, and without 自動車 at its end."""
        return "".join(self.vehicle_kind.split()).removesuffix("自動車")


@dataclass(frozen=True, slots=True)
class CarCondition:
    """Which cars a row of a table is for, as its `when` says it; what it does not name does not matter."""

    when: dict[str, Any]

    def fits(self, car: TaxableVehicle) -> bool:
        """Tell whether a car is one of them; what is not known of a car fits no condition about it."""
        for name, wanted in self.when.items():
            if name in _FIGURES:
                of_car, compared = _FIGURES[name]
                figure = getattr(car, of_car)
                fits = figure is not None and compared(figure, wanted)
            elif name == "shape":
                fits = shape_key(car.body_shape).endswith(tuple(map(shape_key, wanted)))
            elif name == "rental":
                fits = car.rental is wanted
            else:
                fits = getattr(car, _TEXTS[name]) in wanted
            if not fits:
                return False
        return True


@lru_cache(256)
def shape_key(shape: str) -> str:
    """Return a 車体の形状 without what is written in this way or that: width, blanks, ー, and 車 at its end."""
    return _IDLE_IN_SHAPES.sub("", fold_for_search(shape)).removesuffix("車")
