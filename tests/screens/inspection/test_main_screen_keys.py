"""ワンストップサービス: where its keys lead, what 連動 does, and what Enter takes from 次にすること."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import NotReached
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.screens.function_keys import (
    CONFORMITY_PANEL,
    FILING_PANEL,
    INSURANCE_PANEL,
    MAIN,
    MAIN_BUTTONS,
    MAIN_ENTER,
)
from onestop.screens.inspection import main_screen
from onestop.screens.inspection.main_screen import NO_CAR
from onestop.screens.places import (
    ConformityPlace,
    FilingListPlace,
    HelpPlace,
    HistoryPlace,
    InsurancePlace,
    IssuePlace,
    LookupPlace,
    RelayPlace,
    SettingsPlace,
    VehiclePlace,
)
from onestop.services.inspection.link import Linked
from onestop.services.inspection.next_step import NextStep, Press
from support.builders import a_conformity_certificate
from support.inspections import of_now
from support.screens import said

if TYPE_CHECKING:
    from pathlib import Path

    from support.main_screen import Here


def test_alt_r_opens_the_history_of_the_car(here: Here) -> None:
    car = here.room.a_car()
    assert here.stage.press(MAIN_BUTTONS, "Alt+R", here.open(car)) is None
    assert here.stage.navigator.went == [HistoryPlace(car)]


@pytest.mark.parametrize(
    ("changes", "opened"),
    [
        ({"status": "作成済"}, 1),
        ({"status": "却下"}, 1),
        ({"status": "削除"}, None),
        ({"status": "申請完"}, None),
        ({"origin": Origin.PAPER}, None),
    ],
)
def test_the_key_of_airas_opens_the_newest_one_while_it_is_of_use(
    here: Here, changes: dict[str, Any], opened: int | None
) -> None:
    car = here.room.a_car()
    here.stage.press(CONFORMITY_PANEL, "1", here.open(car))
    with here.room.database.write() as shelves:
        shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, sending=Sending.FILED, **changes))
        )
    here.stage.press(CONFORMITY_PANEL, "1", here.open(car))
    assert here.stage.navigator.went == [ConformityPlace(car, None), ConformityPlace(car, opened)]


def test_the_key_of_e_jibai_opens_its_window(here: Here) -> None:
    car = here.room.a_car()
    assert here.stage.press(INSURANCE_PANEL, "1", here.open(car)) is None
    assert here.stage.navigator.went == [InsurancePlace(car, None)]


def test_1_opens_a_new_filing_the_open_one_or_after_its_end_a_new_one_again(here: Here) -> None:
    car = here.room.a_car()
    assert here.stage.press(FILING_PANEL, "1", here.open(car)) is None
    number = here.room.a_draft(car)
    here.stage.press(FILING_PANEL, "1", here.open(car))
    with here.room.database.write() as shelves:
        filing = shelves.filings.get(number)
        filing.sending, filing.status = Sending.FILED, "手続完了"
    here.stage.press(FILING_PANEL, "1", here.open(car))
    assert here.stage.navigator.went == [
        IssuePlace(car, None),
        IssuePlace(car, number),
        IssuePlace(car, None),
    ]


def test_the_other_keys_lead_to_their_windows(here: Here) -> None:
    car = here.room.a_car()
    screen = here.open(car)
    for key in ("F1", "F3", "F5", "F7"):
        assert here.stage.press(MAIN, key, screen) is None
    here.stage.press(FILING_PANEL, "2", screen)
    here.stage.press(MAIN_BUTTONS, "Alt+S", screen)
    assert here.stage.navigator.went == [
        HelpPlace("main"),
        SettingsPlace(),
        VehiclePlace(car),
        FilingListPlace(),
        FilingListPlace(),
        LookupPlace(),
    ]
    here.stage.press(MAIN, "F12", screen)
    assert here.stage.view.dismissed


def test_while_it_loads_the_keys_wait(here: Here) -> None:
    here.stage.background.held = True
    screen = here.open(here.room.a_car())
    assert here.stage.press(MAIN, "F5", screen) == "[F5 車両修正] は使えません: 読み込み中。終わるまでお待ちください。"
    here.stage.background.work_all()
    assert here.stage.press(MAIN, "F5", screen) is None


def test_linking_names_what_is_missing_and_the_key_that_mends_it(here: Here) -> None:
    car = here.room.a_car()
    here.room.certify(car)
    with here.room.database.write() as shelves:
        (made,) = shelves.conformity.all_for_vehicle(car)
        made.status = "却下"
    screen = here.open(car)
    assert here.stage.press(CONFORMITY_PANEL, "4", screen) is None
    assert screen.message is not None
    assert "保適証の交付ステータスが「却下」です。(保適[AIRAS] の 1)" in screen.message.text
    assert here.stage.navigator.went == []


def test_linking_that_could_not_ask_says_so(here: Here) -> None:
    screen = here.open(here.room.a_car())
    screen._linked(Linked(None, (), NotReached()))
    assert screen.message is not None
    assert "サーバーに接続できませんでした" in screen.message.text


def test_linking_opens_the_filing_it_prepared(here: Here) -> None:
    car = here.room.a_car()
    screen = here.open(car)
    screen._linked(Linked(7))
    assert here.stage.navigator.went[-1] == IssuePlace(None, 7)


def test_a_car_whose_filing_goes_on_is_linked_and_nothing_is_issued_anew(here: Here) -> None:
    number = here.room.a_draft()
    here.room.desk.filings.delivery.issue(number)
    filing = here.room.filing(number)
    screen = here.open(filing.vehicle_id)
    screen.link()
    assert RelayPlace(filing.vehicle_id) not in here.stage.navigator.went


# --- Enter: 次にすること


@pytest.mark.parametrize(
    ("press", "place"),
    [
        (Press.INSURANCE, InsurancePlace),
        (Press.CONFORMITY, ConformityPlace),
        (Press.LINK, RelayPlace),
        (Press.FILING, IssuePlace),
        (Press.LIST, FilingListPlace),
        (Press.HISTORY, HistoryPlace),
        (Press.IMPORT, LookupPlace),
        (Press.VEHICLE, VehiclePlace),
    ],
)
def test_enter_opens_what_the_sentence_names(
    here: Here, monkeypatch: pytest.MonkeyPatch, press: Press, place: type[object]
) -> None:
    screen = here.open(here.room.a_car())
    monkeypatch.setattr(main_screen, "next_step", lambda _car, _now: NextStep("これをします", press))
    assert here.stage.press(MAIN_ENTER, "Enter", screen) is None
    assert [type(each) for each in here.stage.navigator.went] == [place]


def test_enter_says_so_where_there_is_nothing_to_do_or_nothing_to_look_at(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = here.open(here.room.a_car())
    current, screen.current = screen.current, None  # it could not be read
    here.stage.press(MAIN_ENTER, "Enter", screen)
    assert said(screen) == NO_CAR
    screen.current = current
    monkeypatch.setattr(main_screen, "next_step", lambda _car, _now: NextStep("次の車検は先です"))
    here.stage.press(MAIN_ENTER, "Enter", screen)
    assert said(screen) == "今することはありません: 次の車検は先です。"
    screen.busy = "準備中"
    here.stage.press(MAIN_ENTER, "Enter", screen)
    assert said(screen) == "準備中。終わるまでお待ちください。"
    assert here.stage.navigator.went == []


def test_f9_shows_the_estimate_for_the_customer(here: Here) -> None:
    screen = here.open(here.room.a_car())
    assert here.stage.press(MAIN, "F9", screen) is None
    ((sheets, _kept),) = here.stage.view.previews
    assert [sheet.document.title for sheet in sheets] == ["見積書"]


def test_f8_writes_the_estimate_as_a_pdf(here: Here, tmp_path: Path) -> None:
    screen = here.open(here.room.a_car())
    assert "まだファイルを保存していません" in (here.stage.press(MAIN_BUTTONS, "Alt+O", screen) or "")
    here.stage.press(MAIN, "F8", screen)
    proposed, _pattern, chosen = here.stage.view.save_requests.pop()
    assert proposed.name == "見積書_1_20261124.pdf"
    chosen(tmp_path / "a.pdf")
    assert said(screen).startswith("保存しました: a.pdf")
    here.stage.press(MAIN_BUTTONS, "Alt+O", screen)
    assert here.stage.view.folders == [tmp_path]
