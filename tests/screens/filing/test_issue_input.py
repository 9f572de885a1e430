"""What leaving a field of 申請書発行 makes of what was typed."""

from __future__ import annotations

from onestop.screens.filing.issue_input import certificate_number, code


def test_a_certificate_number_loses_hyphens_and_blanks_and_its_width() -> None:
    assert certificate_number("　ａ１２３－４５６ 7\u200b89 ") == "A123456789"


def test_a_code_keeps_its_hyphens_and_its_case() -> None:
    assert code(" Ｄ０００－a\u200bb ") == "D000-ab"
