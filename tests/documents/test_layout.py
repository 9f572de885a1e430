"""Where words and lines stand on the pages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from onestop.documents.faces import Face, FontRun
from onestop.documents.form_template import Form
from onestop.documents.layout import PADDING, SMALLEST_READABLE, Stroke, lay_out
from onestop.documents.stamp import Stamp
from onestop.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onestop.documents.layout import LaidOut, Page, PlacedWord, Row

MM = 25.4 / 72


def a_form(**parts: Any) -> Form:  # noqa: ANN401 - any part, as its file has it
    return Form.model_validate({"title": "表", "page": (100, 100), **parts})


def plain(form: Form, values: Row, tables: Mapping[str, Sequence[Row]] | None = None) -> LaidOut:
    """Lay out what is the shop's own, with nothing across it."""
    return lay_out(form, values, tables, stamp=Stamp.NONE)


def a_field(**changes: object) -> dict[str, object]:
    return {"at": (10, 20), "size": (40, 10), "name": "name", **changes}


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def right_end(word: PlacedWord) -> float:
    return word.at[0] + FontRun(word.face, word.text).width_mm(word.size_pt)


def test_a_text_stands_in_the_middle_of_its_height() -> None:
    (page,) = plain(a_form(field=[a_field(font=10)]), {"name": "土浦", "more": "unasked"}).pages
    (word,) = page.words
    assert (word.text, word.face, word.size_pt, word.grey) == ("土浦", Face.REGULAR, 10, 0)
    top = word.at[1] - 0.88 * 10 * MM
    assert (top + top + 10 * MM) / 2 == pytest.approx(25)


@pytest.mark.parametrize(("align", "left"), [("left", 11), ("center", 30 - 10 * MM), ("right", 49 - 20 * MM)])
def test_align(align: str, left: float) -> None:
    (page,) = plain(a_form(field=[a_field(align=align, bold=True, grey=0.5)]), {"name": "土浦"}).pages
    assert page.words[0].at[0] == pytest.approx(left)
    assert (page.words[0].face, page.words[0].grey) == (Face.BOLD, 0.5)


@pytest.mark.parametrize("count", [1, 10, 11, 12, 50, 500])
@pytest.mark.parametrize("wrap", [False, True])
def test_nothing_is_ever_cut_off(count: int, *, wrap: bool) -> None:
    text = "".join(chr(ord("亜") + number) for number in range(count))
    laid = plain(a_form(field=[a_field(wrap=wrap)]), {"name": text})
    words = laid.pages[0].words
    drawn = "".join(word.text for word in words)
    assert [drawn.replace("〓", ""), laid.missing] == ["".join(c for c in text if c not in laid.missing), laid.missing]
    assert len(drawn) == count
    for word in words:
        assert word.at[0] >= 10 + PADDING - 1e-6
        assert right_end(word) <= 50 - PADDING + 1e-6
        assert 20 <= word.at[1] - 0.88 * word.size_pt * MM <= word.at[1] + 0.12 * word.size_pt * MM <= 30 + 1e-6
    assert (laid.tiny == ("name",)) == (words[0].size_pt < SMALLEST_READABLE)


def test_a_text_shrinks_only_as_far_as_it_must() -> None:
    (page,) = plain(a_form(field=[a_field(font=10)]), {"name": "あ" * 12}).pages
    assert 12 * page.words[0].size_pt * MM == pytest.approx(40 - 2 * PADDING)
    (page,) = plain(a_form(field=[a_field(font=50)]), {"name": "あ"}).pages
    assert page.words[0].size_pt * MM * 1.2 == pytest.approx(10)


def test_wrapping_goes_before_shrinking() -> None:
    (page,) = plain(a_form(field=[a_field(wrap=True)]), {"name": "あ" * 12}).pages
    assert [(word.text, word.size_pt) for word in page.words] == [("あ" * 10, 10), ("ああ", 10)]
    assert page.words[1].at[1] - page.words[0].at[1] == pytest.approx(12 * MM)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("番号 1110000001～1110000012 紙 K-001", ["番号 1110000001～", "1110000012 紙 K-001"]),
        ("2026/12/20～2028/12/20", ["2026/12/20～", "2028/12/20"]),
        ("A" * 25, ["A" * 21, "A" * 4]),
    ],
)
def test_a_number_and_a_date_are_not_broken_unless_they_are_longer_than_a_line(text: str, lines: list[str]) -> None:
    (page,) = plain(a_form(field=[a_field(wrap=True)]), {"name": text}).pages
    assert texts(page) == lines


def test_line_breaks() -> None:
    (page,) = plain(a_form(field=[a_field(wrap=True)]), {"name": "番号\r\n期間"}).pages
    assert texts(page) == ["番号", "期間"]
    (page,) = plain(a_form(field=[a_field()]), {"name": "番号\n期間"}).pages
    assert texts(page) == ["番号 期間"]
    (page,) = plain(a_form(field=[a_field(wrap=True), a_field()]), {"name": ""}).pages
    assert texts(page) == []


def test_a_narrow_place_still_takes_one_character() -> None:
    laid = plain(a_form(field=[a_field(size=(1, 50), wrap=True)]), {"name": "土浦"})
    assert texts(laid.pages[0]) == ["土", "浦"]
    assert all(right_end(word) <= 11 for word in laid.pages[0].words)
    assert laid.tiny == ("name",)


def test_missing_characters_are_named_once() -> None:
    laid = plain(a_form(field=[a_field(), a_field(name="other")]), {"name": "😀a", "other": "😀𠮷b"})
    assert laid.missing == ("😀",)
    assert texts(laid.pages[0]) == ["〓a", "〓", "𠮷", "b"]
    first, second, third = laid.pages[0].words[1:]
    assert [right_end(first), right_end(second)] == pytest.approx([second.at[0], third.at[0]])
    assert "😀" not in repr(laid)
    assert "〓" not in repr(laid)


def test_boxes_and_lines() -> None:
    line = {"from": (0, 0), "to": (5, 6), "width": 0.5}
    boxes = [
        {"at": (10, 20), "size": (40, 10)},
        {"at": (50, 20), "size": (40, 10), "label": "車台番号", "name": "name", "width": 1},
    ]
    (page,) = plain(a_form(line=[line], box=boxes), {"name": "ABC123"}).pages
    assert page.strokes[0] == Stroke((0, 0), (5, 6), 0.5)
    assert page.strokes[1:5] == (
        Stroke((10, 20), (50, 20), 0.2),
        Stroke((50, 20), (50, 30), 0.2),
        Stroke((50, 30), (10, 30), 0.2),
        Stroke((10, 30), (10, 20), 0.2),
    )
    assert len(page.strokes) == 9
    label, value = page.words
    assert (label.text, label.size_pt, value.text, value.size_pt) == ("車台番号", 6, "ABC123", 10)
    assert label.at[1] < value.at[1] - 0.88 * value.size_pt * MM


def test_a_label_alone() -> None:
    (page,) = plain(a_form(box=[{"at": (10, 20), "size": (40, 10), "label": "印"}]), {}).pages
    assert texts(page) == ["印"]


TABLE = {
    "name": "rows",
    "at": (10, 20),
    "bottom": 57,
    "head": 7,
    "row": 10,
    "font": 9,
    "column": [
        {"name": "number", "title": "番号", "width": 20, "align": "right"},
        {"name": "status", "title": "状態", "width": 30, "font": 7},
    ],
}
PAGE_NUMBER = [a_field(at=(0, 90), name="page"), a_field(at=(50, 90), name="pages")]


def rows(count: int) -> list[dict[str, str]]:
    return [{"number": str(number), "status": "作成済"} for number in range(count)]


def test_a_table_goes_on_over_the_pages() -> None:
    pages = plain(a_form(table=[TABLE], field=PAGE_NUMBER), {}, {"rows": rows(7)}).pages
    assert [texts(page)[:4] for page in pages] == [[str(n), "3", "番号", "状態"] for n in (1, 2, 3)]
    assert [texts(page)[4::2] for page in pages] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert [word.size_pt for word in pages[0].words[2:6]] == [9, 9, 9, 7]
    assert pages[0].words[2].face is Face.BOLD
    lowest = max(stroke.end[1] for page in pages for stroke in page.strokes)
    assert lowest == 57


def test_an_empty_table_says_so() -> None:
    (page,) = plain(a_form(table=[TABLE], field=PAGE_NUMBER), {}, {"rows": []}).pages
    assert texts(page) == ["1", "1", "番号", "状態", "（該当なし）"]


def test_a_table_that_ended_leaves_the_next_pages_to_the_other() -> None:
    other = {**TABLE, "name": "others", "title": "2. 他", "at": (10, 60), "bottom": 97}
    first = {**TABLE, "title": "1. 初め"}
    pages = plain(a_form(table=[first, other]), {}, {"rows": rows(1), "others": rows(4)}).pages
    assert [texts(page).count("番号") for page in pages] == [2, 1]
    assert texts(pages[1]) == ["2. 他", "番号", "状態", "3", "作成済"]
    assert 53 <= pages[1].words[0].at[1] <= 60


def test_what_a_form_asks_for_and_nobody_has() -> None:
    for form, values, tables, name in (
        (a_form(field=[a_field()]), {}, None, "name"),
        (a_form(box=[a_field()]), {"label": ""}, {}, "name"),
        (a_form(table=[TABLE]), {}, None, "rows"),
        (a_form(table=[TABLE]), {}, {"rows": [{"number": "1"}]}, "rows.status"),
    ):
        with pytest.raises(InvalidInput) as caught:
            plain(form, values, tables)
        assert [problem.field for problem in caught.value.problems] == [name]


def test_line_breaks_alone() -> None:
    (page,) = plain(a_form(field=[a_field(wrap=True)]), {"name": "\n\n"}).pages
    assert texts(page) == []


@pytest.mark.parametrize("size", [(210, 297), (297, 210), (148, 210), (100, 100)])
@pytest.mark.parametrize("stamp", [Stamp.SAMPLE, Stamp.COPY])
def test_a_stamp_lies_across_every_page_in_its_full_size_and_under_everything(
    size: tuple[float, float], stamp: Stamp
) -> None:
    table = {**TABLE, "bottom": 57, "at": (10, 20)}
    pages = lay_out(a_form(page=size, table=[table]), {}, {"rows": rows(7)}, stamp=stamp).pages
    assert len(pages) == 3
    for page in pages:
        word = page.words[0]
        assert (word.text, word.face) == (stamp.value, Face.BOLD)
        corners = corners_of(word)
        assert min(edge for corner in corners for edge in corner) > 0
        assert max(across for across, _ in corners) < size[0]
        assert max(down for _, down in corners) < size[1]
        middle = [sum(edges) / 4 for edges in zip(*corners, strict=True)]
        assert middle == pytest.approx([each / 2 for each in size], abs=0.5)
        assert word.size_pt * MM > min(size) * 0.4


def test_without_a_stamp_nothing_lies_across() -> None:
    (page,) = plain(a_form(field=[a_field()]), {"name": "土浦"}).pages
    assert [(word.text, word.degrees) for word in page.words] == [("土浦", 0)]


def corners_of(word: PlacedWord) -> list[tuple[float, float]]:
    """Return where the corners of a turned word are."""
    turn, height = math.radians(word.degrees), word.size_pt * MM
    width = len(word.text) * height
    edges = [(across, down) for across in (0, width) for down in (-0.88 * height, 0.12 * height)]
    return [
        (
            word.at[0] + across * math.cos(turn) + down * math.sin(turn),
            word.at[1] - across * math.sin(turn) + down * math.cos(turn),
        )
        for across, down in edges
    ]
