"""月ごとの件数 of 交付実績報告書: twelve bars, the chosen one, and where the arrows lead."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.issuance import MonthCount
from onestop.model.wareki import YearMonth
from onestop.screens.function_keys import REPORT_YEAR
from onestop.screens.ledger.report_screen import ReportScreen, year_of
from support.builders import a_conformity_certificate
from support.inspections import of_now
from support.screens import said

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.screens import Stage


@pytest.fixture
def months(room: DeskRoom) -> DeskRoom:
    """Return a desk with one certificate in October that is 削除, two in November, one in the year before."""
    car = room.a_car()
    days = {"1": (2026, 10, 5), "2": (2026, 11, 2), "3": (2026, 11, 30), "4": (2025, 12, 31)}
    with room.database.write() as shelves:
        for number, day in days.items():
            status = "削除" if number == "1" else "作成済"
            made = a_conformity_certificate(
                vehicle_id=car, certificate_number=f"111000000{number}", issue_date=dt.date(*day), status=status
            )
            shelves.conformity.add(of_now(shelves, made))
    return room


def test_a_year_has_twelve_bars_each_with_its_words() -> None:
    counted = (MonthCount(YearMonth(2026, 10), 1200, 3),)
    year = year_of(YearMonth(2026, 11), counted)
    assert [bar.tick for bar in year.bars] == [f"{month}月" for month in range(1, 13)]
    assert (year.bars[9].words, year.bars[9].parts) == ("令和8年10月 交付 1,200件 削除 3件", (1200, 3))
    assert (year.position, year.words, year.highest) == (10, "令和8年11月 交付 0件 削除 0件", 1203)


def test_the_arrows_lead_into_the_years_beside_it() -> None:
    year = year_of(YearMonth(2025, 1), ())
    assert (year.at(-1), year.at(0), year.at(11), year.at(12)) == ("2024-12", "2025-01", "2025-12", "2026-01")
    assert year.highest == 1


def test_the_months_are_counted_with_the_report(months: DeskRoom, stage: Stage) -> None:
    assert months.desk.report.month(2026, 11).year == (
        MonthCount(YearMonth(2026, 10), 0, 1),
        MonthCount(YearMonth(2026, 11), 2, 0),
    )
    screen = stage.open(ReportScreen(stage.surroundings))
    assert [bar.parts for bar in screen.year.bars][9:] == [(0, 1), (2, 0), (0, 0)]


@pytest.mark.usefixtures("months")
def test_a_bar_chooses_its_month_unless_that_is_yet_to_come(stage: Stage) -> None:
    screen = stage.open(ReportScreen(stage.surroundings))
    screen.go_to_month("2026-12")
    assert screen.month == YearMonth(2026, 11)
    screen.go_to_month("2025-12")
    assert screen.month == YearMonth(2025, 12)
    assert screen.year.words == "令和7年12月 交付 1件 削除 0件"


@pytest.mark.usefixtures("months")
def test_alt_y_says_the_months_that_have_any(stage: Stage) -> None:
    screen = stage.open(ReportScreen(stage.surroundings))
    assert stage.press(REPORT_YEAR, "Alt+Y", screen) is None
    assert said(screen) == "令和8年10月 交付 0件 削除 1件、令和8年11月 交付 2件 削除 0件。"
    screen.go_to_month("2024-12")
    screen.tell_year()
    assert said(screen) == "2024年に交付した適合証はありません。"
