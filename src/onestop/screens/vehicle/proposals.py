"""What is put into empty fields for the clerk: values of cars of the type, of the car before, of the plate, of a sum.

Beside each stands where it came from, until the clerk types into it; nothing typed is ever written over.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from onestop.model.provenance import Provenance, SourceKind
from onestop.model.text import to_capitals
from onestop.model.told_by_plate import told_by_plate
from onestop.model.weights import gross_weight
from onestop.screens.function_key import YES, Can, no
from onestop.screens.vehicle.labels import LABELS, PLATE, POSTCODES, field_on_glass_of, names_in_form
from onestop.services.form_fields import read_number
from onestop.services.vehicle.form import NEW_CAR, OF_THE_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop.errors import Problem
    from onestop.screens.vehicle.screen import VehicleScreen
    from onestop.services.vehicle.form import VehicleForm
    from onestop.services.vehicle.importing import ImportPlan

PAIR: Final = {"type_designation": 5, "classification_number": 4}
"""型式指定番号 and 類別区分番号, and how many digits each has."""
OF_LIKE, OF_PREVIOUS, OF_PLATE, OF_SUM, OF_CODES = "同型車から", "前の車から", "番号から", "計算値", "QRから"
KINDS: Final = {
    **dict.fromkeys((OF_LIKE, OF_PREVIOUS), Provenance(SourceKind.TEMPLATE)),
    **dict.fromkeys((OF_PLATE, OF_SUM), Provenance(SourceKind.RECKONED)),
}
"""The source that is stored with a value of each kind."""
TAKEN: Final = "同じ型の車両の値を{count}項目に入れました。車検証と見比べてください。違う項目は入力し直します。"
NOTHING_LEFT: Final = "空いている項目がありません。"
NOT_HERE: Final = "この項目には、前の車の値を入れられません。"
WEIGHED: Final = ("weight_kg", "capacity", "max_load_kg", "ff_axle_kg", "fr_axle_kg", "rf_axle_kg")
"""From what a weight is reckoned."""
NOT_SHARED: Final = ("", PLATE, "chassis_number", *POSTCODES)
"""What is of one car alone."""


class Proposals:
    """The proposals of one form, and where each value came from."""

    def __init__(self, screen: VehicleScreen) -> None:
        self.previous: VehicleForm | None = None
        """The car that was saved before in this session."""
        self._screen = screen
        self._like: VehicleForm | None = None
        self._pair: tuple[str, ...] = ()
        self._origins: dict[str, str] = {}
        self._codes = Provenance(SourceKind.QR)
        """What was read of the codes of its 車検証."""

    def origin(self, field: str) -> str:
        """Return what to say beside a field of where its value comes from, or what could come."""
        if field == "classification_number" and self.can_take_like():
            return "Alt+D で同じ型の値"
        return self._origins.get(field, "")

    def sources(self) -> dict[str, Provenance]:
        """Return by field where the values come from that were put in and are there still."""
        kinds = KINDS | {OF_CODES: self._codes}
        return {name: kinds[origin] for field, origin in self._origins.items() for name in names_in_form(field)}

    def is_proposed(self, field: str) -> bool:
        """Tell whether the value of a field was put there."""
        return field in self._origins

    def typed(self, field: str) -> None:
        """Note that the clerk typed into a field; once both numbers of the type are there, look for a car of it."""
        self._origins.pop(field, None)
        self._look_for_like(field)
        self._reckon(field)

    def take_codes(self, told: ImportPlan) -> None:
        """Put in what the codes of a 車検証 tell of a new car, over whatever stands there."""
        self._codes, blank = told.source, dataclasses.asdict(NEW_CAR)
        values = {name: value for name, value in dataclasses.asdict(told.record_form).items() if value != blank[name]}
        self._origins = dict.fromkeys((field_on_glass_of(name) for name in values), OF_CODES)
        self._screen.editor.type(dataclasses.replace(NEW_CAR, **values))
        for field in (*PAIR, PLATE, *WEIGHED):
            self._look_for_like(field)
            self._reckon(field)

    def _look_for_like(self, field: str) -> None:
        pair = tuple(to_capitals(getattr(self._screen.editor.form, name)) for name in PAIR)
        if field in PAIR and pair != self._pair:
            self._pair, self._like = pair, None
            if [*map(len, pair)] == [*PAIR.values()]:
                vehicles = self._screen.desk
                self._screen.read_again(lambda: vehicles().vehicles.like(*pair), lambda like: self._found(pair, like))

    def _reckon(self, field: str) -> None:
        form = self._screen.editor.form
        if field == PLATE:
            self._propose(OF_PLATE, dataclasses.asdict(told_by_plate(form.class_number, form.kana)))
        if field in WEIGHED:
            self._propose(OF_SUM, reckoned(form))

    def _propose(self, origin: str, values: Mapping[str, Any]) -> None:
        """Put values where nothing stands, and change or take back those that came so before."""
        form = self._screen.editor.form
        before = self._origins
        ours = {name: value for name, value in values.items() if before.get(name) == origin or not getattr(form, name)}
        kept = {name: each for name, each in self._origins.items() if name not in ours}
        self._origins = kept | {name: origin for name, value in ours.items() if value}
        if any(getattr(form, name) != value for name, value in ours.items()):
            self._screen.editor.type(dataclasses.replace(form, **ours))
            self._screen.view.refresh()

    def _found(self, pair: tuple[str, ...], like: VehicleForm | None) -> None:
        if pair == self._pair:
            self._like = like
            self._screen.view.refresh()

    # --- keys

    def can_take_like(self) -> Can:
        """Whether there is a car of the same type, and an empty field that it can fill."""
        if self._like is None:
            return no("型式指定番号(5桁)と類別区分番号(4桁)が同じ車両が、登録されていません。")
        return YES if self._to_take(self._like) else no(NOTHING_LEFT)

    def take_like(self) -> None:
        """Fill what is empty with what cars of this type have in common."""
        assert self._like is not None  # noqa: S101 - can_take_like said so
        values = self._to_take(self._like)
        self._screen.editor.type(dataclasses.replace(self._screen.editor.form, **values))
        self._origins |= dict.fromkeys(values, OF_LIKE)
        self._screen.say(TAKEN.format(count=len(values)))

    def _to_take(self, like: VehicleForm) -> dict[str, Any]:
        """Return what is empty here and not there; nothing typed is written over."""
        form = self._screen.editor.form
        empty = (name for name in OF_THE_TYPE if getattr(form, name) == getattr(NEW_CAR, name))
        return {name: getattr(like, name) for name in empty if getattr(like, name) != getattr(form, name)}

    def can_take_previous(self) -> Can:
        """Whether the field with the focus may have the value of the car before."""
        if self.previous is None:
            return no("このプログラムを始めてから、まだ車両を保存していません。")
        return no(NOT_HERE) if self._screen.at in NOT_SHARED or self._screen.is_locked(self._screen.at) else YES

    def take_previous(self) -> None:
        """Put the value of the car before into the field with the focus."""
        field = self._screen.at
        self._screen.edit(field, getattr(self.previous, field))
        self._origins[field] = OF_PREVIOUS
        self._screen.say(f"{LABELS[field]} に、前の車の値を入れました。")


def reckoned(form: VehicleForm) -> dict[str, str]:
    """Return 車両総重量 and 後後軸重 where the others tell them; empty where they do not.

    The 軸重 of a car with two axles are its 車両重量; who carries goods has a 最大積載量 (rules V36, V37).
    """
    unreadable: list[Problem] = []  # said when saving
    weight, capacity, load, front, *between = (read_number(name, getattr(form, name), unreadable) for name in WEIGHED)
    knows_load = load is not None or form.use == "乗用"
    gross = gross_weight(weight, capacity, load or 0) if weight and capacity and knows_load else 0
    rear = weight - front if weight and front and not any(between) else 0
    return {"gross_weight_kg": str(gross) if gross else "", "rr_axle_kg": str(rear) if rear > 0 else ""}
