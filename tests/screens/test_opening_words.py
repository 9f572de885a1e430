"""What 照会 says once the desk is open."""

from __future__ import annotations

import pytest

from onestop.screens.opening_words import NAMES, damaged, switched, unread
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
