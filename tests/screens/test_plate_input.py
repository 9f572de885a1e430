"""Tests of typing a plate."""

from __future__ import annotations

import pytest

from onestop.screens.plate_input import PLATE_FOLDS, field_on_glass, plate_parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("土浦300あ12-34", ("土浦", "300", "あ", "1234")),
        ("土浦 1 あ 1111", ("土浦", "1", "あ", "1111")),
        ("なにわ330な・・・1", ("なにわ", "330", "な", "1")),
        ("多摩 Ｃ あ 12-34", ("多摩", "", "Cあ", "1234")),
        ("土浦", None),
        ("", None),
    ],
)
def test_a_whole_plate_is_spread(typed: str, parts: tuple[str, ...] | None) -> None:
    assert plate_parts(typed) == parts


def test_each_part_is_folded_in_its_own_way() -> None:
    typed = ("\u200e ﾅﾆﾜ ", "３ａａ", "\u200bア", "０１\u200b－２３")
    assert tuple(fold(text) for fold, text in zip(PLATE_FOLDS, typed, strict=True)) == ("ナニワ", "3AA", "あ", "123")


def test_t01_a_mark_of_two_characters_is_folded() -> None:
    assert PLATE_FOLDS[2]("Ｃ　ア") == "Cあ"


def test_fillers_of_the_serial_are_dropped() -> None:
    assert PLATE_FOLDS[3]("・・12") == "12"


def test_a_dot_in_a_problem_is_an_underscore_on_the_glass() -> None:
    assert field_on_glass("registration_number.kana") == "registration_number_kana"
