"""The shelf of filings: entities for forms, plain rows and bare numbers for 申請書一覧."""

from __future__ import annotations

import datetime as dt
import json
import sys
from array import array
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.orm.attributes import instance_dict, set_committed_value

from onestop.clock import JST
from onestop.errors import NotAllowed
from onestop.model.chassis import chassis_key
from onestop.model.filing import Filing, FilingFee, that_counts
from onestop.model.inspection import Inspection
from onestop.model.lists import LARGEST_CONTROL_NUMBER, FilingColumn, FilingCondition, FilingQuery, FilingRow
from onestop.model.sending_state import Sending
from onestop.model.words import FILING_WORD, SENT_BACK, words_like
from onestop.store.compiled import begins_with, driver_of, limited, prepared
from onestop.store.prepared import Prepared, beginning
from onestop.store.record_failures import SECOND_FILING
from onestop.store.records import Records
from onestop.store.shelves.sendable import SendableShelf
from onestop.store.words import IsAmong, among, among_wanted, listed, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onestop.store.driver import Driver
    from onestop.store.shelves.sendable import Filed

SORTED_BY: Final[dict[FilingColumn, InstrumentedAttribute[Any]]] = {
    FilingColumn.CONTROL_NUMBER: Filing.control_number,
    FilingColumn.COMPLETION: Filing.is_finished,
    FilingColumn.VEHICLE_CLASS: Filing.vehicle_class,
    FilingColumn.PROCEDURE: Filing.procedure,
    FilingColumn.FILING_ID: Filing.filing_id,
    FilingColumn.REQUESTED_AT: Filing.requested_at,
    FilingColumn.STATUS: Filing.status,
    FilingColumn.OSS_STATUS: Filing.oss_status,
    FilingColumn.REGISTRATION_NUMBER: Filing.plate_key,
    FilingColumn.CHASSIS_NUMBER: Filing.chassis_number,
    FilingColumn.LAST_APPLICATION_DATE: Filing.last_application_date,
}
"""Each has an index, so that a million rows sort in the time it takes to read their numbers."""

_MAY_BE_EMPTY: Final = frozenset(each for each, column in SORTED_BY.items() if column.expression.nullable)
"""Of the others nothing is said of NULLs: a server could not read their index backwards."""
_HAS_ENDED: Final = exists(
    select(Inspection.id).where(Inspection.id == Filing.inspection_id, Inspection.ended_at.is_not(None))
)
_LATER: Final = aliased(Filing)
_HAS_NEWER: Final = exists(
    select(_LATER.control_number).where(
        _LATER.inspection_id == Filing.inspection_id, _LATER.control_number > Filing.control_number
    )
)
_MAY_BE_SENT: Final = and_(Filing.sending == Sending.DRAFT, Filing.is_open, ~_HAS_ENDED)
_ROW: Final = (
    Filing.control_number,
    Filing.vehicle_id,
    Filing.sending,
    Filing.is_finished,
    Filing.is_closed,
    Filing.vehicle_class,
    Filing.procedure,
    Filing.filing_id,
    Filing.requested_at,
    Filing.status,
    Filing.oss_status,
    Filing.plate_key,
    Filing.chassis_number,
    Filing.last_application_date,
    _HAS_ENDED.correlate(Filing),
    Filing.is_open,
    _HAS_NEWER.correlate(Filing),
    Filing.user_name,
    Filing.lease_terminal,
    Filing.lease_until,
)
"""The columns of FilingRow."""
_ROWS: Final = prepared(select(*_ROW).where(among_wanted(Filing.control_number)))
"""Any number of numbers comes as one parameter, a JSON list."""
_FEES: Final = Records(
    FilingFee, lambda rows: rows.where(among_wanted(FilingFee.control_number)).order_by(FilingFee.position)
)
_OF_INSPECTION: Final = Records(Filing, lambda rows: rows.where(Filing.inspection_id == bindparam("inspection")))
_OTHERS: Final = Prepared(
    "SELECT 1 FROM filing WHERE inspection_id = :inspection AND control_number <> :number LIMIT 1", {}
)
_LARGEST: Final = Prepared("SELECT max(control_number) FROM filing", {})
_SENT_BACK: Final = prepared(
    select(Filing.inspection_id, func.max(Filing.control_number))
    .where(
        among_wanted(Filing.vehicle_id),
        IsAmong(Filing.status, bindparam("words", type_=String)),
        Filing.inspection_id.is_not(None),
    )
    .group_by(Filing.inspection_id)
)


class FilingShelf(SendableShelf[Filing]):
    """All filings, their fees loaded."""

    kind = Filing
    number = "filing_id"

    def add(self, record: Filing) -> Filing:
        """Put a new filing here, or one back that was changed outside. Its control_number is known after this."""
        return self._whole([super().add(record)])[0]

    def put_back(self, record: Filing) -> Filing:
        """Put a filing back under its 管理番号; a draft that was made in its place gives way."""
        record.is_open = False
        put_back = super().put_back(record)
        self.give_place(put_back.inspection_id or 0)
        return put_back

    def that_counts(self, inspection_id: int) -> Filing | None:
        """Return the one of an inspection's filings that counts."""
        return that_counts(self._of_inspection(inspection_id))

    def sent_back_in(self, vehicle_ids: Iterable[int]) -> dict[int, Filing]:
        """Return, by the id of the inspection, the newest 差戻 among the filings of these cars."""
        asked = {**listed(vehicle_ids), "words": json.dumps(words_like(FILING_WORD, SENT_BACK))}
        newest = _SENT_BACK.run(driver_of(self._session), asked).fetchall()
        records = self.get_many(number for _, number in newest) if newest else {}
        return {inspection_id: records[number] for inspection_id, number in newest}

    def with_word(self, word: str, *, done: bool, final: bool, goes_on: bool) -> tuple[Filing, ...]:
        """Return those with this 申請ステータス that stand otherwise than it says."""
        other = or_(Filing.is_finished.is_not(done), Filing.is_closed.is_not(final), Filing.is_open.is_not(goes_on))
        return self._that(Filing.status == word, other)

    def with_oss_word(self, word: str, *, goes_on: bool) -> tuple[Filing, ...]:
        """Return those with this OSSステータス that stand otherwise than it says."""
        return self._that(Filing.oss_status == word, Filing.is_open.is_not(goes_on))

    def _that(self, *conditions: ColumnElement[bool]) -> tuple[Filing, ...]:
        filed = select(Filing).where(Filing.sending == Sending.FILED, *conditions).order_by(Filing.control_number)
        return tuple(self._whole([*self._session.scalars(filed)]))

    def give_place(self, inspection_id: int) -> None:
        """Give an inspection's one place to the filing that counts, if it goes on; the one that had it gives way."""
        mine = self._of_inspection(inspection_id)
        counts = that_counts(mine)
        for each in mine:
            each.is_open = each.is_open and each is counts
        self._session.flush()  # the one that gives way is written first: two never have the place
        for each in mine:
            each.is_open = each is counts and each.goes_on

    def refuse_second(self, filing: Filing) -> None:
        """Keep a filing from being sent beside another one.

        Raises:
            NotAllowed: its inspection has another one that goes on.
        """
        asked = {"inspection": filing.inspection_id, "number": filing.control_number}
        if _OTHERS.run(driver_of(self._session), asked).fetchone():
            self.give_place(filing.inspection_id or 0)
        elif filing.is_open is not filing.goes_on:
            filing.is_open = filing.goes_on
        if not filing.is_open:
            self.refuse_new(filing.inspection_id or 0)

    def refuse_new(self, inspection_id: int) -> None:
        """Keep an inspection from having two filings that go on, made at two desks perhaps.

        Raises:
            NotAllowed: it has one, which is named.
        """
        counts = self.that_counts(inspection_id)
        if counts is not None and counts.goes_on:
            raise NotAllowed(SECOND_FILING.format(number=counts.control_number))

    def _of_inspection(self, inspection_id: int) -> tuple[Filing, ...]:
        return tuple(self._whole(_OF_INSPECTION.all(self._session, {"inspection": inspection_id})))

    def _whole(self, records: list[Filing]) -> list[Filing]:
        bare = {each.control_number: each for each in records if "fees" not in instance_dict(each)}
        fees: dict[int, list[FilingFee]] = {number: [] for number in bare}
        for fee in _FEES.all(self._session, listed(bare)) if bare else ():
            fees[fee.control_number].append(fee)
        for number, filing in bare.items():
            set_committed_value(filing, "fees", fees[number])
        return records

    def ids(self, query: FilingQuery) -> array[int]:
        """Return the 管理番号 of all filings that a query finds, in its order: 8 bytes each, however many.

        They come with as few digits as the largest of all needs: memory that a million took is not all given back.
        """
        driver, values = driver_of(self._session), _values(query)
        ((largest,),) = _LARGEST.run(driver, {})
        size = ((largest or 1).bit_length() + 7) // 8
        ((digits,),) = _packed(_shape(query, values)).run(driver, values | {"digits": 2 * size})
        return _unpacked(digits or "", size)

    def rows(self, ids: Iterable[int]) -> tuple[FilingRow, ...]:
        """Return the rows of a list in the order of the numbers; one that is gone is left out."""
        wanted = list(ids)
        rows = _ROWS.rows(driver_of(self._session), listed(wanted))
        by_number = {row[0]: FilingRow._make(row) for row in rows}
        return tuple(by_number[number] for number in wanted if number in by_number)

    def refreshable(self, control_numbers: Iterable[int], forgettable_before: dt.datetime) -> tuple[Filed, ...]:
        """Return those that AINAS can still say something new about, in the given order.

        One that AINAS did not know is given up only if it was issued before that moment.
        """
        remembered = or_(Filing.forgotten.is_(False), Filing.requested_at >= forgettable_before)
        return self._filed(control_numbers, Filing.is_closed.is_(False), remembered)

    def drafts_among(self, control_numbers: Iterable[int]) -> tuple[int, ...]:
        """Return those that are 申請前 and may be sent: of no inspection that has ended or another goes on in."""
        wanted = list(control_numbers)
        drafts = select(Filing.control_number).where(among(Filing.control_number, wanted), _MAY_BE_SENT)
        ours = set(self._session.scalars(drafts))
        return tuple(number for number in wanted if number in ours)


def first_rows(driver: Driver, query: FilingQuery, limit: int) -> tuple[FilingRow, ...]:
    """Return the first rows of a list: what stands on the glass before the numbers of all are known."""
    values = _values(query)
    return tuple(map(FilingRow._make, _first(_shape(query, values), limit).rows(driver, values)))


def numbers_query(query: FilingQuery) -> Select[int]:
    """Return the statement behind a list: sorted in SQL, empty fields last, the 管理番号 deciding among equals."""
    values = _values(query)
    return _in_order(_shape(query, values), Filing.control_number).params(values)


class _Shape(NamedTuple):
    """What queries with the same statement have in common: they restrict the same things."""

    condition: FilingCondition
    sort: FilingColumn
    descending: bool
    restricted: tuple[str, ...]


def _shape(query: FilingQuery, values: Iterable[str]) -> _Shape:
    return _Shape(query.condition, query.sort, query.descending, tuple(values))


@cache
def _packed(shape: _Shape) -> Prepared:
    numbers = _in_order(shape, Filing.control_number).subquery()
    return prepared(select(packed(numbers.c.control_number, bindparam("digits", type_=Integer))))


@cache
def _first(shape: _Shape, most: int) -> Prepared:
    return prepared(limited(_in_order(shape, *_ROW), most))


_IN_OUR_ORDER: Final[dict[str, Callable[[array[int]], object]]] = {"big": len, "little": array.byteswap}
"""What turns the order of digits into this machine's order of bytes; nothing has to be done where they are the same."""
AT_ONCE: Final = 65_536
"""Numbers that are read at once."""


def _unpacked(digits: str, size: int) -> array[int]:
    """Return numbers that the database wrote one after another as hexadecimal digits, so many bytes each.

    A cursor would come back to Python for each of them: a million take twice as long, and meanwhile the window has to
    ask for Python's lock again and again.
    """
    numbers = array("q")
    piece = 2 * size * AT_ONCE
    for begin in range(0, len(digits), piece):  # a whole copy more would be megabytes
        packed_numbers = bytes.fromhex(digits[begin : begin + piece])
        cells = bytearray(len(packed_numbers) // size * 8)
        for place in range(size):
            cells[8 - size + place :: 8] = packed_numbers[place::size]
        numbers.frombytes(cells)
    _IN_OUR_ORDER[sys.byteorder](numbers)
    return numbers


def _in_order(shape: _Shape, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    column = SORTED_BY[shape.sort]
    rows = select(*columns)
    for name, wanted in {**_CONDITIONS, **_RESTRICTIONS}.items():
        if name in shape.restricted or name is shape.condition:
            rows = rows.where(wanted)
    if shape.descending:
        last = column.desc().nulls_last() if shape.sort in _MAY_BE_EMPTY else column.desc()
        return rows.order_by(last, Filing.control_number.desc())
    return rows.order_by(column.asc().nulls_last(), Filing.control_number)


_CONDITIONS: Final[dict[object, ColumnElement[bool]]] = {
    FilingCondition.NOT_ISSUED: Filing.sending == Sending.DRAFT,
    FilingCondition.ISSUED: Filing.sending != Sending.DRAFT,
}
_RESTRICTIONS: Final[dict[object, ColumnElement[bool]]] = {
    "number_from": Filing.control_number >= bindparam("number_from"),
    "number_to": Filing.control_number <= bindparam("number_to"),
    "tail_from": begins_with(Filing.chassis_tail, "tail"),
    "requested_from": Filing.requested_at >= bindparam("requested_from"),
    "requested_before": Filing.requested_at < bindparam("requested_before"),
    "only_sendable": _MAY_BE_SENT,
}
"""By the names of `_values`."""


def _values(query: FilingQuery) -> dict[str, object]:
    """Return what restricts a query."""
    values: dict[str, object] = {}
    if query.number_from > 1:
        values["number_from"] = query.number_from
    if query.number_to < LARGEST_CONTROL_NUMBER:
        values["number_to"] = query.number_to
    tail = chassis_key(query.chassis_tail)[::-1]
    if tail:
        values |= beginning(tail, "tail")
    if query.requested_from:
        values["requested_from"] = midnight(query.requested_from)
    if query.requested_to:
        values["requested_before"] = midnight(query.requested_to + dt.timedelta(days=1))
    if query.only_sendable:
        values["only_sendable"] = None
    return values


def midnight(day: dt.date) -> dt.datetime:
    """Return when a day begins in Japan."""
    return dt.datetime.combine(day, dt.time(), JST)
