"""What other cars lend to the one that is being typed: the values of its type, and those of the car before."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from onestop.model.text import to_capitals
from onestop.screens.function_key import YES, Can, no
from onestop.screens.vehicle.labels import PLATE, POSTCODES, label_of
from onestop.services.vehicle.form import NEW_CAR, OF_THE_TYPE

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen
    from onestop.services.vehicle.form import VehicleForm

PAIR: Final = {"type_designation": 5, "classification_number": 4}
"""型式指定番号 and 類別区分番号, and how many digits each has."""
OF_LIKE, OF_PREVIOUS = "同じ型の値", "前の車の値"
TAKEN: Final = "同じ型の車両の値を{count}項目に入れました。車検証と見比べてください。違う項目は入力し直します。"
OFFER: Final = "Alt+D で同じ型の値"
NEEDS_PAIR: Final = "型式指定番号(5桁)と類別区分番号(4桁)が同じ車両が、登録されていません。"
NOTHING_LEFT: Final = "空いている項目がありません。"
NO_PREVIOUS: Final = "このプログラムを始めてから、まだ車両を保存していません。"
NOT_HERE: Final = "この項目には、前の車の値を入れられません。"
NOT_LENT: Final = ("", PLATE, "chassis_number", *POSTCODES)
"""What is of one car alone."""


class OtherCars:
    """Of one form. What was lent stands beside each field until the clerk types into it."""

    def __init__(self, screen: VehicleScreen) -> None:
        self.previous: VehicleForm | None = None
        """The car that was saved before in this session."""
        self._screen = screen
        self._like: VehicleForm | None = None
        self._pair: tuple[str, ...] = ()
        self._lent: dict[str, str] = {}

    def origin(self, field: str) -> str:
        """Return what to say beside a field of where its value comes from, or what could come."""
        if field == "classification_number" and self.can_take_like():
            return OFFER
        return self._lent.get(field, "")

    def is_lent(self, field: str) -> bool:
        """Tell whether the value of a field came from another car."""
        return field in self._lent

    def typed(self, field: str) -> None:
        """Hear that the clerk typed into a field; look for a like car when both its numbers stand there."""
        self._lent.pop(field, None)
        pair = tuple(to_capitals(getattr(self._screen.editor.form, name)) for name in PAIR)
        if field in PAIR and pair != self._pair:
            self._pair, self._like = pair, None
            if [*map(len, pair)] == [*PAIR.values()]:
                vehicles = self._screen.desk
                self._screen.read_again(lambda: vehicles().vehicles.like(*pair), lambda like: self._found(pair, like))

    def _found(self, pair: tuple[str, ...], like: VehicleForm | None) -> None:
        if pair == self._pair:
            self._like = like
            self._screen.view.refresh()

    # --- keys

    def can_take_like(self) -> Can:
        """Whether there is a car of the same type, and room for what it lends."""
        if self._like is None:
            return no(NEEDS_PAIR)
        return YES if self._to_lend(self._like) else no(NOTHING_LEFT)

    def take_like(self) -> None:
        """Fill what is empty with what cars of this type have in common."""
        assert self._like is not None  # noqa: S101 - can_take_like said so
        values = self._to_lend(self._like)
        self._screen.editor.type(dataclasses.replace(self._screen.editor.form, **values))
        self._lent |= dict.fromkeys(values, OF_LIKE)
        self._screen.say(TAKEN.format(count=len(values)))

    def _to_lend(self, like: VehicleForm) -> dict[str, Any]:
        """Return what is empty here and not there; nothing typed is written over."""
        form = self._screen.editor.form
        empty = (name for name in OF_THE_TYPE if getattr(form, name) == getattr(NEW_CAR, name))
        return {name: getattr(like, name) for name in empty if getattr(like, name) != getattr(form, name)}

    def can_take_previous(self) -> Can:
        """Whether the field with the focus may have the value of the car before."""
        if self.previous is None:
            return no(NO_PREVIOUS)
        return no(NOT_HERE) if self._screen.at in NOT_LENT or self._screen.is_locked(self._screen.at) else YES

    def take_previous(self) -> None:
        """Put the value of the car before into the field with the focus."""
        field = self._screen.at
        self._screen.edit(field, getattr(self.previous, field))
        self._lent[field] = OF_PREVIOUS
        self._screen.say(f"{label_of(field)} に、前の車の値を入れました。")
