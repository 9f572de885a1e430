"""登録番号 as it is typed: one whole plate spread over four fields, and each part's width folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.model.plate import parse_plate
from onestop.model.text import fold_hyphens, to_capitals, to_full_width_kana, to_half_width, to_hiragana, without_unseen

if TYPE_CHECKING:
    from collections.abc import Callable

FIELD: Final = "registration_number"


def plate_parts(text: str) -> tuple[str, str, str, str] | None:
    """Return the four parts of a whole plate; None when it is none."""
    try:
        plate = parse_plate(text)
    except InvalidInput:
        return None
    return plate.area, plate.class_number, plate.kana, plate.serial


def _area(text: str) -> str:
    return to_full_width_kana(without_unseen(text)).strip()


def _kana(text: str) -> str:
    return "".join(to_hiragana(to_half_width(to_full_width_kana(without_unseen(text)))).upper().split())


def _serial(text: str) -> str:
    return fold_hyphens(to_half_width(without_unseen(text))).replace("-", "").strip().lstrip("・･.0")


PLATE_FOLDS: Final[tuple[Callable[[str], str], ...]] = (_area, to_capitals, _kana, _serial)
"""What leaving each part makes of it: 地名, 分類番号, かな, 一連指定番号."""


def field_on_glass(field: str) -> str:
    """Return the object name of the input that a problem speaks of: registration_number.kana has an underscore."""
    return field.replace(".", "_")
