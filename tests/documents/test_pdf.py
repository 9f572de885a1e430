"""Documents share what is read of the fonts, and nothing else."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from onestop.documents.faces import Face
from onestop.documents.font_file import read_font
from support.papers import a_conformity_paper, a_ledger_paper, render_form

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.papers import Paper

THREE_FACES = replace(a_conformity_paper(), printed_at="𠮷")
LEDGER = a_ledger_paper(9)
IN_A_FRESH_PROCESS = """
import dataclasses, pathlib, sys
from support.papers import a_conformity_paper, render_form
render_form(dataclasses.replace(a_conformity_paper(), printed_at="𠮷"), pathlib.Path(sys.argv[1]))
"""


def _digest(paper: Paper, path: Path) -> str:
    render_form(paper, path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("face", Face)
def test_no_glyph_of_a_face_is_put_together_from_others(face: Face) -> None:
    """A cut font has the outlines of its characters alone, and not of what these would ask for."""
    font = read_font(face.path)
    content = face.path.read_bytes()
    starts = [at for at, end in zip(font.outlines, font.outlines[1:], strict=False) if end > at]
    assert len(starts) > len(set(font.glyphs.values())) * 9 // 10
    assert [at for at in starts if int.from_bytes(content[at : at + 2], "big", signed=True) < 0] == []


@pytest.mark.parametrize("face", Face)
def test_a_cut_font_has_what_is_asked_for_and_the_blank(face: Face) -> None:
    font = read_font(face.path)
    with TTFont(font.cut("申請書請")) as cut, TTFont(face.path, lazy=True) as whole:
        assert "".join(map(chr, sorted(cut.getBestCmap()))) == "".join(sorted(" 申請書"))
        assert cut["maxp"].numGlyphs == 5
        assert cut["head"].modified == whole["head"].modified
    with pytest.raises(KeyError):
        font.cut("\U0002a6df")


def _drawn(font: Any, letters: set[str]) -> dict[str, object]:  # noqa: ANN401 - fontTools ships no types
    """Return the width and the lines of each letter, and how a screen is told to draw them."""
    told: dict[str, object] = {tag: font[tag] for tag in ("fpgm", "prep", "cvt ") if tag in font}
    shapes, names = font.getGlyphSet(), font.getBestCmap()
    for letter in letters:
        pen = RecordingPen()
        shapes[names[ord(letter)]].draw(pen)
        told[letter] = (shapes[names[ord(letter)]].width, pen.value)
    return told


def test_what_is_embedded_is_drawn_as_the_whole_font_draws_it(tmp_path: Path) -> None:
    laid = render_form(THREE_FACES, tmp_path / "a.pdf")
    with pypdf.PdfReader(tmp_path / "a.pdf") as reader:
        resources: Any = reader.pages[0]["/Resources"]
        fonts = [each.get_object() for each in resources["/Font"].values()]
        descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        contents = {str(each["/FontName"]): each["/FontFile2"].get_data() for each in descriptors}
    for face in Face:
        used = {letter for page in laid.pages for word in page.words if word.face is face for letter in word.text}
        with TTFont(face.path, lazy=True) as whole:
            name = whole["name"].getBestFullName().replace(" ", "")
            whole.setGlyphOrder(
                [str(place) for place in range(whole["maxp"].numGlyphs)]
            )  # else it thinks of names for all
            with TTFont(io.BytesIO(contents[f"/MPDFAA+{name}"])) as embedded:
                assert _drawn(embedded, used) == _drawn(whole, used)


def test_a_document_is_the_same_after_others_and_in_a_fresh_process(tmp_path: Path) -> None:
    first = _digest(THREE_FACES, tmp_path / "a.pdf")
    other = _digest(LEDGER, tmp_path / "b.pdf")
    assert [_digest(each, tmp_path / "c.pdf") for each in (THREE_FACES, LEDGER)] == [first, other]
    program = [sys.executable, "-P", "-c", IN_A_FRESH_PROCESS, str(tmp_path / "d.pdf")]
    subprocess.run(program, check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})  # noqa: S603 - our own
    assert hashlib.sha256((tmp_path / "d.pdf").read_bytes()).hexdigest() == first


def test_two_documents_at_once_are_as_one_after_the_other(tmp_path: Path) -> None:
    papers = (THREE_FACES, LEDGER)
    alone = [_digest(paper, tmp_path / "a.pdf") for paper in papers]
    read_font.cache_clear()
    ready = Barrier(len(papers))

    def write(number: int) -> str:
        ready.wait(30)
        return _digest(papers[number], tmp_path / f"{number}.pdf")

    with ThreadPoolExecutor(len(papers)) as threads:
        assert list(threads.map(write, range(len(papers)))) == alone
