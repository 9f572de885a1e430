"""From what checks and services say about parts of a record to the fields of its form."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.errors import InvalidInput, NotReached, Problem, Refused
from onestop.model.findings import Finding, Severity
from onestop.screens.form_problems import confirmed_lines, problem_of, problems_in, problems_of, without


def test_findings_are_told_by_their_weight() -> None:
    found = (
        Finding("V04", Severity.ERROR, "registration_number.serial", "番号"),
        Finding("V12", Severity.CHECKLIST, "", "登録機関"),
    )
    assert problems_of(Severity.ERROR, found) == (Problem("registration_number_serial", "番号"),)
    assert problems_of(Severity.CHECKLIST, found) == (Problem("", "登録機関"),)
    assert problems_of(Severity.WARNING, found) == ()


def test_what_was_confirmed_has_its_day() -> None:
    told = Finding(
        "C09", Severity.CONFIRMED, "chassis_number", "ハイフンなし。確かめて。", confirmed_on=dt.date(2026, 11, 27)
    )
    open_one = Finding("V03", Severity.WARNING, "", "かな")
    assert confirmed_lines((told, open_one)) == ("確認済 2026/11/27: ハイフンなし。",)
    assert problems_of(Severity.WARNING, (told, open_one)) == (Problem("", "かな"),)


def test_parts_that_ainas_names_are_fields_on_the_glass() -> None:
    reasons = (Problem("user.address1", "住所"), Problem("", "全体"))
    assert problems_in(Refused("invalid_filing", reasons=reasons)) == (Problem("user_address1", "住所"),)
    assert problems_in(InvalidInput(Problem("chassis_number", "車台番号"))) == (Problem("chassis_number", "車台番号"),)
    assert problems_in(NotReached()) == ()


def test_what_is_wrong_with_a_part_of_the_plate_is_wrong_with_the_plate() -> None:
    problems = (Problem("registration_number_kana", "かな"), Problem("user_name", "氏名"))
    assert problem_of("registration_number", problems) == "かな"
    assert problem_of("user_name", problems) == "氏名"
    assert problem_of("user", problems) is None
    assert without("registration_number", problems) == problems[1:]
    assert without("user_name", problems) == problems[:1]


@pytest.mark.parametrize("named", ["registration_number.kana", "registration_number_kana"])
def test_a_part_of_a_plate_has_its_own_problem_however_it_was_named(named: str) -> None:
    problems = (Problem("registration_number.area", "地名"), Problem(named, "かな"))
    assert problem_of("registration_number_area", problems) == "地名"
    assert problem_of("registration_number_kana", problems) == "かな"
    assert problem_of("registration_number_serial", problems) is None
    assert problem_of("registration_number", problems) == "地名"
