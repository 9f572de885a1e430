"""確認票 as it is answered on the glass, and what is understood of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.checklist import EXEMPT, FOR_ALL, GIVEN, UNASKED, Checklist, Item
from onestop.services.form_fields import read_day, shown_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

FIELDS: Final[Mapping[Item, str]] = {
    Item.CONSENT: "consent",
    Item.TAX: "tax",
    Item.PARKING: "parking",
    Item.RECALL: "recall",
    Item.OBD: "obd",
}
LONGEST_NAME: Final = 40
LONGEST_NUMBER: Final = 40
NO_NAME: Final = "確認した人の名前を入力してください。"
NO_CONSENT_DAY: Final = "承諾書の日付を入力してください。"
FUTURE: Final = "承諾書の日付が今日より後です。日付を確かめてください。"
TOO_EARLY: Final = "有効期限が承諾書の日付より前です。日付を確かめてください。"
OVER: Final = "有効期限が過ぎています。新しい承諾書をもらってください。"
NO_EXEMPTION: Final = "特例番号を入力してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistForm:
    """What stands in the fields."""

    consent: str = dataclasses.field(default=UNASKED, repr=False)
    consent_day: str = dataclasses.field(default="", repr=False)
    consent_until: str = dataclasses.field(default="", repr=False)
    """Of one for all cars of the 使用者: its last day; empty: until it is revoked."""
    tax: str = dataclasses.field(default=UNASKED, repr=False)
    parking: str = dataclasses.field(default=UNASKED, repr=False)
    recall: str = dataclasses.field(default=UNASKED, repr=False)
    obd: str = dataclasses.field(default=UNASKED, repr=False)
    obd_number: str = dataclasses.field(default="", repr=False)
    """特例番号, or the number of the result."""
    answered_by: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer with what belongs to it."""

    answer: str = dataclasses.field(repr=False)
    day: dt.date | None = None
    number: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What was understood."""

    answers: Mapping[Item, Answered]
    """Of what is asked of this car."""
    last_day: dt.date | None
    answered_by: str = dataclasses.field(repr=False)
    gives_fleet_consent: bool
    """Whether a new 承諾書 for all cars of the 使用者 is to be noted."""


def form_of(checklist: Checklist, answered_by: str) -> ChecklistForm:
    """Return the fields as they stand when the page is opened."""
    answers = {field: checklist.answer(item) for item, field in FIELDS.items()}
    consent, obd, fleet = checklist.answers.get(Item.CONSENT), checklist.answers.get(Item.OBD), checklist.fleet
    day = consent.day if consent and answers["consent"] != UNASKED else None
    if answers["consent"] == FOR_ALL and fleet is not None:
        day = fleet.given_on
    return ChecklistForm(
        **answers,
        consent_day=shown_day(day),
        consent_until=shown_day(fleet.last_day if fleet else None),
        obd_number=obd.number if obd else "",
        answered_by=answered_by,
    )


def read_form(form: ChecklistForm, checklist: Checklist, today: dt.date) -> ReadForm:
    """Understand what stands in the fields.

    Raises:
        InvalidInput: every field that is missing or cannot be read is named.
    """
    problems: list[Problem] = []
    day = read_day("consent_day", form.consent_day, today, problems, past=True)
    until = read_day("consent_until", form.consent_until, today, problems)
    gives = form.consent == FOR_ALL and checklist.fleet is None
    if not problems:
        problems += _consent_problems(form, day, until if gives else None, today)
    if form.obd == EXEMPT and not form.obd_number.strip():
        problems.append(Problem("obd_number", NO_EXEMPTION))
    name = form.answered_by.strip()
    if not name:
        problems.append(Problem("answered_by", NO_NAME))
    if problems:
        raise InvalidInput(*problems)
    answers = {item: Answered(getattr(form, FIELDS[item])) for item in checklist.items}
    if form.consent in (GIVEN, FOR_ALL):
        answers[Item.CONSENT] = Answered(form.consent, day)
    if Item.OBD in answers and form.obd != UNASKED:
        answers[Item.OBD] = Answered(form.obd, number=form.obd_number.strip())
    return ReadForm(answers, until, name, gives)


def _consent_problems(form: ChecklistForm, day: dt.date | None, until: dt.date | None, today: dt.date) -> list[Problem]:
    if form.consent not in (GIVEN, FOR_ALL):
        return []
    if day is None:
        return [Problem("consent_day", NO_CONSENT_DAY)]
    if day > today:
        return [Problem("consent_day", FUTURE)]
    if until is not None and until < day:
        return [Problem("consent_until", TOO_EARLY)]
    return [Problem("consent_until", OVER)] if until is not None and until < today else []


def read_name(typed: str) -> str:
    """Return who does it.

    Raises:
        InvalidInput: nobody is named.
    """
    if not typed.strip():
        raise InvalidInput(Problem("answered_by", NO_NAME))
    return typed.strip()
