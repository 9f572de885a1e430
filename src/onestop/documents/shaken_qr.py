"""A car from the two-dimensional codes of its 車検証: which were read, which cars they may be of, what they tell.

Names and addresses stand in none of them but the 軽's of 2019 to 2023 (K/51, K/61).
"""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from onestop.documents.shaken_file import record_of
from onestop.documents.shaken_qr_join import join
from onestop.documents.shaken_qr_layout import layout
from onestop.documents.shaken_values import CertInfo
from onestop.model.shipped import document_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onestop.documents.shaken_file import ShakenRecord
    from onestop.documents.shaken_qr_join import JoinedCode, Lamp
    from onestop.documents.shaken_qr_layout import Kind

MOST_CARS: Final = 8
"""Cars that are proposed where pieces of several are mixed."""


@dataclass(frozen=True, slots=True)
class CodedCar:
    """One car as a set of codes tells it, each value by its name in the layout."""

    kind: Kind = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    notices: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class QrReading:
    """What was read so far."""

    lamps: tuple[Lamp, ...]
    """Of every kind of car of which something was read."""
    cars: tuple[CodedCar, ...] = field(repr=False)
    """Every car that the pieces may be of; one when all is well."""
    mixed: bool
    """Whether pieces of several cars lie here."""


def read_pieces(pieces: Sequence[str]) -> QrReading:
    """Return what pieces tell, in whatever order they came."""
    every = [(kind, join(kind, pieces)) for kind in layout().kinds]
    kinds = [(kind, codes) for kind, codes in every if any(each.begun for each in codes)]
    cars = tuple(car for kind, codes in kinds for car in _cars(kind, codes))
    begun = [code for _, codes in kinds for code in codes if code.begun or not code.code.optional]
    mixed = len(kinds) > 1 or any(len(code.wholes) > 1 for code in begun)
    return QrReading(tuple(lamp for code in begun for lamp in code.lamps), cars[:MOST_CARS], mixed)


def record_of_codes(car: CodedCar) -> ShakenRecord:
    """Return a car as the readers of files do."""
    values = {layout().keys[name]: value for name, value in car.values.items() if name in layout().keys}
    values |= {**car.kind.values, "RegistCarLightCar": car.kind.mark}
    notices = [*car.notices, *_sheet_notice(car), *_special_signs(car)]
    values |= _raw_words(car, notices) | _fuel(car) | _weight(car)
    record = record_of(CertInfo(values, tuple(notices)), partial=True)
    plate = record.registration_number
    doubt = () if plate is None or plate.class_number else (car.kind.no_class,)
    return dataclasses.replace(record, notices=(*record.notices, *filter(None, doubt)))


def _cars(kind: Kind, joined: Sequence[JoinedCode]) -> list[CodedCar]:
    """Return every car that whole codes make; codes of a kind share no key, so any may go with any."""
    if any(not each.wholes for each in joined if not each.code.optional):
        return []
    whole = [[(each.code, text) for text in each.wholes] for each in joined if each.wholes]
    return [_car(kind, chosen) for chosen in itertools.islice(itertools.product(*whole), MOST_CARS)]


def _car(kind: Kind, chosen: Sequence[Any]) -> CodedCar:
    values: dict[str, str] = {}
    notices: list[str] = []
    for code, text in chosen:
        told, notice = code.values(text)
        values |= told
        notices += [notice] if notice else []
    return CodedCar(kind, values, tuple(notices))


def _sheet_notice(car: CodedCar) -> tuple[str, ...]:
    sheet = car.values["sheet"]
    if sheet == layout().ordinary_sheet:
        return ()
    name = _tables()[f"sheet_type_{car.kind.name}"].get(sheet, f"コード {sheet}")
    return (f"この用紙は「{name}」です。自動車検査証ではありません。",)


def _special_signs(car: CodedCar) -> tuple[str, ...]:
    meanings = _tables()["special_chassis_engine"]
    found = ((value, meanings.get(value)) for value in (car.values["engine_model"], car.values["chassis_number"]))
    return tuple(f"コードに「{value}」とあります({meaning})。" for value, meaning in found if meaning)


def _raw_words(car: CodedCar, notices: list[str]) -> dict[str, str]:
    """Return values that came as words; what came as a number is said, as nobody has its table."""
    words = {}
    for name, (label, key) in layout().raw.items():
        value = car.values.get(name, "").strip()
        if value.isascii() and value.strip("-"):
            notices.append(f"{label}は コード {value} です。車検証を見て入力してください。")
        elif value:
            words[key] = value
    return words


def _fuel(car: CodedCar) -> dict[str, str]:
    code = car.values.get("fuel", "").strip(" -")
    name = _tables()["fuel"].get(code, f"コード {code}" if code else "")
    return {} if name in ("", "なし") else {"FuelClass": name.partition(" (")[0]}


def _weight(car: CodedCar) -> dict[str, str]:
    """Return the 車両重量, which is the sum of the 軸重 in units of 10 kg."""
    tens = [int(value) for name in layout().axles if (value := car.values[name].strip()).isdigit()]
    return {"CarWgt": str(10 * sum(tens))} if tens else {}


@cache
def _tables() -> dict[str, dict[str, str]]:
    return document_of("plates/code_tables.json")
