"""Texts spread over the fonts."""

from __future__ import annotations

import pytest

from onestop.documents.faces import Face, FontRun, Spelled, spell


@pytest.mark.parametrize("bold", [False, True])
def test_a_text_that_one_font_has(*, bold: bool) -> None:
    face = Face.BOLD if bold else Face.REGULAR
    assert spell("髙﨑 ABC-123 ①㈱ ｶｰ　~", bold=bold) == Spelled((FontRun(face, "髙﨑 ABC-123 ①㈱ ｶｰ　~"),), ())
    assert spell("", bold=bold) == Spelled((), ())


def test_a_name_kanji_that_the_font_behind_has() -> None:
    spelled = spell("𠮷野家𠮷", bold=True)
    assert spelled.runs == (FontRun(Face.BEHIND, "𠮷"), FontRun(Face.BOLD, "野家"), FontRun(Face.BEHIND, "𠮷"))
    assert spelled.missing == ()


@pytest.mark.parametrize(
    ("text", "drawn", "missing"),
    [
        ("あ\U0002a6dfい", "あ〓い", ("\U0002a6df",)),
        ("葛\U000e0100城", "葛城", ("葛\U000e0100",)),
        ("\U0002a6df\U000e0100", "〓", ("\U0002a6df\U000e0100",)),
        ("😀と😀", "〓と〓", ("😀",)),
        ("か\u3099", "か\u3099", ()),
    ],
)
def test_what_no_font_has_is_named(text: str, drawn: str, missing: tuple[str, ...]) -> None:
    spelled = spell(text)
    assert "".join(run.text for run in spelled.runs) == drawn
    assert spelled.missing == missing


def test_control_characters_are_blanks() -> None:
    assert spell("a\tb\x00c\x7f").runs == (FontRun(Face.REGULAR, "a b c "),)


def test_widths() -> None:
    assert spell("あア漢").width_mm(10) == pytest.approx(3 * 10 * 25.4 / 72)
    assert spell("aｱ").width_mm(10) == pytest.approx(10 * 25.4 / 72)
    assert spell("𠮷").width_mm(72) == pytest.approx(25.4)
