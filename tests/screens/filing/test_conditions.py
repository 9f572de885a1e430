"""Tests of 検索条件: what is typed, and what it means."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.errors import InvalidInput
from onestop.model.lists import FilingCondition, FilingQuery
from onestop.screens.filing.conditions import CONDITIONS, FilingConditions

TODAY = dt.date(2026, 11, 24)


def test_the_first_conditions_are_the_manuals_and_restrict_nothing() -> None:
    first = FilingConditions()
    assert (first.condition, first.number_from, first.number_to) == ("すべて", "1", "9999999999")
    assert first.query(TODAY) == FilingQuery()
    assert [value for value, _ in CONDITIONS] == ["すべて", "申請前", "申請後"]


def test_every_field_is_understood() -> None:
    typed = FilingConditions("申請後", "1,000", "２０００", " ｆ１ ", "R8.11.1", "+0")
    assert typed.query(TODAY) == FilingQuery(
        condition=FilingCondition.ISSUED,
        number_from=1000,
        number_to=2000,
        chassis_tail="ｆ１",
        requested_from=dt.date(2026, 11, 1),
        requested_to=TODAY,
    )


def test_an_empty_number_restricts_nothing() -> None:
    assert FilingConditions(number_from=" ", number_to="").query(TODAY) == FilingQuery()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number_from": "A1"}, "number_from"),
        ({"number_from": "0"}, "number_from"),
        ({"number_from": "-5"}, "number_from"),
        ({"number_from": "①"}, "number_from"),
        ({"number_from": "9" * 5000}, "number_from"),
        ({"number_to": "10000000000"}, "number_to"),
        ({"number_from": "9", "number_to": "8"}, "number_to"),
        ({"requested_from": "きのう"}, "requested_from"),
        ({"requested_to": "R8.13.1"}, "requested_to"),
        ({"requested_from": "R8.11.2", "requested_to": "R8.11.1"}, "requested_to"),
    ],
)
def test_what_cannot_be_understood_names_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        FilingConditions(**changes).query(TODAY)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert "。" in caught.value.problems[0].message


def test_the_first_day_without_a_year_has_been_and_the_last_may_come() -> None:
    query = FilingConditions(requested_from="4/1", requested_to="11/30").query(TODAY)
    assert (query.requested_from, query.requested_to) == (dt.date(2026, 4, 1), dt.date(2026, 11, 30))
