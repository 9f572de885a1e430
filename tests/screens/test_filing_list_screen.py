"""Tests of 申請書一覧 without Qt: on a real database, with the sandbox in this process."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from onestop.errors import StoreError
from onestop.model.sending_state import Sending
from onestop.screens import filing_list_screen
from onestop.screens.filing_list_rows import COLUMNS, FilingRows, FilingSearch
from onestop.screens.filing_list_screen import (
    ISSUED_ROW,
    LOADING,
    NO_DRAFTS,
    NO_FILINGS,
    NOTHING_FITS,
    TOO_MANY,
    FilingListScreen,
)
from onestop.screens.function_keys import FILING_LIST, FILING_LIST_BUTTONS
from onestop.screens.ports import Tone
from onestop.screens.rows import PAGE, Sorting
from onestop.screens.search_screen import CLEARED
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox import Kind, Trouble
from support.clock import FixedClock
from support.desks import a_desk
from support.screens import Change, InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

NOON = dt.datetime(2019, 1, 4, 3, 0, tzinfo=dt.UTC)


class Counter:
    """A desk with 申請書一覧 open in front of it."""

    def __init__(self, room: DeskRoom, *, held: bool = False) -> None:
        self.room = room
        self.clock = FixedClock()
        self.stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=held), clock=self.clock)
        self.screen = FilingListScreen(self.stage.surroundings)

    def opened(self) -> FilingListScreen:
        return self.stage.open(self.screen)

    def press(self, key: str) -> str | None:
        return self.stage.press(FILING_LIST, key, self.screen)

    @property
    def shown(self) -> list[tuple[str, ...]]:
        found = [self.screen.rows.row(place) for place in range(self.screen.rows.count)]
        return [tuple(row) for row in found if row is not None]

    def column(self, key: str) -> list[str]:
        place = [column.key for column in COLUMNS].index(key)
        return [row[place] for row in self.shown]

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""

    @property
    def asked(self) -> int:
        return self.room.sandbox.requests["ainas.getProgress"]


@contextmanager
def a_counter(folder: Path, *, held: bool = False, secrets: MemorySecrets | None = None) -> Iterator[Counter]:
    with a_desk(folder, secrets=secrets) as room:
        yield Counter(room, held=held)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with a_counter(tmp_path) as made:
        yield made


def manuals(room: DeskRoom) -> None:
    """Store the manual's list, one 管理番号 lower."""
    done: dict[str, Any] = {
        "sending": Sending.FILED,
        "status": "手続完了",
        "oss_status": "手続(交付)完了",
        "requested_at": NOON,
    }
    room.a_draft(plate="土浦1あ1111", chassis_number="ABC123", filing_id="1000000008", **done)
    room.a_draft(plate="岩手500と1499", chassis_number="AE104", filing_id="1000000009", **done)
    waiting: dict[str, Any] = {
        "sending": Sending.FILED,
        "status": "受付前",
        "requested_at": dt.datetime(2020, 3, 12, tzinfo=dt.UTC),
    }
    room.a_draft(plate="秋田550は1390", chassis_number="DEF456", filing_id="1000000010", **waiting)
    room.a_draft(plate="成田500さ2608", chassis_number="RF1")
    room.a_draft(plate="青森58ち5986", chassis_number="AE101")


def filed(room: DeskRoom, count: int) -> list[int]:
    """File so many at the sandbox, as F5 does."""
    numbers = room.drafts(count)
    for number in numbers:
        room.desk.issuing.issue(number)
    return numbers


def many(room: DeskRoom, count: int, sending: Sending = Sending.DRAFT) -> None:
    """Store so many rows fast."""
    from support.builders import a_filing, a_vehicle  # noqa: PLC0415 - for this alone

    with room.database.write() as shelves:
        for place in range(count):
            car = shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{200000 + place}")).id
            shelves.filings.add(a_filing(vehicle_id=car, chassis_number=f"ZN6-{200000 + place}", sending=sending))


# --- what stands on the glass


def test_the_manuals_list_stands_as_in_the_manual(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    done = ("完了", "普通", "継続検査")
    open_ = ("未完了", "普通", "継続検査")
    assert counter.shown == [
        ("1", *done, "1000000008", "2019/01/04", "手続完了", "手続(交付)完了", "土浦1あ1111", "ABC123"),
        ("2", *done, "1000000009", "2019/01/04", "手続完了", "手続(交付)完了", "岩手500と1499", "AE104"),
        ("3", *open_, "1000000010", "2020/03/12", "受付前", "–", "秋田550は1390", "DEF456"),
        ("4", *open_, "–", "–", "依頼前", "–", "成田500さ2608", "RF1"),
        ("5", *open_, "–", "–", "依頼前", "–", "青森58ち5986", "AE101"),
    ]
    assert counter.screen.count_text == "5件"


def test_opening_the_list_asks_ainas_nothing(counter: Counter) -> None:
    filed(counter.room, 1)
    before = counter.room.sandbox.requests.total()
    counter.opened()
    assert counter.screen.rows.count == 1
    assert counter.room.sandbox.requests.total() == before


def test_states_that_nobody_knows_are_said_to_be_looked_into(counter: Counter) -> None:
    for sending in (Sending.SENDING, Sending.UNKNOWN):
        counter.room.a_draft(plate=f"土浦300さ{len(sending.value)}", sending=sending)
    counter.opened()
    assert counter.column("status") == ["確認中", "確認中"]
    assert counter.screen.rows.tone(0) is Tone.WARNING


def test_a_word_that_somebody_must_act_on_is_loud_and_an_unknown_one_is_shown_as_it_came(counter: Counter) -> None:
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


def test_an_empty_list_says_what_to_do(counter: Counter) -> None:
    assert counter.screen.empty_text == LOADING
    assert counter.screen.count_text == ""
    counter.opened()
    assert counter.screen.empty_text == NO_FILINGS
    assert counter.screen.count_text == "0件"
    counter.screen.edit("number_from", "7")
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
def test_each_condition_restricts_the_list(counter: Counter, changes: dict[str, str], found: list[str]) -> None:
    manuals(counter.room)
    counter.opened()
    for name, value in changes.items():
        counter.screen.edit(name, value)
    assert counter.press("F7") is None
    assert counter.column("control_number") == found


def test_a_condition_that_cannot_be_read_loses_nothing(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.edit("requested_to", "きのう")
    counter.press("F7")
    assert counter.screen.message is not None
    assert counter.screen.message.field == "requested_to"
    assert counter.stage.view.focused == ["requested_to"]
    assert counter.screen.rows.count == 5
    assert counter.screen.conditions.requested_to == "きのう"


def test_clear_puts_the_conditions_back_and_leaves_the_list(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.edit("condition", "申請前")
    counter.press("F7")
    FILING_LIST_BUTTONS[0].press(counter.screen)
    assert counter.screen.conditions.condition == "すべて"
    assert counter.said == CLEARED
    assert counter.screen.rows.count == 2
    assert counter.screen.read_day("R8.11.24") == ("令和8年11月24日(火) 2026/11/24", None)


# --- sorting


def test_every_column_sorts_both_ways_in_the_store(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    for place, column in enumerate(COLUMNS):
        counter.screen.sort_by(place)
        if column.key != "control_number":  # that one stands sorted already, so its order was turned
            counter.screen.sort_by(place)
        assert counter.screen.rows.sorting == Sorting(place, descending=True)
        assert (counter.screen.sort_key, counter.screen.descending) == (column.key, True)
        texts = [text for text in counter.column(column.key) if text != "–"]
        assert texts == sorted(texts, key=_order, reverse=True), column.key


def _order(text: str) -> str:
    return {"完了": "1", "未完了": "0"}.get(text, text)


def test_sorting_can_be_chosen_by_name_too(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.choose_sort("chassis_number")
    assert counter.column("chassis_number") == ["ABC123", "AE101", "AE104", "DEF456", "RF1"]
    counter.screen.choose_order(descending=True)
    assert counter.column("chassis_number")[0] == "RF1"
    counter.press("F7")
    assert counter.column("chassis_number")[0] == "RF1"


# --- F7 and the states


def test_f7_shows_the_rows_at_once_and_refreshes_those_that_are_filed_and_not_finished(counter: Counter) -> None:
    filed(counter.room, 3)
    manuals(counter.room)
    counter.opened()
    counter.clock.advance(minutes=10)
    counter.room.sandbox.options.clock.advance(minutes=10)  # type: ignore[attr-defined]  # a FixedClock
    counter.press("F7")
    assert counter.asked == 1
    assert counter.column("completion")[:3] == ["完了"] * 3
    assert counter.screen.busy is None
    assert counter.screen.pace is None
    assert "3件の状態を確認しました。" in counter.said
    assert counter.stage.navigator.changes == [Change()]
    assert counter.stage.view.focused == ["filings"]


def test_what_is_finished_or_a_draft_is_not_asked_about(counter: Counter) -> None:
    manuals(counter.room)
    with counter.room.database.write() as shelves:
        shelves.filings.delete(3)
    counter.opened()
    counter.press("F7")
    assert counter.asked == 0
    assert counter.said == ""
    assert counter.stage.navigator.changes == []


def test_a_filing_that_ainas_has_forgotten_is_kept_and_said(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.press("F7")
    assert counter.said == "1件はサーバーに記録がありません。"
    assert counter.column("status")[2] == "受付前"


def test_more_than_200_are_asked_in_batches_and_the_progress_is_counted(tmp_path: Path) -> None:
    with a_counter(tmp_path) as counter:
        with counter.room.database.write() as shelves:
            from support.builders import a_filing, a_vehicle  # noqa: PLC0415 - for this alone

            for place in range(450):
                car = shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{200000 + place}")).id
                filing = a_filing(vehicle_id=car, sending=Sending.FILED, status="受付前", filing_id=str(10**9 + place))
                shelves.filings.add(filing)
        counter.opened()
        paces = []
        refresh = counter.stage.view.refresh

        def noting() -> None:
            paces.append(counter.screen.pace)
            refresh()

        counter.stage.view.refresh = noting  # type: ignore[method-assign]
        counter.press("F7")
        assert counter.asked == 3
        assert (200, 450) in [pace[:2] for pace in paces if pace is not None]
        assert counter.screen.pace is None


def test_failures_leave_the_list_standing_and_say_how_many_and_why(counter: Counter) -> None:
    filed(counter.room, 2)
    counter.opened()
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="getProgress", status=500))
    counter.press("F7")
    assert counter.screen.rows.count == 2
    assert counter.screen.message is not None
    assert counter.screen.message.tone is Tone.WARNING
    assert counter.said.startswith("2件の状態を確認できませんでした(保存済みの内容を表示しています)。")
    assert counter.screen.busy is None


def test_without_credentials_the_list_stands_and_the_way_out_is_said(tmp_path: Path) -> None:
    with a_counter(tmp_path, secrets=MemorySecrets(ApiSecrets())) as counter:
        manuals(counter.room)
        counter.opened()
        counter.press("F7")
        assert counter.screen.rows.count == 5
        assert counter.said.startswith("1件の状態を確認できませんでした")
        assert "F3 設定" in counter.said
        assert counter.screen.busy is None


def test_f7_settles_what_nobody_knows(counter: Counter) -> None:
    number = counter.room.a_draft()
    counter.room.sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", times=1, after=True))
    with pytest.raises(Exception):  # noqa: B017, PT011 - the answer is lost; which error it was is tested elsewhere
        counter.room.desk.issuing.issue(number)
    counter.opened()
    assert counter.column("status") == ["確認中"]
    counter.press("F7")
    assert counter.column("status") == ["受付前"]
    assert counter.said.startswith("応答がなかった1件は、受け付けられていました。")
    assert counter.room.times_filed(number) == 1


def test_what_stays_unknown_is_said_with_its_reason(counter: Counter) -> None:
    number = counter.room.a_draft()
    counter.room.sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", times=1))
    with pytest.raises(Exception):  # noqa: B017, PT011 - as above
        counter.room.desk.issuing.issue(number)
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="findFilings", status=500))
    counter.opened()
    counter.press("F7")
    assert counter.said.startswith("1件は、受け付けられたかどうかがまだ分かりません。")
    assert counter.column("status") == ["確認中"]


def test_a_second_f7_overtakes_the_first(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        filed(full.room, 2)
        counter = Counter(full.room, held=True)
        background = counter.stage.background
        counter.opened()
        background.work_all()
        counter.press("F7")
        background.work_next()  # the rows
        busy = [counter.screen.busy]
        counter.press("F7")
        busy.append(counter.screen.busy)
        background.work_next()  # the first asking ends, and nobody hears of it
        busy.append(counter.screen.busy)
        assert busy == ["状態を確認中", "検索中", "検索中"]
        assert counter.said == ""
        assert counter.asked == 0
        background.work_all()
        assert counter.screen.busy is None
        assert counter.asked == 1


@pytest.mark.parametrize("overtaken", [False, True])
def test_a_trouble_of_the_store_while_asking_is_told_unless_overtaken(tmp_path: Path, *, overtaken: bool) -> None:
    with a_counter(tmp_path) as full:
        manuals(full.room)
        counter = Counter(full.room, held=True)
        background = counter.stage.background
        counter.opened()
        background.work_all()
        counter.press("F7")
        background.work_next()
        counter.screen.desk = _broken
        if overtaken:
            counter.press("F7")
        background.work_next()
        assert counter.said.startswith("状態を確認できませんでした。") is not overtaken
        assert counter.screen.busy == ("検索中" if overtaken else None)


def _broken() -> NoReturn:
    raise StoreError


def test_asking_can_be_stopped(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        filed(full.room, 1)
        counter = Counter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        counter.press("F7")
        counter.stage.background.work_next()
        counter.screen.stop_asking()
        counter.stage.background.work_all()
        assert counter.said == "状態の確認を中止しました。"
        assert counter.asked == 0


def test_the_chosen_row_far_down_stays_chosen_and_nothing_blinks(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        many(full.room, PAGE + 50)
        counter = Counter(full.room, held=True)
        rows = counter.screen.rows
        counter.opened()
        counter.stage.background.work_next()
        assert counter.screen.count_text == f"{PAGE}件以上"
        counter.stage.background.work_all()
        rows.toggle(PAGE + 10)  # a row that is on its way has no tick yet
        assert rows.ticked == set()
        rows.row(PAGE + 10)
        counter.stage.background.work_all()
        counter.screen.choose(PAGE + 10)
        assert counter.screen.chosen == PAGE + 11
        counter.press("F7")
        assert rows.count == PAGE + 50
        counter.stage.background.work_next()
        assert rows.count == PAGE + 50
        assert rows.row(PAGE + 10) is not None
        assert rows.row(0) is not None
        counter.stage.background.work_all()
        assert rows.row(PAGE + 10) is not None


# --- changes elsewhere


def test_a_change_elsewhere_is_read_and_many_changes_are_read_once(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        manuals(full.room)
        counter = Counter(full.room, held=True)
        background = counter.stage.background
        counter.opened()
        background.work_all()
        counter.room.a_draft(plate="土浦300さ7")
        before = background.jobs
        for _ in range(20):
            counter.screen.reload(control_number=6)
        background.work_all()
        assert counter.screen.rows.count == 6
        assert background.jobs - before == 2


def test_a_change_during_a_search_does_not_lose_the_question_to_ainas(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        filed(full.room, 1)
        counter = Counter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        counter.press("F7")
        counter.screen.reload()
        counter.screen.sort_by(9)
        counter.stage.background.work_all()
        assert counter.asked == 1
        assert counter.screen.busy is None


def test_what_this_window_tells_it_does_not_read_itself(counter: Counter) -> None:
    filed(counter.room, 1)
    counter.opened()
    told = []

    def changed(**_what: object) -> None:
        jobs = counter.stage.background.jobs
        counter.screen.reload()
        told.append(counter.stage.background.jobs - jobs)

    counter.stage.navigator.changed = changed  # type: ignore[method-assign]
    counter.press("F7")
    assert told == [0]


def test_a_trouble_of_the_store_is_said_and_the_keys_work_again(counter: Counter) -> None:
    counter.opened()
    counter.screen.desk = _broken
    counter.press("F7")
    assert "読み書きに失敗しました" in counter.said
    assert counter.screen.busy is None
    counter.screen.reload(control_number=1)
    assert not counter.screen.rows.count


def test_a_whole_list_that_cannot_be_read_is_said_once_and_an_overtaken_one_is_not(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        manuals(full.room)
        background = InlineBackground(held=True)
        errors: list[object] = []
        rows = FilingRows(background, errors.append, lambda _row: None)
        query = FilingListScreen(Stage().surroundings)._query
        search = FilingSearch(lambda: full.room.desk, query)
        rows.load_whole(FilingSearch(_broken, query), lambda: None)
        rows.load_whole(search, lambda: None)
        rows.load_whole(search, lambda: None)
        background.work_all()
        assert errors == []
        assert rows.count == 5
        rows.load_whole(FilingSearch(_broken, query), lambda: None)
        background.work_all()
        assert len(errors) == 1
        assert rows.count == 5


# --- keys


def test_the_keys_lead_to_the_other_windows(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    assert counter.press("F5") == "[F5 修正] は使えません: 申請が選ばれていません。矢印キーで行を選んでください。"
    counter.screen.choose(2)
    for key in ("F1", "F3", "F5"):
        assert counter.press(key) is None
    assert counter.stage.navigator.went == [("show_help", "list"), ("show_settings",), ("show_issue", None, 3)]
    counter.screen.choose(-1)
    assert counter.screen.chosen is None
    counter.press("F12")
    assert counter.stage.view.dismissed


def test_only_drafts_have_a_tick(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    assert [counter.screen.rows.checked(place) for place in range(5)] == [None, None, None, False, False]
    counter.screen.rows.toggle(0)
    assert counter.said == ISSUED_ROW
    counter.screen.rows.toggle(3)
    assert counter.said == ""
    assert counter.screen.count_text == "5件(チェック 1件)"


def test_f9_takes_all_drafts_shown_when_none_is_ticked(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.press("F9")
    assert counter.stage.navigator.went == [("show_batch", (4, 5))]


def test_f9_takes_the_ticked_ones(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.rows.toggle(4)
    counter.press("F9")
    assert counter.stage.navigator.went == [("show_batch", (5,))]


def test_a_tick_is_lost_with_its_row_and_when_the_row_is_issued(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.screen.rows.toggle(3)
    counter.screen.rows.toggle(4)
    counter.screen.edit("number_to", "4")
    counter.press("F7")
    assert counter.screen.rows.ticked == {4}
    counter.room.desk.issuing.issue(4)
    counter.screen.reload(control_number=4)
    assert counter.screen.rows.ticked == set()
    assert counter.screen.rows.checked(3) is None


def test_f9_says_when_there_is_nothing_to_send(counter: Counter) -> None:
    counter.opened()
    assert counter.press("F9") == f"[F9 一括申請] は使えません: {NO_DRAFTS}"
    counter.room.a_draft(sending=Sending.FILED, status="受付前", filing_id="1000000010")
    counter.screen.reload()
    counter.press("F9")
    assert counter.said == NO_DRAFTS


def test_f9_twice_prepares_once(tmp_path: Path) -> None:
    with a_counter(tmp_path) as full:
        manuals(full.room)
        counter = Counter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        assert counter.press("F9") is None
        assert counter.press("F9") == "[F9 一括申請] は使えません: 一括申請を準備しています。"
        counter.stage.background.work_all()
        assert len(counter.stage.navigator.went) == 1


def test_more_than_a_clerk_can_review_is_refused(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing_list_screen, "MOST", 1)
    manuals(counter.room)
    counter.opened()
    counter.press("F9")
    assert counter.said == TOO_MANY
    assert counter.stage.navigator.went == []


def test_f9_can_be_pressed_again_after_a_trouble_of_the_store(counter: Counter) -> None:
    manuals(counter.room)
    counter.opened()
    desk = counter.screen.desk
    counter.screen.desk = _broken
    counter.press("F9")
    assert "読み書きに失敗しました" in counter.said
    counter.screen.desk = desk
    assert counter.press("F9") is None
    assert counter.stage.navigator.went == [("show_batch", (4, 5))]
