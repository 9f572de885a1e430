"""Tests of 納付一覧 without Qt, on a real database."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.clock import JST
from onestop.documents.names import Suffix
from onestop.errors import StoreError
from onestop.model.payment import Grouping, PaymentState
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.function_keys import FILING_LIST_BUTTONS, PAYMENTS, PAYMENTS_BUTTONS
from onestop.screens.payment.list_screen import LOADING, NO_ROW, NO_ROWS, NOTHING_FITS, PaymentListScreen
from onestop.screens.places import IssuePlace, PaymentListPlace, ReconcilingPlace
from onestop.screens.ports import Tone
from support.payments import FEES, a_bank_file, a_paid_filing
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


@pytest.fixture
def paid(room: DeskRoom) -> int:
    return a_paid_filing(room, filing_id="1000000011")


def test_it_is_opened_from_the_list_of_filings(stage: Stage) -> None:
    screen = FilingListScreen(stage.surroundings)
    stage.press(FILING_LIST_BUTTONS, "Alt+P", screen)
    assert stage.navigator.went == [PaymentListPlace()]


def test_it_opens_with_this_month_and_what_will_be_forgotten_is_loud(stage: Stage, paid: int) -> None:
    screen = PaymentListScreen(stage.surroundings)
    assert (screen.empty_text, screen.totals_text) == (LOADING, "")
    stage.open(screen)
    assert screen.rows.row(0) == (
        "2026/11/20",
        "1000000011",
        "土浦300さ1234",
        "登録車",
        "D0000123",
        "検査登録手数料",
        "¥1,450",
        "納付済",
        "2026/11/27",
        "納付済",
        "–",
        "2026/12/30",
    )
    assert [screen.rows.tone(place) for place in range(3)] == [Tone.WARNING] * 3
    assert screen.groups.row(0) == ("2026/11/20", "3", "¥26,450", "¥0", "¥26,450", "¥0")
    assert (screen.rows.row_id(2), screen.groups.row_id(0)) == (2, 0)
    assert screen.totals_text.endswith("照会期限が近いもの 3件")
    assert paid == 1


def test_a_month_a_state_and_a_grouping_are_chosen_at_once(room: DeskRoom, stage: Stage) -> None:
    a_paid_filing(room, payment="納付待ち", status="申請中", oss_status=None, payload=None)
    a_paid_filing(room, requested_at=dt.datetime(2026, 9, 1, tzinfo=JST), status="申請中", filing_id="1")
    screen = stage.open(PaymentListScreen(stage.surroundings))
    assert [key for key, _ in screen.months] == ["2026-11", "2026-10", "2026-09"]
    assert screen.months[-1][1] == "令和8年9月 2026/09"
    assert screen.rows.tone(0) is None
    assert screen.rows.row(0)[1::3] == ("–", "–", "納付待ち", "–")
    screen.edit("grouping", "種別")
    assert screen.groups.count == 3
    assert screen.query.by is Grouping.KIND
    screen.edit("state", "納付済")
    assert screen.rows.count == 0
    assert (screen.empty_text, screen.query.state) == (NOTHING_FITS, PaymentState.PAID)
    screen.edit("state", "")
    screen.edit("month", "2026-09")
    assert screen.rows.count == 3
    screen.edit("month", "nonsense")
    assert screen.rows.count == 3


def test_the_months_before_the_first_answer_are_this_one(stage: Stage) -> None:
    assert PaymentListScreen(stage.surroundings).months == (("2026-11", "令和8年11月 2026/11"),)


def test_a_row_opens_its_filing(stage: Stage, paid: int) -> None:
    screen = stage.open(PaymentListScreen(stage.surroundings))
    assert stage.press(PAYMENTS, "F5", screen) == f"[F5 申請書] は使えません: {NO_ROW}"
    screen.open()
    screen.choose(1)
    assert screen.full_text == ""
    stage.press(PAYMENTS, "F5", screen)
    stage.press(PAYMENTS_BUTTONS, "Alt+K", screen)
    assert stage.navigator.went == [IssuePlace(None, paid), ReconcilingPlace()]
    screen.choose(-1)
    assert not screen.can_open()


def test_what_ainas_changed_after_the_tick_is_told(room: DeskRoom, stage: Stage, paid: int, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, "2026/11/23,国土交通省,26450,,"))
    book = room.desk.reconciling.month(PaymentListScreen(stage.surroundings).query.month)
    room.desk.reconciling.match(book.lines[0].id, [each.key for each in book.open])
    with room.database.write() as shelves:
        shelves.filings.get(paid).fees[0].amount = 1500
    screen = stage.open(PaymentListScreen(stage.surroundings))
    assert [screen.rows.row(place)[9:11] for place in range(3)] == [("消込済", "2026/11/23")] * 3
    assert [screen.rows.tone(place) for place in range(3)] == [Tone.WARNING, None, None]
    screen.choose(0)
    assert screen.full_text.startswith("消込のときは ¥1,450 でしたが、AINASから届いた今の金額は ¥1,500 です。")


@pytest.mark.parametrize(
    ("keys", "key", "suffix"),
    [(PAYMENTS, "F11", Suffix.EXCEL), (PAYMENTS, "F8", Suffix.PDF), (PAYMENTS_BUTTONS, "Alt+B", Suffix.CSV)],
)
def test_a_file_is_written_and_its_folder_offered(  # noqa: PLR0913, PLR0917 - a key and its file
    stage: Stage, paid: int, tmp_path: Path, keys: tuple[object, ...], key: str, suffix: Suffix
) -> None:
    del paid
    screen = stage.open(PaymentListScreen(stage.surroundings))
    stage.press(keys, key, screen)  # type: ignore[arg-type]  # either table
    proposed, _patterns, chosen = stage.view.save_requests.pop()
    assert proposed.name == f"納付一覧_202611{suffix}"
    chosen(tmp_path / f"a{suffix}")
    assert (tmp_path / f"a{suffix}").stat().st_size > 0
    stage.press(PAYMENTS_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]


def test_f9_shows_the_page(stage: Stage, paid: int) -> None:
    del paid
    screen = stage.open(PaymentListScreen(stage.surroundings))
    stage.press(PAYMENTS, "F9", screen)
    document = stage.view.previews[0][0][0].document
    words = {word.text for page in document.pages for word in page.words}
    assert document.title == "納付一覧"
    assert {kind for kind, _ in FEES} <= words


def test_keys_before_the_first_answer_do_nothing(stage: Stage) -> None:
    screen = PaymentListScreen(stage.surroundings)
    screen.attach(stage.view)
    for command in (screen.excel, screen.csv, screen.pdf, screen.print, screen.exporter.open_folder, screen.open):
        command()
    assert (stage.view.save_requests, stage.view.previews, stage.view.folders) == ([], [], [])
    assert screen.can_export().why_not == NO_ROWS


def test_trouble_with_reading_is_told(room: DeskRoom, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        raise StoreError("disk")

    monkeypatch.setattr(room.database, "read", broken)
    screen = stage.open(PaymentListScreen(stage.surroundings))
    assert said(screen).startswith("このパソコンのファイルの読み書きに失敗しました。")


def test_a_later_question_overtakes_and_f7_reads_again(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(PaymentListScreen(stage.surroundings))
    a_paid_filing(room)
    stage.press(PAYMENTS, "F7", screen)
    stage.background.work_next()
    assert screen.found is None
    stage.background.work_all()
    assert screen.rows.count == 3
    assert stage.view.focused == ["payments"]
    a_paid_filing(room, filing_id="2")
    screen.reload(control_number=2)
    stage.background.work_all()
    assert screen.rows.count == 6
