"""Widths, search keys, and what is outside JIS X 0208."""

from __future__ import annotations

import csv
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onestop.model import text as texts
from onestop.model.text import (
    fold_for_search,
    fold_hyphens,
    outside_jis_x_0208,
    reading_of,
    to_full_width,
    to_full_width_kana,
    to_half_width,
    to_hiragana,
    unseen_notice,
    unseen_signs,
    whole_number,
    with_unseen_shown,
    without_unfinished,
)
from onestop.paths import RESOURCES

UNSEEN_FROM_TO = (
    ("\u00ad", "\u00ad"),
    ("\u061c", "\u061c"),
    ("\u200b", "\u200f"),
    ("\u202a", "\u202e"),
    ("\u2060", "\u2064"),
    ("\u2066", "\u206f"),
    ("\ufe00", "\ufe0f"),
    ("\ufeff", "\ufeff"),
    ("\U000e0100", "\U000e01ef"),
)
"""Each row: the first and the last of signs that take no room."""


@pytest.mark.parametrize("ends", UNSEEN_FROM_TO)
def test_a_sign_that_takes_no_room_makes_no_difference_and_the_one_beside_it_does(ends: tuple[str, str]) -> None:
    first, last = ends
    assert [fold_for_search(f"見{sign}本") for sign in ends] == ["見本", "見本"]
    for beside in (chr(ord(first) - 1), chr(ord(last) + 1)):
        assert (fold_for_search(f"見{beside}本") == "見本") == beside.isspace(), f"{ord(beside):x}"


def test_half_width_takes_ascii_only() -> None:
    assert to_half_width("ＡＢＣ－１２３　株式会社ー") == "ABC-123 株式会社ー"


def test_full_width_takes_ascii_and_half_width_katakana() -> None:
    assert to_full_width("1-2 ｶﾞﾚｰｼﾞ A") == "１－２　ガレージ　Ａ"


def test_half_width_katakana_alone() -> None:
    assert to_full_width_kana("ﾅﾆﾜ300") == "ナニワ300"


def test_every_hyphen_becomes_one_and_the_long_vowel_stays() -> None:
    assert fold_hyphens("‐‑‒–—―−－﹣-") == "-" * 10
    assert fold_hyphens("カーネット") == "カーネット"


def test_katakana_becomes_hiragana_sign_by_sign() -> None:
    assert to_hiragana("アヴヶヽー漢A") == "あゔゖゝー漢A"


@pytest.mark.parametrize(
    ("composed", "reading"),
    [
        ("わたなべ", "わたなべ"),
        ("ワタナベ", "わたなべ"),
        ("ﾜﾀﾅﾍﾞ", "わたなべ"),
        ("けｎ", "けん"),
        ("けn", "けん"),
        ("さとー", "さとー"),
        ("わたｂ", ""),
        ("ｎ", ""),
        ("渡辺", ""),
        ("渡なべ", ""),
        ("", ""),
    ],
)
def test_kana_that_are_not_converted_yet_are_a_reading(composed: str, reading: str) -> None:
    assert reading_of(composed) == reading


@pytest.mark.parametrize(
    ("composed", "kana"), [("わたｎ", "わた"), ("わtっ", "わtっ"), ("ｋｙ", ""), ("わた", "わた"), ("渡辺", "渡辺")]
)
def test_letters_that_are_no_kana_yet_are_left_out(composed: str, kana: str) -> None:
    assert without_unfinished(composed) == kana


def test_the_search_key_ignores_what_a_clerk_ignores() -> None:
    key = fold_for_search("カーネット 太郎")
    assert key == fold_for_search("ｶｰﾈｯﾄ　太郎") == fold_for_search("かーねっと太郎")
    assert fold_for_search("髙橋") == fold_for_search("高橋")
    assert fold_for_search("\ufa19戸") == fold_for_search("神戸")
    assert fold_for_search("ａｂｃ―１") == fold_for_search("ABC-1")
    assert fold_for_search("が") == fold_for_search("か\u3099")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("齋藤", "斎藤"),
        ("齊藤", "斎藤"),
        ("斉藤", "齋藤"),
        ("金澤", "金沢"),
        ("髙﨑", "高崎"),
        ("嵜", "﨑"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("廣瀨", "広瀬"),
        ("𠮷田", "吉田"),
        ("櫻井", "桜井"),
        ("嶋", "島"),
        ("葛\U000e0100城", "葛城"),
        ("山\u200b田", "山田"),
        ("\ufeff山田", "山田"),
    ],
)
def test_t64_variants_of_a_name_have_one_search_key(one: str, other: str) -> None:
    assert fold_for_search(one) == fold_for_search(other)


def test_t64_every_variant_is_folded_to_a_sign_that_is_none() -> None:
    with (RESOURCES / "names" / "variants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    folded = {row["variant"]: row["folded"] for row in rows}
    assert len(folded) == len(rows) > 350
    assert {row["source"] for row in rows} == {"joyo", "name"}
    for variant, common in folded.items():
        assert len(variant) == len(common) == 1
        assert common not in folded
        assert unicodedata.normalize("NFKC", common) == common
        assert fold_for_search(variant) == common


def test_the_search_key_does_not_call_different_names_equal() -> None:
    assert fold_for_search("太田") != fold_for_search("大田")
    assert fold_for_search("カーネット") != fold_for_search("カネット")


@example("A \u0301")
@example("A´")
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_for_search(fold_for_search(text)) == fold_for_search(text)


@given(st.text(alphabet=[chr(code) for code in range(0x20, 0x7F)]))
def test_ascii_survives_the_way_to_full_width_and_back(text: str) -> None:
    assert to_half_width(to_full_width(text)) == text


def test_characters_outside_the_sets_are_named_once_in_order() -> None:
    assert outside_jis_x_0208("髙橋㈱①髙﨑") == ("髙", "㈱", "①", "﨑")


def test_both_spellings_of_the_signs_are_inside() -> None:
    assert outside_jis_x_0208("～〜－−∥‖￠¢￡£￢¬―—￥¥￣‾ｱｶﾞ｡々ヶ　Az0~\\凜熙") == ()


def test_control_characters_and_emoji_are_outside() -> None:
    assert outside_jis_x_0208("山\n田😀") == ("\n", "😀")


def test_a_variation_is_named_together_with_its_character() -> None:
    assert outside_jis_x_0208("葛\U000e0100城が\u3099") == ("葛\U000e0100", "が\u3099")
    assert outside_jis_x_0208("\u3099") == ("\u3099",)


@given(st.text())
def test_any_text_has_an_answer_made_of_its_own_characters(text: str) -> None:
    assert all(character in text for character in outside_jis_x_0208(text))


@given(st.text())
def test_what_windows_31j_cannot_write_is_always_named(text: str) -> None:
    outside = "".join(outside_jis_x_0208(text))
    kept = "".join(character for character in text if character not in outside)
    kept.translate(str.maketrans("〜−‖¢£¬—", "～－∥￠￡￢―")).replace("¥", "").replace("‾", "").encode("cp932")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("見本太郎", "見本太郎"),
        ("ABC-123", "ABC-123"),
        ("見\u200b本", "見⟨U+200B⟩本"),
        ("\u202e郎太本見", "⟨U+202E⟩郎太本見"),
        ("見本\ufeff\u3164\u2066", "見本⟨U+FEFF⟩⟨U+3164⟩⟨U+2066⟩"),
        ("a\x00b", "a⟨U+0000⟩b"),
        ("邊\U000e0101", "邊\U000e0101"),
        ("一行目\n二行目　\t", "一行目\n二行目　\t"),
    ],
)
def test_what_nobody_sees_is_shown_as_what_it_is(text: str, shown: str) -> None:
    assert with_unseen_shown(text) == shown
    assert (unseen_signs(text) == ()) is (text == shown)


def test_the_end_of_a_line_is_unseen_where_there_is_one_line() -> None:
    assert with_unseen_shown("一\n二", one_line=True) == "一⟨U+000A⟩二"
    assert unseen_notice(("\n", "\u200b")).startswith("見えない文字「⟨U+000A⟩⟨U+200B⟩」")


def test_marks_of_direction_make_no_difference_to_a_search() -> None:
    assert fold_for_search("\u202e見\u2066本") == fold_for_search("見本")


@pytest.mark.parametrize(
    ("figures", "number"),
    [("0", 0), ("0" * 5000 + "12", 12), ("99", 99), ("100", None), ("9" * 5000, None), ("", None), ("²", None)],
)
def test_a_number_is_read_however_many_digits_it_has(figures: str, number: int | None) -> None:
    assert whole_number(figures, 99) == number


def test_the_signs_of_a_search_are_those_of_the_file_of_variants() -> None:
    signs = texts._search_signs.__wrapped__()
    assert (signs[ord("髙")], signs[ord("邉")], signs[ord("ア")]) == ("高", "辺", "あ")
