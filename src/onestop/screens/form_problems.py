"""From what checks and services say about parts of a record to the fields of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.errors import InvalidInput, OneStopError, Problem, Refused
from onestop.model.wareki import format_western
from onestop.screens.plate_input import FIELD, field_on_glass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.findings import Finding, Severity


def problems_of(severity: Severity, findings: Sequence[Finding]) -> tuple[Problem, ...]:
    """Return the findings of one weight; the field of one about the whole is empty."""
    return tuple(Problem(field_on_glass(each.field), each.message) for each in findings if each.severity is severity)


def confirmed_lines(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return what a clerk confirmed for this car before, each with its day, as 確認済 2026/11/27.

    Only the first sentence of each: the others say what to check, and that was done.
    """
    confirmed = ((each.confirmed_on, each.message.partition("。")) for each in findings)
    return tuple(f"確認済 {format_western(day)}: {what}{stop}" for day, (what, stop, _) in confirmed if day is not None)


def problems_in(error: OneStopError) -> tuple[Problem, ...]:
    """Return what an error says about fields."""
    told: tuple[Problem, ...] = ()
    if isinstance(error, InvalidInput):
        told = error.problems
    elif isinstance(error, Refused):
        told = error.reasons
    return tuple(Problem(field_on_glass(each.field), each.message) for each in told if each.field)


def problem_of(field: str, problems: Sequence[Problem]) -> str | None:
    """Return what is wrong with a field; what is wrong with a part of the plate is wrong with the plate."""
    return next((each.message for each in problems if speaks_of(field, each.field)), None)


def without(field: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems of all other fields."""
    return tuple(each for each in problems if not speaks_of(field, each.field))


def speaks_of(field: str, named: str) -> bool:
    """Tell whether a problem that names a field, or a part of the plate, is one of this field of the glass."""
    part_of_plate = field == FIELD and named.startswith(f"{FIELD}_")
    return field in (named.partition(".")[0], field_on_glass(named)) or part_of_plate
