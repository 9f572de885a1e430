"""Tests of the words of the status line."""

from __future__ import annotations

import dataclasses

import pytest

from onestop.screens.standing import in_words
from onestop.services.standing import DeskStanding

KNOWN = DeskStanding(
    practice=False,
    address="https://oss.example",
    terminal="1番窓口",
    ainas_hours="8:00–22:00",
    airas_hours="8:00–20:00",
)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({}, "AINAS 8:00–22:00(予定)  AIRAS 8:00–20:00(予定)"),
        ({"state": "open"}, "AINAS 8:00–22:00(予定) 受付中  AIRAS 8:00–20:00(予定)"),
        (
            {"state": "closed", "opens_at": "08:30", "closes_at": "21:00"},
            "AINAS 08:30–21:00 時間外  AIRAS 8:00–20:00(予定)",
        ),
        ({"state": "resting", "ainas_hours": "", "airas_hours": ""}, "AINAS resting"),
        ({"ainas_hours": "", "airas_hours": ""}, ""),
    ],
)
def test_hours_that_a_service_does_not_name_come_from_the_table(changes: dict[str, str], hours: str) -> None:
    assert in_words(dataclasses.replace(KNOWN, **changes)).hours == hours  # type: ignore[arg-type]  # any field
