"""What may not be added to a dated table, each with its sentence."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from onestop.errors import InvalidInput
from onestop.model.rate_checks import TableNow, TypedRate, read_rates
from onestop.model.rate_tables import RateTable

TODAY = dt.date(2026, 11, 24)
FEES = TableNow(
    RateTable.FEES,
    {"futsu/oss": "普通自動車 OSS", "kei/oss": "軽自動車 OSS"},
    ("国・協会", "技術情報管理", "計"),
    {"futsu/oss": frozenset({dt.date(2026, 4, 1), dt.date(2027, 10, 1)})},
)
TAX = TableNow(RateTable.WEIGHT_TAX, {"kei": "軽"}, ("本則", "当分の間", "13年", "18年"), {})
YEARS = TableNow(RateTable.VALIDITY, {"乗用": "乗用"}, ("年数",), {})
ROW = TypedRate("futsu/oss", "2027/4/1", ("1,500", "450", ""), "官報")


def told(typed: list[TypedRate], now: TableNow = FEES) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read_rates(typed, now, TODAY)
    return [(problem.field, problem.message) for problem in caught.value.problems]


def test_a_good_row_is_read_and_its_sum_is_reckoned() -> None:
    (row,) = read_rates([ROW], FEES, TODAY)
    assert (row.key, row.first_day, row.amounts, row.source) == (
        "futsu/oss",
        dt.date(2027, 4, 1),
        (1500, 450, 1950),
        "官報",
    )
    (alone,) = read_rates([dataclasses.replace(ROW, amounts=("", "", "2,600"))], FEES, TODAY)
    assert alone.amounts == (None, None, 2600)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"key": "truck/oss"}, "key", "「truck/oss」という区分は、この表にありません"),
        ({"first_day": "2026/11/24"}, "first_day", "明日以降の日にしてください"),
        ({"first_day": "2020/4/1"}, "first_day", "今までの行は変えられません"),
        ({"first_day": "いつか"}, "first_day", "「いつから」の日付が読めません"),
        ({"first_day": ""}, "first_day", "「いつから」の日付が読めません"),
        ({"last_day": "いつか"}, "last_day", "「いつまで」の日付が読めません"),
        ({"first_day": "R19.4.1"}, "first_day", "「いつから」: 令和19年(2037年)は先すぎます"),
        ({"last_day": "R19.4.1"}, "last_day", "「いつまで」: 令和19年(2037年)は先すぎます"),
        ({"first_day": "2027/2/30"}, "first_day", "「いつから」: 2027年2月30日という日はありません"),
        ({"amounts": ("-1", "450", "")}, "amounts", "「国・協会」は、0から9,999,999までの数字"),
        ({"amounts": ("9" * 5000, "450", "")}, "amounts", "「国・協会」は、0から9,999,999までの数字"),
        ({"amounts": ("1500", "千円", "")}, "amounts", "「技術情報管理」は"),
        ({"amounts": ("10000000", "", "")}, "amounts", "「国・協会」は"),
        ({"amounts": ("", " ", "")}, "amounts", "金額が1つも入っていません"),
        ({"amounts": ("1500", "450", "2000")}, "amounts", "計(2,000)が、国・協会と技術情報管理手数料の合計(1,950)"),
        ({"source": " "}, "source", "出典を入力してください"),
        ({"first_day": "2027/10/1"}, "first_day", "2027/10/01からの行が2つになり、重なります"),
        ({"last_day": "2027/12/31"}, "last_day", "2027/12/31までの行が、2027/10/01からの次の行と重なります"),
        ({"last_day": "2027/8/31"}, "last_day", "すき間ができます"),
        ({"last_day": "2026/12/31"}, "last_day", "「いつまで」(2026/12/31)が、「いつから」(2027/04/01)より前です"),
        ({"key": "kei/oss", "last_day": "2028/3/31"}, "last_day", "2028/03/31の次の日からの行がなく"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(changes: dict[str, object], field: str, says: str) -> None:
    ((named, message),) = told([dataclasses.replace(ROW, **changes)])  # type: ignore[arg-type] # by name
    assert named == field
    assert says in message
    assert message.endswith("。")


def test_an_end_that_meets_the_next_row_is_no_gap() -> None:
    first = dataclasses.replace(ROW, last_day="2027/9/30")
    assert read_rates([first], FEES, TODAY)
    kei = [
        dataclasses.replace(ROW, key="kei/oss", last_day="2028/3/31"),
        dataclasses.replace(ROW, key="kei/oss", first_day="2028/4/1"),
    ]
    assert len(read_rates(kei, FEES, TODAY)) == 2


def test_two_rows_of_one_day_in_one_file_overlap() -> None:
    assert "重なります" in told([ROW, ROW])[0][1]


def test_every_wrong_row_is_named_and_none_is_taken() -> None:
    wrong = [dataclasses.replace(ROW, source=""), ROW, dataclasses.replace(ROW, key="x")]
    assert [field for field, _message in told(wrong)] == ["source", "key"]


def test_a_tax_row_needs_all_its_figures() -> None:
    row = TypedRate("kei", "2027/4/1", ("2500", "", "4100", "4400"), "官報")
    ((field, message),) = told([row], TAX)
    assert (field, "「当分の間」" in message) == ("amounts", True)
    assert read_rates([dataclasses.replace(row, amounts=("1", "2", "3", "4"))], TAX, TODAY)


@pytest.mark.parametrize(("typed", "years"), [("1", 1), ("2", 2), ("", None)])
def test_years_may_be_left_to_a_person(typed: str, years: int | None) -> None:
    (row,) = read_rates([TypedRate("乗用", "2027/4/1", (typed,), "車両法")], YEARS, TODAY)
    assert row.amounts == (years,)


def test_other_years_than_a_renewal_gives_are_refused() -> None:
    assert told([TypedRate("乗用", "2027/4/1", ("3",), "車両法")], YEARS)[0][0] == "amounts"
