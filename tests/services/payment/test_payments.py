"""納付一覧 on a real database: what it finds, adds up and writes."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from onestop.clock import JST
from onestop.model.payment import Grouping, PaymentState
from onestop.model.wareki import YearMonth
from onestop.model.words import VehicleClass
from onestop.services.payment.service import COLUMNS, PaymentQuery
from support.clock import FixedClock
from support.desks import a_desk
from support.payments import FEES, a_paid_filing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

NOVEMBER = PaymentQuery(YearMonth(2026, 11))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path, practice=True) as made:
        yield made


def test_what_ainas_returned_of_a_month(room: DeskRoom) -> None:
    number = a_paid_filing(room)
    a_paid_filing(room, [("検査登録手数料", None), ("自動車重量税", None)], filing_id="1000000012")
    found = room.desk.payments.find(NOVEMBER)
    assert [(each.kind, each.amount, each.part) for each in found.payments] == [(*fee, 1) for fee in FEES]
    first = found.payments[0]
    assert (first.control_number, first.agent_site_id, first.plate) == (number, "D0000123", "土浦300さ1234")
    assert first.last_day(found.today) == dt.date(2026, 12, 30)
    assert found.pressing == 3
    assert found.totals_text == "3件  合計 ¥26,450(未納 ¥0・納付済 ¥26,450・消込済 ¥0)"


def test_a_month_that_is_over_shows_what_presses_of_it(room: DeskRoom) -> None:
    long_ago = dt.datetime(2026, 9, 30, 23, tzinfo=JST)
    finished = dt.datetime(2026, 11, 2, tzinfo=JST)
    a_paid_filing(room, filing_id="1000000001", requested_at=long_ago, status_updated_at=finished)
    a_paid_filing(
        room, filing_id="1000000002", requested_at=long_ago, status_updated_at=long_ago, vehicle_class=VehicleClass.KEI
    )
    november = room.desk.payments.find(NOVEMBER)
    assert [each.filing_id for each in november.payments] == ["1000000001"] * 3
    assert (november.groups, november.totals.amount) == ((), 0)
    assert november.totals_text.endswith(" ほかの月の3件は含みません")
    september = room.desk.payments.find(PaymentQuery(YearMonth(2026, 9), by=Grouping.OFFICE))
    assert [each.filing_id for each in september.payments] == ["1000000001"] * 3 + ["1000000002"] * 3
    assert [(name, totals.amount) for name, totals in september.groups] == [("登録車", 26_450), ("軽", 26_450)]
    assert september.oldest == YearMonth(2026, 9)


def test_a_state_restricts_the_list(room: DeskRoom) -> None:
    a_paid_filing(room)
    a_paid_filing(room, payment="納付待ち", filing_id="1000000012", status="申請中", oss_status=None)
    for state, count in ((PaymentState.OPEN, 3), (PaymentState.PAID, 3), (PaymentState.MATCHED, 0)):
        assert len(room.desk.payments.find(PaymentQuery(YearMonth(2026, 11), state)).payments) == count


def test_two_amounts_of_one_kind_are_two(room: DeskRoom) -> None:
    a_paid_filing(room, [("検査登録手数料", None), ("検査登録手数料", 100), ("検査登録手数料", 100)])
    found = room.desk.payments.find(NOVEMBER)
    assert [each.part for each in found.payments] == [2, 3]


def test_a_desk_without_filings_has_no_older_month(room: DeskRoom) -> None:
    found = room.desk.payments.find(NOVEMBER)
    assert (found.payments, found.groups, found.oldest) == ((), (), YearMonth(2026, 11))


def test_the_files_hold_every_amount(room: DeskRoom, tmp_path: Path) -> None:
    a_paid_filing(room)
    found = room.desk.payments.find(NOVEMBER)
    assert room.desk.payments.save_csv(found, tmp_path / "a.csv") == ()
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    assert tuple(rows[0]) == COLUMNS
    assert [row[7] for row in rows[1:]] == ["1450", "400", "24600"]
    assert room.desk.payments.save_xlsx(found, tmp_path / "a.xlsx") == ()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["納付一覧 2026-11", "集計(日) 2026-11"]
    assert [cell.value for cell in book.worksheets[1][2]] == ["2026/11/20", 3, 26450, 0, 26450, 0]
    book.close()
    assert room.desk.payments.save_pdf(found, tmp_path / "a.pdf") == ()
    everything = room.desk.payments.find(PaymentQuery(YearMonth(2026, 11), PaymentState.PAID))
    words = [word.text for page in room.desk.payments.pages(everything).pages for word in page.words]
    assert {"納付一覧", "検査登録手数料", "¥24,600", "状態: 納付済"} <= {"".join(words[:]), *words} | {*words}


def test_the_months_begin_in_japan(tmp_path: Path) -> None:
    clock = FixedClock(dt.datetime(2026, 12, 1, 0, 30, tzinfo=JST))
    with a_desk(tmp_path, clock=clock) as room:
        a_paid_filing(room, requested_at=dt.datetime(2026, 12, 1, 0, 10, tzinfo=JST), status="申請中")
        assert len(room.desk.payments.find(PaymentQuery(YearMonth(2026, 12))).payments) == 3
        assert room.desk.payments.find(NOVEMBER).payments == ()
