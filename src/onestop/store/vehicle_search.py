"""How 照会 looks for a text: one indexed query after another, the likeliest first.

The ends of 車台番号 are looked up in a reversed column by range; LIKE with a leading % would read every row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import Integer, String, bindparam, func, select

from onestop.errors import InvalidInput
from onestop.model.chassis import chassis_key
from onestop.model.plate import parse_plate
from onestop.model.text import fold_for_search
from onestop.model.vehicle import Vehicle
from onestop.store.prepared import Prepared
from onestop.store.ranges import beginning, begins_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

_MOST: Final = bindparam("most", type_=Integer)
_NAMED: Final = (Vehicle.user_key, Vehicle.owner_key, Vehicle.reading_key, Vehicle.plate_key)
_OF_SERIAL: Final = select(Vehicle.id).where(Vehicle.serial == bindparam("serial")).order_by(Vehicle.id.desc())


def _prepared(statement: Select[int]) -> Prepared:
    return Prepared(statement.limit(_MOST))


_RECENT: Final = _prepared(select(Vehicle.id).order_by(Vehicle.used_at.desc(), Vehicle.id.desc()))
_PLATE: Final = _prepared(select(Vehicle.id).where(Vehicle.plate_key == bindparam("plate")).order_by(Vehicle.id.desc()))
_SERIAL_ALONE: Final = _prepared(_OF_SERIAL)
_PART_OF_PLATE: Final = _prepared(_OF_SERIAL.where(Vehicle.plate_key.like(bindparam("pattern"), escape="\\")))
_CHASSIS, *_BEGINNINGS = (
    _prepared(select(Vehicle.id).where(begins_with(column)).order_by(column, Vehicle.id))
    for column in (Vehicle.chassis_tail, *_NAMED)
)
_ANYWHERE: Final = tuple(
    # reads the column's index from end to end: only as much of it as the limit needs, and never the table
    _prepared(select(Vehicle.id).where(func.instr(column, bindparam("part", type_=String)) > 0))
    for column in _NAMED
)
_FILLERS: Final = re.compile("[・･·.]")
_SERIAL: Final = re.compile(r"(?=[0-9]{1,4}\Z)0*([1-9][0-9]*)|([0-9]{2})-([0-9]{2})")
_PART_AND_SERIAL: Final = re.compile(r"(?P<part>.*[^0-9-])(?P<serial>[0-9]{2}-[0-9]{2}|[0-9]{1,4})")


class Way(NamedTuple):
    """One query for vehicle ids; besides its values it wants `most`, how many are wanted."""

    query: Prepared
    values: dict[str, str]
    is_last_resort: bool = False
    """It reads a whole index: not wanted where a number has found its car."""


def ways_to_find(text: str) -> Iterator[Way]:
    """Yield the queries for vehicle ids, the likeliest first; an empty text asks for the cars used last."""
    key = _FILLERS.sub("", fold_for_search(text))
    if not key:
        yield Way(_RECENT, {})
        return
    yield from _by_plate(text, key)
    tail = chassis_key(text)[::-1]
    if tail:
        yield Way(_CHASSIS, beginning(tail))
    yield from (Way(each, beginning(key)) for each in _BEGINNINGS)
    if not key.isdigit():
        is_number = any(sign.isdigit() for sign in key)
        yield from (Way(each, {"part": key}, is_number) for each in _ANYWHERE)


def serial_of(key: str) -> str | None:
    """Return the 一連指定番号 that a folded text is (0012, 12-34, 7), None if it is none."""
    match = _SERIAL.fullmatch(key)
    if match is None:
        return None
    return match[1] or f"{match[2]}{match[3]}".lstrip("0") or None


def _by_plate(text: str, key: str) -> Iterator[Way]:
    try:
        whole = fold_for_search(parse_plate(text).display())
    except InvalidInput:
        whole = None
    if whole:
        yield Way(_PLATE, {"plate": whole})
    serial = serial_of(key)
    if serial:
        yield Way(_SERIAL_ALONE, {"serial": serial})
    match = _PART_AND_SERIAL.fullmatch(key)
    if match and (serial := serial_of(match["serial"])):
        yield Way(_PART_OF_PLATE, {"serial": serial, "pattern": _pattern(match["part"], serial)})


def _pattern(part: str, serial: str) -> str:
    """Return a LIKE pattern for the parts of a plate in their order, some left out: 土浦あ1111, あ1111."""
    signs = "%".join(re.sub(r"([\\%_])", r"\\\1", sign) for sign in part)
    return f"%{signs}%{serial}"
