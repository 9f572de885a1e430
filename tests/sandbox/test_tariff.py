"""The premium table that the repository ships."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop_sandbox.places import resources
from onestop_sandbox.tariff import Tariff

TARIFF = Tariff.load(resources() / "rates" / "jibaiseki.json")


@pytest.mark.parametrize(
    ("rate_class", "day", "months", "yen"),
    [
        ("自家用乗用自動車", "2026-10-31", 24, 17650),
        ("自家用乗用自動車", "2026-11-01", 24, 18560),
        ("kei", "2099-01-01", 24, 18660),
        ("kei", "2023-03-31", 24, None),
        ("kei", "2026-11-01", 23, None),
        ("自動車", "2026-11-01", 24, None),
        ("", "2026-11-01", 24, None),
    ],
)
def test_the_first_day_decides(rate_class: str, day: str, months: int, yen: int | None) -> None:
    assert TARIFF.premium(rate_class, dt.date.fromisoformat(day), months) == yen
