"""The form of 適合証・証明証発行: which year a day without one belongs to."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from onestop.services.conformity.form import fill_certificate, form_of_certificate
from support.builders import a_conformity_certificate

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("inspection_date", dt.date(2025, 12, 20)),
        ("issue_date", dt.date(2025, 12, 20)),
        ("expiry_date", dt.date(2026, 12, 20)),
    ],
)
def test_what_has_been_done_is_looked_for_behind_us_and_what_ends_before_us(field: str, day: dt.date) -> None:
    certificate = a_conformity_certificate()
    form = dataclasses.replace(form_of_certificate(certificate), **{field: "12/20"})  # type: ignore[arg-type] # by name
    fill_certificate(certificate, form, TODAY)
    assert getattr(certificate, field) == day
