"""Tests of 指定整備元帳: searching, and the files read back."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf
import pytest

from onestop.documents.table_file import CsvEncoding
from onestop.errors import FileNotWritten
from onestop.model.ledger import LedgerQuery, totals_of
from onestop.model.plate import RegistrationNumber
from onestop.services.ledger.service import COLUMNS, Ledger
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.desks import name_workshop
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def a_certificate(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of it
    car = changes.pop("vehicle_id", None) or room.a_car()
    with room.database.write() as shelves:
        return shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, **changes))
        ).control_number


@pytest.fixture
def three(room: DeskRoom) -> DeskRoom:
    """Return a desk with three certificates of different days, kinds and people."""
    day = dt.date
    a_certificate(room, issue_date=day(2026, 10, 31), certificate_number="1000000001", status="申請完")
    a_certificate(
        room,
        issue_date=day(2026, 11, 1),
        certificate_number="1000000002",
        application_kind="窓口申請",
        inspector_code="00000007",
        inspector_name="点検二郎",
        chassis_number="AE104-7654321",
    )
    a_certificate(room, issue_date=day(2026, 11, 30), certificate_number="1000000003", status="削除")
    a_certificate(room, certificate_number=None, status=None)
    return room


def numbers(room: DeskRoom, **query: Any) -> list[str]:  # noqa: ANN401 - any condition
    return [row.certificate_number[-1] for row in room.desk.ledger.search(LedgerQuery(**query)).rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "123"),
        ({"issued_from": dt.date(2026, 11, 1)}, "23"),
        ({"issued_to": dt.date(2026, 11, 1)}, "12"),
        ({"chassis_tail": "－54321"}, "2"),
        ({"inspector": "7"}, "2"),
        ({"inspector": "００１１２３４５"}, "13"),
        ({"inspector": "点検"}, "2"),
        ({"inspector": "1-12345"}, "13"),
        ({"application_kind": "窓口申請"}, "2"),
        ({"status": "削除"}, "3"),
        ({"status": "紙"}, ""),
        ({"plate": "土浦 300 す 12"}, "123"),
        ({"plate": "土浦300"}, "123"),
        ({"plate": "す-12"}, "123"),
        ({"plate": "水戸"}, ""),
        ({"plate": "土浦300す・・34"}, ""),
    ],
)
def test_each_condition_finds_its_own(three: DeskRoom, query: dict[str, Any], found: str) -> None:
    assert numbers(three, **query) == list(found)


@pytest.mark.parametrize("typed", ["・・12", "土浦 300 す ･･12", "土浦300す..12", "す・・12"])
def test_a_number_filled_up_is_that_number_alone(room: DeskRoom, typed: str) -> None:
    for serial in ("12", "112", "1200"):
        plate = RegistrationNumber("土浦", "300", "す", serial)
        a_certificate(room, registration_number=plate, certificate_number=f"100000{serial:0>4}")
    assert [row.plate for row in room.desk.ledger.search(LedgerQuery(plate=typed)).rows] == ["土浦300す12"]


def test_the_insurance_brings_its_period_and_a_foreign_one_brings_none(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car)))
    a_certificate(room, vehicle_id=car)
    a_certificate(room, certificate_number="1112345679", new_insurance_number="A999999999")
    first, second = room.desk.ledger.search(LedgerQuery()).rows
    assert (first.insurance_from, first.insurance_to) == (dt.date(2026, 12, 20), dt.date(2028, 12, 20))
    assert (second.insurance_number, second.insurance_from) == ("A999999999", None)


# --- as files


def test_csv_and_excel_have_every_column_and_no_formula(room: DeskRoom, tmp_path: Path) -> None:
    a_certificate(room, user_name="=1+1", vehicle_name="髙級車", remarks="印字ずれ")
    found = room.desk.ledger.search(LedgerQuery())
    assert room.desk.ledger.save_csv(found, tmp_path / "a.csv", CsvEncoding.UTF_8_WITH_BOM) == ()
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert tuple(head) == COLUMNS
    assert row[5] == "電子"
    assert (row[1], row[2], row[11], row[14]) == ("1112345678", "2026/11/24", "'=1+1", "00112345 検査一郎")
    assert row[12] == "茨城県古河市見本1番2号"
    assert row[-1] == "印字ずれ"
    room.desk.ledger.save_xlsx(found, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["L2"].value == "=1+1"
    assert sheet["L2"].data_type == "s"
    assert sheet["M2"].value == "茨城県古河市見本1番2号"
    assert sheet["C2"].value == dt.datetime(2026, 11, 24)  # noqa: DTZ001 - Excel knows no zone
    assert room.desk.ledger.lacking(found, CsvEncoding.UTF_8_WITH_BOM) == ()


def test_below_the_table_excel_says_what_was_searched_for_and_the_totals(room: DeskRoom, tmp_path: Path) -> None:
    a_certificate(room)
    found = room.desk.ledger.search(LedgerQuery(issued_from=dt.date(2026, 11, 1), inspector="検査"))
    room.desk.ledger.save_xlsx(found, tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.values)
    assert set(rows[2]) == {None}
    assert [row[0] for row in rows[3:]] == [
        "交付年月日 2026/11/01 ～ ",
        "検査員 検査",
        "1件  OSS申請 1  窓口申請 0  中古新規 0  予備検査 0  限定 0  削除 0  (うち紙 0)",
    ]


def test_on_paper_the_period_of_the_insurance_stands_unbroken_below_its_number(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car)))
    a_certificate(room, vehicle_id=car)
    document = room.desk.ledger.pages(room.desk.ledger.search(LedgerQuery()))
    words = [word.text for page in document.pages for word in page.words]
    assert {"A123456789", "2026/12/20～2028/12/20"} <= {*words}
    assert {"見本太郎", "茨城県古河市見本1番2号"} <= {*words}
    assert document.tiny == ()


def test_cp932_names_what_it_lacks(room: DeskRoom, tmp_path: Path) -> None:
    a_certificate(room, user_name="𠮷田")
    found = room.desk.ledger.search(LedgerQuery())
    assert room.desk.ledger.lacking(found, CsvEncoding.CP932) == ("𠮷",)
    assert room.desk.ledger.save_csv(found, tmp_path / "a.csv", CsvEncoding.CP932) == ("𠮷",)
    assert "〓田" in (tmp_path / "a.csv").read_text(encoding="cp932")


def test_the_pdf_says_the_period_the_conditions_and_the_rows(room: DeskRoom, tmp_path: Path) -> None:
    a_certificate(room)
    name_workshop(room, "見本自動車 古河工場")
    query = LedgerQuery(issued_from=dt.date(2026, 11, 1), plate="土浦")
    assert room.desk.ledger.save_pdf(room.desk.ledger.search(query), tmp_path / "a.pdf") == ()
    text = pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    for words in (
        "指定整備元帳",
        "2026/11/01 ～",
        "登録番号 土浦",
        "1112345678",
        "見本太郎",
        "茨城県古河市見本1番2号",
        "1件",
    ):
        assert words in text, words
    assert "見本自動車 古河工場" in text


def test_conditions_and_names_too_long_for_their_place_are_named(room: DeskRoom) -> None:
    a_certificate(room, user_name="長" * 120)
    query = LedgerQuery(plate="土浦" * 100)
    document = room.desk.ledger.pages(Ledger(query, room.desk.ledger.search(LedgerQuery()).rows, totals_of(())))
    assert document.tiny == ("conditions", "依頼者の氏名・住所")


def test_a_search_without_a_period_says_so_on_paper(room: DeskRoom) -> None:
    words = [
        word.text
        for page in room.desk.ledger.pages(room.desk.ledger.search(LedgerQuery())).pages
        for word in page.words
    ]
    assert "交付年月日 すべて" in words


def test_a_file_that_cannot_be_written_says_so(room: DeskRoom, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileNotWritten):
        room.desk.ledger.save_xlsx(room.desk.ledger.search(LedgerQuery()), tmp_path / "file" / "a.xlsx")
