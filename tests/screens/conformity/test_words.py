"""What is said of a 保適証: its 15 days, and what is waited for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.clock import JST
from onestop.model.pullback import is_pulling_back
from onestop.model.sending_state import Sending
from onestop.screens.conformity.words import (
    CAUSES,
    Days,
    days_of,
    short_wait,
    standing_message,
    status_of,
    wait_lines,
)
from onestop.screens.ports import Tone
from support.builders import a_conformity_certificate

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate
    from onestop.screens.ports import Message

INSPECTED = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)


def issued(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - any field of it
    return a_conformity_certificate(**{"sending": Sending.FILED, "status": "作成済", **changes})


def waiting(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - the same
    since = {"waiting_since": NOW, "next_try_at": NOW + dt.timedelta(minutes=20)}
    return issued(**{"sending": Sending.DRAFT, "status": None, "certificate_number": None, **since, **changes})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, Days("2026/12/08まで(1日目)", None, "12/8まで(1日目)")),
        (9, Days("2026/12/08まで(9日目)", None, "12/8まで(9日目)")),
        (10, Days("! 期限間近 2026/12/08まで(10日目)", Tone.WARNING, "! 期限間近 12/8まで(10日目)")),
        (15, Days("! 期限間近 2026/12/08まで(15日目)", Tone.WARNING, "! 期限間近 12/8まで(15日目)")),
        (16, Days("× 期限切れ(2026/12/08まで)", Tone.ERROR, "× 期限切れ")),
    ],
)
def test_the_15_days_turn_colour_from_the_tenth(day: int, expected: Days) -> None:
    assert days_of(issued(), INSPECTED + dt.timedelta(days=day - 1)) == expected


def test_the_last_day_is_the_one_that_airas_said() -> None:
    shown = days_of(issued(valid_until=dt.date(2026, 12, 1)), dt.date(2026, 12, 2))
    assert shown.text == "× 期限切れ(2026/12/01まで)"
    assert days_of(issued(valid_until=None), INSPECTED).text.startswith("2026/12/08まで")


@pytest.mark.parametrize(
    "certificate",
    [None, waiting(), issued(inspection_date=None), issued(status="申請完"), issued(status="削除")],
)
def test_nothing_is_counted_that_is_not_in_force(certificate: ConformityCertificate | None) -> None:
    assert days_of(certificate, INSPECTED) == Days()


def test_a_status_is_shown_as_it_came() -> None:
    assert [status_of(each) for each in (None, waiting(), issued(status="転記中"))] == ["未発行", "未発行", "転記中"]
    assert status_of(issued(sending=Sending.UNKNOWN, status=None)) == "確認中"


def test_a_wait_says_what_since_when_the_next_try_and_the_causes() -> None:
    first, second, causes = wait_lines(waiting(), NOW + dt.timedelta(minutes=5))
    assert "保険証番号 A123456789・車台番号 ABC12-0123456" in first
    assert "127" in first
    assert second == "待ち始め 11/24 9:15 ・ 次の自動送信 11/24 9:35(あと約15分)"
    assert causes == CAUSES
    assert short_wait(waiting(), NOW) == "自賠責 次11/24 9:35"


def test_a_wait_that_is_due_or_stopped_says_so() -> None:
    assert "(まもなく)" in wait_lines(waiting(), NOW + dt.timedelta(minutes=21))[1]
    stopped = waiting(next_try_at=None)
    assert "自動送信は止まっています" in wait_lines(stopped, NOW)[1]
    assert short_wait(stopped, NOW) == "自賠責 F5で送信"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "あと約20～30分"), (19, "あと約1～11分"), (20, "まもなく"), (34, "まもなく")],
)
def test_a_pullback_says_how_long_it_takes(minutes: int, words: str) -> None:
    pulled = issued(pullback_requested_at=NOW)
    now = NOW + dt.timedelta(minutes=minutes)
    assert wait_lines(pulled, now)[1] == f"11/24 9:15 に依頼 ・ {words}"
    assert short_wait(pulled, now) == f"引戻 {words}"


def test_a_pullback_that_took_too_long_is_not_waited_for() -> None:
    pulled = issued(pullback_requested_at=NOW)
    late = NOW + dt.timedelta(minutes=35)
    assert not is_pulling_back(pulled, late)
    assert not is_pulling_back(None, late)
    assert wait_lines(pulled, late) == ()
    assert short_wait(pulled, late) == ""
    assert wait_lines(None, late) == ()


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (None, None),
        (issued(), None),
        (issued(sending=Sending.UNKNOWN), "確認中"),
        (waiting(waiting_since=None, refusal="だめ"), "受け付けられませんでした: だめ"),
        (issued(status="作成中"), "直して F5"),
    ],
)
def test_what_must_be_known_at_opening(certificate: ConformityCertificate | None, words: str | None) -> None:
    told: Message | None = standing_message(certificate)
    assert (told is None) == (words is None)
    assert told is None or (words is not None and words in told.text and told.tone is Tone.WARNING)
