"""The status words: known ones allow what the table says, unknown ones nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.model.added_rate import AddedRate
from onestop.model.rate_tables import RateTable
from onestop.model.word_book import put_words_in_force
from onestop.model.words import (
    CONFORMITY_STATUSES,
    FILING_STATUSES,
    OSS_STATUSES,
    UNKNOWN_WORD,
    StatusWord,
    conformity_status_word,
    guess_party_kind,
    oss_status_word,
    status_word,
    words_like,
)

TODAY = dt.date(2026, 11, 24)


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


def say(*rows: tuple[str, str, str]) -> None:
    """Let 料金表 say of these words, from a day on, which known word they are like."""
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    added = [
        AddedRate(
            rate_table=RateTable.STATUSES,
            key=key,
            first_day=dt.date.fromisoformat(day),
            amounts=like,
            source="AINASの告知",
            added_at=now,
        )
        for key, day, like in rows
    ]
    put_words_in_force(added, lambda: TODAY)


def test_a_word_that_was_given_a_meaning_is_shown_as_it_came_and_counts_as_the_known_one() -> None:
    say(("申請: 受付取消", "2026-11-24", "却下"), ("OSS: 最終確認", "2026-11-24", "手続(交付)完了"))
    word = status_word(" 受付取消")
    assert (word.word, word.counts_as, word.final, word.anew) == ("受付取消", "却下", True, True)
    assert oss_status_word("最終確認").done
    assert oss_status_word("受付取消").counts_as == UNKNOWN_WORD


def test_a_meaning_holds_from_its_day_on_and_may_change_again() -> None:
    say(("申請: 保留", "2026-11-25", "申請中"))
    assert status_word("保留") == StatusWord("保留")
    say(("申請: 保留", "2026-11-01", "申請中"), ("申請: 保留", "2026-11-20", "差戻"))
    assert status_word("保留").counts_as == "差戻"


def test_a_known_word_may_be_told_to_be_like_another() -> None:
    say(("交付: 報告済", "2026-11-01", "申請完"))
    assert conformity_status_word("報告済").done
    assert words_like("交付", "申請完") == ("申請完", "報告済")
    assert words_like("交付", "報告済") == ()
    assert words_like("申請", "差戻") == ("差戻",)
