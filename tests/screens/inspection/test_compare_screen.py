"""照合 without Qt, on a real database: what stands in the grid, and where its keys lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pypdf
import pytest

from onestop.errors import StoreError
from onestop.model.plate import parse_plate
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import BATCH, COMPARE, COMPARE_BUTTONS, CONFORMITY_PANEL, ISSUE, MAIN
from onestop.screens.inspection.compare_screen import LOADING, CompareScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.places import ComparePlace, ConformityPlace, InsurancePlace, IssuePlace, VehiclePlace
from onestop.screens.ports import Tone
from support.comparison import put_papers
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.screens.places import Place, RecordPlace
    from support.desks import DeskRoom

OTHER_PLATE = parse_plate("土浦300す9")


@pytest.fixture
def car(room: DeskRoom) -> int:
    """Return a car whose 保適証 has another plate, and whose 申請 has another number of the 自賠責."""
    made = room.a_car()
    put_papers(room, made, {}, {"registration_number": OTHER_PLATE}, {"insurance_certificate_number": "B2"})
    return made


@pytest.fixture
def compare(stage: Stage, car: int) -> CompareScreen:
    return stage.open(CompareScreen(stage.surroundings, car))


def test_it_says_that_it_reads_and_waits_with_its_keys(room: DeskRoom, car: int) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = CompareScreen(stage.surroundings, car)
    assert (screen.verdict, screen.tone, screen.labels, screen.cells, screen.explanation) == (LOADING, None, (), (), "")
    assert screen.headings == ("車検証(車両)", "自賠責", "保適証", "申請")
    for key in ("F5", "F7", "F9"):
        assert (Stage.press(COMPARE, key, screen) or "").endswith("使えません: 書類がまだ読み込まれていません。")
    for unread in (screen.open, screen.print, screen.pdf):
        unread()
    stage.open(screen)
    assert "書類を照合中。終わるまでお待ちください。" in (Stage.press(COMPARE, "F7", screen) or "")
    assert "書類を照合中。終わるまでお待ちください。" in (Stage.press(COMPARE, "F5", screen) or "")
    assert stage.navigator.went == []


def test_the_papers_stand_side_by_side_and_what_differs_is_chosen_and_explained(
    compare: CompareScreen, stage: Stage
) -> None:
    assert compare.verdict == "違うところが2件あります(うち、このままでは申請できないもの 1件)。"
    assert compare.tone is Tone.ERROR
    assert compare.headings == ("車検証(車両)", "自賠責\n✓ 発行済", "保適証\n✓ 発行済", "申請\n– 未発行")
    plate, number = compare.cells[0], compare.cells[compare.labels.index("自賠責証明書番号")]
    assert [cell.text for cell in plate] == [
        "土浦300さ1234",
        "○ 一致 土浦300さ1234",
        "× 相違 土浦300す9",
        "○ 一致 土浦300さ1234",
    ]
    assert [cell.tone for cell in plate] == [None, None, Tone.WARNING, None]
    assert [cell.tone for cell in number] == [None, None, None, Tone.ERROR]
    assert [cell.dim for cell in compare.cells[2]] == [False, True, False, False]
    assert compare.place == (0, 2)
    assert compare.explanation.startswith("注意: 保適証の登録番号「土浦300す9」が車両の「土浦300さ1234」と違います。")
    assert compare.explanation.endswith("(保適[AIRAS] の 1、ここでは F5)")
    assert stage.view.focused == ["grid"]


def test_f7_goes_to_the_next_difference_and_from_the_last_to_the_first(compare: CompareScreen) -> None:
    Stage.press(COMPARE, "F7", compare)
    assert compare.explanation.startswith("不可: 申請の自賠責証明書番号「B2」が自賠責の「A123456789」と違います。")
    Stage.press(COMPARE, "F7", compare)
    assert compare.place == (0, 2)


def test_any_cell_can_be_chosen_and_says_what_stands_there(compare: CompareScreen, stage: Stage) -> None:
    compare.choose(2, 0)
    assert compare.explanation == "車両の使用者: 見本太郎"
    compare.choose(9, 3)
    assert compare.explanation == "申請予定日: なし"
    before = stage.view.refreshes
    compare.choose(9, 3)
    assert stage.view.refreshes == before


@pytest.mark.parametrize(
    ("column", "way"),
    [
        (0, VehiclePlace(1)),
        (1, InsurancePlace(1, 1)),
        (2, ConformityPlace(1, 1)),
        (3, IssuePlace(1, 1)),
    ],
)
def test_f5_opens_the_paper_of_the_column(compare: CompareScreen, stage: Stage, column: int, way: Place) -> None:
    compare.choose(1, column)
    Stage.press(COMPARE, "F5", compare)
    assert stage.navigator.went == [way]


@pytest.mark.parametrize(("column", "place"), [(1, InsurancePlace), (2, ConformityPlace), (3, IssuePlace)])
def test_f5_begins_a_paper_that_there_is_not(
    room: DeskRoom, stage: Stage, column: int, place: type[RecordPlace]
) -> None:
    screen = stage.open(CompareScreen(stage.surroundings, room.a_car()))
    assert (screen.place, screen.tone) == ((0, 0), None)
    assert Stage.press(COMPARE, "F7", screen) == "[F7 次の違い] は使えません: 違うところはありません。"
    screen.choose(0, column)
    Stage.press(COMPARE, "F5", screen)
    assert stage.navigator.went == [place(1, None)]


def test_warnings_alone_are_less_loud(room: DeskRoom, stage: Stage) -> None:
    mine = room.a_car()
    put_papers(room, mine, {}, {"registration_number": OTHER_PLATE})
    assert stage.open(CompareScreen(stage.surroundings, mine)).tone is Tone.WARNING


def test_a_paper_that_was_changed_elsewhere_is_read_again_and_another_cars_is_not(
    compare: CompareScreen, room: DeskRoom, car: int
) -> None:
    compare.choose(2, 1)
    with room.database.write() as shelves:
        shelves.conformity.get(1).registration_number = shelves.vehicles.get(car).registration_number
    compare.reload(vehicle_id=car + 1)
    assert compare.verdict.startswith("違うところが2件")
    compare.reload(vehicle_id=car)
    assert compare.verdict.startswith("違うところが1件")
    assert compare.place == (2, 1)
    with room.database.write() as shelves:
        shelves.filings.get(1).insurance_certificate_number = "A123456789"
    compare.reload(vehicle_id=car + 1, control_number=1)
    assert compare.verdict == "違うところはありません。"
    compare.reload()


def test_a_trouble_is_told(compare: CompareScreen, monkeypatch: pytest.MonkeyPatch, room: DeskRoom) -> None:
    def fail(_car: int) -> NoReturn:
        raise StoreError

    monkeypatch.setattr(room.desk.comparison, "of_car", fail)
    compare.reload()
    assert compare.message is not None
    assert compare.message.tone is Tone.ERROR


def test_f9_previews_it_and_f8_writes_it_where_the_clerk_says(
    compare: CompareScreen, stage: Stage, tmp_path: Path
) -> None:
    Stage.press(COMPARE, "F9", compare)
    (((sheet,), _),) = stage.view.previews
    assert sheet.document.title == "照合"
    assert (Stage.press(COMPARE_BUTTONS, "Alt+O", compare) or "").startswith("[Alt+O フォルダーを開く] は使えません")
    Stage.press(COMPARE, "F8", compare)
    ((proposed, _, chosen),) = stage.view.save_requests
    assert proposed.name == "照合_1_20261124.pdf"
    chosen(tmp_path / "a.pdf")
    assert said(compare).startswith("保存しました: a.pdf")
    assert "× 相違 土浦300す9" in pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    Stage.press(COMPARE_BUTTONS, "Alt+O", compare)
    assert stage.view.folders == [tmp_path]


# --- the ways to it


def test_the_main_window_and_the_filing_open_it_by_f6(stage: Stage, car: int) -> None:
    Stage.press(MAIN, "F6", stage.open(MainScreen(stage.surroundings, car)))
    Stage.press(ISSUE, "F6", stage.open(IssueScreen(stage.surroundings, None, 1)))
    assert stage.navigator.went == [ComparePlace(car)] * 2


def test_a_filing_that_is_not_read_yet_has_no_car_to_compare(room: DeskRoom, car: int) -> None:  # noqa: ARG001 - it has the filing
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(IssueScreen(stage.surroundings, None, 1))
    assert "終わるまでお待ちください" in (Stage.press(ISSUE, "F6", screen) or "")
    screen.compare()
    assert stage.navigator.went == []


def test_a_row_of_many_filings_opens_it_by_f11(stage: Stage, car: int, room: DeskRoom) -> None:
    other = room.a_draft(plate="土浦300さ2", chassis_number="ZN6-2")
    screen = stage.open(BatchScreen(stage.surroundings, (1, other)))
    assert "申請が選ばれていません" in (Stage.press(BATCH, "F6", screen) or "")
    screen.choose(0)
    Stage.press(BATCH, "F6", screen)
    assert stage.navigator.went == [ComparePlace(car)]


def test_what_may_be_meant_so_is_told_while_the_prepared_filing_opens(
    room: DeskRoom, stage: Stage, car: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    screen = stage.open(MainScreen(stage.surroundings, car))
    Stage.press(CONFORMITY_PANEL, "4", screen)
    assert IssuePlace(None, 1) in stage.navigator.went
    assert said(screen).startswith("申請を用意しました。発行の前に確かめてください: 保適証の登録番号「土浦300す9」が")
    assert said(screen).endswith("(保適[AIRAS] の 1)")
