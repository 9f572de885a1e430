"""確認済: what a clerk confirmed once for a car, such as the かな of the manual's own car, so that it is asked no more.

A confirmation holds for one warning of one car, as long as all that the warning speaks of stays the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import reduce
from typing import TYPE_CHECKING, Final

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.clock import JST
from onestop.model.base import Record
from onestop.model.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

PLANNED: Final = "planned_date"
RESTS_ON: Final[dict[str, tuple[str, ...]]] = {
    "A09": ("issue_date",),
    "A10": ("new_insurance_number",),
    "A11": ("inspection_date",),
    "A14": ("expiry_date",),
    "C06": ("certificate_update",),
    "I09": ("start_date", "end_date"),
    "I10": ("start_date", "end_date"),
    "I12": ("start_date", "insurer"),
    "I13": ("start_date", "rate_class"),
    "I16": ("start_date", "months"),
    "V09": (PLANNED,),
    "V14": ("expiry_date",),
    "V15": ("expiry_date",),
    "V16": ("expiry_date",),
    "V28": ("same_chassis_records",),
    "V29": ("classification_number",),
}
"""What a rule looks at besides the field and the message of its finding, where that is not all of it."""


class Confirmation(Record):
    """One warning that is right as it is."""

    __tablename__ = "confirmation"
    __table_args__ = (Index("uq_confirmation_said", "vehicle_id", "rule_id", "field", "message", "value", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id", ondelete="CASCADE"))
    rule_id: Mapped[str] = mapped_column()
    field: Mapped[str] = mapped_column()
    message: Mapped[str] = mapped_column(Text, repr=False)
    """What was asked about, in the words of that day: other words are another question."""
    value: Mapped[str] = mapped_column(Text, repr=False)
    """What stood there."""
    confirmed_at: Mapped[dt.datetime] = mapped_column()


def remembered(
    found: Iterable[Finding], record: object, known: Iterable[Confirmation], today: dt.date
) -> tuple[Finding, ...]:
    """Return the findings about a record with what they speak of; warnings that were confirmed are no warnings more.

    An error stays an error, whatever is remembered.
    """
    days = {_of(each): each.confirmed_at.astimezone(JST).date() for each in known}
    with_values = (dataclasses.replace(each, value=_value(each, record, today)) for each in found)
    return tuple(_confirmed(each, days) for each in with_values)


def _confirmed(one: Finding, days: dict[tuple[str, ...], dt.date]) -> Finding:
    day = days.get(_of(one))
    if day is None or one.severity is not Severity.WARNING:
        return one
    return dataclasses.replace(one, severity=Severity.CONFIRMED, confirmed_on=day)


def _of(one: Finding | Confirmation) -> tuple[str, ...]:
    return (one.rule_id, one.field, one.message, one.value)


def _value(one: Finding, record: object, today: dt.date) -> str:
    return " ".join(_stands(record, name, today) for name in (one.field, *RESTS_ON.get(one.rule_id, ())))


def _stands(record: object, name: str, today: dt.date) -> str:
    """Return what stands in a field by its name, or by its way to a part; no 申請予定日 is today."""
    value = reduce(lambda whole, part: getattr(whole, part, None), name.split("."), record)
    return str(today if value is None and name == PLANNED else value)
