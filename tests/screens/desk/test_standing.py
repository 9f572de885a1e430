"""Tests of the words of the status line."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from onestop.clock import JST
from onestop.screens.desk.standing import in_words
from onestop.services.backups import BackupStanding
from onestop.services.hours import PlannedHours
from onestop.services.standing import DeskStanding

OPENING = dt.datetime(2027, 1, 4, 8, 0, tzinfo=JST)
AINAS_CLOSED = PlannedHours("8:00–22:00", OPENING)
AIRAS_CLOSED = PlannedHours("8:00–20:00", OPENING)
KNOWN = DeskStanding(
    practice=False,
    address="https://oss.example",
    terminal="1番窓口",
    ainas_hours=PlannedHours("8:00–22:00"),
    airas_hours=PlannedHours("8:00–20:00"),
)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({}, "AINAS 8:00–22:00(2017年の表)  AIRAS 8:00–20:00(2017年の表)"),
        ({"state": "open"}, "AINAS 8:00–22:00(2017年の表) 受付中  AIRAS 8:00–20:00(2017年の表)"),
        (
            {"state": "closed", "opens_at": "08:30", "closes_at": "21:00"},
            "AINAS 08:30–21:00 時間外  AIRAS 8:00–20:00(2017年の表)",
        ),
        ({"state": "resting", "ainas_hours": PlannedHours(), "airas_hours": PlannedHours()}, "AINAS resting"),
        ({"ainas_hours": PlannedHours(), "airas_hours": PlannedHours()}, ""),
        (
            {
                "ainas_hours": PlannedHours("7:00–21:00", since=dt.date(2026, 12, 1)),
                "airas_hours": PlannedHours("9:00–18:00", own=True),
            },
            "AINAS 7:00–21:00(2026/12/01からの表)  AIRAS 9:00–18:00(設定の表)",
        ),
    ],
)
def test_hours_that_a_service_does_not_name_come_from_the_table(changes: dict[str, Any], hours: str) -> None:
    assert in_words(dataclasses.replace(KNOWN, **changes)).hours == hours


@pytest.mark.parametrize(
    ("changes", "ainas"),
    [
        ({}, "8:00–22:00(2017年の表) 時間外(1/4 8:00から)"),
        ({"state": "closed"}, "8:00–22:00(2017年の表) 時間外(1/4 8:00から)"),
        (
            {"state": "closed", "opens_at": "08:30", "closes_at": "21:00"},
            "08:30–21:00 時間外(1/4 08:30から)",
        ),
        ({"state": "open"}, "8:00–22:00(2017年の表) 受付中"),
        ({"state": "maintenance"}, "8:00–22:00(2017年の表) メンテナンス中"),
    ],
)
def test_a_closed_day_says_when_it_is_open_again(changes: dict[str, Any], ainas: str) -> None:
    facts = dataclasses.replace(KNOWN, ainas_hours=AINAS_CLOSED, airas_hours=AIRAS_CLOSED, **changes)
    assert in_words(facts).hours == f"AINAS {ainas}  AIRAS 8:00–20:00(2017年の表) 時間外(1/4 8:00から)"


@pytest.mark.parametrize(
    ("backup", "warning"),
    [
        (BackupStanding(last=OPENING), None),
        (BackupStanding(late=True), "バックアップなし: ディスクの空きを確認"),
        (BackupStanding(late=True, last=OPENING, second_fails=True), "バックアップは1/4が最後: ディスクの空きを確認"),
        (BackupStanding(last=OPENING, on_server=True), None),
        (
            BackupStanding(late=True, last=OPENING, on_server=True),
            "サーバーのバックアップは1/4が最後: サーバーの管理者に確認",
        ),
        (BackupStanding(last=OPENING, second_fails=True), "バックアップの2つ目の保存先に書けません"),
    ],
)
def test_backups_that_fail_are_told_all_the_time(backup: BackupStanding, warning: str | None) -> None:
    assert in_words(dataclasses.replace(KNOWN, backup=backup)).warning == warning


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        ({"seconds": 121}, "約2分進んで"),
        ({"minutes": 59}, "約59分進んで"),
        ({"hours": -9}, "約9時間遅れて"),
        ({"days": 365}, "約365日進んで"),
    ],
    ids=str,
)
def test_a_clock_that_is_wrong_is_a_warning(ahead: dict[str, float], words: str) -> None:
    told = in_words(dataclasses.replace(KNOWN, clock_ahead=dt.timedelta(**ahead))).warning
    assert told == f"時計が{words}います: 日付と時刻を確認"
    assert in_words(KNOWN).warning is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "内蔵の練習サービス"),
        ({"shared": True}, "共用の練習サービス 確認中"),
        ({"shared": True, "reachable": True}, "共用の練習サービス 接続済"),
        ({"shared": True, "reachable": False}, "共用の練習サービス 接続できません"),
    ],
)
def test_practice_says_whose_services_it_works_with(changes: dict[str, Any], words: str) -> None:
    assert in_words(dataclasses.replace(KNOWN, practice=True, **changes)).connection == words


def test_a_newer_version_is_said_beside_the_terminal_and_is_no_warning() -> None:
    told = in_words(dataclasses.replace(KNOWN, newer_version="0.4.0"))
    assert (told.newer_version, told.warning) == ("新しい版 0.4.0 があります", None)
    assert in_words(KNOWN).newer_version == ""
