"""Tests of what 印刷プレビュー knows: sheets and their places, printers, 試し刷り, and how large pages are shown."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.screens.function_keys import PREVIEW, PREVIEW_BUTTONS
from onestop.screens.ports import Message, Tone
from onestop.screens.preview_screen import (
    LARGEST,
    LOOKING,
    NO_PRINTER,
    NO_TRIAL,
    NOT_PRINTED,
    OFFICIAL,
    SMALLEST,
    TRIED,
    PreviewScreen,
)
from onestop.services.settings.form import PrintOffset
from support.papers import RecordingPress, mark_sheets
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from onestop.services.printing import Sheet

COPY, FORM = "保安基準適合標章（控）", "保安基準適合標章 公式用紙"
MOVED = PrintOffset(2.0, 0.0)
Kept = list[tuple[str, PrintOffset]]


@pytest.fixture
def kept() -> Kept:
    return []


def opened(
    stage: Stage, press: RecordingPress, kept: Kept | None = None, sheets: tuple[Sheet, ...] | None = None
) -> PreviewScreen:
    hear = [] if kept is None else kept
    screen = PreviewScreen(
        stage.surroundings,
        sheets or mark_sheets(official=MOVED),
        press,
        lambda title, offset: hear.append((title, offset)),
    )
    return stage.open(screen)


def test_the_copy_comes_first_and_goes_to_the_systems_own_printer(stage: Stage) -> None:
    press = RecordingPress("事務所", "工場")
    screen = opened(stage, press)
    assert (screen.heading, screen.told) == (f"印刷プレビュー {COPY}", "1ページ")
    assert stage.press(PREVIEW, "F9", screen) is None
    assert press.printed == [(COPY, PrintOffset(), "事務所")]
    assert stage.view.dismissed


def test_another_sheet_another_place_and_another_printer(stage: Stage) -> None:
    press = RecordingPress("事務所", "工場")
    screen = opened(stage, press)
    screen.edit("sheet", "official")
    screen.edit("down_mm", -1.5)
    screen.edit("printer", "工場")
    assert screen.told == f"1ページ {OFFICIAL}"
    stage.press(PREVIEW, "F9", screen)
    assert press.printed == [(FORM, PrintOffset(2.0, -1.5), "工場")]


def test_without_a_printer_the_way_to_a_pdf_stands_there(stage: Stage) -> None:
    screen = opened(stage, RecordingPress())
    assert screen.told == NO_PRINTER
    assert stage.press(PREVIEW, "F9", screen) == f"[F9 印刷] は使えません: {NO_PRINTER}"


def test_pages_stand_there_while_a_print_server_takes_its_time() -> None:
    stage = Stage(background=InlineBackground(held=True))
    screen = opened(stage, RecordingPress("事務所"))
    assert screen.told == LOOKING
    assert stage.press(PREVIEW, "F9", screen) == f"[F9 印刷] は使えません: {LOOKING}"
    stage.background.work_all()
    assert screen.told == "1ページ"


def test_a_print_server_that_fails_is_none(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    press = RecordingPress("事務所")

    def fail() -> tuple[str, ...]:
        raise StoreError

    monkeypatch.setattr(press, "printers", fail)
    assert opened(stage, press).told == NO_PRINTER


def test_a_printer_that_refuses_is_told_and_the_window_stays(stage: Stage) -> None:
    screen = opened(stage, RecordingPress("事務所", works=False))
    stage.press(PREVIEW, "F9", screen)
    assert screen.message == Message(NOT_PRINTED, Tone.ERROR)
    assert not stage.view.dismissed
    screen.edit("right_mm", 1.0)
    assert screen.message is None


@pytest.mark.parametrize(("works", "said"), [(True, Message(TRIED)), (False, Message(NOT_PRINTED, Tone.ERROR))])
def test_a_trial_prints_the_frames_and_stays(stage: Stage, works: bool, said: Message) -> None:  # noqa: FBT001 - an axis
    press = RecordingPress("事務所", works=works)
    screen = opened(stage, press)
    assert stage.press(PREVIEW_BUTTONS, "Alt+T", screen) == f"[Alt+T 試し刷り] は使えません: {NO_TRIAL}"
    screen.try_out()
    assert press.printed == []
    screen.edit("sheet", "official")
    assert stage.press(PREVIEW_BUTTONS, "Alt+T", screen) is None
    assert [(offset, printer) for _, offset, printer in press.printed] == [(MOVED, "事務所")]
    assert (screen.message, stage.view.dismissed) == (said, False)


def test_what_became_too_small_or_has_no_glyph_is_named(stage: Stage) -> None:
    (copy, _) = mark_sheets()
    document = dataclasses.replace(copy.document, missing=("𠮷",), tiny=("conditions", "依頼者"))
    screen = opened(stage, RecordingPress("A"), sheets=(dataclasses.replace(copy, document=document),))
    assert screen.told == "1ページ 変換できない文字は〓にしました: 𠮷 字が小さくなりました: 検索条件・依頼者"


def test_each_sheet_keeps_a_place_of_its_own(stage: Stage, kept: Kept) -> None:
    screen = opened(stage, RecordingPress("A"), kept)
    screen.edit("down_mm", 1.5)
    screen.edit("sheet", "official")
    screen.edit("right_mm", -3.0)
    screen.keep_offsets()
    assert kept == [(COPY, PrintOffset(0.0, 1.5)), (FORM, PrintOffset(-3.0, 0.0))]


def test_a_place_that_stays_is_not_written_again(stage: Stage, kept: Kept) -> None:
    opened(stage, RecordingPress("A"), kept).keep_offsets()
    assert kept == []


def test_pages_are_shown_larger_and_smaller_by_steps(stage: Stage) -> None:
    screen = opened(stage, RecordingPress("A"))
    zooms = []
    assert stage.press(PREVIEW_BUTTONS, "Ctrl+-", screen) == f"[Ctrl+- 縮小] は使えません: {SMALLEST}"
    while stage.press(PREVIEW_BUTTONS, "Ctrl++", screen) is None:
        zooms.append(screen.zoom)
    assert zooms == [100, 150, 200, 300]
    assert stage.press(PREVIEW_BUTTONS, "Ctrl++", screen) == f"[Ctrl++ 拡大] は使えません: {LARGEST}"
    stage.press(PREVIEW_BUTTONS, "Ctrl+-", screen)
    assert screen.zoom == 200
    stage.press(PREVIEW_BUTTONS, "Ctrl+0", screen)
    assert screen.zoom is None
