"""Tests of 印刷 and PDF in 自賠責証明書発行 and 適合証・証明証発行, without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from onestop.model.plate import parse_plate
from onestop.model.printable import CANCELLED, IN_CORRECTION, NO_NUMBER, TAKEN_AWAY
from onestop.model.sending_state import Sending
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.exporting import NOTHING_SAVED
from onestop.screens.function_keys import CONFORMITY, CONFORMITY_BUTTONS, INSURANCE, INSURANCE_BUTTONS
from onestop.screens.insurance.screen import NOT_SAVED, InsuranceScreen
from onestop.screens.ports import Tone
from onestop.services.settings.form import PrintOffset
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.desks import DeskRoom, a_desk
from support.inspections import of_now
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLATE = parse_plate("土浦300す1234")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        made.a_car()
        yield made


def insurance_of(room: DeskRoom, stage: Stage, **changes: Any) -> InsuranceScreen:  # noqa: ANN401 - any field of it
    request_key = changes.pop("request_key", "00000000-0000-4000-8000-000000000001")
    certificate = an_insurance_certificate(registration_number=PLATE, **changes)
    certificate.sending, certificate.request_key = Sending.FILED, request_key
    with room.database.write() as shelves:
        number = shelves.insurance.add(of_now(shelves, certificate)).control_number
    return stage.open(InsuranceScreen(stage.surroundings, 1, number))


def conformity_of(room: DeskRoom, stage: Stage, **changes: Any) -> ConformityScreen:  # noqa: ANN401 - any field of it
    certificate = a_conformity_certificate(registration_number=PLATE, **changes)
    certificate.sending = Sending.FILED
    with room.database.write() as shelves:
        number = shelves.conformity.add(of_now(shelves, certificate)).control_number
    return stage.open(ConformityScreen(stage.surroundings, 1, number))


def said(screen: InsuranceScreen | ConformityScreen) -> str:
    return screen.message.text if screen.message else ""


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(str(path)) as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def words_of(stage: Stage) -> tuple[str, str]:
    """Return the title of the preview that was asked for, and all its words."""
    document = stage.view.previews.pop()[0][0].document
    return document.title, " ".join(word.text for page in document.pages for word in page.words)


# --- 自賠責証明書


def test_f9_shows_the_insurance_and_keeps_how_far_it_is_moved(room: DeskRoom, stage: Stage) -> None:
    screen = insurance_of(room, stage)
    assert stage.press(INSURANCE, "F9", screen) is None
    (sheet,), kept = stage.view.previews[0]
    assert sheet.offset == PrintOffset()
    kept(sheet.document.title, PrintOffset(1.5, -2.0))
    assert room.desk.settings.print_offset("自賠責保険証明書（控）") == PrintOffset(1.5, -2.0)
    title, words = words_of(stage)
    assert title == "自賠責保険証明書（控）"
    assert "A123456789" in words
    assert "土浦 300 す 12-34" in words


def test_f8_saves_the_insurance_and_offers_its_folder(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = insurance_of(room, stage)
    refused = f"[Alt+O フォルダーを開く] は使えません: {NOTHING_SAVED}"
    assert stage.press(INSURANCE_BUTTONS, "Alt+O", screen) == refused
    stage.press(INSURANCE, "F8", screen)
    proposed, _, chosen = stage.view.save_requests.pop()
    assert proposed.name == "自賠責証明書控_1.pdf"
    chosen(tmp_path / "控")
    assert said(screen) == "保存しました: 控.pdf。Alt+O でフォルダーを開きます。"
    assert "A123456789" in text_of(tmp_path / "控.pdf")
    stage.press(INSURANCE_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]


def test_what_cannot_be_written_is_named(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = insurance_of(room, stage, policyholder_name="見本\U0001f600")
    stage.press(INSURANCE, "F8", screen)
    stage.view.save_requests.pop()[2](tmp_path / "a.pdf")
    assert said(screen).endswith("変換できない文字は〓にしました: \U0001f600")
    assert screen.message is not None
    assert screen.message.tone is Tone.WARNING


@pytest.mark.parametrize("key", ["F8 PDF", "F9 印刷"])
def test_an_insurance_is_not_printed_before_it_is_issued_nor_once_cancelled(
    room: DeskRoom, stage: Stage, key: str
) -> None:
    new = stage.open(InsuranceScreen(stage.surroundings, 1))
    assert stage.press(INSURANCE, key.split(maxsplit=1)[0], new) == f"[{key}] は使えません: {NO_NUMBER}"
    cancelled = insurance_of(room, stage, status="取消")
    assert stage.press(INSURANCE, key.split(maxsplit=1)[0], cancelled) == f"[{key}] は使えません: {CANCELLED}"
    assert (stage.view.previews, stage.view.save_requests) == ([], [])


def test_one_of_elsewhere_is_printed_as_it_was_saved(room: DeskRoom, stage: Stage) -> None:
    screen = insurance_of(room, stage, request_key=None, status=None)
    screen.edit("policyholder_name", "別人")
    assert stage.press(INSURANCE, "F9", screen) == f"[F9 印刷] は使えません: {NOT_SAVED}"
    stage.press(INSURANCE, "F10", screen)
    assert stage.press(INSURANCE, "F9", screen) is None
    assert "別人" in words_of(stage)[1]


def test_one_that_was_cancelled_meanwhile_is_not_printed(room: DeskRoom, stage: Stage) -> None:
    screen = insurance_of(room, stage)
    with room.database.write() as shelves:
        shelves.insurance.get(1).status = "取消"
    stage.press(INSURANCE, "F9", screen)
    assert said(screen) == CANCELLED
    assert stage.view.previews == []


# --- 適合証, 適合標章


@pytest.mark.parametrize(
    ("key", "title", "certain"),
    [("F9", "保安基準適合証（控）", "OSS申請"), ("Alt+Y", "保安基準適合標章（控）", "令和8年12月8日")],
)
def test_f9_shows_the_certificate_and_f11_its_mark(
    room: DeskRoom, stage: Stage, key: str, title: str, certain: str
) -> None:
    assert stage.press((*CONFORMITY, *CONFORMITY_BUTTONS), key, conformity_of(room, stage)) is None
    shown, words = words_of(stage)
    assert shown == title
    for each in (certain, "1112345678", "土浦 300 す 12-34"):
        assert each in words


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize(("key", "title"), [("F9", "保安基準適合証"), ("Alt+Y", "保安基準適合標章")])
def test_the_copy_comes_first_and_the_official_form_with_its_trial_second(
    tmp_path: Path, key: str, title: str, *, practice: bool
) -> None:
    with a_desk(tmp_path, practice=practice) as room:
        room.a_car()
        stage = Stage(desk=lambda: room.desk, background=InlineBackground())
        stage.press((*CONFORMITY, *CONFORMITY_BUTTONS), key, conformity_of(room, stage))
        copy, official = stage.view.previews.pop()[0]
    assert [each.document.title for each in (copy, official)] == [f"{title}（控）", f"{title} 公式用紙"]
    across = [each.document.pages[0].words[0].text for each in (copy, official)]
    if practice:
        assert across == ["見本", "見本"]
    else:
        assert across[0] == "控"
        assert {word.degrees for word in official.document.pages[0].words} == {0}
    assert copy.trial is None
    assert official.trial is not None
    assert official.trial.pages[0].words[0].text == "見本"


@pytest.mark.parametrize(
    ("label", "name"), [("適合証", "保安基準適合証_1.pdf"), ("適合標章", "保安基準適合標章_1.pdf")]
)
def test_f8_asks_which_and_saves_it(room: DeskRoom, stage: Stage, tmp_path: Path, label: str, name: str) -> None:
    screen = conformity_of(room, stage)
    refused = f"[Alt+O フォルダーを開く] は使えません: {NOTHING_SAVED}"
    assert stage.press(CONFORMITY_BUTTONS, "Alt+O", screen) == refused
    stage.press(CONFORMITY, "F8", screen)
    stage.view.answer(label)
    proposed, _, chosen = stage.view.save_requests.pop()
    assert proposed.name == name
    chosen(tmp_path / name)
    assert "1112345678" in text_of(tmp_path / name)
    stage.press(CONFORMITY_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]


def test_f8_can_be_given_up(room: DeskRoom, stage: Stage) -> None:
    stage.press(CONFORMITY, "F8", conformity_of(room, stage))
    stage.view.answer("キャンセル")
    assert stage.view.save_requests == []


@pytest.mark.parametrize(("status", "why_not"), [("作成中", IN_CORRECTION), ("削除", TAKEN_AWAY)])
def test_one_that_does_not_stand_is_not_printed(room: DeskRoom, stage: Stage, status: str, why_not: str) -> None:
    screen = conformity_of(room, stage, status=status)
    for key in ("F8 PDF", "F9 印刷", "Alt+Y 標章印刷"):
        assert (
            stage.press((*CONFORMITY, *CONFORMITY_BUTTONS), key.split()[0], screen)
            == f"[{key}] は使えません: {why_not}"
        )
    assert (stage.view.previews, stage.view.questions) == ([], [])


def test_a_draft_has_nothing_to_print(stage: Stage) -> None:
    screen = stage.open(ConformityScreen(stage.surroundings, 1))
    assert stage.press(CONFORMITY, "F9", screen) == f"[F9 印刷] は使えません: {NO_NUMBER}"


def test_nothing_is_printed_while_something_is_under_way(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    loading = (InsuranceScreen(stage.surroundings, 1), ConformityScreen(stage.surroundings, 1))
    for screen in loading:
        stage.open(screen)
        assert "読み込み中" in screen.can_print().why_not
