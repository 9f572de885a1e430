"""Tests of how a key's meaning is broken into two lines."""

from __future__ import annotations

import pytest

from onestop.ui.keys.key_button import in_two


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("ワンストップサービス", ("ワンストップ", "サービス")),
        ("申請書発行", ("申請書", "発行")),
        ("再設定ー", ("再設", "定ー")),
        ("一", ("一", "")),
    ],
)
def test_no_line_begins_with_what_cannot_stand_first(label: str, lines: tuple[str, str]) -> None:
    assert in_two(label) == lines
