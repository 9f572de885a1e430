"""How 照会 looks for a text: everything that it may be by its index and in one statement, the likeliest first.

The ends of 車台番号 are looked up in a reversed column by range; LIKE with a leading % would read every row.
"""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import (
    String,
    and_,
    bindparam,
    case,
    false,
    func,
    join,
    literal_column,
    or_,
    outerjoin,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.types import NullType

from onestop.errors import InvalidInput
from onestop.model.chassis import chassis_key
from onestop.model.filing import Filing
from onestop.model.inspection import Ending, Inspection
from onestop.model.lists import VehicleRow
from onestop.model.plate import FILLERS, filled_serial, parse_plate
from onestop.model.text import fold_for_search
from onestop.model.vehicle import Vehicle
from onestop.store.sqlite.prepared import Prepared, limited
from onestop.store.sqlite.ranges import beginning, begins_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection as RawConnection

    from sqlalchemy import ColumnElement, Select, Subquery
    from sqlalchemy.orm import InstrumentedAttribute

_NEWEST_INSPECTION: Final = (
    select(func.max(Inspection.id)).where(Inspection.vehicle_id == Vehicle.id).correlate(Vehicle).scalar_subquery()
)
_FILING_THAT_COUNTS: Final = (
    select(func.coalesce(func.max(case((Filing.is_open, Filing.control_number))), func.max(Filing.control_number)))
    .where(Filing.inspection_id == Inspection.id)
    .correlate(Inspection)
    .scalar_subquery()
)
_ENDED: Final = Inspection.ended_at.is_not(None)
_GIVES_CERTIFICATE: Final = or_(Inspection.ending == Ending.FINISHED, Inspection.ending == Ending.COUNTER)
_IS_RENEWED_ONE: Final = Inspection.renews.is_not_distinct_from(Vehicle.expiry_date)
_ROW: Final = (
    Vehicle.id,
    Vehicle.area + Vehicle.class_number + Vehicle.kana + Vehicle.serial,
    Vehicle.vehicle_name,
    Vehicle.model_code,
    case((Vehicle.user_is_owner, Vehicle.owner_name), else_=Vehicle.user_name),
    Vehicle.chassis_number,
    Vehicle.expiry_date,
    case((_ENDED, None), else_=Filing.control_number),
    Filing.sending,
    Filing.status,
    func.coalesce(and_(_GIVES_CERTIFICATE, _IS_RENEWED_ONE), false()),
    case((_ENDED, None), else_=Inspection.last_application_date),
)
"""The columns of VehicleRow."""
_VEHICLE_ID: Final = Vehicle.id.label("vehicle_id")
_NAMES: Final = (Vehicle.user_key, Vehicle.owner_key, Vehicle.reading_key)
_WORDS: Final = (*_NAMES, Vehicle.plate_key)


class Kind(StrEnum):
    """What a text may be; the likeliest stands first."""

    PLATE = "a whole plate"
    SERIAL = "a 一連指定番号"
    PART_OF_PLATE = "a 一連指定番号 and something before it"
    CHASSIS = "the end of a 車台番号"
    NAMES = "the beginning of a name or a reading"
    BEGINNING_OF_PLATE = "the beginning of a plate, which is Japanese"


class _Index(NamedTuple):
    """Which cars one index is asked for, in which order it has them, and by what they are put in order again."""

    condition: ColumnElement[bool]
    order: ColumnElement[Any]
    sorted_by: ColumnElement[Any] | InstrumentedAttribute[str]


def _numbered(condition: ColumnElement[bool]) -> _Index:
    return _Index(condition, Vehicle.id.desc(), -Vehicle.id)


def _named(column: InstrumentedAttribute[str], name: str) -> _Index:
    return _Index(begins_with(column, name), column.asc(), column)


_SERIAL_IS: Final = Vehicle.serial == bindparam("serial")
_INDEXES: Final = {
    Kind.PLATE: (_numbered(Vehicle.plate_key == bindparam("plate")),),
    Kind.SERIAL: (_numbered(_SERIAL_IS),),
    Kind.PART_OF_PLATE: (_numbered(and_(_SERIAL_IS, Vehicle.plate_key.like(bindparam("pattern"), escape="\\"))),),
    Kind.CHASSIS: (_named(Vehicle.chassis_tail, "tail"),),
    Kind.NAMES: tuple(_named(column, "name") for column in _NAMES),
    Kind.BEGINNING_OF_PLATE: (_named(Vehicle.plate_key, "written"),),
}


@cache
def _found_by(kinds: tuple[Kind, ...], most: int) -> Prepared:
    """Return the one statement that looks for all these kinds, each by its index, and reads what the list shows."""
    indexes = (index for kind in kinds for index in _INDEXES[kind])
    each = (limited(_looked_up(index, place), most).subquery() for place, index in enumerate(indexes))
    found = union_all(*(select(one) for one in each)).subquery()
    return Prepared(_with_rows(found).order_by(found.c.place, found.c.sorted_by, found.c.vehicle_id))


def _looked_up(index: _Index, place: int) -> Select[*tuple[Any, ...]]:
    sorted_by: ColumnElement[Any] = type_coerce(index.sorted_by, NullType).label("sorted_by")
    ids = select(literal_column(str(place)).label("place"), sorted_by, _VEHICLE_ID)
    return ids.where(index.condition).order_by(index.order, Vehicle.id)


def _with_rows(found: Subquery) -> Select[*tuple[Any, ...]]:
    vehicles = join(found, Vehicle, Vehicle.id == found.c.vehicle_id)
    inspections = outerjoin(vehicles, Inspection, Inspection.id == _NEWEST_INSPECTION)
    return select(*_ROW).select_from(outerjoin(inspections, Filing, Filing.control_number == _FILING_THAT_COUNTS))


@cache
def _used_last(most: int) -> Prepared:
    used = select(_VEHICLE_ID, Vehicle.used_at).order_by(Vehicle.used_at.desc(), Vehicle.id.desc())
    found = limited(used, most).subquery()
    return Prepared(_with_rows(found).order_by(found.c.used_at.desc(), found.c.vehicle_id.desc()))


@cache
def _anywhere(place: int, most: int) -> Prepared:
    """Read the index of one of `_WORDS` from end to end: only as much of it as the limit needs, and never the table."""
    ids = select(_VEHICLE_ID).where(func.instr(_WORDS[place], bindparam("part", type_=String)) > 0)
    return Prepared(_with_rows(limited(ids, most).subquery()))


_DIGIT: Final = re.compile("[0-9]")
_FILLERS: Final = re.compile(f"[{FILLERS}]")
_SERIAL: Final = re.compile(r"(?=[0-9]{1,4}\Z)0*([1-9][0-9]*)|([0-9]{2})-([0-9]{2})")
_TOO_LONG: Final = 5
"""Digits in a row that are no 一連指定番号."""
_PART_AND_SERIAL: Final = re.compile(r"(?P<part>.*[^0-9-])(?P<serial>[0-9]{2}-[0-9]{2}|[0-9]{1,4})")


def vehicle_rows(driver: RawConnection, text: str, most: int) -> tuple[VehicleRow, ...]:
    """Return what 照会 shows for a text: the likeliest first, each car once (store/lists.py)."""
    found: dict[int, VehicleRow] = {}
    for way in ways_to_find(text, most):
        for row in way.query.rows(driver, way.values):
            if row[0] not in found:
                found[row[0]] = VehicleRow._make(row)
        if len(found) >= most or (found and way.is_enough):
            break
    return tuple(found.values())[:most]


class Way(NamedTuple):
    """One query for rows of vehicles."""

    query: Prepared
    values: dict[str, str]
    is_enough: bool = False
    """Where a number has found its car, no whole index is read besides."""

    def __repr__(self) -> str:
        """Name it without what was searched for."""
        return f"Way({self.query!r})"


def ways_to_find(text: str, most: int) -> Iterator[Way]:
    """Yield the queries for a text, the likeliest first, for so many cars each; "" asks for the cars used last."""
    name = fold_for_search(text)
    key = _FILLERS.sub("", name)  # a stored plate has no fillers, but a name may have: ジョン・見本
    if not key:
        yield Way(_used_last(most), {})
        return
    filled = filled_serial(text)
    kinds, values = _sought_of_plates(text, key, filled)
    words: tuple[InstrumentedAttribute[str], ...] = _NAMES
    if filled is None:  # not plainly the number of a plate
        words = _WORDS
        tail = chassis_key(text)[::-1]
        if tail:
            kinds += (Kind.CHASSIS,)
            values |= beginning(tail, "tail")
        kinds += (Kind.NAMES,)
        values |= beginning(name, "name")
        if not key.isascii():
            kinds += (Kind.BEGINNING_OF_PLATE,)
            values |= beginning(key, "written")
    yield Way(_found_by(kinds, most), values, _DIGIT.search(key) is not None)
    if not key.isdigit():
        for place, column in enumerate(words):
            part = key if column is Vehicle.plate_key else name
            yield Way(_anywhere(place, most), {"part": part})


def serial_of(key: str) -> str | None:
    """Return the 一連指定番号 that a folded text is (0012, 12-34, 7), None if it is none."""
    match = _SERIAL.fullmatch(key)
    if match is None:
        return None
    return match[1] or f"{match[2]}{match[3]}".lstrip("0") or None


def _sought_of_plates(text: str, key: str, filled: tuple[str, str] | None) -> tuple[tuple[Kind, ...], dict[str, str]]:
    """Return which kinds of plate or part of one a text may be, and what is then looked for."""
    kinds: tuple[Kind, ...] = ()
    values: dict[str, str] = {}
    if not key.isascii():  # every 地名 is Japanese
        with suppress(InvalidInput):
            values["plate"] = fold_for_search(parse_plate(text).display())
            kinds = (Kind.PLATE,)
    part, serial = filled or _part_and_serial(key)
    if serial:
        values["serial"] = serial
        if part:
            values["pattern"] = _pattern(fold_for_search(part), serial)
        kinds += (Kind.PART_OF_PLATE if part else Kind.SERIAL,)
    return kinds, values


def _part_and_serial(key: str) -> tuple[str, str | None]:
    if len(key) >= _TOO_LONG and key[-_TOO_LONG:].isdigit():  # the end of a 車台番号: what is typed most
        return "", None
    match = _PART_AND_SERIAL.fullmatch(key)
    return (match["part"], serial_of(match["serial"])) if match else ("", serial_of(key))


def _pattern(part: str, serial: str) -> str:
    """Return a LIKE pattern for the parts of a plate in their order, some left out: 土浦あ1111, あ1111."""
    signs = "%".join(re.sub(r"([\\%_])", r"\\\1", sign) for sign in part)
    return f"%{signs}%{serial}"
