"""The tables behind a plate: 地名, kana by use, classes. Read from resources/plates/ when needed."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from onestop.model.shipped import document_of, rows_of
from onestop.model.words import PrivateOrBusiness, VehicleClass

_KEYS: Final = {
    VehicleClass.REGISTERED: "registered",
    VehicleClass.KEI: "kei",
    VehicleClass.MOTORCYCLE: "motorcycle",
}


@cache
def plate_areas() -> tuple[str, ...]:
    """Return the 地名 that are issued, each once: some have two offices."""
    return tuple(dict.fromkeys(row["place"] for row in rows_of("plates/plate_places.csv")))


def old_areas() -> dict[str, str]:
    """Return the short 地名 of old plates (品, 茨城 …) that are still seen, with the present one of each (inferred)."""
    areas: dict[str, str] = _grammar()["place"]["old_single_or_short_names_still_seen"]
    return areas


def never_issued_kana() -> str:
    """Return the kana that no plate carries: おしへん."""
    return str(_grammar()["kana"]["never_issued"])


def uses_of_kana(kana: str, vehicle_class: VehicleClass) -> tuple[str, ...]:
    """Return what a kana stands for on plates of a class, such as 自家用."""
    return tuple(use for use, signs in _kana_by_use(vehicle_class).items() if kana in signs)


def kana_of(use: str, vehicle_class: VehicleClass) -> str:
    """Return the kana issued for a use in a class."""
    return _kana_by_use(vehicle_class)[use]


def is_rental_kana(kana: str, vehicle_class: VehicleClass) -> bool:
    """Tell whether a かな says that a car is let (貸渡)."""
    return bool(kana) and kana in kana_of(PrivateOrBusiness.RENTAL, vehicle_class)


def class_meaning(class_number: str) -> str | None:
    """Return what the first digit of a 分類番号 stands for, such as 普通乗用; None without a class."""
    found = _grammar()["class_number"]["first_digit"].get(class_number[:1])
    return None if found is None else str(found)


def _kana_by_use(vehicle_class: VehicleClass) -> dict[str, str]:
    """Return the kana of each use: those of PrivateOrBusiness, and 駐留軍."""
    kana: dict[str, str] = _grammar()["kana"][_KEYS[vehicle_class]]
    return kana


@cache
def _grammar() -> dict[str, Any]:
    return document_of("plates/plate_grammar.json")
