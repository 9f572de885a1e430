"""Tests of 交付実績報告書: the counts of a month, and the files read back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf
import pytest

from onestop.errors import InvalidInput
from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.issuance import VoidedNumber
from onestop.services.ledger.report import signed
from support.builders import a_conformity_certificate
from support.desks import name_workshop
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def a_certificate(room: DeskRoom, number: str, car: int, **changes: Any) -> None:  # noqa: ANN401 - any field of it
    with room.database.write() as shelves:
        made = a_conformity_certificate(vehicle_id=car, certificate_number=number, **changes)
        shelves.conformity.add(made if made.origin is Origin.PAPER else of_now(shelves, made))


@pytest.fixture
def november(room: DeskRoom) -> DeskRoom:
    """Return a desk with one certificate in October, and in November one voided, its follower, and one of a 軽."""
    car, kei = room.a_car(), room.a_car()
    a_certificate(room, "1000000001", car, issue_date=dt.date(2026, 10, 31))
    a_certificate(room, "1000000002", car, issue_date=dt.date(2026, 11, 1), status="削除")
    a_certificate(room, "1000000003", car, issue_date=dt.date(2026, 11, 2))
    a_certificate(room, "1000000004", kei, issue_date=dt.date(2026, 11, 30), vehicle_category="軽自動車")
    a_certificate(room, "1000000005", kei, issue_date=dt.date(2026, 12, 1))
    return room


def test_a_month_counts_its_own_days_alone(november: DeskRoom) -> None:
    report = november.desk.report.month(2026, 11)
    ordinary, kei = report.lines[0], report.lines[2]
    assert (ordinary.counts.oss, ordinary.counts.voided, ordinary.numbers) == (1, 1, "1000000002～1000000003")
    assert (kei.counts.oss, kei.numbers) == (1, "1000000004")
    assert (report.total.counts.issued, report.total.before.issued, report.total.difference.issued) == (2, 1, 1)


def test_a_voided_number_names_the_one_that_took_its_place(november: DeskRoom) -> None:
    report = november.desk.report.month(2026, 11)
    assert report.voided == (
        VoidedNumber("1000000002", dt.date(2026, 11, 1), "普通自動車", "削除", replaced_by="1000000003"),
    )


def test_a_month_without_any_is_a_report_too(room: DeskRoom, tmp_path: Path) -> None:
    report = room.desk.report.month(2026, 1)
    assert report.total.counts.issued == 0
    assert room.desk.report.save_pdf(report, tmp_path / "a.pdf") == ()
    assert "該当なし" in pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()


def test_excel_holds_counts_differences_and_voided_numbers_each_on_its_sheet(
    november: DeskRoom, tmp_path: Path
) -> None:
    november.desk.report.save_xlsx(november.desk.report.month(2026, 11), tmp_path / "a.xlsx")
    counts, changes, voided = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    rows = list(counts.values)
    assert rows[0][:3] == ("自動車区分", "OSS申請", "窓口申請")
    assert rows[6] == ("合計", 2, 0, 0, 1, 2, 1, 1, "1000000002～1000000004")
    assert len(rows) == 7
    rows = list(changes.values)
    assert rows[0] == ("自動車区分", "OSS申請", "窓口申請", "限定", "削除・再交付", "計")
    assert rows[6] == ("合計", 1, 0, 0, 1, 1)
    day = dt.datetime(2026, 11, 1)  # noqa: DTZ001 - Excel knows no zone
    assert list(voided.values)[1] == ("1000000002", "普通自動車", day, "削除", "1000000003")


@pytest.mark.parametrize("issued", ["2026-11-01", "2026-11-15", "2026-12-16"])
@pytest.mark.parametrize(("same", "replaced_by"), [(True, "1000000009"), (False, "")])
def test_only_a_certificate_of_the_same_inspection_takes_the_place_of_a_voided_one(
    room: DeskRoom,
    issued: str,
    same: bool,  # noqa: FBT001 - a row
    replaced_by: str,
) -> None:
    car = room.a_car()
    a_certificate(room, "1000000001", car, issue_date=dt.date(2026, 11, 1), status="削除")
    if not same:
        room.desk.inspections.end(car, Ending.STOPPED, "お客様の都合")
    a_certificate(room, "1000000009", car, issue_date=dt.date.fromisoformat(issued))
    assert [each.replaced_by for each in room.desk.report.month(2026, 11).voided] == [replaced_by]


@pytest.mark.parametrize(("inspected", "replaced_by"), [(dt.date(2026, 11, 24), "K-003"), (dt.date(2026, 11, 5), "")])
def test_one_on_paper_takes_the_place_of_one_that_was_inspected_the_same_day(
    room: DeskRoom, inspected: dt.date, replaced_by: str
) -> None:
    car, day = room.a_car(), dt.date(2026, 11, 25)
    a_certificate(room, "1000000001", car, issue_date=day, status="削除")
    a_certificate(room, "K-003", car, issue_date=day, inspection_date=inspected, origin=Origin.PAPER)
    assert [each.replaced_by for each in room.desk.report.month(2026, 11).voided] == [replaced_by]


def test_a_certificate_typed_in_later_but_issued_before_replaces_nothing(room: DeskRoom) -> None:
    car = room.a_car()
    a_certificate(room, "1000000001", car, issue_date=dt.date(2026, 11, 5), status="削除")
    a_certificate(room, "K-001", car, issue_date=dt.date(2026, 11, 4), origin=Origin.PAPER)
    a_certificate(room, "K-002", car, issue_date=None, origin=Origin.PAPER)
    assert [each.replaced_by for each in room.desk.report.month(2026, 11).voided] == [""]


def test_the_pdf_has_month_counts_and_voided_numbers(november: DeskRoom, tmp_path: Path) -> None:
    name_workshop(november, "見本自動車 古河工場")
    november.desk.report.save_pdf(november.desk.report.month(2026, 11), tmp_path / "a.pdf")
    text = pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    for words in ("交付実績報告書", "令和8年11月", "合計", "+1", "1000000002", "1000000003", "見本自動車 古河工場"):
        assert words in text, words


def test_a_shop_can_change_the_form(november: DeskRoom, tmp_path: Path) -> None:
    own = tmp_path / "forms"
    own.mkdir()
    part = '{ at = [10, 10], size = [80, 10], name = "month" }'
    (own / "issuance_report.toml").write_text(
        f'title = "当社の様式"\npage = [100, 100]\nfield = [{part}]\n', encoding="utf-8"
    )
    document = november.desk.report.pages(november.desk.report.month(2026, 11))
    assert document.title == "当社の様式"
    assert [word.text for word in document.pages[0].words] == ["令和8年11月"]
    (own / "issuance_report.toml").write_text("title = 1", encoding="utf-8")
    with pytest.raises(InvalidInput):
        november.desk.report.pages(november.desk.report.month(2026, 11))


def test_figures_have_their_sign() -> None:
    assert [signed(number) for number in (-1, 0, 1200)] == ["-1", "0", "+1,200"]


def test_the_numbers_on_paper_stand_unbroken_on_the_form(november: DeskRoom) -> None:
    car = november.a_car()
    for number in ("K-001", "K-012"):
        a_certificate(november, number, car, issue_date=dt.date(2026, 11, 9), origin=Origin.PAPER)
    document = november.desk.report.pages(november.desk.report.month(2026, 11))
    words = [word.text for page in document.pages for word in page.words]
    assert "紙 K-001～K-012" in words
