"""What findings mean together: one error stops a filing, whatever else was found."""

from __future__ import annotations

import pytest

from onestop.model.findings import Finding, Severity, blocks

ERROR = Finding("V01", Severity.ERROR, "chassis_number", "車台番号を入力してください。")
WARNING = Finding("V05", Severity.WARNING, "chassis_number", "車台番号にハイフンがありません。")


@pytest.mark.parametrize(
    ("found", "blocked"),
    [([], False), ([WARNING], False), ([ERROR], True), ([ERROR, WARNING], True), ([WARNING, ERROR], True)],
)
def test_one_error_stops_a_filing(found: list[Finding], *, blocked: bool) -> None:
    assert blocks(found) is blocked
