"""The status words: known ones allow what the table says, unknown ones nothing."""

from __future__ import annotations

import pytest

from onestop.model.words import (
    CONFORMITY_STATUSES,
    FILING_STATUSES,
    OSS_STATUSES,
    StatusWord,
    conformity_status_word,
    guess_party_kind,
    oss_status_word,
    status_word,
)


def test_a_filing_that_was_never_sent_may_be_corrected_and_deleted_here() -> None:
    assert status_word("依頼前") == StatusWord("依頼前", correctable=True)


def test_a_waiting_filing_can_only_be_withdrawn() -> None:
    word = status_word("受付前")
    assert word.withdrawable
    assert not word.correctable
    assert not word.final


def test_only_finished_is_done() -> None:
    assert [word.word for word in FILING_STATUSES if word.done] == ["手続完了"]
    assert [word.word for word in OSS_STATUSES if word.done] == ["手続(交付)完了"]
    assert [word.word for word in CONFORMITY_STATUSES if word.done] == ["申請完"]


def test_what_is_done_is_final_and_no_error() -> None:
    for word in (*FILING_STATUSES, *OSS_STATUSES, *CONFORMITY_STATUSES):
        assert not word.done or (word.final and not word.error)
        assert not word.final or not (word.correctable or word.withdrawable)


def test_an_unknown_word_is_shown_as_it_came_and_allows_nothing() -> None:
    assert status_word(" 転送中 ") == StatusWord(" 転送中 ")
    assert oss_status_word("未知") == StatusWord("未知")
    assert conformity_status_word("未知") == StatusWord("未知")


@pytest.mark.parametrize("look_up", [status_word, oss_status_word, conformity_status_word])
def test_no_word_means_nothing(look_up: object) -> None:
    assert callable(look_up)
    assert look_up(None) == StatusWord("")


def test_blanks_around_a_known_word_do_not_hide_it() -> None:
    assert status_word("手続完了 ").done


@pytest.mark.parametrize(
    ("name", "kind"),
    [("株式会社カーネット自動車", "法人"), ("カーネット太郎", "個人"), ("（有）甲", "法人"), ("古河市", "個人")],
)
def test_a_party_kind_is_guessed_from_the_name(name: str, kind: str) -> None:
    assert guess_party_kind(name) == kind
