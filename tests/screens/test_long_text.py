"""Tests of texts that are too long for the glass."""

from __future__ import annotations

import pytest

from onestop.screens.long_text import BY_F1, MOST, MOST_LINES, shortened


@pytest.mark.parametrize("text", ["", "短い文", "長" * MOST, "\n" * (MOST_LINES - 1)])
def test_what_has_room_is_shown_as_it_is(text: str) -> None:
    assert shortened(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("長" * 20_000, "長" * MOST + BY_F1),
        ("\n".join("12345678901"), "\n".join("12345678") + BY_F1),
    ],
)
def test_what_has_no_room_says_where_the_rest_is(text: str, shown: str) -> None:
    assert shortened(text) == shown
