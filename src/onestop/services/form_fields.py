"""What the forms share: the fields that name a car, days and numbers as clerks type them, 自賠責証明書番号."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from onestop.errors import InvalidInput, Problem
from onestop.model.chassis import normalise_chassis
from onestop.model.plate import plate_from_parts
from onestop.model.text import fold_hyphens, to_code, to_half_width, without_unseen
from onestop.model.typed_days import parse_date
from onestop.model.wareki import format_short

if TYPE_CHECKING:
    import datetime as dt
    from typing import TypeAlias

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.plate import RegistrationNumber
    from onestop.model.vehicle import Vehicle

    NamesCar: TypeAlias = Vehicle | Filing | InsuranceCertificate | ConformityCertificate

_NUMBER: Final = re.compile("[0-9]{1,6}")
NO_CHASSIS_NUMBER: Final = Problem("chassis_number", "車台番号を入力してください。")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarFields:
    """登録番号 in its four parts and 車台番号, as they stand in the fields of every form that names a car."""

    area: str = dataclasses.field(default="", repr=False)
    class_number: str = dataclasses.field(default="", repr=False)
    kana: str = dataclasses.field(default="", repr=False)
    serial: str = dataclasses.field(default="", repr=False)
    chassis_number: str = dataclasses.field(default="", repr=False)


class CarWords(TypedDict):
    """The same values as keyword arguments of a form."""

    area: str
    class_number: str
    kana: str
    serial: str
    chassis_number: str


def words_of_car(record: NamesCar) -> CarWords:
    """Return what a record has for the fields that name its car."""
    plate = record.registration_number
    return CarWords(
        area=plate.area,
        class_number=plate.class_number,
        kana=plate.kana,
        serial=plate.serial,
        chassis_number=record.chassis_number,
    )


def fill_car(record: NamesCar, form: CarFields, problems: list[Problem]) -> None:
    """Write the fields that name a car into a record; a plate that cannot exist is a problem."""
    if (plate := read_plate(form, problems)) is not None:
        record.registration_number = plate
    record.chassis_number = normalise_chassis(form.chassis_number)


def read_plate(form: CarFields, problems: list[Problem]) -> RegistrationNumber | None:
    """Read a 登録番号; None is one that cannot exist."""
    try:
        return plate_from_parts(form.area, form.class_number, form.kana, form.serial)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


def shown_day(day: dt.date | None) -> str:
    """Return a day as it stands in a field; nothing for none."""
    return "" if day is None else format_short(day)


def read_day(name: str, typed: str, today: dt.date, problems: list[Problem], *, past: bool = False) -> dt.date | None:
    """Read a day as clerks type it, in a field of the past or of any day; empty is None."""
    if not typed.strip():
        return None
    try:
        return parse_date(typed, today, name, past=past)
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


def read_number(name: str, typed: str, problems: list[Problem]) -> int | None:
    """Read a whole number from 0 to 999,999 in any width; empty is None."""
    text = to_half_width(without_unseen(typed)).replace(",", "").strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return int(text)
    problems.append(Problem(name, "0～999,999の数字で入力してください。"))
    return None


def shown_number(number: int | None) -> str:
    """Return a number as it stands in a field; nothing for none."""
    return "" if number is None else str(number)


def insurance_number(typed: str) -> str:
    """Return a 自賠責証明書番号 in half-width capitals without hyphens and blanks (rule V07)."""
    return re.sub(r"[-\s]", "", fold_hyphens(to_code(without_unseen(typed)))).upper()
