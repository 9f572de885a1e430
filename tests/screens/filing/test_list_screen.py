"""Tests of 申請書一覧 without Qt: on a real database, with the sandbox in this process."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.lists import FilingCondition, FilingQuery
from onestop.model.sending_state import Sending
from onestop.screens.filing import list_screen as filing_list_screen
from onestop.screens.filing.list_rows import COLUMNS, SORTS, FilingSearch
from onestop.screens.filing.list_screen import (
    ISSUED_ROW,
    LOADING,
    NO_DRAFTS,
    NO_FILINGS,
    NONE_TICKED,
    NOTHING_FITS,
    TOO_MANY,
    FilingListScreen,
)
from onestop.screens.function_keys import FILING_LIST_BUTTONS
from onestop.screens.places import BatchPlace, HelpPlace, IssuePlace, SettingsPlace
from onestop.screens.ports import Tone
from onestop.screens.rows import PAGE, Sorting
from onestop.screens.search_conditions import CLEARED
from support.counters import ListCounter, a_list_counter, broken_desk, filed, manuals, many

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[ListCounter]:
    with a_list_counter(tmp_path) as made:
        yield made


# --- what stands on the glass


def test_the_manuals_list_stands_as_in_the_manual(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    done = ("完了", "普通", "継続検査")
    open_ = ("未完了", "普通", "継続検査")
    manuals_own = [(*row[:5], row[5].partition(" ")[0], *row[6:-1]) for row in counter.shown]
    assert manuals_own == [
        ("1", *done, "1000000008", "2019/01/04", "手続完了", "手続(交付)完了", "土浦1あ1111", "ABC123", "–"),
        ("2", *done, "1000000009", "2019/01/04", "手続完了", "手続(交付)完了", "岩手500と1499", "AE104", "–"),
        ("3", *open_, "1000000010", "2020/03/12", "受付前", "–", "秋田550は1390", "DEF456", "–"),
        ("4", *open_, "–", "–", "依頼前", "–", "成田500さ2608", "RF1", "–"),
        ("5", *open_, "–", "–", "依頼前", "–", "青森58ち5986", "AE101", "–"),
    ]
    assert counter.screen.count_text == "5件(チェック 2件)"


def test_the_last_day_to_apply_stands_last(counter: ListCounter) -> None:
    counter.room.a_draft()
    with counter.room.database.write() as shelves:
        shelves.inspections.note_last_application_date(1, dt.date(2026, 12, 4))
    counter.opened()
    assert counter.column("last_application_date") == ["2026/12/04"]


def test_the_user_stands_behind_it_and_the_hour_of_the_request(counter: ListCounter) -> None:
    filed(counter.room, 1)
    counter.opened()
    assert counter.column("user_name") == ["見本太郎"]
    assert counter.column("requested_at") == ["2026/11/24 09:15"]


def test_f7_from_a_car_chooses_its_filing_once_it_is_listed(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.screen = FilingListScreen(counter.stage.surroundings, 4)
    counter.opened()
    assert (counter.screen.chosen, counter.screen.position) == (4, 3)
    counter.screen.turn_to(2)
    assert counter.screen.chosen == 2
    counter.screen.turn_to(None)
    counter.screen.turn_to(999)
    assert counter.screen.chosen == 2


def test_what_was_sent_back_and_filed_anew_is_done_with(counter: ListCounter) -> None:
    number = filed(counter.room, 1)[0]
    with counter.room.database.write() as shelves:
        shelves.filings.get(number).status = "差戻"
    counter.opened()
    assert counter.screen.rows.tone(0) is Tone.ERROR
    counter.room.a_draft(counter.room.filing(number).vehicle_id)
    counter.screen.reload()
    assert counter.screen.rows.tone(0) is None


def test_opening_the_list_asks_ainas_nothing(counter: ListCounter) -> None:
    filed(counter.room, 1)
    before = counter.room.sandbox.requests.total()
    counter.opened()
    assert counter.screen.rows.count == 1
    assert counter.room.sandbox.requests.total() == before


def test_states_that_nobody_knows_are_said_to_be_looked_into(counter: ListCounter) -> None:
    for sending in (Sending.SENDING, Sending.UNKNOWN):
        counter.room.a_draft(plate=f"土浦300さ{len(sending.value)}", sending=sending)
    counter.opened()
    assert counter.column("status") == ["確認中", "確認中"]
    assert counter.screen.rows.tone(0) is Tone.WARNING


def test_a_state_that_came_empty_is_not_said_to_be_looked_into(counter: ListCounter) -> None:
    counter.room.a_draft(sending=Sending.FILED, status="")
    counter.opened()
    assert counter.column("status") == ["(空欄)"]


def test_a_word_that_somebody_must_act_on_is_loud_and_an_unknown_one_is_shown_as_it_came(counter: ListCounter) -> None:
    words = [("差戻", None), ("申請中", "補正待ち"), ("特別調整中", "まだ知らない語")]
    for place, (status, oss) in enumerate(words):
        counter.room.a_draft(
            plate=f"土浦300さ{place + 1}",
            sending=Sending.FILED,
            status=status,
            oss_status=oss,
            filing_id=f"100000000{place}",
        )
    counter.opened()
    assert counter.column("status") == ["差戻", "申請中", "特別調整中"]
    assert counter.column("completion") == ["未完了"] * 3
    assert [counter.screen.rows.tone(place) for place in range(3)] == [Tone.ERROR, Tone.ERROR, None]


def test_an_empty_list_says_what_to_do(counter: ListCounter) -> None:
    assert counter.screen.empty_text == LOADING
    assert counter.screen.count_text == ""
    counter.opened()
    assert counter.screen.empty_text == NO_FILINGS
    assert counter.screen.count_text == "0件"
    counter.screen.conditions.edit("number_from", "7")
    counter.press("F7")
    assert counter.screen.empty_text == NOTHING_FITS


# --- 検索条件


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"condition": "申請前"}, ["4", "5"]),
        ({"condition": "申請後"}, ["1", "2", "3"]),
        ({"number_from": "2", "number_to": "4"}, ["2", "3", "4"]),
        ({"chassis_tail": "c123"}, ["1"]),
        ({"chassis_tail": "１０１"}, ["5"]),
        ({"requested_from": "2019-01-04", "requested_to": "H31.1.4"}, ["1", "2"]),
        ({"requested_from": "R1.5.1"}, ["3"]),
    ],
)
def test_each_condition_restricts_the_list(counter: ListCounter, changes: dict[str, str], found: list[str]) -> None:
    manuals(counter.room)
    counter.opened()
    for name, value in changes.items():
        counter.screen.conditions.edit(name, value)
    assert counter.press("F7") is None
    assert counter.column("control_number") == found


def test_a_condition_that_cannot_be_read_loses_nothing(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.conditions.edit("requested_to", "きのう")
    counter.press("F7")
    assert counter.screen.message is not None
    assert counter.screen.message.field == "requested_to"
    assert counter.stage.view.focused == ["requested_to"]
    assert counter.screen.rows.count == 5
    assert counter.screen.conditions.typed.requested_to == "きのう"


def test_clear_puts_the_conditions_back_and_leaves_the_list(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.conditions.edit("condition", "申請前")
    counter.press("F7")
    FILING_LIST_BUTTONS[0].press(counter.screen)
    assert counter.screen.conditions.typed.condition == "すべて"
    assert counter.said == CLEARED
    assert counter.screen.rows.count == 2
    assert counter.screen.conditions.read_date("requested_from", "5/1") == ("令和8年5月1日(金) 2026/05/01", None)
    assert counter.screen.conditions.read_date("requested_to", "R8.11.24") == ("令和8年11月24日(火) 2026/11/24", None)


# --- sorting


def test_every_column_sorts_both_ways_in_the_store(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    for place, column in enumerate(COLUMNS[: len(SORTS)]):
        counter.screen.sort_by(place)
        if column.key != "control_number":  # that one stands sorted already, so its order was turned
            counter.screen.sort_by(place)
        assert counter.screen.rows.sorting == Sorting(place, descending=True)
        assert (counter.screen.sort_key, counter.screen.descending) == (column.key, True)
        texts = [text for text in counter.column(column.key) if text != "–"]
        assert texts == sorted(texts, key=_order, reverse=True), column.key


def test_by_the_user_nothing_is_sorted(counter: ListCounter) -> None:
    counter.opened()
    before = counter.screen.rows.sorting
    counter.screen.sort_by(len(SORTS))
    assert counter.screen.rows.sorting == before


def _order(text: str) -> str:
    return {"完了": "1", "未完了": "0"}.get(text, text)


def test_sorting_can_be_chosen_by_name_too(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.choose_sort("chassis_number")
    assert counter.column("chassis_number") == ["ABC123", "AE101", "AE104", "DEF456", "RF1"]
    counter.screen.choose_order(descending=True)
    assert counter.column("chassis_number")[0] == "RF1"
    counter.press("F7")
    assert counter.column("chassis_number")[0] == "RF1"


# --- keys


def test_the_keys_lead_to_the_other_windows(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    assert counter.press("F5") == "[F5 修正] は使えません: 申請が選ばれていません。矢印キーで行を選んでください。"
    counter.screen.choose(2)
    for key in ("F1", "F3", "F5"):
        assert counter.press(key) is None
    assert counter.stage.navigator.went == [HelpPlace("list"), SettingsPlace(), IssuePlace(None, 3)]
    counter.screen.choose(-1)
    assert counter.screen.chosen is None
    counter.press("F12")
    assert counter.stage.view.dismissed


def test_only_drafts_have_a_tick(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    assert [counter.screen.rows.checked(place) for place in range(5)] == [None, None, None, True, True]
    assert counter.screen.count_text == "5件(チェック 2件)"
    counter.screen.rows.toggle(0)
    assert counter.said == ISSUED_ROW
    counter.screen.rows.toggle(3)
    assert counter.said == ""
    assert counter.screen.count_text == "5件(チェック 1件)"


def test_f9_takes_all_drafts_shown(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.press("F9")
    assert counter.stage.navigator.went == [BatchPlace((4, 5))]


def test_f9_takes_the_ticked_ones(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.rows.toggle(3)
    counter.press("F9")
    assert counter.stage.navigator.went == [BatchPlace((5,))]


def test_f9_with_no_tick_left_says_so_and_sends_nothing(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    for place in (3, 4):
        counter.screen.rows.toggle(place)
    counter.press("F9")
    assert counter.said == NONE_TICKED
    assert counter.stage.navigator.went == []


def test_what_was_left_out_stays_so_until_the_next_search(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.rows.toggle(3)
    counter.screen.sort_by(9)
    new = counter.room.a_draft(plate="土浦300さ1")
    counter.screen.reload(control_number=new)
    assert counter.screen.rows.ticked == {5, new}
    counter.screen.rows.toggle(counter.screen.rows.position(4) or 0)
    assert counter.screen.rows.ticked == {4, 5, new}
    counter.screen.rows.toggle(counter.screen.rows.position(4) or 0)
    counter.press("F7")
    assert counter.screen.rows.ticked == {4, 5, new}


def test_issued_ones_are_never_ticked(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.conditions.edit("condition", "申請後")
    counter.press("F7")
    assert counter.screen.rows.ticked == set()
    assert len(FilingSearch(lambda: counter.room.desk, FilingQuery(FilingCondition.ISSUED)).ids()) == 3
    counter.press("F9")
    assert counter.said == NO_DRAFTS


def test_f9_waits_until_it_is_known_what_is_ticked(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        many(full.room, PAGE + 50)
        counter = ListCounter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_next()
        assert counter.press("F9") == f"[F9 一括申請] は使えません: {LOADING}"
        counter.stage.background.work_all()
        assert len(counter.screen.rows.ticked) == PAGE + 50
        counter.screen.conditions.edit("number_to", "4")
        counter.press("F7")
        counter.stage.background.work_all()
        assert counter.screen.rows.ticked == {1, 2, 3, 4}


def test_a_tick_is_lost_with_its_row_and_when_the_row_is_issued(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.conditions.edit("number_to", "4")
    counter.press("F7")
    assert counter.screen.rows.ticked == {4}
    counter.room.desk.filings.delivery.issue(4)
    counter.screen.reload(control_number=4)
    assert counter.screen.rows.ticked == set()
    assert counter.screen.rows.checked(3) is None


def test_a_search_that_finds_nothing_leaves_no_ticks(counter: ListCounter) -> None:
    counter.room.a_draft()
    counter.opened()
    counter.screen.conditions.edit("number_from", "900")
    counter.press("F7")
    assert (counter.screen.rows.count, counter.screen.rows.ticked) == (0, set())


def test_f9_says_when_all_that_is_ticked_was_issued_meanwhile(counter: ListCounter) -> None:
    number = counter.room.a_draft()
    counter.opened()
    assert counter.screen.rows.ticked == {number}
    with counter.room.database.write() as shelves:
        shelves.filings.get(number).sending = Sending.FILED
    counter.press("F9")
    assert counter.said == NO_DRAFTS
    assert counter.stage.navigator.went == []


def test_f9_says_when_there_is_nothing_to_send(counter: ListCounter) -> None:
    counter.opened()
    assert counter.press("F9") == f"[F9 一括申請] は使えません: {NO_DRAFTS}"
    counter.room.a_draft(sending=Sending.FILED, status="受付前", filing_id="1000000010")
    counter.screen.reload()
    counter.press("F9")
    assert counter.said == NO_DRAFTS


def test_f9_twice_prepares_once(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        manuals(full.room)
        counter = ListCounter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        assert counter.press("F9") is None
        assert counter.press("F9") == "[F9 一括申請] は使えません: 一括申請を準備しています。"
        counter.stage.background.work_all()
        assert len(counter.stage.navigator.went) == 1


def test_more_than_a_clerk_can_review_is_refused(counter: ListCounter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing_list_screen, "MOST", 1)
    manuals(counter.room)
    counter.opened()
    counter.press("F9")
    assert counter.said == TOO_MANY
    assert counter.stage.navigator.went == []


def test_f9_can_be_pressed_again_after_a_trouble_of_the_store(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    desk = counter.screen.desk
    counter.screen.desk = broken_desk
    counter.press("F9")
    assert "読み書きに失敗しました" in counter.said
    counter.screen.desk = desk
    assert counter.press("F9") is None
    assert counter.stage.navigator.went == [BatchPlace((4, 5))]
