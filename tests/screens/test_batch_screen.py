"""Tests of 一括申請 without Qt: on a real database, with the sandbox in this process."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.errors import StoreError
from onestop.model.sending_state import Sending
from onestop.screens.batch_rows import COLUMNS, NOT_A_DRAFT, STOPPED, settled_result
from onestop.screens.batch_screen import (
    ALREADY_SENT,
    LOADING,
    NO_FILINGS,
    NOT_SENDABLE,
    STOPPING,
    UNDER_WAY,
    BatchScreen,
)
from onestop.screens.function_keys import BATCH
from onestop.screens.ports import Message, Tone
from onestop.services.batch import RowState
from onestop.store.settings_file import Settings
from onestop_sandbox import Kind, Trouble
from support.builders import a_filing
from support.clock import FixedClock
from support.desks import READY_SETTINGS, a_desk
from support.screens import Change, InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom


class Counter:
    """A desk with 一括申請 open in front of it."""

    def __init__(self, room: DeskRoom, numbers: list[int], *, held: bool = False) -> None:
        self.room = room
        self.clock = FixedClock()
        self.stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=held), clock=self.clock)
        self.screen = self.stage.open(BatchScreen(self.stage.surroundings, tuple(numbers)))

    def press(self, key: str) -> str | None:
        return self.stage.press(BATCH, key, self.screen)

    def column(self, key: str) -> list[str]:
        place = [column.key for column in COLUMNS].index(key)
        return [self.screen.rows.row(each)[place] for each in range(self.screen.rows.count)]

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""

    @property
    def submitted(self) -> int:
        return self.room.sandbox.requests["ainas.submitFiling"]

    def trouble(self, kind: Kind, *, times: int | None = None, status: int = 500, after: bool = False) -> None:
        self.room.sandbox.troubles.add(Trouble(kind, operation="submitFiling", times=times, status=status, after=after))


@contextmanager
def a_counter(
    folder: Path, drafts: int = 3, *, held: bool = False, settings: Settings = READY_SETTINGS
) -> Iterator[Counter]:
    with a_desk(folder, settings=settings) as room:
        yield Counter(room, room.drafts(drafts), held=held)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with a_counter(tmp_path) as made:
        yield made


def _broken() -> NoReturn:
    raise StoreError


# --- the review


def test_all_that_can_be_sent_is_ticked_and_nothing_was_sent(counter: Counter) -> None:
    screen = counter.screen
    assert screen.rows.ticked == {1, 2, 3}
    assert screen.ticked_text == "3件 / 3件"
    assert screen.blocked_text == "なし"
    assert screen.order_text == "F9 を押すと、チェックした 3件 を AINAS に申請します。"
    assert screen.target_text == "代理人拠点 D0000123(services.example)"
    assert counter.column("state") == ["–"] * 3
    assert counter.submitted == 0


def test_the_money_of_the_ticked_rows_is_added_up(counter: Counter) -> None:
    whole = counter.screen.money_text
    assert whole.startswith("¥")
    each = [row.reviewed.estimated_total or 0 for row in counter.screen.rows.records]
    assert whole == f"¥{sum(each):,}"
    counter.screen.rows.toggle(0)
    assert counter.screen.money_text == f"¥{sum(each[1:]):,}"


def test_a_row_without_a_figure_is_counted_apart(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        room.a_draft(room.a_car(weight_kg=None, gross_weight_kg=None))
        counter = Counter(room, [1])
        assert counter.column("estimated_total") == ["対象外"]
        counter.screen.rows.ticked.add(1)
        assert counter.screen.money_text == "¥0(ほかに対象外 1件)"


def test_what_ainas_would_refuse_cannot_be_ticked_and_says_why(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        good = room.a_draft(chassis_number="ZN6-100001")
        bad = room.a_draft(chassis_number="ZN6-100002", user_address1="")
        gone = room.a_draft(chassis_number="ZN6-100003", sending=Sending.FILED, status="受付前", filing_id="1000000010")
        counter = Counter(room, [good, bad, gone, 99])
        screen = counter.screen
        assert screen.rows.count == 3
        assert screen.rows.ticked == {good}
        assert screen.blocked_text == "2件"
        assert counter.column("reason")[1].startswith("不可: ")
        assert counter.column("reason")[2] == NOT_A_DRAFT
        assert [screen.rows.checked(place) for place in range(3)] == [True, None, None]
        assert [screen.rows.tone(place) for place in range(1, 3)] == [Tone.ERROR, Tone.ERROR]
        screen.rows.toggle(1)
        assert counter.said == NOT_SENDABLE
        screen.choose(1)
        assert screen.reason_text.startswith(f"管理番号 {bad}: 不可: ")
        screen.choose(-1)
        assert not screen.reason_text


def test_a_warning_is_shown_and_does_not_keep_from_sending(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        counter = Counter(room, [room.a_draft(chassis_number="ABC123")])
        assert counter.column("reason")[0].startswith("注意: ")
        assert counter.screen.rows.tone(0) is Tone.WARNING
        assert counter.screen.rows.ticked == {1}


def test_missing_settings_are_named_and_lead_to_f3(tmp_path: Path) -> None:
    with a_counter(tmp_path, settings=Settings(services_url="https://services.example")) as counter:
        assert counter.screen.target_text == ""
        assert "依頼人拠点コード・代理人拠点ID" in counter.screen.order_text
        why_not = counter.press("F9")
        assert why_not is not None
        assert "F3 設定" in why_not
        counter.press("F3")
        assert counter.stage.navigator.went == [("show_settings",)]
        assert counter.submitted == 0


def test_practice_is_named_as_the_target(tmp_path: Path) -> None:
    with a_desk(tmp_path, practice=True) as room:
        assert Counter(room, room.drafts(1)).screen.target_text == "代理人拠点 D0000123(練習)"


def test_a_row_that_was_put_right_is_ticked_and_one_that_went_wrong_is_not(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        right = room.a_draft(chassis_number="ZN6-100001")
        wrong = room.a_draft(chassis_number="ZN6-100002", user_address1="")
        counter = Counter(room, [right, wrong])
        counter.screen.choose(1)
        counter.press("F5")
        assert counter.stage.navigator.went == [("show_issue", None, wrong)]
        with room.database.write() as shelves:
            shelves.filings.get(wrong).user_address1 = "茨城県古河市"
            shelves.filings.get(right).user_address1 = ""
        counter.screen.reload(control_number=wrong)
        assert counter.screen.rows.ticked == {wrong}


def test_a_tick_that_the_clerk_took_off_stays_off(counter: Counter) -> None:
    counter.screen.rows.toggle(1)
    counter.screen.reload()
    assert counter.screen.rows.ticked == {1, 3}


def test_a_deleted_filing_leaves_the_review(counter: Counter) -> None:
    counter.room.desk.filings.delete(2)
    counter.screen.reload(control_number=2)
    assert counter.column("control_number") == ["1", "3"]
    assert counter.screen.rows.ticked == {1, 3}


def test_f4_ticks_all_or_none(counter: Counter) -> None:
    counter.press("F4")
    assert counter.screen.rows.ticked == set()
    why_not = counter.press("F9")
    assert why_not == "[F9 送信・再送信] は使えません: 送信する申請が選ばれていません。Space で選んでください。"
    counter.press("F4")
    assert counter.screen.rows.ticked == {1, 2, 3}


def test_nothing_to_send_says_what_to_do(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        counter = Counter(room, [], held=True)
        assert counter.screen.empty_text == LOADING
        assert not counter.screen.target_text
        counter.stage.background.work_all()
        assert counter.screen.empty_text == NO_FILINGS
        assert counter.screen.order_text == ""
        counter.press("F4")
        assert counter.screen.ticked_text == "0件 / 0件"


def test_other_filings_can_be_reviewed_in_the_same_window(counter: Counter) -> None:
    counter.press("F9")
    counter.screen.show_filings((counter.room.a_draft(chassis_number="ZN6-999999"),))
    assert counter.column("control_number") == ["4"]
    assert counter.screen.rows.ticked == {4}


# --- sending


def test_f9_files_the_ticked_rows_and_the_results_stay(counter: Counter) -> None:
    counter.screen.rows.toggle(1)
    assert counter.press("F9") is None
    assert [counter.room.times_filed(number) for number in (1, 2, 3)] == [1, 0, 1]
    assert counter.column("state") == ["発行済", "–", "発行済"]
    assert counter.column("filing_id")[0] == counter.room.filing(1).filing_id
    assert counter.said == "2件を申請しました。"
    assert counter.stage.view.alarms == 0
    assert counter.screen.busy is None
    assert counter.screen.pace is None
    assert Change() in counter.stage.navigator.changes
    assert counter.screen.rows.tone(0) is None
    assert counter.screen.rows.ticked == set()


def test_f9_again_sends_nothing_twice(counter: Counter) -> None:
    counter.press("F9")
    assert counter.press("F9") is not None
    counter.screen.rows.toggle(0)
    assert counter.said == ALREADY_SENT
    counter.press("F4")
    assert counter.screen.rows.ticked == set()
    assert counter.screen.order_text == "送信する申請はありません。結果は F12 で閉じるまで残ります。"
    assert counter.submitted == 3


def test_f9_twice_at_once_sends_once(tmp_path: Path) -> None:
    with a_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        assert counter.press("F9") is None
        assert counter.press("F9") == "[F9 送信・再送信] は使えません: 送信中。終わるまでお待ちください。"
        for key in ("F4", "F5", "F7"):
            assert counter.press(key) is not None
        counter.stage.background.work_all()
        assert counter.submitted == 3


def test_ticks_and_filings_stand_still_while_sending(tmp_path: Path) -> None:
    with a_counter(tmp_path, held=True) as counter:
        counter.screen.rows.show(())
        counter.stage.background.work_all()
        counter.press("F9")
        counter.screen.rows.toggle(0)
        assert counter.said == UNDER_WAY
        assert counter.screen.rows.ticked == {1, 2, 3}
        counter.screen.show_filings((1,))
        assert counter.screen.rows.count == 3
        assert counter.screen.order_text == "送信しています。F8 で中止できます。"
        assert counter.screen.pace == (0, 3, None)
        counter.screen.reload()
        counter.stage.background.work_all()
        assert counter.column("state") == ["発行済"] * 3
        assert counter.said == "3件を申請しました。"


def test_ticks_stand_still_while_the_review_is_under_way(tmp_path: Path) -> None:
    with a_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        counter.screen.reload()
        counter.screen.reload()
        counter.screen.rows.toggle(0)
        assert counter.said == "申請内容を確認中。終わるまでお待ちください。"
        counter.stage.background.work_all()
        assert counter.screen.rows.ticked == {1, 2, 3}


def test_progress_is_counted_and_the_others_are_told_at_the_end(tmp_path: Path) -> None:
    with a_counter(tmp_path, 12) as counter:
        paces = []
        refresh = counter.stage.view.refresh

        def noting() -> None:
            paces.append(counter.screen.pace)
            refresh()

        counter.stage.view.refresh = noting  # type: ignore[method-assign]
        counter.press("F9")
        done = [pace.done for pace in paces if pace is not None]
        assert done[0] == 0
        assert done == sorted(done)
        assert len(counter.stage.navigator.changes) == 1
        assert counter.column("state") == ["発行済"] * 12


def test_stopping_sends_nothing_more_and_the_rest_can_be_sent_later(tmp_path: Path) -> None:
    with a_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        assert counter.press("F8") == "[F8 中止] は使えません: 送信していません。"
        counter.press("F9")
        counter.press("F8")
        assert counter.said == STOPPING
        counter.stage.background.work_all()
        assert counter.column("state") == ["未送信"] * 3
        assert counter.column("reason") == [STOPPED] * 3
        assert counter.screen.rows.tone(0) is Tone.WARNING
        assert counter.said == "0件を申請しました。未送信 3件は、行の理由を確かめてください。"
        counter.press("F9")
        counter.stage.background.work_all()
        assert counter.column("state") == ["発行済"] * 3


def test_closing_while_sending_stops_and_waits_and_the_results_stand(tmp_path: Path) -> None:
    with a_counter(tmp_path, held=True) as counter:
        counter.stage.background.work_all()
        counter.press("F9")
        counter.press("F12")
        assert not counter.stage.view.dismissed
        assert counter.said == STOPPING
        counter.stage.background.work_all()
        assert counter.column("state") == ["未送信"] * 3
        counter.press("F12")
        assert counter.stage.view.dismissed


def test_refused_rows_say_why_and_can_be_sent_again(counter: Counter) -> None:
    counter.trouble(Kind.REFUSE, times=1, status=422)
    counter.press("F9")
    assert sorted(counter.column("state")) == ["受付不可", "発行済", "発行済"]
    place = counter.column("state").index("受付不可")
    assert counter.column("reason")[place].startswith("受け付けられませんでした")
    assert counter.screen.rows.tone(place) is Tone.ERROR
    assert counter.stage.view.alarms == 1
    assert counter.screen.message == Message(
        "2件を申請しました。受付不可 1件は、行の理由を確かめてください。", Tone.WARNING
    )
    assert counter.screen.rows.ticked == {place + 1}
    counter.press("F9")
    assert counter.column("state") == ["発行済"] * 3
    assert [counter.room.times_filed(number) for number in (1, 2, 3)] == [1, 1, 1]


def test_a_row_of_unknown_outcome_is_settled_by_f7_and_never_sent_by_f9(counter: Counter) -> None:
    assert counter.press("F7") == "[F7 確認] は使えません: 確認中の申請はありません。"
    counter.trouble(Kind.CUT, times=1, after=True)
    counter.press("F9")
    place = counter.column("state").index("確認中")
    assert counter.screen.rows.ticked == set()
    assert counter.screen.rows.tone(place) is Tone.WARNING
    assert "F7" in counter.column("reason")[place]
    assert counter.press("F7") is None
    assert counter.column("state") == ["発行済"] * 3
    assert counter.said == "1件の結果が分かりました。"
    assert counter.room.times_filed(place + 1) == 1


def test_what_f7_cannot_find_out_stays_unknown_with_the_reason(counter: Counter) -> None:
    counter.trouble(Kind.CUT, times=1)
    counter.press("F9")
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation="findFilings", status=500))
    counter.press("F7")
    assert "確認中" in counter.column("state")
    assert "受け付けられたかどうかは分かりません" in counter.said
    assert counter.screen.message is not None
    assert counter.screen.message.tone is Tone.ERROR
    assert counter.screen.busy is None


def test_an_outcome_that_is_not_found_yet_stays_unknown(counter: Counter) -> None:
    counter.trouble(Kind.CUT, times=1)
    counter.press("F9")
    counter.press("F7")
    assert "確認中" in counter.column("state")
    assert counter.said == "0件の結果が分かりました。1件はまだ分かりません。"


def test_the_three_ends_of_settling_are_worded() -> None:
    filed = settled_result(a_filing(sending=Sending.FILED, filing_id="1000000010"))
    assert (filed.state, filed.filing_id) == (RowState.FILED, "1000000010")
    refused = settled_result(a_filing(refusal="使用者名が違います。"))
    assert (refused.state, refused.reason) == (RowState.REFUSED, "受け付けられませんでした: 使用者名が違います。")
    assert settled_result(a_filing(sending=Sending.UNKNOWN)).state is RowState.UNKNOWN


def test_a_trouble_that_all_would_meet_leaves_the_rest_unsent(tmp_path: Path) -> None:
    with a_counter(tmp_path, 10) as counter:
        counter.trouble(Kind.REFUSE, status=401)
        counter.press("F9")
        assert counter.column("state") == ["未送信"] * 10
        assert "APIキー" in counter.column("reason")[-1]
        assert counter.submitted <= 4


def test_a_trouble_of_the_store_is_said_and_the_keys_work_again(counter: Counter) -> None:
    desk = counter.screen.desk
    counter.screen.desk = _broken
    counter.press("F9")
    assert "読み書きに失敗しました" in counter.said
    assert counter.screen.pace is None
    counter.screen.reload()
    assert "読み書きに失敗しました" in counter.said
    counter.screen.desk = desk
    counter.press("F9")
    assert counter.column("state") == ["発行済"] * 3


def test_what_this_window_tells_it_does_not_read_itself(counter: Counter) -> None:
    told = []

    def changed(**_what: object) -> None:
        jobs = counter.stage.background.jobs
        counter.screen.reload()
        told.append(counter.stage.background.jobs - jobs)

    counter.stage.navigator.changed = changed  # type: ignore[method-assign]
    counter.press("F9")
    assert set(told) == {0}


def test_f1_opens_the_page_of_this_window(counter: Counter) -> None:
    counter.press("F1")
    assert counter.stage.navigator.went == [("show_help", "batch")]
    assert counter.press("F5") is not None
