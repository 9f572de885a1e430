"""Which kind of input each field of a car has, and where it stands in 車両 新規/修正."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from onestop.model.rate_tables import body_shapes
from onestop.model.text import to_capitals, to_half_width
from onestop.screens.plate_input import PLATE_FOLDS, plate_parts
from onestop.screens.vehicle.labels import CHOICES, LABELS, NAMES, PLATE, POSTCODES
from onestop.services.vehicle.form import CODES, DATES, NUMBERS, TICKS
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import CheckField, CodeField, TextField
from onestop.ui.fields.memo_field import MemoField
from onestop.ui.fields.plate_field import PlateField
from onestop.ui.fields.suggest_field import SuggestField

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen
    from onestop.ui.fields.fields import Field

COLUMNS = (("登録番号・車台番号", "所有者", "使用者"), ("車両", "重量・寸法", "車検証"))
"""The groups, down the left column and then down the right one: the order of Enter."""

ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "登録番号・車台番号": (
        (PLATE, "vehicle_class"),
        ("chassis_number", "officially_stamped"),
        ("expiry_date",),
    ),
    "所有者": (("owner_name",), ("owner_postcode", "owner_address1", "owner_address2")),
    "使用者": (
        ("user_is_owner", "user_kind"),
        ("user_name",),
        ("user_representative", "name_reading"),
        ("user_postcode", "user_address1", "user_address2"),
        ("base_location",),
    ),
    "車両": (
        ("type_designation", "classification_number"),
        ("first_registration",),
        ("vehicle_kind", "use", "private_or_business"),
        ("body_shape", "vehicle_name"),
        ("model_code", "engine_model"),
        ("displacement", "fuel"),
        ("tax_rate", "validity_years"),
    ),
    "重量・寸法": (
        ("capacity", "max_load_kg", "weight_kg", "gross_weight_kg"),
        ("length_cm", "width_cm", "height_cm"),
        ("ff_axle_kg", "fr_axle_kg", "rf_axle_kg", "rr_axle_kg"),
    ),
    "車検証": (("certificate_number", "car_id"), ("certificate_issued_on",), ("recorded_on",), ("note_info",)),
}
"""The fields of each group, line by line: as on the face of a 車検証, but for 型式指定番号, which brings the rest."""

WIDTHS = {"chassis_number": 24, "type_designation": 7, "classification_number": 6, "certificate_number": 16}
"""In half-width characters; other codes are as wide as there is room."""

NUMBER_WIDTH = 8
POSTCODE_WIDTH = 9
SHARES = (
    dict.fromkeys((PLATE, "chassis_number", "tax_rate"), 8)
    | dict.fromkeys(("vehicle_class", "officially_stamped", "validity_years"), 4)
    | dict.fromkeys(POSTCODES, 3)
    | dict.fromkeys(POSTCODES.values(), 6)
    | dict.fromkeys(("owner_address2", "user_address2"), 3)
)
"""Twelfths of a line; the fields of other lines share it evenly."""


def field_of(name: str, screen: VehicleScreen) -> Field:
    """Return the input for a field of a car."""
    if name in POSTCODES:
        return CodeField(name, "〒", width=POSTCODE_WIDTH, limit=POSTCODE_WIDTH, hint="7桁", accepts=_is_postcode)
    label = LABELS[name]
    if name == PLATE:
        return PlateField(name, label, plate_parts, folds=PLATE_FOLDS, mnemonic="T")
    if name in CHOICES:
        return ChoiceField(name, label, CHOICES[name], numbered=True)
    if name in TICKS:
        return CheckField(name, label)
    if name in (*DATES, "first_registration"):
        return DateField(name, label, partial(screen.read_date, name))
    return _suggest(name, label) if name in NAMES else _text_of(name, label)


def _suggest(name: str, label: str) -> SuggestField:
    field = SuggestField(name, label, numbered=NAMES[name])
    if name == "body_shape":
        field.set_options(tuple(dict.fromkeys((*field.numbered, *body_shapes()))))
    return field


def _is_postcode(text: str) -> bool:
    return bool(re.fullmatch("[〒0-9-]*", text))


def _text_of(name: str, label: str) -> Field:
    if name == "note_info":
        return MemoField(name, label)
    if name == "chassis_number":
        return ChassisField(name, label, width=WIDTHS[name])
    if name in NUMBERS:
        return CodeField(name, label, fold=_number, width=NUMBER_WIDTH, limit=10)
    if name in CODES:
        return CodeField(name, label, fold=to_capitals, width=WIDTHS.get(name))
    if name == "displacement":
        return CodeField(name, label, fold=to_half_width)  # 1.49 L, or 110 kW
    return TextField(name, label)


def _number(text: str) -> str:
    return to_half_width(text).replace(",", "").strip()


def shares(names: tuple[str, ...]) -> tuple[int, ...]:
    """Return how many twelfths of its line each field gets."""
    return tuple(SHARES.get(name, 12 // len(names)) for name in names)
