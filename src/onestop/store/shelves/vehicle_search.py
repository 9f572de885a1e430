"""How 照会 looks for a text: everything that it may be by its index and in one statement, the likeliest first.

The ends of 車台番号 are looked up in a reversed column by range; LIKE with a leading % would read every row.
"""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.errors import InvalidInput
from onestop.model.chassis import chassis_key
from onestop.model.ending import Ending
from onestop.model.lists import VehicleRow
from onestop.model.plate import FILLERS, filled_serial, parse_plate
from onestop.model.sending_state import Sending
from onestop.model.text import fold_for_search
from onestop.store.prepared import Prepared, beginning, for_server, stored_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onestop.store.driver import Driver
    from onestop.store.prepared import Convert

_COLUMNS: Final = f"""
vehicle.id, vehicle.area || vehicle.class_number || vehicle.kana || vehicle.serial, vehicle.vehicle_name,
vehicle.model_code, CASE WHEN vehicle.user_is_owner THEN vehicle.owner_name ELSE vehicle.user_name END,
vehicle.chassis_number, vehicle.expiry_date,
CASE WHEN inspection.ended_at IS NULL THEN filing.control_number END, filing.sending, filing.status,
coalesce(inspection.ending IN ('{Ending.FINISHED}', '{Ending.COUNTER}')
         AND inspection.renews IS NOT DISTINCT FROM vehicle.expiry_date, FALSE),
CASE WHEN inspection.ended_at IS NULL THEN inspection.last_application_date END
"""
"""Those of VehicleRow: a car that was found, with its newest inspection and its filing that counts."""
_ROWS: Final = f"""
SELECT {_COLUMNS} FROM ({{found}}) AS found JOIN vehicle ON vehicle.id = found_id
LEFT JOIN inspection ON inspection.id = (
    SELECT max(inspection.id) FROM inspection WHERE inspection.vehicle_id = vehicle.id)
LEFT JOIN filing ON filing.control_number = (
    SELECT coalesce(max(CASE WHEN filing.is_open THEN filing.control_number END), max(filing.control_number))
    FROM filing WHERE filing.inspection_id = inspection.id)
"""  # noqa: S608 - constants
_ROWS_ON_SERVER: Final = f"""
SELECT DISTINCT ON ({{first_of}}) {_COLUMNS} FROM ({{found}}) AS vehicle
LEFT JOIN inspection ON inspection.vehicle_id = vehicle.id
LEFT JOIN filing ON filing.inspection_id = inspection.id
ORDER BY {{order}}, inspection.id DESC, filing.is_open DESC, filing.control_number DESC
"""  # noqa: S608 - constants
"""A car has few of both: a server reads them all and takes the first row of each car, for half of what looking for the
newest costs; and a car is read as it is found, and not once more by its id. On SQLite it is the other way round."""
_CAR: Final = (
    ", id, area, class_number, kana, serial, vehicle_name, model_code, user_is_owner, owner_name, user_name,"
    " chassis_number, expiry_date"
)
"""What a server reads of a car as it is found."""
_NAMES: Final = ("user_key", "owner_key", "reading_key")
_WORDS: Final = (*_NAMES, "plate_key")


def _day(stored: str | date | None) -> date | None:
    return None if stored is None else stored_day(stored)


def _sending(stored: str | None) -> Sending | None:
    return None if stored is None else Sending(stored)


_READERS: Final[Mapping[int, Convert]] = {6: _day, 8: _sending, 10: bool, 11: _day}


def _prepared(found: str, order: str = "", on_server: str = "") -> Prepared:
    """Return a query for the cars that are found so, in such an order; `on_server`: or found so, on a server.

    Both leave room for `{car}` behind the id.
    """

    def said_to_server() -> Prepared:
        first = order or "found_id"
        cars = (on_server or found).format(car=_CAR)
        rows = _ROWS_ON_SERVER.format(first_of=first.replace(" DESC", ""), found=cars, order=first)
        return Prepared(for_server(rows), _READERS)

    rows = _ROWS.format(found=found.format(car="")) + (f"ORDER BY {order}" if order else "")
    return Prepared(rows, _READERS, on_server=said_to_server)


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

    condition: str
    order: str
    sorted_number: str = "0"
    sorted_word: str = "''"


def _numbered(condition: str) -> _Index:
    return _Index(condition, "id DESC", sorted_number="-id")


def _named(column: str, name: str) -> _Index:
    return _Index(f"{column} >= :{name}_from AND {column} < :{name}_behind", f"{column}, id", sorted_word=column)


_INDEXES: Final = {
    Kind.PLATE: (_numbered("plate_key = :plate"),),
    Kind.SERIAL: (_numbered("serial = :serial"),),
    Kind.PART_OF_PLATE: (_numbered("serial = :serial AND plate_key LIKE :pattern ESCAPE '\\'"),),
    Kind.CHASSIS: (_named("chassis_tail", "tail"),),
    Kind.NAMES: tuple(_named(column, "name") for column in _NAMES),
    Kind.BEGINNING_OF_PLATE: (_named("plate_key", "written"),),
}


@cache
def _found_by(kinds: tuple[Kind, ...], most: int) -> Prepared:
    """Return the one statement that looks for all these kinds, each by its index, and reads what the list shows.

    The limit is written into it: SQLite plans a bound limit anew at every execution, for 90 µs.
    """
    indexes = (index for kind in kinds for index in _INDEXES[kind])
    each = (f"SELECT * FROM ({_looked_up(*one)} LIMIT {most}) AS found_{one[0]}" for one in enumerate(indexes))  # noqa: S608 - constants
    return _prepared(" UNION ALL ".join(each), "place, number, word, found_id")


def _looked_up(place: int, index: _Index) -> str:
    what = f"{place} AS place, {index.sorted_number} AS number, {index.sorted_word} AS word, id AS found_id{{car}}"
    return f"SELECT {what} FROM vehicle WHERE {index.condition} ORDER BY {index.order}"  # noqa: S608 - constants


@cache
def _used_last(most: int) -> Prepared:
    found = f"SELECT used_at AS used, id AS found_id{{car}} FROM vehicle ORDER BY used_at DESC, id DESC LIMIT {most}"  # noqa: S608 - constants
    return _prepared(found, "used DESC, found_id DESC")


@cache
def _expiring_on(most: int) -> Prepared:
    return _prepared(f"SELECT id AS found_id{{car}} FROM vehicle WHERE expiry_date = :day LIMIT {most}")  # noqa: S608 - constants


_PAIRED: Final = (
    "name_grams({column}) @> sought_grams(CAST(:part AS text)) AND strpos({column}, CAST(:part AS text)) > 0"
)
"""A server has an index of the pairs of signs in each word (migration 0015)."""


@cache
def _anywhere(column: str, most: int) -> Prepared:
    """Read the index of one of `_WORDS` from end to end: only as much of it as the limit needs, and never the table."""
    found = f"SELECT id AS found_id{{{{car}}}} FROM vehicle WHERE {{has}} LIMIT {most}"  # noqa: S608 - constants
    return _prepared(
        found.format(has=f"instr({column}, :part) > 0"), on_server=found.format(has=_PAIRED.format(column=column))
    )


_DIGIT: Final = re.compile("[0-9]")
_FILLERS: Final = re.compile(f"[{FILLERS}]")
_SERIAL: Final = re.compile(r"(?=[0-9]{1,4}\Z)0*([1-9][0-9]*)|([0-9]{2})-([0-9]{2})")
_TOO_LONG: Final = 5
"""Digits in a row that are no 一連指定番号."""
_PART_AND_SERIAL: Final = re.compile(r"(?P<part>.*[^0-9-])(?P<serial>[0-9]{2}-[0-9]{2}|[0-9]{1,4})")


_EXPIRY: Final = re.compile(r"満了日([0-9]{4})/([0-9]{2})/([0-9]{2})")
"""満了日 2026/12/05, folded: what a day's bar in 照会 searches for."""


def vehicle_rows(driver: Driver, text: str, most: int) -> tuple[VehicleRow, ...]:
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
    day = _EXPIRY.fullmatch(name)
    if day is not None:
        yield Way(_expiring_on(most), {"day": "-".join(day.groups())}, is_enough=True)
        return
    key = _FILLERS.sub("", name)  # a stored plate has no fillers, but a name may have: ジョン・見本
    if not key:
        yield Way(_used_last(most), {})
        return
    filled = filled_serial(text)
    kinds, values = _sought_of_plates(text, key, filled)
    words: tuple[str, ...] = _NAMES
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
        for column in words:
            yield Way(_anywhere(column, most), {"part": key if column == "plate_key" else name})


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
