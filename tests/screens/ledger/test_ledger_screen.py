"""Tests of 指定整備元帳 and its files without Qt, on a real database."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.documents.names import Suffix
from onestop.errors import FileNotWritten, StoreError
from onestop.screens.exporting import NOTHING_SAVED
from onestop.screens.function_keys import LEDGER, LEDGER_BUTTONS
from onestop.screens.ledger.ledger_screen import (
    CP932,
    DAYS_TURNED,
    LOADING,
    NO_ROW,
    NO_ROWS,
    NOTHING_FITS,
    LedgerConditions,
    LedgerScreen,
)
from onestop.screens.places import ConformityPlace, PaperPlace
from onestop.screens.ports import Tone
from onestop.screens.search_conditions import CLEARED
from onestop.services.ledger.service import COLUMNS
from onestop.services.settings.form import PrintOffset
from support.ledger import a_certificate
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def test_it_opens_with_this_month(room: DeskRoom, stage: Stage, ledger: LedgerScreen) -> None:
    a_certificate(room)
    a_certificate(room, certificate_number="2", issue_date=dt.date(2026, 10, 31), inspection_date=None)
    assert ledger.empty_text == LOADING
    assert ledger.totals_text == ""
    stage.open(ledger)
    assert ledger.conditions.typed.issued_from == "R8.11.1"
    assert ledger.rows.row(0) == (
        "1",
        "1112345678",
        "2026/11/24",
        "2026/11/24",
        "OSS申請",
        "土浦300す12",
        "ABC12-0123456",
        "トヨタ",
        "",
        "",
        "見本太郎",
        "検査一郎",
        "A123456789 ～2028/12/20",
        "報告済",
        "2026/12/08",
    )
    assert ledger.rows.count == 1
    assert ledger.totals_text.startswith("1件  OSS申請 1")
    assert ledger.conditions.read_date("issued_from", "4/1")[0] == "令和8年4月1日(水) 2026/04/01"
    assert ledger.conditions.read_date("issued_to", "R8.11.1")[0] == "令和8年11月1日(日) 2026/11/01"


def test_the_first_day_searched_for_has_been_and_the_last_may_come() -> None:
    query = LedgerConditions(issued_from="4/1", issued_to="11/30").query(dt.date(2026, 11, 24))
    assert (query.issued_from, query.issued_to) == (dt.date(2026, 4, 1), dt.date(2026, 11, 30))


def test_the_chosen_row_stands_in_full(room: DeskRoom, stage: Stage, ledger: LedgerScreen) -> None:
    a_certificate(room, status="削除", remarks="印字ずれ")
    stage.open(ledger)
    assert ledger.full_text == ""
    ledger.choose(0)
    assert ledger.full_text.endswith("  備考 印字ずれ")
    assert "依頼者 見本太郎 茨城県古河市見本1番2号" in ledger.full_text
    assert "検査員 00112345 検査一郎  自賠責 A123456789 2026/12/20～2028/12/20" in ledger.full_text
    assert ledger.rows.tone(0) is Tone.WARNING
    ledger.choose(-1)
    assert ledger.chosen is None


def test_f7_searches_and_nothing_found_says_what_to_do(room: DeskRoom, stage: Stage, ledger: LedgerScreen) -> None:
    a_certificate(room)
    stage.open(ledger)
    ledger.conditions.edit("application_kind", "窓口申請")
    stage.press(LEDGER, "F7", ledger)
    assert ledger.rows.count == 0
    assert ledger.empty_text == NOTHING_FITS
    assert stage.view.focused[-1] == "certificates"
    assert stage.press(LEDGER, "F11", ledger) == f"[F11 Excel] は使えません: {NO_ROWS}"
    stage.press(LEDGER_BUTTONS, "Alt+C", ledger)
    assert said(ledger) == CLEARED
    assert ledger.conditions.typed.application_kind == ""


@pytest.mark.parametrize(("field", "typed"), [("issued_from", "きのう"), ("issued_to", "R8.10.1")])
def test_a_wrong_day_has_the_focus(stage: Stage, ledger: LedgerScreen, field: str, typed: str) -> None:
    stage.open(ledger)
    ledger.conditions.edit(field, typed)
    stage.press(LEDGER, "F7", ledger)
    assert stage.view.focused[-1] == field
    assert (said(ledger) == DAYS_TURNED) is (field == "issued_to")


def test_f5_opens_an_electronic_one_and_one_on_paper_each_in_its_window(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen
) -> None:
    number = a_certificate(room, chassis_number="ZN6-012345")
    stage.open(ledger)
    assert stage.press(LEDGER, "F5", ledger) == f"[F5 保適証を開く] は使えません: {NO_ROW}"
    ledger.choose(0)
    stage.press(LEDGER, "F5", ledger)
    assert stage.navigator.went == [ConformityPlace(1, number)]
    with room.database.write() as shelves:
        shelves.conformity.get(number).origin = type(shelves.conformity.get(number).origin)("紙")
    ledger.reload()
    ledger.choose(0)
    stage.press(LEDGER, "F5", ledger)
    stage.press(LEDGER, "F4", ledger)
    assert stage.navigator.went[1:] == [PaperPlace(number), PaperPlace(None)]


def test_a_second_search_overtakes_the_first(room: DeskRoom) -> None:
    a_certificate(room)
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    ledger.reload()
    ledger.conditions.edit("plate", "水戸")
    ledger.search()
    stage.background.work_last()
    assert (ledger.rows.count, ledger.ledger is not None) == (0, True)
    stage.background.work_all()
    assert (ledger.rows.count, ledger.busy) == (0, None)


def test_a_change_elsewhere_does_not_overtake_a_search(room: DeskRoom) -> None:
    a_certificate(room)
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    stage.background.work_all()
    ledger.conditions.edit("plate", "水戸")
    ledger.search()
    ledger.reload()
    stage.background.work_all()
    assert (ledger.rows.count, ledger.busy) == (0, None)


def test_trouble_is_told_and_an_overtaken_one_is_not(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    ledger.search()

    def broken() -> NoReturn:
        raise StoreError("disk")

    monkeypatch.setattr(room.database, "read", broken)
    stage.background.work_next()
    assert ledger.message is None
    stage.background.work_all()
    assert "ファイルの読み書きに失敗" in said(ledger)
    assert ledger.busy is None


# --- files


def saved_by(stage: Stage, ledger: LedgerScreen, key: str, path: Path) -> str:
    """Press a key, choose a place, and return the proposed name."""
    stage.press((*LEDGER, *LEDGER_BUTTONS), key, ledger)
    proposed, _, chosen = stage.view.save_requests.pop()
    chosen(path)
    return proposed.name


@pytest.mark.parametrize(("key", "suffix"), [("F11", Suffix.EXCEL), ("Alt+B", Suffix.CSV), ("F8", Suffix.PDF)])
def test_a_file_is_written_and_its_folder_offered(  # noqa: PLR0913, PLR0917 - fixtures and columns
    room: DeskRoom, stage: Stage, ledger: LedgerScreen, tmp_path: Path, key: str, suffix: Suffix
) -> None:
    a_certificate(room)
    stage.open(ledger)
    assert stage.press(LEDGER_BUTTONS, "Alt+O", ledger) == f"[Alt+O フォルダーを開く] は使えません: {NOTHING_SAVED}"
    folder = tmp_path / "out"
    name = saved_by(stage, ledger, key, folder / "a")
    assert name == f"指定整備元帳_20261101_20261124{suffix}"
    assert (folder / f"a{suffix}").stat().st_size > 0
    assert said(ledger) == f"保存しました: a{suffix}。Alt+O でフォルダーを開きます。"
    stage.press(LEDGER_BUTTONS, "Alt+O", ledger)
    assert stage.view.folders == [folder]
    stage.press((*LEDGER, *LEDGER_BUTTONS), key, ledger)
    assert stage.view.save_requests[0][0].parent == folder


@pytest.mark.parametrize(
    ("answer", "encoding", "name"),
    [("UTF-8で保存", "utf-8-sig", "𠮷田"), ("〓にして保存", "cp932", "〓田")],
)
def test_what_shift_jis_lacks_is_named_before_anything_is_written(  # noqa: PLR0913, PLR0917 - fixtures and columns
    room: DeskRoom, stage: Stage, ledger: LedgerScreen, tmp_path: Path, answer: str, encoding: str, name: str
) -> None:
    a_certificate(room, user_name="𠮷田")
    stage.open(ledger)
    ledger.choose_encoding(CP932)
    stage.press(LEDGER_BUTTONS, "Alt+B", ledger)
    assert "𠮷" in stage.view.asked.text
    assert not stage.view.save_requests
    stage.view.answer(answer)
    stage.view.save_requests.pop()[2](tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding=encoding, newline="") as file:
        head, row = csv.reader(file)
    assert (tuple(head), row[11]) == (COLUMNS, name)
    assert ("〓にしました: 𠮷" in said(ledger)) is (encoding == "cp932")


def test_shift_jis_that_lacks_nothing_asks_nothing(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen, tmp_path: Path
) -> None:
    a_certificate(room, user_name="髙橋")
    stage.open(ledger)
    ledger.choose_encoding(CP932)
    saved_by(stage, ledger, "Alt+B", tmp_path / "a.csv")
    assert "髙橋" in (tmp_path / "a.csv").read_text(encoding="cp932")


def test_giving_up_writes_nothing(room: DeskRoom, stage: Stage, ledger: LedgerScreen) -> None:
    a_certificate(room, user_name="𠮷田")
    stage.open(ledger)
    ledger.choose_encoding(CP932)
    stage.press(LEDGER_BUTTONS, "Alt+B", ledger)
    stage.view.answer("キャンセル")
    assert not stage.view.save_requests


def test_a_file_that_cannot_be_written_says_why(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen, tmp_path: Path
) -> None:
    a_certificate(room)
    stage.open(ledger)
    (tmp_path / "file").write_text("", encoding="utf-8")
    saved_by(stage, ledger, "F11", tmp_path / "file" / "a.xlsx")
    assert said(ledger).startswith("ファイルを保存できませんでした。")
    assert not ledger.exporter.can_open_folder()
    with pytest.raises(FileNotWritten):
        room.desk.ledger.save_pdf(ledger.ledger, tmp_path / "file" / "a.pdf")  # type: ignore[arg-type]  # it was searched


def test_f10_shows_the_pages_and_keeps_the_offset_of_this_form(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen
) -> None:
    a_certificate(room)
    stage.open(ledger)
    stage.press(LEDGER, "F9", ledger)
    (sheet,), kept = stage.view.previews.pop()
    assert (sheet.document.title, sheet.offset) == ("指定整備元帳", PrintOffset())
    kept(sheet.document.title, PrintOffset(1.5, -2.0))
    stage.press(LEDGER, "F9", ledger)
    assert stage.view.previews.pop()[0][0].offset == PrintOffset(1.5, -2.0)
    assert room.desk.settings.print_offset("交付実績報告書") == PrintOffset()


def test_keys_before_the_first_answer_do_nothing(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = LedgerScreen(stage.surroundings)
    ledger.attach(stage.view)
    ledger.reload()
    for command in (
        ledger.excel,
        ledger.csv,
        ledger.pdf,
        ledger.print,
        ledger.open,
        ledger.exporter.open_folder,
        ledger.reprint,
    ):
        command()
    assert stage.background.jobs == 0
    assert not stage.navigator.went
