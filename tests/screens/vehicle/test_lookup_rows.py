"""How a row of 照会 is shown: a day that comes near, and the state of the newest filing."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.model.lists import VehicleRow
from onestop.model.sending_state import Sending
from onestop.screens.ports import Tone
from onestop.screens.vehicle.lookup_rows import expiry_text, expiry_tone, filing_text, vehicle_texts

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "text", "tone"),
    [
        (None, "", None),
        (dt.date(2026, 11, 23), "2026/11/23 期限切れ", Tone.ERROR),
        (dt.date(2026, 11, 24), "2026/11/24 あと0日", Tone.WARNING),
        (dt.date(2027, 1, 24), "2027/01/24 あと61日", Tone.WARNING),
        (dt.date(2027, 1, 25), "2027/01/25", None),
    ],
)
def test_a_day_that_comes_near_has_a_colour_and_a_word(day: dt.date | None, text: str, tone: Tone | None) -> None:
    assert expiry_text(day, TODAY) == text
    assert expiry_tone(day, TODAY) is tone


def a_row(**changes: object) -> VehicleRow:
    fields = {
        "vehicle_id": 1,
        "registration_number": "土浦1あ1111",
        "vehicle_name": "トヨタ",
        "model_code": "",
        "user_name": "",
        "chassis_number": "",
        "expiry_date": None,
        "control_number": 3,
        "sending": Sending.FILED,
        "status": None,
        "awaits_certificate": False,
        "last_application_date": None,
    }
    return VehicleRow(**fields | changes)  # type: ignore[arg-type] # named by the test


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"control_number": None}, "–"),
        ({"sending": Sending.DRAFT}, "依頼前"),
        ({"sending": Sending.SENDING}, "◷ 確認中"),
        ({"sending": Sending.UNKNOWN}, "◷ 確認中"),
        ({}, "受付前"),
        ({"status": ""}, "(空欄)"),
        ({"status": "申請中"}, "申請中"),
        ({"status": "差戻"}, "! 差戻"),
        ({"status": "知らない言葉"}, "知らない言葉"),
        ({"control_number": None, "awaits_certificate": True}, "✓ 完了"),
    ],
)
def test_the_state_of_this_inspection_is_a_word(changes: dict[str, object], text: str) -> None:
    assert filing_text(a_row(**changes)) == text


def test_the_last_day_to_apply_stands_beside_the_day_of_expiry() -> None:
    texts = [vehicle_texts(a_row(last_application_date=day), TODAY)[6] for day in (dt.date(2026, 12, 4), None)]
    assert texts == ["2026/12/04", ""]
