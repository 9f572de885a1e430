"""Tests of 交付実績報告書: the counts of a month, and the files read back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pypdf
import pytest

from onestop.errors import InvalidInput
from onestop.model.issuance import VoidedNumber
from onestop.services.report import signed, voided_text
from support.builders import a_conformity_certificate
from support.desks import name_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def a_certificate(room: DeskRoom, number: str, car: int, **changes: Any) -> None:  # noqa: ANN401 - any field of it
    with room.database.write() as shelves:
        shelves.conformity.add(a_conformity_certificate(vehicle_id=car, certificate_number=number, **changes))


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


def test_excel_holds_counts_differences_and_voided_numbers(november: DeskRoom, tmp_path: Path) -> None:
    november.desk.report.save_xlsx(november.desk.report.month(2026, 11), tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.values)
    assert rows[0][:3] == ("自動車区分", "OSS申請", "窓口申請")
    assert rows[6] == ("合計", 2, 0, 0, 1, 2, 1, 1, "1000000002～1000000004")
    assert rows[7][-1] == "1000000002 交付 2026/11/01 再交付 1000000003"


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


def test_a_voided_number_without_a_follower_says_so() -> None:
    assert voided_text(VoidedNumber("1", None, "軽自動車", "削除")) == "交付  再交付なし"
