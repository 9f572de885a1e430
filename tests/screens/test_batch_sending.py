"""一括申請 from F9 on: the results that stay, 中止, troubles, and what nobody knows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.filing.batch_rows import STOPPED, settled_result
from onestop.screens.filing.batch_screen import (
    ALREADY_SENT,
    STOPPING,
    UNDER_WAY,
)
from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.live_task import JUST_ENDED
from onestop.screens.places import HelpPlace
from onestop.screens.ports import Message, Tone
from onestop.services.filing.batch import RowState
from onestop_sandbox import Kind, Trouble
from support.builders import a_filing
from support.counters import BatchCounter, a_batch_counter, broken_desk
from support.desks import a_desk
from support.screens import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[BatchCounter]:
    with a_batch_counter(tmp_path) as made:
        yield made


# --- sending


def test_f5_files_the_ticked_rows_and_the_results_stay(counter: BatchCounter) -> None:
    counter.screen.rows.toggle(1)
    assert counter.press("F5") is None
    assert [counter.room.times_filed(number) for number in (1, 2, 3)] == [1, 0, 1]
    assert counter.column("state") == ["発行済", "–", "発行済"]
    assert counter.column("filing_id")[0] == counter.room.filing(1).filing_id
    assert counter.said == "2件を申請しました。"
    assert counter.stage.view.alarms == 0
    assert counter.screen.busy is None
    assert counter.screen.live.progress is None
    assert Change() in counter.stage.navigator.changes
    assert counter.screen.rows.tone(0) is None
    assert counter.screen.rows.ticked == set()


def test_what_the_review_warned_of_is_confirmed_by_sending_it_and_not_by_leaving_it(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        for number in (1, 2):
            room.a_draft(chassis_number=f"ABC12{number}", plate=f"土浦300さ100{number}")
        counter = BatchCounter(room, [1, 2])
        assert counter.screen.rows.tone(0) is Tone.WARNING
        counter.screen.rows.toggle(0)
        counter.press("F5")
        sent, left = (row.reviewed for row in counter.screen.rows.records)
        assert [each.confirmed_on for each in sent.findings if each.rule_id == "C09"] == [dt.date(2026, 11, 24)]
        assert [each.confirmed_on for each in left.findings if each.rule_id == "C09"] == [None]


def test_f5_again_sends_nothing_twice(counter: BatchCounter) -> None:
    counter.press("F5")
    assert counter.press("F5") is not None
    counter.screen.rows.toggle(0)
    assert counter.said == ALREADY_SENT
    counter.press("Alt+A")
    assert counter.screen.rows.ticked == set()
    assert counter.screen.order_text == "送信する申請はありません。結果は F12 で閉じるまで残ります。"
    assert counter.submitted == 3


def test_f5_twice_at_once_sends_once(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        assert counter.press("F5") is None
        assert counter.press("F5") == "[F5 3件を発行] は使えません: 送信中。終わるまでお待ちください。"
        for key in ("Alt+A", "Alt+E", "F6", "F7"):
            assert counter.press(key) is not None
        counter.stage.background.work_all()
        assert counter.submitted == 3


def test_ticks_and_filings_stand_still_while_sending(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, held=True) as counter:
        counter.screen.rows.show(())
        counter.stage.background.work_all()
        counter.press("F5")
        counter.screen.rows.toggle(0)
        assert counter.said == UNDER_WAY
        assert counter.screen.rows.ticked == {1, 2, 3}
        counter.screen.show_filings((1,))
        assert counter.screen.rows.count == 3
        assert counter.screen.order_text == "送信しています。Esc か Alt+X で中止できます。"
        assert counter.screen.live.progress == (0, 3, None)
        counter.screen.reload()
        counter.stage.background.work_all()
        assert counter.column("state") == ["発行済"] * 3
        assert counter.said == "3件を申請しました。"


def test_ticks_stand_still_while_the_review_is_under_way(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        counter.screen.reload()
        counter.screen.reload()
        counter.screen.rows.toggle(0)
        assert counter.said == "申請内容を確認中。終わるまでお待ちください。"
        counter.stage.background.work_all()
        assert counter.screen.rows.ticked == {1, 2, 3}


def test_progress_is_counted_and_the_others_are_told_at_the_end(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, 12) as counter:
        seen = []
        counter.stage.view.refreshed = lambda: seen.append(counter.screen.live.progress)
        counter.press("F5")
        done = [progress.done for progress in seen if progress is not None]
        assert done[0] == 0
        assert done == sorted(done)
        assert len(counter.stage.navigator.changes) == 1
        assert counter.column("state") == ["発行済"] * 12


def test_stopping_sends_nothing_more_and_the_rest_can_be_sent_later(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        counter.press("F5")
        counter.screen.stop()
        assert counter.said == STOPPING
        counter.stage.background.work_all()
        assert counter.column("state") == ["未送信"] * 3
        assert counter.column("reason") == [STOPPED] * 3
        assert counter.screen.rows.tone(0) is Tone.WARNING
        assert counter.said == "0件を申請しました。未送信 3件は、行の理由を確かめてください。"
        counter.press("F5")
        counter.stage.background.work_all()
        assert counter.column("state") == ["発行済"] * 3


def test_closing_while_sending_stops_and_waits_and_the_results_stand(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        counter.press("F5")
        counter.press("F12")
        assert not counter.stage.view.dismissed
        assert counter.said == STOPPING
        counter.stage.background.work_all()
        assert counter.column("state") == ["未送信"] * 3
        told = counter.said
        counter.press("F12")  # meant for 中止 as well: the results have only just come
        assert not counter.stage.view.dismissed
        assert counter.said == f"{JUST_ENDED} {told}"
        counter.screen.key_comes()
        assert counter.said == told
        counter.stage.clock.wait(SECONDS_TO_READ)
        counter.press("F12")
        assert counter.stage.view.dismissed


def test_refused_rows_say_why_and_can_be_sent_again(counter: BatchCounter) -> None:
    counter.trouble(Kind.REFUSE, times=1, status=422)
    counter.press("F5")
    assert sorted(counter.column("state")) == ["受付不可", "発行済", "発行済"]
    place = counter.column("state").index("受付不可")
    assert counter.column("reason")[place].startswith("受け付けられませんでした")
    assert counter.screen.rows.tone(place) is Tone.ERROR
    assert counter.stage.view.alarms == 1
    assert counter.screen.message == Message(
        "2件を申請しました。受付不可 1件は、行の理由を確かめてください。", Tone.WARNING
    )
    assert counter.screen.rows.ticked == {place + 1}
    counter.press("F5")
    assert counter.column("state") == ["発行済"] * 3
    assert [counter.room.times_filed(number) for number in (1, 2, 3)] == [1, 1, 1]


def test_a_row_of_unknown_outcome_is_settled_by_f7_and_never_sent_by_f9(counter: BatchCounter) -> None:
    assert counter.press("F7") == "[F7 確認] は使えません: 確認中の申請はありません。"
    counter.trouble(Kind.CUT, times=1, after=True)
    counter.press("F5")
    place = counter.column("state").index("確認中")
    assert counter.screen.rows.ticked == set()
    assert counter.screen.rows.tone(place) is Tone.WARNING
    assert "F7" in counter.column("reason")[place]
    assert counter.press("F7") is None
    assert counter.column("state") == ["発行済"] * 3
    assert counter.said == "1件の結果が分かりました。"
    assert counter.room.times_filed(place + 1) == 1


def test_what_f7_cannot_find_out_stays_unknown_with_the_reason(counter: BatchCounter) -> None:
    counter.trouble(Kind.CUT, times=1)
    counter.press("F5")
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="findFilings", status=500))
    counter.press("F7")
    assert "確認中" in counter.column("state")
    assert counter.said.startswith("サーバーから応答がありませんでした。")
    assert counter.screen.message is not None
    assert counter.screen.message.tone is Tone.ERROR
    assert counter.screen.busy is None


def test_an_outcome_that_is_not_found_yet_stays_unknown(counter: BatchCounter) -> None:
    counter.trouble(Kind.CUT, times=1)
    counter.press("F5")
    counter.press("F7")
    assert "確認中" in counter.column("state")
    assert counter.said == "0件の結果が分かりました。1件はまだ分かりません。"


def test_the_three_ends_of_settling_are_worded() -> None:
    filed = settled_result(a_filing(sending=Sending.FILED, filing_id="1000000010"))
    assert (filed.state, filed.filing_id) == (RowState.FILED, "1000000010")
    refused = settled_result(a_filing(refusal="使用者名が違います。"))
    assert (refused.state, refused.reason) == (RowState.REFUSED, "受け付けられませんでした: 使用者名が違います。")
    assert settled_result(a_filing(sending=Sending.UNKNOWN)).state is RowState.UNKNOWN
    assert settled_result(a_filing(refusal="長" * 20_000)).reason.endswith("…(全文は申請書発行のF1)")


def test_a_trouble_that_all_would_meet_leaves_the_rest_unsent(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, 10) as counter:
        counter.trouble(Kind.REFUSE, status=401)
        counter.press("F5")
        assert counter.column("state") == ["未送信"] * 10
        assert "APIキー" in counter.column("reason")[-1]
        assert counter.submitted <= 4


def test_a_trouble_of_the_store_is_said_and_the_keys_work_again(counter: BatchCounter) -> None:
    desk = counter.screen.desk
    counter.screen.desk = broken_desk
    counter.press("F5")
    assert "読み書きに失敗しました" in counter.said
    assert counter.screen.live.progress is None
    counter.screen.reload()
    assert "読み書きに失敗しました" in counter.said
    counter.screen.desk = desk
    counter.press("F5")
    assert counter.column("state") == ["発行済"] * 3


def test_what_this_window_tells_it_does_not_read_itself(counter: BatchCounter) -> None:
    counter.press("F5")
    assert counter.stage.navigator.changes == [Change()]
    assert counter.stage.navigator.not_told is counter.screen


def test_f1_opens_the_page_of_this_window(counter: BatchCounter) -> None:
    counter.press("F1")
    assert counter.stage.navigator.went == [HelpPlace("batch")]
    assert counter.press("Alt+E") is not None
