"""Tests of 一括申請 without Qt: on a real database, with the sandbox in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.filing.batch_rows import NOT_A_DRAFT
from onestop.screens.filing.batch_screen import (
    LOADING,
    NO_FILINGS,
    NOT_SENDABLE,
    NOTHING_TICKED,
)
from onestop.screens.places import IssuePlace, SettingsPlace
from onestop.screens.ports import Tone
from onestop.services.delivery.send import CHANGED_SINCE_READ
from onestop.store.settings_file import Settings
from support.counters import BatchCounter, a_batch_counter
from support.desks import a_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[BatchCounter]:
    with a_batch_counter(tmp_path) as made:
        yield made


# --- the review


def test_all_that_can_be_sent_is_ticked_and_nothing_was_sent(counter: BatchCounter) -> None:
    screen = counter.screen
    assert screen.rows.ticked == {1, 2, 3}
    assert screen.ticked_text == "3件 / 3件"
    assert screen.blocked_text == "なし"
    assert screen.order_text == "F5 を押すと、チェックした 3件 を AINAS に申請します。"
    assert screen.target_text == "代理人拠点 D0000123(http://127.0.0.1)"
    assert counter.column("state") == ["–"] * 3
    assert counter.submitted == 0


def test_what_was_confirmed_before_is_said_quietly(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        draft = room.a_draft(chassis_number="ABC123", plate="土浦300さ77")
        (row,) = room.desk.review.review_many([draft])
        room.desk.confirming.confirm([(row.vehicle_id, row.findings)])
        counter = BatchCounter(room, [draft])
        reason = "確認済 2026/11/24: 車台番号にハイフンがありません。"
        assert counter.column("reason") == [reason]
        assert counter.screen.rows.tone(0) is None


def test_the_money_of_the_ticked_rows_is_added_up(counter: BatchCounter) -> None:
    whole = counter.screen.money_text
    assert whole.startswith("¥")
    each = [row.reviewed.estimated_total or 0 for row in counter.screen.rows.records]
    assert whole == f"¥{sum(each):,}"
    counter.screen.rows.toggle(0)
    assert counter.screen.money_text == f"¥{sum(each[1:]):,}"


def test_a_row_without_a_figure_is_counted_apart(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        room.a_draft(room.a_car(weight_kg=None, gross_weight_kg=None))
        counter = BatchCounter(room, [1])
        assert counter.column("estimated_total") == ["対象外"]
        counter.screen.rows.ticked.add(1)
        assert counter.screen.money_text == "¥0(ほかに対象外 1件)"


def test_what_ainas_would_refuse_cannot_be_ticked_and_says_why(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        good = room.a_draft(plate="土浦300さ1001", chassis_number="ZN6-100001")
        bad = room.a_draft(plate="土浦300さ1002", chassis_number="ZN6-100002", user_address1="")
        gone = room.a_draft(
            plate="土浦300さ1003",
            chassis_number="ZN6-100003",
            sending=Sending.FILED,
            status="受付前",
            filing_id="1000000010",
        )
        counter = BatchCounter(room, [good, bad, gone, 99])
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


def test_a_warning_is_shown_and_the_clerk_alone_ticks_it(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        counter = BatchCounter(room, [room.a_draft(chassis_number="ABC123")])
        screen = counter.screen
        assert counter.column("reason")[0].startswith("注意: ")
        assert screen.rows.tone(0) is Tone.WARNING
        assert screen.rows.ticked == set()
        assert screen.order_text == "注意のある 1件 は、確かめて Space で選んでください。"
        assert counter.press("F5") == f"[F5 発行] は使えません: {NOTHING_TICKED}"
        screen.rows.toggle(0)
        assert screen.send_word() == "1件を発行"
        assert screen.order_text == "F5 を押すと、チェックした 1件 を AINAS に申請します。"
        screen.reload()
        assert screen.rows.ticked == {1}


def test_missing_settings_are_named_and_lead_to_f3(tmp_path: Path) -> None:
    with a_batch_counter(tmp_path, settings=Settings(services_url="https://services.example")) as counter:
        assert counter.screen.target_text == ""
        assert "依頼人拠点コード・代理人拠点ID" in counter.screen.order_text
        why_not = counter.press("F5")
        assert why_not is not None
        assert "F3 設定" in why_not
        counter.press("F3")
        assert counter.stage.navigator.went == [SettingsPlace()]
        assert counter.submitted == 0


def test_practice_is_named_as_the_target(tmp_path: Path) -> None:
    with a_desk(tmp_path, practice=True) as room:
        assert BatchCounter(room, room.drafts(1)).screen.target_text == "代理人拠点 D0000123(練習)"


def test_a_row_that_was_put_right_is_ticked_and_one_that_went_wrong_is_not(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        right = room.a_draft(plate="土浦300さ1001", chassis_number="ZN6-100001")
        wrong = room.a_draft(plate="土浦300さ1002", chassis_number="ZN6-100002", user_address1="")
        counter = BatchCounter(room, [right, wrong])
        counter.screen.choose(1)
        counter.press("Alt+E")
        assert counter.stage.navigator.went == [IssuePlace(None, wrong)]
        with room.database.write() as shelves:
            shelves.filings.get(wrong).user_address1 = shelves.filings.get(right).user_address1
            shelves.filings.get(right).user_address1 = ""
        counter.screen.reload(control_number=wrong)
        assert counter.screen.rows.ticked == {wrong}


def test_a_tick_that_the_clerk_took_off_stays_off(counter: BatchCounter) -> None:
    counter.screen.rows.toggle(1)
    counter.screen.reload()
    assert counter.screen.rows.ticked == {1, 3}


def test_a_deleted_filing_leaves_the_review(counter: BatchCounter) -> None:
    counter.room.desk.filings.delete(2)
    counter.screen.reload(control_number=2)
    assert counter.column("control_number") == ["1", "3"]
    assert counter.screen.rows.ticked == {1, 3}


def test_what_became_of_a_filing_that_left_the_review_changes_no_row(counter: BatchCounter) -> None:
    before = counter.screen.rows.records
    counter.screen.rows.put({4: None})
    assert all(now is row for now, row in zip(counter.screen.rows.records, before, strict=True))
    assert counter.screen.blocked_text == "なし"


def test_what_was_known_of_a_row_changes_nothing(counter: BatchCounter) -> None:
    before = counter.screen.rows.records
    counter.screen.rows.put(dict.fromkeys((1, 2, 3)))
    assert all(now is row for now, row in zip(counter.screen.rows.records, before, strict=True))


def test_that_rows_are_being_sent_is_painted_before_the_first_goes_out(counter: BatchCounter) -> None:
    counter.press("F5")
    assert counter.stage.background.head_starts == 1


def test_f4_ticks_all_or_none(counter: BatchCounter) -> None:
    counter.press("Alt+A")
    assert counter.screen.rows.ticked == set()
    why_not = counter.press("F5")
    assert why_not == "[F5 発行] は使えません: 送信する申請が選ばれていません。Space で選んでください。"
    counter.press("Alt+A")
    assert counter.screen.rows.ticked == {1, 2, 3}


def test_f4_ticks_nothing_that_has_a_warning(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        clear, warned = room.a_draft(), room.a_draft(chassis_number="ABC123", plate="土浦300さ77")
        counter = BatchCounter(room, [clear, warned])
        assert counter.screen.rows.ticked == {clear}
        counter.screen.rows.toggle(1)
        counter.press("Alt+A")
        assert counter.screen.rows.ticked == set()
        counter.press("Alt+A")
        assert counter.screen.rows.ticked == {clear}
        assert "注意のある 1件 は、確かめて Space で選んでください。" in counter.screen.order_text


def test_nothing_to_send_says_what_to_do(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        counter = BatchCounter(room, [], held=True)
        assert counter.screen.empty_text == LOADING
        assert not counter.screen.target_text
        counter.stage.background.work_all()
        assert counter.screen.empty_text == NO_FILINGS
        assert counter.screen.order_text == ""
        counter.press("Alt+A")
        assert counter.screen.ticked_text == "0件 / 0件"


def test_other_filings_can_be_reviewed_in_the_same_window(counter: BatchCounter) -> None:
    counter.press("F5")
    counter.screen.show_filings((counter.room.a_draft(chassis_number="ZN6-999999"),))
    assert counter.column("control_number") == ["4"]
    assert counter.screen.rows.ticked == {4}


def test_what_another_desk_changes_under_the_review_is_not_sent_but_reviewed_again(counter: BatchCounter) -> None:
    with counter.room.database.write() as shelves:
        shelves.filings.get(2).user_name = "見本花子"
    counter.press("F5")
    assert counter.submitted == 2
    assert counter.column("state") == ["発行済", "未送信", "発行済"]
    assert CHANGED_SINCE_READ in counter.column("reason")[1]
    counter.press("F5")
    assert counter.submitted == 3
    assert counter.column("state") == ["発行済"] * 3
