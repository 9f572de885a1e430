"""What 照会 says once the desk is open."""

from __future__ import annotations

import pytest

from onestop import errors
from onestop.screens.desk.opening_words import NAMES, damaged, settled, settling, switched, unread, unsettled
from onestop.screens.ports import Tone
from onestop.screens.work_progress import WorkProgress
from onestop.services.delivery.settle import Settled
from onestop.services.standing import DeskStanding
from onestop.store.settings_file import Settings

NAMELESS = {"desk_id", "settle_after_seconds"}
"""Settings that no clerk has ever seen."""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (DeskStanding(practice=True, address="https://practice.invalid", terminal="PC"), "練習に切り替えました"),
        (DeskStanding(practice=False, address="https://oss.example/x", terminal="PC"), "本番(oss.example)に"),
        (DeskStanding(practice=False, address="", terminal="PC"), "本番(URL未設定)に"),
    ],
)
def test_the_connection_that_holds_now_is_named(facts: DeskStanding, words: str) -> None:
    assert words in switched(facts)


def test_what_could_not_be_read_is_named_with_the_file_that_was_kept() -> None:
    told = unread(("text_scale", "colour"), "settings.broken.json")
    assert "文字の大きさ・colour" in told
    assert "settings.broken.json" in told
    assert unread((), "settings.broken.json").startswith("設定ファイルを")


def test_every_setting_has_a_name() -> None:
    assert set(NAMES) | NAMELESS == set(Settings.model_fields)


@pytest.mark.parametrize("moved", [True, False])
def test_a_damaged_database_is_told_with_what_can_be_done(*, moved: bool) -> None:
    assert ("隔離フォルダーに移しました" in damaged(moved=moved, backup="")) == moved
    assert "使えるバックアップはありません" in damaged(moved=moved, backup="")
    assert "onestop-1.db" in damaged(moved=moved, backup="onestop-1.db")


def test_what_became_of_lost_answers_is_told_in_numbers_that_are_something() -> None:
    told = settled(Settled(filed=2, drafts=1))
    assert told is not None
    assert told.text.startswith("応答のなかった送信を確認しました: 受付済み2件、未受付1件。")
    assert told.tone is Tone.INFO
    assert settled(Settled()) is None


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (errors.NotConfigured("api_key", "api_password"), "設定が足りません: APIキー・APIパスワード。F3 設定 で"),
        (errors.NotReached(), "サーバーに接続できませんでした。"),
        (None, "まだ分かりません。申請書一覧と"),
    ],
)
def test_nobody_is_said_to_have_looked_where_nobody_could_be_asked(
    reason: errors.OneStopError | None, words: str
) -> None:
    told = settled(Settled(waiting=3, reason=reason))
    assert told is not None
    assert told.text.startswith("応答のなかった送信3件は、受け付けられたかどうかがまだ分かりません。")
    assert words in told.text
    assert "確認しました" not in told.text
    assert "0件" not in told.text
    assert told.tone is Tone.WARNING
    both = settled(Settled(filed=1, waiting=3, reason=reason))
    assert both is not None
    assert "受付済み1件。ほかの送信3件は、" in both.text


def test_what_is_being_settled_is_counted_from_the_first_moment() -> None:
    assert settling(WorkProgress(0, 1200)) == (
        "応答のなかった送信1,200件が受け付けられたかどうかを、サービスに確認しています(0/1,200件)。このまま操作を続けられます。"
    )
    assert "(300/1,200件 残り約2分)" in settling(WorkProgress(300, 1200, 100.0))
    assert "(300/1,200件 残り約6秒)" in settling(WorkProgress(300, 1200, 6.2))


def test_that_it_could_not_be_found_out_is_told_with_the_reason() -> None:
    assert unsettled(errors.NotReached()).startswith("応答のなかった送信を確認できませんでした。サーバー")
