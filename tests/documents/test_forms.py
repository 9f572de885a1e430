"""Every paper as a PDF, read back: its text, its fonts and its ink."""

from __future__ import annotations

import dataclasses
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from onestop.documents.form_template import load_form
from onestop.documents.forms import fill_form, try_form
from onestop.documents.layout import Offset
from onestop.documents.pdf import write_pdf
from onestop.errors import FileNotWritten, InvalidInput
from support.papers import (
    MADE_AT,
    OFFICIAL,
    PAPERS,
    a_conformity_paper,
    a_ledger_paper,
    a_mark_paper,
    a_report_paper,
    an_insurance_paper,
    an_official_mark_paper,
    ink,
    opened_pdf,
    render_form,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.papers import Paper


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.form)
def test_every_text_can_be_read_back_and_every_font_is_embedded_as_a_subset(
    paper: Paper, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "a.pdf"
    paper = dataclasses.replace(paper, printed_at="𠮷")
    laid = render_form(paper, path)
    assert (laid.missing, laid.tiny) == ((), ())
    text = "".join(text_of(path).split())
    cells = [cell for rows in paper.tables().values() for row in rows for cell in row.values()]
    said = [*paper.values().values(), *cells]
    assert [each for each in said if "".join(each.split()) not in text] == []
    assert "𠮷" in text
    assert "カーネット太郎" not in caplog.text
    assert [record for record in caplog.records if record.name.startswith("fontTools")] == []
    with pypdf.PdfReader(path) as reader:
        resources: Any = reader.pages[0]["/Resources"]
        fonts = [font.get_object() for font in resources["/Font"].values()]
        assert len({font["/BaseFont"] for font in fonts}) == 3
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert len(descriptor["/FontFile2"].get_data()) < 200_000
            assert font["/BaseFont"][7] == "+"
            assert "/ToUnicode" in font
    assert path.stat().st_size < 150_000


def test_markup_is_printed_letter_by_letter(tmp_path: Path) -> None:
    markup = '<img src="file:///a.png">'
    render_form(dataclasses.replace(a_conformity_paper(), printed_at=markup), tmp_path / "a.pdf")
    assert markup in text_of(tmp_path / "a.pdf")
    with pypdf.PdfReader(tmp_path / "a.pdf") as reader:
        assert list(reader.pages[0].images) == []


def test_the_properties_hold_nothing_of_the_values(tmp_path: Path) -> None:
    render_form(an_insurance_paper(), tmp_path / "a.pdf")
    with pypdf.PdfReader(tmp_path / "a.pdf") as reader:
        properties: dict[str, Any] = dict(reader.metadata or {})
        assert reader.metadata is not None
        assert reader.metadata.creation_date == MADE_AT
    assert properties["/Title"] == "自賠責保険証明書（控）"
    assert properties["/Creator"].startswith("onestop ")
    assert properties.keys() <= {"/Title", "/Creator", "/Producer", "/CreationDate"}


def test_the_same_paper_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        render_form(a_conformity_paper(), tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


LARGE = """title = "標章"
page = [210, 148]
field = [{ at = [14, 34], size = [182, 26], name = "valid_until", font = 44, align = "center", bold = true }]
"""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a folder with a form of the shop's own, in which one value stands in large letters."""
    own = tmp_path / "forms"
    own.mkdir()
    (own / "conformity_mark.toml").write_text(LARGE, encoding="utf-8")
    return own


def test_the_ink_is_where_the_form_says_and_moves_with_the_offset(tmp_path: Path, large: Path) -> None:
    validity = (14, 34, 196, 60)
    render_form(a_mark_paper(), tmp_path / "a.pdf", own_forms=large)
    plain = ink(tmp_path / "a.pdf", validity)
    assert plain is not None
    assert plain[2] - plain[0] == pytest.approx(10 * 44 * 25.4 / 72 - 2 * 44 * 25.4 / 72 / 2, abs=8)
    assert plain[3] - plain[1] == pytest.approx(44 * 25.4 / 72, abs=2)
    assert ink(tmp_path / "a.pdf", (0, 0, 7, 148)) is None
    render_form(a_mark_paper(), tmp_path / "b.pdf", Offset(right=2.5, down=-1.5), large)
    moved = ink(tmp_path / "b.pdf", validity)
    assert moved is not None
    shift = [after - before for before, after in zip(plain, moved, strict=True)]
    assert shift == pytest.approx([2.5, -1.5, 2.5, -1.5], abs=0.2)
    render_form(a_mark_paper(valid_until=""), tmp_path / "c.pdf", own_forms=large)
    assert ink(tmp_path / "c.pdf", validity) is None


def test_a_character_of_the_font_behind_and_a_missing_one_have_ink(tmp_path: Path, large: Path) -> None:
    for number, (text, missing) in enumerate({"𠮷": (), "髙": (), "😀": ("😀",)}.items()):
        path = tmp_path / f"{number}.pdf"
        laid = render_form(a_mark_paper(valid_until=text), path, own_forms=large)
        assert laid.missing == missing
        drawn = ink(path, (14, 34, 196, 60))
        assert drawn is not None
        assert drawn[2] - drawn[0] == pytest.approx(44 * 25.4 / 72, rel=0.25)
        assert ("〓" if missing else text) in text_of(path)


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (an_insurance_paper(), "この控は証明書ではありません"),
        (a_conformity_paper(), "適合証そのものではありません"),
        (a_mark_paper(), "この控は標章ではありません"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.form,
)
def test_a_copy_says_that_it_is_one(paper: Paper, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    laid = render_form(paper, path)
    text = text_of(path)
    assert "（控）" in text
    assert said in text
    assert {page.words[0].text for page in laid.pages} == {"控"}


@pytest.mark.parametrize("paper", [*PAPERS, *OFFICIAL], ids=lambda paper: paper.form)
def test_in_practice_every_page_of_everything_is_a_sample(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    laid = render_form(paper, path, practice=True)
    for number, page in enumerate(laid.pages):
        assert (page.words[0].text, page.words[0].degrees > 30) == ("見本", True)
        assert "見本" in text_of(path, number)


@pytest.mark.parametrize("paper", [a_ledger_paper(45), a_report_paper(voided=25)], ids=lambda paper: paper.form)
def test_practice_leaves_no_page_of_a_long_paper_out(paper: Paper) -> None:
    laid = fill_form(paper, practice=True)
    assert [page.words[0].text for page in laid.pages] == ["見本"] * 3
    real = fill_form(paper, practice=False)
    assert "見本" not in "".join(word.text for page in real.pages for word in page.words)


def test_the_stamp_is_painted_in_grey_from_corner_to_corner(tmp_path: Path) -> None:
    with opened_pdf(_written(an_official_mark_paper(), tmp_path / "a.pdf")) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    shades = picture.getcolors()
    assert shades is not None
    assert max(shades)[1] == 255
    assert sum(count for count, shade in shades if 200 < shade < 230) > picture.width * picture.height * 0.05
    across, down = picture.point(lambda shade: 255 * (200 < shade < 230)).getbbox()[2:]
    assert across > picture.width * 0.8
    assert down > picture.height * 0.7


def _written(paper: Paper, path: Path) -> Path:
    render_form(paper, path, practice=True)
    return path


@pytest.mark.parametrize("paper", OFFICIAL, ids=lambda paper: paper.form)
def test_real_work_prints_nothing_but_values_into_an_official_form(paper: Paper) -> None:
    laid = fill_form(paper, practice=False)
    (page,) = laid.pages
    assert page.strokes == ()
    assert {word.text for word in page.words} <= set(paper.values().values())
    assert {word.degrees for word in page.words} == {0}
    assert (laid.missing, laid.tiny) == ((), ())


def test_the_parts_of_a_day_stand_in_their_places() -> None:
    values = an_official_mark_paper().values()
    parts = [values[f"valid_until_{part}"] for part in ("era", "year", "month", "day")]
    assert parts == ["令和", "8", "12", "8"]
    first = dataclasses.replace(an_official_mark_paper(), valid_until="令和元年5月1日", issue_date="").values()
    assert (first["valid_until_year"], first["issue_date_year"]) == ("元", "")


@pytest.mark.parametrize("more", ["text", "box", "line", "table"])
def test_a_shops_own_official_form_cannot_draw_anything(tmp_path: Path, more: str) -> None:
    parts = {
        "text": "text=[{at=[0,0],size=[60,40],text='保安基準適合標章'}]",
        "box": "box=[{at=[0,0],size=[60,40],name='valid_until'}]",
        "line": "line=[{from=[0,0],to=[60,40]}]",
        "table": "[[table]]\nname='a'\nat=[0,0]\nbottom=40\ncolumn=[{name='b',title='c',width=20}]",
    }
    own = f"title='標章'\npage=[60,40]\n{parts[more]}"
    (tmp_path / "conformity_mark_official.toml").write_text(own, encoding="utf-8")
    for make in (partial(fill_form, practice=False), try_form):
        with pytest.raises(InvalidInput) as caught:
            make(an_official_mark_paper(), tmp_path)
        assert "値の位置(field)だけ" in caught.value.problems[0].message


def test_a_trial_shows_each_place_with_its_name_and_no_value() -> None:
    paper = an_official_mark_paper()
    laid = try_form(paper)
    (page,) = laid.pages
    words = "".join(word.text for word in page.words)
    assert page.words[0].text == "見本"
    for label in ("有効期間 年", "自動車登録番号または車両番号", "試し刷り"):
        assert label in words
    assert [value for value in ("土浦", "ABC123", "検査一郎") if value in words] == []
    assert len(page.strokes) == 4 * len(load_form(paper.form).field)
    assert laid.tiny == ()


def test_a_place_without_a_name_for_the_clerk_is_called_as_the_form_calls_it(tmp_path: Path) -> None:
    own = "title='標章'\npage=[60,40]\nfield=[{at=[0,0],size=[60,15],name='valid_until'}]"
    (tmp_path / "conformity_mark_official.toml").write_text(own, encoding="utf-8")
    assert "valid_until" in [word.text for word in try_form(an_official_mark_paper(), tmp_path).pages[0].words]


def test_a_long_ledger_has_many_pages_and_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "元帳.pdf"
    laid = render_form(a_ledger_paper(45), path)
    with opened_pdf(path) as document:
        assert len(document) == len(laid.pages) == 3
        assert document[0].get_size() == pytest.approx((297 * 72 / 25.4, 210 * 72 / 25.4), abs=0.1)
    whole = "".join(text_of(path, page) for page in range(3))
    assert [number for number in range(1, 46) if str(2_000_000_000 + number) not in whole] == []
    assert whole.count("指定整備元帳") == whole.count("有効期限") == 3


def test_more_voided_numbers_than_a_page_holds(tmp_path: Path) -> None:
    path = tmp_path / "報告.pdf"
    laid = render_form(a_report_paper(voided=25), path)
    assert len(laid.pages) == 3
    whole = "".join(text_of(path, page) for page in range(3))
    assert [number for number in range(25) if str(3_000_000_000 + number) not in whole] == []
    assert "該当なし" in "".join(
        word.text for word in fill_form(a_report_paper(voided=0), practice=False).pages[0].words
    )


def test_the_shops_own_form(tmp_path: Path) -> None:
    own = "title='控'\npage=[60,40]\nfield=[{at=[0,0],size=[60,40],name='premium'}]"
    (tmp_path / "insurance_copy.toml").write_text(own, encoding="utf-8")
    render_form(an_insurance_paper(), tmp_path / "a.pdf", own_forms=tmp_path)
    assert text_of(tmp_path / "a.pdf").split() == ["控", "¥17,650"]
    (tmp_path / "insurance_copy.toml").write_text(own.replace("premium", "profit"), encoding="utf-8")
    with pytest.raises(InvalidInput):
        fill_form(an_insurance_paper(), tmp_path, practice=False)


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(FileNotWritten):
        write_pdf(tmp_path / "a.pdf", fill_form(a_mark_paper(), practice=False), MADE_AT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
