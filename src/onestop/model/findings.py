"""What a check found, and how much it weighs: the severities of resources/rules/."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as of_dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.shipped import rows_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_FILES: Final = (
    "validation_rules.csv",
    "filing_rules.csv",
    "insurance_rules.csv",
    "conformity_rules.csv",
    "days_rules.csv",
    "comparison_rules.csv",
    "checklist_rules.csv",
)
"""All but the first are ours; where two have a rule, the later one wins."""


class Severity(StrEnum):
    """How much a finding weighs; the values are the first words of the files' severities."""

    ERROR = "error"
    WARNING = "warn"
    INFO = "info"
    CHECKLIST = "checklist"
    CONFIRMED = "confirmed"
    """In no file: a warning that a clerk confirmed for this car (model/confirmation.py)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the files, as far as a check needs it."""

    id: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check says about a field (its English name; "" when it is about the whole)."""

    rule_id: str
    severity: Severity
    field: str
    message: str = of_dataclass(repr=False)
    value: str = of_dataclass(default="", repr=False)
    """What stands where it looked: a confirmation holds for that alone."""
    confirmed_on: dt.date | None = None
    """The day on which a clerk confirmed it for this car."""
    paper: str = ""
    """The paper that differs (comparison.Source), where it is not the one that is checked."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, each once."""
    found: dict[str, Rule] = {}
    for name in _FILES:
        for row in rows_of(f"rules/{name}"):
            found[row["id"]] = Rule(row["id"], Severity(row["severity"].split()[0]))
    return tuple(found.values())


def finding(rule_id: str, field: str, message: str, paper: str = "") -> Finding:
    """Return a finding with the severity that the files give its rule."""
    severity = next(rule.severity for rule in rules() if rule.id == rule_id)
    return Finding(rule_id, severity, field, message, paper=paper)


def findings(rule_id: str, problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Return the findings of one rule."""
    return tuple(finding(rule_id, problem.field, problem.message) for problem in problems)


def blocks(found: Iterable[Finding]) -> bool:
    """Tell whether a filing with these findings must not be sent."""
    return any(one.severity is Severity.ERROR for one in found)


def refuse_errors(found: Iterable[Finding]) -> None:
    """Stop at what cannot exist.

    Raises:
        InvalidInput: every such field is named.
    """
    wrong = [Problem(one.field, one.message) for one in found if one.severity is Severity.ERROR]
    if wrong:
        raise InvalidInput(*wrong)
