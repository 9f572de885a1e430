"""The Japanese labels of every field of a car, in the groups and the order in which 車両 and 取込 show them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.model.money import TaxRate, is_rate_doubtful
from onestop.model.plate import PLATE_PARTS
from onestop.model.typed_days import parse_date
from onestop.model.validity import CHOICES as YEARS_TO_CHOOSE
from onestop.model.wareki import format_western
from onestop.model.words import PartyKind, PrivateOrBusiness, VehicleClass
from onestop.screens.display import NOTHING
from onestop.services.vehicle.form import DATES

if TYPE_CHECKING:
    from onestop.services.vehicle.form import VehicleForm

PLATE: Final = "registration_number"
ANY_DAY: Final = dt.date(2100, 1, 1)
"""What is stored names its year; it is refused only where that lies far after this day."""
SAME_AS_OWNER: Final = "***"
"""How the 車検証 writes a 使用者 equal to the 所有者."""
OF_OWNER: Final = ("user_name", "user_address1", "user_address2")
"""The fields that it is written in."""

LABELS: Final = {
    # 登録番号・車台番号
    PLATE: "登録番号",
    "chassis_number": "車台番号",
    "officially_stamped": "職権打刻",
    "vehicle_class": "車両種別",
    "expiry_date": "有効期間の満了する日",
    # 所有者
    "owner_name": "所有者の氏名・名称",
    "owner_address1": "所有者の住所1",
    "owner_address2": "所有者の住所2",
    # 使用者
    "user_is_owner": "使用者は所有者に同じ",
    "user_kind": "使用者名義種別",
    "user_name": "使用者の氏名・名称",
    "user_representative": "使用者代表者名",
    "user_address1": "使用者の住所1",
    "user_address2": "使用者の住所2",
    "name_reading": "使用者の読み(検索用)",
    "base_location": "使用の本拠の位置",
    # 車両
    "type_designation": "型式指定番号",
    "classification_number": "類別区分番号",
    "first_registration": "初度登録年月",
    "vehicle_kind": "自動車の種別",
    "use": "用途",
    "private_or_business": "自家用・事業用の別",
    "body_shape": "車体の形状",
    "vehicle_name": "車名",
    "model_code": "型式",
    "engine_model": "原動機の型式",
    "displacement": "総排気量・定格出力",
    "fuel": "燃料の種類",
    "tax_rate": "重量税の税率",
    "validity_years": "有効期間",
    # 重量・寸法
    "capacity": "乗車定員(人)",
    "max_load_kg": "最大積載量(kg)",
    "weight_kg": "車両重量(kg)",
    "gross_weight_kg": "車両総重量(kg)",
    "length_cm": "長さ(cm)",
    "width_cm": "幅(cm)",
    "height_cm": "高さ(cm)",
    "ff_axle_kg": "前前軸重(kg)",
    "fr_axle_kg": "前後軸重(kg)",
    "rf_axle_kg": "後前軸重(kg)",
    "rr_axle_kg": "後後軸重(kg)",
    # 車検証
    "certificate_number": "電子車検証管理番号",
    "car_id": "車両ID",
    "certificate_issued_on": "車検証の交付日",
    "recorded_on": "記録年月日",
    "note_info": "備考",
}
"""The Japanese label of each field on the glass, with its unit, in the order of 車両 and 取込."""

POSTCODES: Final = {"owner_postcode": "owner_address1", "user_postcode": "user_address1"}
"""A 郵便番号 by the field that it fills. It is a way of typing: nothing of it is stored."""
NAMES: Final = {
    "vehicle_name": ("トヨタ", "ニッサン", "ホンダ", "マツダ", "スズキ", "ダイハツ", "スバル", "ミツビシ", "レクサス"),
    "body_shape": ("箱型", "ステーションワゴン", "バン", "キャブオーバ", "ボンネット", "幌型", "ダンプ", "オートバイ"),
    "fuel": ("ガソリン", "軽油", "ガソリン・電気", "電気", "LPG", "CNG", "軽油・電気", "ガソリン・LPG", "圧縮水素"),
}
"""What most cars have where any word may be typed: a digit chooses each."""
_RARE: Final = frozenset(
    {
        *("officially_stamped", "vehicle_class", "owner_address2", "user_address2", "name_reading", "base_location"),
        *("validity_years", "fr_axle_kg", "rf_axle_kg", "certificate_number", "car_id", "certificate_issued_on"),
        *("recorded_on", "note_info"),
    }
)


def is_rare(form: VehicleForm, field: str) -> bool:
    """Tell whether hardly any car needs a field on the glass: Enter passes it over, Tab and the arrows reach it."""
    if field == "max_load_kg":
        return form.use not in ("貨物", "特種")
    if field == "tax_rate":
        return not is_rate_doubtful(form.fuel, TaxRate(form.tax_rate))
    if field == "user_representative":
        return form.user_kind == PartyKind.PERSON.value
    return field in _RARE


CLASS_OF_KIND: Final = {
    **dict.fromkeys(("普通", "小型", "大型特殊"), VehicleClass.REGISTERED.value),
    "軽自動車": VehicleClass.KEI.value,
    "小型二輪": VehicleClass.MOTORCYCLE.value,
}
"""The 車両種別 that goes with a 自動車の種別."""

_EMPTY: Final = ("", NOTHING)


def _words(*words: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, word) for word in words)


CHOICES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "vehicle_class": _words(*VehicleClass),
    "user_kind": _words(*PartyKind),
    "vehicle_kind": (_EMPTY, *_words("普通", "小型", "軽自動車", "大型特殊", "小型二輪")),
    "use": (_EMPTY, *_words("乗用", "貨物", "乗合", "特種")),
    "private_or_business": (_EMPTY, *_words(PrivateOrBusiness.PRIVATE, PrivateOrBusiness.BUSINESS)),
    "tax_rate": tuple((rate.value, rate.label) for rate in TaxRate),
    "validity_years": (("", "表による"), *((str(years), f"{years}年") for years in YEARS_TO_CHOOSE)),
}
"""The fields with a few words to choose from: value and word. Other words that came in a file are shown as they are."""


def codes_of(field: str) -> str:
    """Return which digit chooses what in a field on the glass, in one line; empty where no digit does."""
    words = [word for _, word in CHOICES.get(field, ())]
    first = 0 if ("", words[0] if words else NOTHING) in CHOICES.get(field, ()) else 1
    return "  ".join(f"{number} {word}" for number, word in enumerate(words or NAMES.get(field, ()), first))


def field_on_glass_of(name: str) -> str:
    """Return the field that shows a field of the form: the four parts of a plate are one."""
    return PLATE if name in PLATE_PARTS else name


def place_on_glass(field: str) -> int:
    """Return where a field stands on the way through the window; the part of a plate behind a dot counts as it."""
    return [*LABELS].index(field.partition(".")[0])


def names_in_form(field: str) -> tuple[str, ...]:
    """Return the fields of the form that a field on the glass shows."""
    return PLATE_PARTS if field == PLATE else (field,)


def shown(form: VehicleForm, field: str) -> str:
    """Return a value of the form as a table shows it; nothing is a dash."""
    parts = [getattr(form, name) for name in names_in_form(field)]
    value = parts[0] if len(parts) == 1 else "".join(parts)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    word = dict(CHOICES.get(field, ())).get(value, value).strip()
    return (_western(word) if field in DATES else word) or NOTHING


def _western(typed: str) -> str:
    """Return a day as a table shows it; what is no whole day stays as it was typed."""
    try:
        return format_western(parse_date(typed, ANY_DAY))
    except InvalidInput:
        return typed
