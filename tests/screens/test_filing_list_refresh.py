"""申請書一覧 and the states: what F7 asks, what it says of troubles, and what changed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.filing.list_rows import FilingRows, FilingSearch
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.ports import Tone
from onestop.screens.rows import PAGE
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox import Kind, Trouble
from support.clock import FixedClock
from support.counters import ListCounter, a_list_counter, broken_desk, filed, manuals, many
from support.filing import lose_the_answer
from support.screens import Change, InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[ListCounter]:
    with a_list_counter(tmp_path) as made:
        yield made


# --- F7 and the states


def test_f7_shows_the_rows_at_once_and_refreshes_those_that_are_filed_and_not_finished(counter: ListCounter) -> None:
    filed(counter.room, 3)
    manuals(counter.room)
    counter.opened()
    counter.clock.advance(minutes=10)
    counter.room.sandbox.options.clock.advance(minutes=10)  # type: ignore[attr-defined]  # a FixedClock
    counter.press("F7")
    assert counter.asked == 1
    assert counter.column("completion")[:3] == ["完了"] * 3
    assert counter.screen.busy is None
    assert counter.screen.live.progress is None
    assert "3件の状態を確認しました。" in counter.said
    assert counter.stage.navigator.changes == [Change()]
    assert counter.stage.view.focused == ["filings"]


def test_what_is_finished_or_a_draft_is_not_asked_about(counter: ListCounter) -> None:
    manuals(counter.room)
    with counter.room.database.write() as shelves:
        shelves.filings.delete(3)
    counter.opened()
    counter.press("F7")
    assert counter.asked == 0
    assert counter.said == ""
    assert counter.stage.navigator.changes == []


def test_a_filing_that_ainas_has_forgotten_is_kept_and_said(counter: ListCounter) -> None:
    manuals(counter.room)
    counter.opened()
    counter.press("F7")
    assert counter.said == "1件はサーバーに記録がありません。"
    assert counter.column("status")[2] == "受付前"


def test_those_whose_answer_was_lost_are_counted_while_they_are_asked_about(counter: ListCounter) -> None:
    for number in counter.room.drafts(3):
        lose_the_answer(counter.room, number, acted=True)
    counter.opened()
    seen = []
    counter.stage.view.refreshed = lambda: seen.append(counter.screen.live.progress)
    counter.press("F7")
    assert (0, 3) in [progress[:2] for progress in seen if progress is not None]
    assert "受付済み" in counter.said or "3件" in counter.said


def test_more_than_200_are_asked_in_batches_and_the_progress_is_counted(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as counter:
        sent = {"sending": Sending.FILED, "status": "受付前"}
        many(counter.room, 450, lambda place: {**sent, "filing_id": str(10**9 + place)})
        counter.opened()
        seen = []
        counter.stage.view.refreshed = lambda: seen.append(counter.screen.live.progress)
        counter.press("F7")
        assert counter.asked == 3
        assert (200, 450) in [pace[:2] for pace in seen if pace is not None]
        assert counter.screen.live.progress is None


def test_failures_leave_the_list_standing_and_say_how_many_and_why(counter: ListCounter) -> None:
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
    with a_list_counter(tmp_path, secrets=MemorySecrets(ApiSecrets())) as counter:
        manuals(counter.room)
        counter.opened()
        counter.press("F7")
        assert counter.screen.rows.count == 5
        assert counter.said.startswith("1件の状態を確認できませんでした")
        assert "F3 設定" in counter.said
        assert counter.screen.busy is None


def test_f7_settles_what_nobody_knows(counter: ListCounter) -> None:
    number = counter.room.a_draft()
    counter.room.sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", times=1, after=True))
    with pytest.raises(Exception):  # noqa: B017, PT011 - the answer is lost; which error it was is tested elsewhere
        counter.room.desk.filings.delivery.issue(number)
    counter.opened()
    assert counter.column("status") == ["確認中"]
    counter.press("F7")
    assert counter.column("status") == ["受付前"]
    assert counter.said.startswith("応答がなかった1件は、受け付けられていました。")
    assert counter.room.times_filed(number) == 1


def test_what_stays_unknown_is_said_with_its_reason(counter: ListCounter) -> None:
    number = counter.room.a_draft()
    counter.room.sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", times=1))
    with pytest.raises(Exception):  # noqa: B017, PT011 - as above
        counter.room.desk.filings.delivery.issue(number)
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="findFilings", status=500))
    counter.opened()
    counter.press("F7")
    assert counter.said.startswith("1件は、受け付けられたかどうかがまだ分かりません。")
    assert counter.column("status") == ["確認中"]


def test_a_second_f7_overtakes_the_first(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        filed(full.room, 2)
        counter = ListCounter(full.room, held=True)
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
    with a_list_counter(tmp_path) as full:
        manuals(full.room)
        counter = ListCounter(full.room, held=True)
        background = counter.stage.background
        counter.opened()
        background.work_all()
        counter.press("F7")
        background.work_next()
        counter.screen.desk = broken_desk
        if overtaken:
            counter.press("F7")
        background.work_next()
        assert counter.said.startswith("状態を確認できませんでした。") is not overtaken
        assert counter.screen.busy == ("検索中" if overtaken else None)


def test_asking_can_be_stopped(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        filed(full.room, 1)
        counter = ListCounter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        counter.press("F7")
        counter.stage.background.work_next()
        counter.screen.live.stop()
        counter.stage.background.work_all()
        assert counter.said == "状態の確認を中止しました。"
        assert counter.asked == 0


def test_the_chosen_row_far_down_stays_chosen_and_nothing_blinks(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        many(full.room, PAGE + 50)
        counter = ListCounter(full.room, held=True)
        rows = counter.screen.rows
        counter.opened()
        counter.stage.background.work_next()
        assert counter.screen.count_text == f"{PAGE}件以上"
        counter.stage.background.work_all()
        rows.toggle(PAGE + 10)  # a row that is on its way cannot be unticked yet
        assert len(rows.ticked) == PAGE + 50
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
    with a_list_counter(tmp_path) as full:
        manuals(full.room)
        counter = ListCounter(full.room, held=True)
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
    with a_list_counter(tmp_path) as full:
        filed(full.room, 1)
        counter = ListCounter(full.room, held=True)
        counter.opened()
        counter.stage.background.work_all()
        counter.press("F7")
        counter.screen.reload()
        counter.screen.sort_by(9)
        counter.stage.background.work_all()
        assert counter.asked == 1
        assert counter.screen.busy is None


def test_what_this_window_tells_it_does_not_read_itself(counter: ListCounter) -> None:
    filed(counter.room, 1)
    counter.opened()
    counter.press("F7")
    assert counter.stage.navigator.changes == [Change()]
    assert counter.stage.navigator.not_told is counter.screen


def test_a_trouble_of_the_store_is_said_and_the_keys_work_again(counter: ListCounter) -> None:
    counter.opened()
    counter.screen.desk = broken_desk
    counter.press("F7")
    assert "読み書きに失敗しました" in counter.said
    assert counter.screen.busy is None
    counter.screen.reload(control_number=1)
    assert not counter.screen.rows.count


def test_a_whole_list_that_cannot_be_read_is_said_once_and_an_overtaken_one_is_not(tmp_path: Path) -> None:
    with a_list_counter(tmp_path) as full:
        manuals(full.room)
        background = InlineBackground(held=True)
        errors: list[object] = []
        rows = FilingRows(background, errors.append, lambda _row: None, FixedClock())
        query = FilingListScreen(Stage().surroundings)._query
        search = FilingSearch(lambda: full.room.desk, query)
        rows.load_whole(FilingSearch(broken_desk, query), lambda: None)
        rows.load_whole(search, lambda: None)
        rows.load_whole(search, lambda: None)
        background.work_all()
        assert errors == []
        assert rows.count == 5
        rows.load_whole(FilingSearch(broken_desk, query), lambda: None)
        background.work_all()
        assert len(errors) == 1
        assert rows.count == 5
