"""申請書発行 after F5: an answer that was lost, 申請確認, 削除 and 取消."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.filing.shown import CALL_THE_AGENT, FORGOTTEN, NOT_FILED, OVER, STILL_UNSETTLED, UNSETTLED_HINT
from onestop.screens.places import HelpPlace
from onestop.screens.ports import Tone
from onestop.services.delivery.settle import Settled
from onestop_sandbox import REAL
from onestop_sandbox.trouble import Kind, Trouble
from support.clock import FixedClock
from support.desks import a_desk, a_sandbox
from support.forms import ISSUE_FORM, IssueForms
from support.full_disk import FillingDatabase, FillingWay
from support.screens import Change

if TYPE_CHECKING:
    from pathlib import Path


# --- the answer is lost


@pytest.mark.parametrize("acted", [True, False])
def test_a_lost_answer_locks_the_filing_and_says_what_to_do(opened: IssueForms, *, acted: bool) -> None:
    here = opened.lost(acted=acted)
    assert "応答がありませんでした" in here.said or "読み取れない応答" in here.said
    assert here.screen.shown.status == "確認中"
    assert here.screen.is_locked("user_name")
    assert here.stage.view.alarms == 1
    again = here.again()
    assert again.said == UNSETTLED_HINT
    assert "申請確認 を行ってください" in (again.press("F2") or "")


def test_a_long_text_of_the_agent_is_cut_and_f1_shows_the_whole(opened: IssueForms) -> None:
    here = opened.issued()
    long = "直してください。\n" * 1_000
    with here.room.database.write() as shelves:
        shelves.filings.get(here.number).message = long
    again = here.again()
    assert len(again.screen.told("agent_message")) < 100
    assert again.screen.told("agent_message").endswith("…(全文はF1)")
    again.press("F1")
    assert again.stage.navigator.went[-1] == HelpPlace("issue", (long,))
    with here.room.database.write() as shelves:
        shelves.filings.get(here.number).message = "短い"
    short = here.again()
    assert short.screen.told("agent_message") == "短い"
    short.press("F1")
    assert short.stage.navigator.went[-1] == HelpPlace("issue")


def test_the_check_finds_a_filing_that_had_arrived(opened: IssueForms) -> None:
    here = opened.lost(acted=True)
    assert here.press("Alt+K") is None
    assert here.screen.shown.status == "受付前"
    assert here.said == "申請確認: 受付前"
    assert here.room.times_filed(1) == 1


def test_the_check_waits_until_no_answer_can_be_on_its_way_and_then_sends_again_with_the_same_key(
    opened: IssueForms,
) -> None:
    here = opened.lost(acted=False)
    here.press("Alt+K")
    assert (here.said, here.tone) == (STILL_UNSETTLED, Tone.WARNING)
    assert here.room.times_filed(1) == 0
    here.stage.clock.advance(seconds=200)
    here.press("Alt+K")
    assert here.screen.shown.status == "受付前"
    assert here.room.times_filed(1) == 1


def test_a_filing_that_ainas_then_refuses_is_ours_again(opened: IssueForms) -> None:
    here = opened.lost(acted=False)
    here.stage.clock.advance(seconds=200)
    trouble = Trouble(Kind.REFUSE, "submitFiling", status=422, errors=(("user.name", "使えない文字です。"),))
    here.room.sandbox.troubles.add(trouble)
    here.press("Alt+K")
    assert here.said == f"{NOT_FILED}使えない文字です。"
    assert not here.screen.is_locked("user_name")
    assert here.screen.shown.status == "依頼前"


def test_while_nobody_knows_it_is_not_called_issued(opened: IssueForms) -> None:
    here = opened.lost(acted=True)
    assert here.press("F5") == f"[F5 発行] は使えません: {UNSETTLED_HINT}"
    assert here.press("F10") == f"[F10 保存] は使えません: {UNSETTLED_HINT}"


def test_one_that_is_over_leads_to_a_new_one(opened: IssueForms) -> None:
    here = opened.issued()
    with here.room.database.write() as shelves:
        shelves.filings.get(1).status = "取消"
    assert here.again(1).press("F5") == f"[F5 発行] は使えません: {OVER}"


# --- 申請確認


def test_before_it_is_issued_there_is_nothing_to_check(opened: IssueForms) -> None:
    here = opened()
    assert here.press("Alt+K") == "[Alt+K 申請確認] は使えません: まだ発行していません。"
    here.press("F10")
    assert here.press("Alt+K") == "[Alt+K 申請確認] は使えません: まだ発行していません。"


def test_the_check_brings_states_the_agents_words_and_any_kind_of_fee(opened: IssueForms) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    assert here.press("Alt+K") is None
    assert here.said == "申請確認: 特別調整中 / 特別調整中"
    assert here.screen.shown.oss_status == "特別調整中"
    assert here.screen.shown.status_updated_at == "令和8年11月24日(火) 2026/11/24 9:15"
    assert ("特別調整金", "¥120", "–", "–") in [line.texts() for line in here.screen.fee_rows.records]
    assert here.stage.navigator.changes[-1] == Change(1, 1)


def test_a_check_that_fails_leaves_what_is_shown(opened: IssueForms) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=503))
    here.press("Alt+K")
    assert here.tone is Tone.ERROR
    assert here.screen.shown.status == "受付前"
    assert here.press("Alt+K") is None
    assert here.said == "申請確認: 受付前"


def test_a_filing_that_ainas_has_forgotten_is_kept(opened: IssueForms) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=404))
    here.room.sandbox.troubles.add(Trouble(Kind.CUT, "findFilings"))  # nor is it asked by the key
    here.press("Alt+K")
    assert here.said == FORGOTTEN
    assert here.again().said == FORGOTTEN
    assert here.screen.shown.filing_id


# --- 削除 and 取消


def test_what_is_not_saved_cannot_be_deleted(opened: IssueForms) -> None:
    assert opened().press("F2") == "[F2 削除] は使えません: まだ保存されていません。"


def test_a_draft_is_deleted_after_a_question(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    here.press("F2")
    here.stage.view.answer("戻る")
    assert here.room.filing(here.number).sending is Sending.DRAFT
    here.press("F2")
    assert "管理番号 1" in here.stage.view.asked.text
    here.stage.view.answer("削除する")
    assert here.stage.view.dismissed
    assert here.room.desk.filings.open(1, None).filing is None
    assert here.stage.navigator.changes[-1] == Change(1, 1)


def test_while_it_waits_for_the_agent_it_is_withdrawn_at_ainas(opened: IssueForms) -> None:
    here = opened.issued()
    assert here.press("F2") is None
    here.stage.view.answer("取消する")
    assert here.said == "取り消しました。申請ステータス 取消"
    assert here.press("F2") == f"[F2 取消] は使えません: {OVER}"
    assert here.screen.is_locked("user_name")


def test_once_the_agent_has_it_the_agent_is_called(opened: IssueForms) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    here.press("Alt+K")
    assert here.press("F2") == f"[F2 取消] は使えません: {CALL_THE_AGENT}"


# --- the disk is full when the answer comes


@pytest.mark.parametrize("takes_all", [False, True], ids=["full", "gone"])
@pytest.mark.parametrize("cut", [False, True], ids=["answered", "cut"])
def test_a_disk_that_is_full_when_the_answer_comes_does_not_say_that_nothing_was_sent(
    tmp_path: Path,
    *,
    takes_all: bool,
    cut: bool,
) -> None:
    clock = FixedClock()
    with a_sandbox(clock, pace=REAL) as sandbox:
        way = FillingWay(sandbox)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way, database_kind=FillingDatabase) as room:
            assert isinstance(room.database, FillingDatabase)
            way.database, way.takes_all = room.database, takes_all
            here = ISSUE_FORM.open(room, None, room.a_draft())
            if cut:
                sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=500, after=True))
            way.fill()
            here.press("F5")
            assert "受け付けられている場合があります" in here.said
            assert "申請確認" in here.said
            assert "もう一度実行" not in here.said
            way.free()
            assert room.desk.filings.delivery.settle() == Settled(filed=1)
            assert room.times_filed(1) == 1
