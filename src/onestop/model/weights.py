"""Weights of a car that have to agree with each other (rules V36 and V37; they hold in the ministry's samples)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_PERSON_KG: Final = 55


def gross_weight(weight_kg: int, capacity: int, max_load_kg: int) -> int:
    """Return the 車両総重量, kg: 車両重量 + 55 kg a person + 最大積載量."""
    return weight_kg + _PERSON_KG * capacity + max_load_kg


def axle_problems(weight_kg: int | None, axles_kg: Sequence[int | None]) -> tuple[Problem, ...]:
    """Return a warning when the sum of the 軸重 is not the 車両重量; none when either is not known."""
    known = [axle for axle in axles_kg if axle is not None]
    if weight_kg is None or not known or sum(known) == weight_kg:
        return ()
    return (Problem("weight_kg", f"車両重量{weight_kg}kgが軸重の合計{sum(known)}kgと違います。"),)


def gross_weight_problems(
    gross_weight_kg: int | None, weight_kg: int | None, capacity: int | None, max_load_kg: int | None
) -> tuple[Problem, ...]:
    """Return a warning when 車両総重量 is not 車両重量 + 55 kg a person + 最大積載量; none when one is not known."""
    if gross_weight_kg is None or weight_kg is None or capacity is None:
        return ()
    expected = gross_weight(weight_kg, capacity, max_load_kg or 0)
    if gross_weight_kg == expected:
        return ()
    return (Problem("gross_weight_kg", f"車両総重量{gross_weight_kg}kgが計算した{expected}kgと違います。"),)
