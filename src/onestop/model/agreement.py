"""What a filing is held against: its car as it is stored now, and the car's 自賠責 and 保適証 (rules C11 to C14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from onestop.model.certificate_words import BEING_MADE, DELETED, MADE, REPORTED, ApplicationKind
from onestop.model.findings import finding
from onestop.model.plate import PLATE_PARTS
from onestop.model.text import characters, outside_jis_x_0208

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.model.checks import FilingFacts
    from onestop.model.findings import Finding

FILED_WITH: Final = (MADE, REPORTED)
"""交付ステータス with which a filing may be made."""
UNUSABLE: Final = (BEING_MADE, DELETED, "却下")
"""交付ステータス with which it may not."""
INSURANCE: Final = "insurance_certificate_number"
CONFORMITY: Final = "conformity_certificate_number"
_REPLACED: Final = ".{1,4}"


def check_car_agreement(facts: FilingFacts) -> Iterator[Finding]:
    """Say where a filing differs from its car."""
    car = facts.car
    if car is None:
        return
    if facts.chassis_number != car.chassis_number:
        message = f"申請の車台番号「{facts.chassis_number}」が車両の「{car.chassis_number}」と違います。"
        yield finding("C11", "chassis_number", message)
    mine, its = facts.registration_number, car.registration_number
    if mine != its:
        part = next(name for name in PLATE_PARTS if getattr(mine, name) != getattr(its, name))
        message = f"申請の登録番号「{mine.display()}」が車両の「{its.display()}」と違います。"
        yield finding("C11", f"registration_number.{part}", message)
    if not _is_same_name(facts.user_name, car.user_name):
        message = f"申請の使用者「{facts.user_name}」が車両の「{car.user_name}」と違います。"
        yield finding("C11", "user_name", message)
    if facts.vehicle_class is not car.vehicle_class:
        message = f"申請の車両種別「{facts.vehicle_class.value}」が車両の「{car.vehicle_class.value}」と違います。"
        yield finding("C11", "", message)


def _is_same_name(name: str, of_car: str) -> bool:
    """Tell whether a name is the car's, or the car's with its 外字 replaced, as rule V22 asks for (㈱ by (株))."""
    replaceable = outside_jis_x_0208(of_car)
    parts = (_REPLACED if each in replaceable else re.escape(each) for each in characters(of_car))
    return name == of_car or re.fullmatch("".join(parts), name, re.DOTALL) is not None


def check_certificate_agreement(facts: FilingFacts) -> Iterator[Finding]:
    """Say where the numbers of a filing are not those of certificates that it may be made with."""
    yield from _check_insurance(facts)
    yield from _check_conformity(facts)


def _check_insurance(facts: FilingFacts) -> Iterator[Finding]:
    number, present = facts.insurance_certificate_number, facts.present_insurance_number
    if facts.insurance_cancelled:
        yield finding("C13", INSURANCE, f"自賠責証明書 {number} は取消済みです。")
    elif number and present and number != present:
        yield finding("C12", INSURANCE, f"自賠責証明書番号が、この車両の今の証明書「{present}」と違います。")


def _check_conformity(facts: FilingFacts) -> Iterator[Finding]:
    number, present = facts.conformity_certificate_number, facts.present_conformity_number
    status = facts.conformity_status
    if status in UNUSABLE:
        yield finding("C13", CONFORMITY, f"保適証 {number} は{status}です。この番号では申請できません。")
    elif facts.conformity_kind == ApplicationKind.COUNTER:
        yield finding("C13", CONFORMITY, f"保適証 {number} は窓口申請です。OSS申請で発行し直してください。")
    elif facts.conformity_held_back:
        yield finding("C13", CONFORMITY, f"保適証 {number} は引戻を待っています。終わるまで申請できません。")
    elif number and present and number != present:
        yield finding("C12", CONFORMITY, f"保適証の交付番号が、この車両の今の保適証「{present}」と違います。")
    elif status and status not in FILED_WITH:
        yield finding("C14", CONFORMITY, f"保適証の交付ステータスが「{status}」です。")
