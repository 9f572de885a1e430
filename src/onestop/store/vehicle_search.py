"""How 照会 looks for a text: one indexed query after another, the likeliest first.

The ends of 車台番号 are looked up in a reversed column by range; LIKE with a leading % would read every row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Select, func, select

from onestop.errors import InvalidInput
from onestop.model.chassis import chassis_key
from onestop.model.plate import parse_plate
from onestop.model.text import fold_for_search
from onestop.model.vehicle import Vehicle
from onestop.store.ranges import begins_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import InstrumentedAttribute

_NAMES: Final = (Vehicle.user_key, Vehicle.owner_key, Vehicle.reading_key)
_FILLERS: Final = re.compile("[・･·.]")
_SERIAL: Final = re.compile(r"(?=[0-9]{1,4}\Z)0*([1-9][0-9]*)|([0-9]{2})-([0-9]{2})")
_PART_AND_SERIAL: Final = re.compile(r"(?P<part>.*[^0-9-])(?P<serial>[0-9]{2}-[0-9]{2}|[0-9]{1,4})")


def ways_to_find(text: str) -> Iterator[Select[int]]:
    """Yield the queries for vehicle ids, the likeliest first; an empty text asks for the cars used last."""
    key = _FILLERS.sub("", fold_for_search(text))
    if not key:
        yield select(Vehicle.id).order_by(Vehicle.used_at.desc(), Vehicle.id.desc())
        return
    yield from _by_plate(text, key)
    tail = chassis_key(text)[::-1]
    if tail:
        yield _beginning(Vehicle.chassis_tail, tail)
    yield from (_beginning(column, key) for column in (*_NAMES, Vehicle.plate_key))
    if not key.isdigit():
        yield from (_containing(column, key) for column in (*_NAMES, Vehicle.plate_key))


def serial_of(key: str) -> str | None:
    """Return the 一連指定番号 that a folded text is (0012, 12-34, 7), None if it is none."""
    match = _SERIAL.fullmatch(key)
    if match is None:
        return None
    return match[1] or f"{match[2]}{match[3]}".lstrip("0") or None


def _by_plate(text: str, key: str) -> Iterator[Select[int]]:
    try:
        whole = fold_for_search(parse_plate(text).display())
    except InvalidInput:
        whole = None
    if whole:
        yield _found(Vehicle.plate_key == whole)
    serial = serial_of(key)
    if serial:
        yield _found(Vehicle.serial == serial)
    match = _PART_AND_SERIAL.fullmatch(key)
    if match and (serial := serial_of(match["serial"])):
        yield _found(Vehicle.serial == serial, Vehicle.plate_key.like(_pattern(match["part"], serial), escape="\\"))


def _pattern(part: str, serial: str) -> str:
    """Return a LIKE pattern for the parts of a plate in their order, some left out: 土浦あ1111, あ1111."""
    signs = "%".join(re.sub(r"([\\%_])", r"\\\1", sign) for sign in part)
    return f"%{signs}%{serial}"


def _found(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(Vehicle.id).where(*conditions).order_by(Vehicle.id.desc())


def _beginning(column: InstrumentedAttribute[Any], start: str) -> Select[int]:
    return select(Vehicle.id).where(begins_with(column, start)).order_by(column, Vehicle.id)


def _containing(column: InstrumentedAttribute[Any], part: str) -> Select[int]:
    """Read the column's index from end to end: only as much of it as the limit needs, and never the table."""
    return select(Vehicle.id).where(func.instr(column, part) > 0)
