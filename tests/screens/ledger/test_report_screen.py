"""Tests of 交付実績報告書 without Qt, on a real database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.documents.names import Suffix
from onestop.errors import StoreError
from onestop.model.wareki import YearMonth
from onestop.screens.function_keys import CONFORMITY_PANEL, REPORT, REPORT_BUTTONS
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.ledger.report_screen import LOADING, NO_VOIDED, NOT_READ, ReportScreen
from onestop.screens.places import LedgerPlace, ReportPlace
from support.builders import a_conformity_certificate
from support.clock import FixedClock
from support.conformity import an_issued_one, certificate, prepare_shop
from support.desks import a_desk
from support.inspections import of_now
from support.outdated import an_outdated_one
from support.sandbox import CERTIFICATES, SandboxClient
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        car = made.a_car()
        with made.database.write() as shelves:
            day = dt.date(2026, 10, 5)
            voided = {"status": "削除", "issue_date": day, "inspection_date": day, "certificate_number": "1112345677"}
            shelves.conformity.add(a_conformity_certificate(vehicle_id=car, **voided))
            shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car)))
        yield made


def test_it_opens_with_this_month(stage: Stage) -> None:
    screen = ReportScreen(stage.surroundings)
    assert screen.summary == LOADING == screen.empty_text
    stage.open(screen)
    assert screen.summary == "交付 1件(前月比 +1)   削除 0件"
    assert screen.empty_text == NO_VOIDED
    assert screen.counts.row(0) == ("普通自動車", "1", "0", "0", "0", "1", "0", "+1", "1112345678")
    assert screen.counts.row(1)[-2:] == ("±0", "")
    assert [screen.counts.row_id(place) for place in range(screen.counts.count)] == [0, 1, 2, 3, 4, 5]


def test_two_years_back_can_be_chosen(stage: Stage) -> None:
    screen = stage.open(ReportScreen(stage.surroundings))
    assert screen.months[0] == ("2026-11", "令和8年11月 2026/11")
    assert (screen.months[-1][0], len(screen.months)) == ("2024-11", 25)
    screen.edit("month", "2026-10")
    assert screen.month == YearMonth(2026, 10)
    assert screen.voided.row(0) == ("1112345677", "普通自動車", "2026/10/05", "削除", "なし")
    assert screen.voided.row_id(0) == 0
    screen.edit("month", "")
    assert screen.month == YearMonth(2026, 10)


def test_a_month_chosen_later_overtakes_and_a_change_counts_again(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReportScreen(stage.surroundings))
    screen.reload()
    screen.edit("month", "2026-10")
    stage.background.work_next()
    assert screen.report is None
    assert stage.press(REPORT, "F8", screen) == f"[F8 PDF] は使えません: {NOT_READ}"
    stage.background.work_all()
    assert screen.counts.row(5)[0] == "合計"
    screen.reload()
    assert stage.background.waiting
    stage.background.work_all()
    assert screen.busy is None


def test_trouble_is_told_for_the_month_that_is_shown(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReportScreen(stage.surroundings))
    screen.edit("month", "2026-10")

    def broken() -> NoReturn:
        raise StoreError("disk")

    monkeypatch.setattr(room.database, "read", broken)
    stage.background.work_next()
    assert screen.message is None
    stage.background.work_all()
    assert screen.message is not None


@pytest.mark.parametrize(("key", "suffix"), [("F11", Suffix.EXCEL), ("F8", Suffix.PDF)])
def test_a_file_is_written_and_its_folder_offered(stage: Stage, tmp_path: Path, key: str, suffix: Suffix) -> None:
    screen = stage.open(ReportScreen(stage.surroundings))
    stage.press(REPORT, key, screen)
    proposed, patterns, chosen = stage.view.save_requests.pop()
    assert proposed.name == f"交付実績報告書_202611{suffix}"
    assert suffix in patterns
    chosen(tmp_path / f"A{suffix.upper()}")
    assert (tmp_path / f"A{suffix.upper()}").stat().st_size > 0
    stage.press(REPORT_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]


def test_f10_shows_the_page(stage: Stage) -> None:
    screen = stage.open(ReportScreen(stage.surroundings))
    stage.press(REPORT, "F9", screen)
    assert stage.view.previews[0][0][0].document.title == "交付実績報告書"


def test_keys_before_the_first_answer_do_nothing(stage: Stage) -> None:
    screen = ReportScreen(stage.surroundings)
    for command in (screen.excel, screen.pdf, screen.print, screen.exporter.open_folder):
        command()
    assert stage.background.jobs == 0


def test_the_panel_opens_both(stage: Stage) -> None:
    main = stage.open(MainScreen(stage.surroundings, 1))
    for key in "23":
        stage.press(CONFORMITY_PANEL, key, main)
    assert stage.navigator.went == [LedgerPlace(), ReportPlace()]


# --- 交付ステータス


def a_deleted_one(room: DeskRoom) -> int:
    """Delete a certificate at AIRAS, of which this machine knows nothing."""
    assert isinstance(room.clock, FixedClock)
    prepare_shop(room)
    number = an_issued_one(room, room.clock)
    path = f"{CERTIFICATES}/{certificate(room, number).certificate_number}"
    SandboxClient(room.sandbox).delete(path).raise_for_status()
    return number


def test_a_month_is_counted_as_airas_says_its_certificates_stand(room: DeskRoom, stage: Stage) -> None:
    number = a_deleted_one(room)
    screen = stage.open(ReportScreen(stage.surroundings))
    assert screen.summary.endswith("削除 1件")
    assert screen.report is not None
    assert number in screen.report.control_numbers
    assert (screen.message, screen.busy, len(stage.navigator.changes)) == (None, None, 1)


def test_what_it_tells_the_others_does_not_make_it_count_again(room: DeskRoom, stage: Stage) -> None:
    an_outdated_one(room)
    screen = stage.open(ReportScreen(stage.surroundings))
    assert len(stage.navigator.changes) == 1
    assert stage.navigator.not_told is screen


def test_f7_asks_again_and_says_how_many(room: DeskRoom, stage: Stage) -> None:
    an_outdated_one(room)
    screen = stage.open(ReportScreen(stage.surroundings))
    stage.press(REPORT, "F7", screen)
    assert screen.message is not None
    assert screen.message.text == "1件の状態を確認しました。"


def test_a_month_that_is_closed_asks_nothing_more(room: DeskRoom) -> None:
    an_outdated_one(room)
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReportScreen(stage.surroundings))
    stage.background.work_next()
    stage.press(REPORT, "F12", screen)
    stage.background.work_all()
    assert (screen.message, stage.navigator.changes) == (None, [])
