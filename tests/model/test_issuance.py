"""Tests of what a month's 保適証 come to."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from onestop.model.certificate_words import Origin
from onestop.model.issuance import Counts, by_category, last_day, line_of, month_after, month_before, numbers_of
from onestop.model.ledger import LedgerRow, totals_of
from onestop.model.wareki import YearMonth

A_ROW = LedgerRow(
    control_number=1,
    vehicle_id=1,
    origin=Origin.ELECTRONIC,
    certificate_number="1112345678",
    issue_date=dt.date(2026, 11, 24),
    inspection_date=dt.date(2026, 11, 24),
    application_kind="OSS申請",
    vehicle_category="普通自動車",
    plate="土浦300さ1234",
    chassis_number="ZN6-012345",
    vehicle_name="トヨタ",
    model_code="DBA-ZN6",
    engine_model="FA20",
    user_name="見本太郎",
    user_address="茨城県古河市見本1番2号",
    work_summary="",
    inspector_code="00112345",
    inspector_name="検査一郎",
    insurance_number="A123456789",
    insurance_from=None,
    insurance_to=None,
    airas_status="報告済",
    valid_until=None,
)


def a_row(**changes: object) -> LedgerRow:
    return dataclasses.replace(A_ROW, **changes)  # type: ignore[arg-type]  # any field


ROWS = (
    a_row(),
    a_row(certificate_number="1112345680", application_kind="窓口申請", vehicle_category="軽自動車"),
    a_row(certificate_number="1112345679", airas_status="削除"),
    a_row(certificate_number="9", application_kind="限定", origin=Origin.PAPER, airas_status=None),
    a_row(certificate_number="10", application_kind="限定", origin=Origin.PAPER, airas_status=None),
)


def test_a_voided_number_counts_as_voided_alone() -> None:
    assert Counts.of(ROWS) == Counts(oss=1, counter=1, limited=2, voided=1, issued=4)


def test_totals_of_the_ledger() -> None:
    totals = totals_of(ROWS)
    assert (totals.count, totals.oss, totals.counter, totals.limited, totals.voided, totals.paper) == (5, 1, 1, 2, 1, 2)


def test_each_kind_on_paper_stands_apart_in_the_ledger_and_at_the_counter_in_the_report() -> None:
    kinds = ("窓口申請", "中古新規", "中古新規", "予備検査", "限定")
    rows = tuple(a_row(application_kind=kind, origin=Origin.PAPER, airas_status=None) for kind in kinds)
    totals = totals_of(rows)
    assert (totals.counter, totals.used, totals.preliminary, totals.limited) == (1, 2, 1, 1)
    assert Counts.of(rows) == Counts(oss=0, counter=4, limited=1, voided=0, issued=5)


def test_every_category_has_a_line_and_others_only_when_there_are_any() -> None:
    lines = by_category(ROWS, ())
    assert [line.category for line in lines] == [
        "普通自動車",
        "小型自動車",
        "軽自動車",
        "大型特殊自動車",
        "小型二輪",
    ]
    assert lines[2].counts == Counts(oss=0, counter=1, limited=0, voided=0, issued=1)
    assert lines[1].numbers == ""
    more = by_category((), (a_row(vehicle_category="超小型"),))
    assert (more[-1].category, more[-1].difference.issued) == ("その他", -1)


def test_numbers_of_each_origin_stand_apart_and_10_after_9() -> None:
    assert numbers_of(ROWS) == "1112345678～1112345680\n紙 9～10"
    assert numbers_of(ROWS[:1]) == "1112345678"


def test_the_difference_from_the_month_before() -> None:
    line = line_of("合計", ROWS, ROWS[:2])
    assert line.difference == Counts(oss=0, counter=0, limited=2, voided=1, issued=2)


@pytest.mark.parametrize(("row", "word"), [(ROWS[0], "報告済"), (ROWS[3], "紙"), (a_row(airas_status=None), "")])
def test_the_status_of_one_on_paper_is_paper(row: LedgerRow, word: str) -> None:
    assert row.status == word


def test_months_follow_each_other_over_the_year() -> None:
    assert month_after(YearMonth(2026, 12)) == YearMonth(2027, 1)
    assert month_after(YearMonth(2026, 1)) == YearMonth(2026, 2)
    assert month_before(YearMonth(2027, 1)) == YearMonth(2026, 12)
    assert last_day(YearMonth(2028, 2)) == dt.date(2028, 2, 29)


def test_names_and_numbers_of_people_stay_out_of_logs() -> None:
    assert not any(secret in repr(A_ROW) for secret in ("見本", "検査一郎", "ZN6-0", "土浦", "A123456789"))
