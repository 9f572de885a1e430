"""Pages as a PDF file: every font embedded with just the characters that are used."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from fpdf import FPDF
from fpdf.fonts import TTFFont

from onestop import VERSION
from onestop.documents.faces import Face
from onestop.documents.font_file import read_font
from onestop.documents.layout import Offset
from onestop.documents.saving import put_in_place

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.documents.layout import LaidOut, Page

log = logging.getLogger("fontTools")
WHITE = 255


def write_pdf(path: Path, document: LaidOut, made_at: dt.datetime, offset: Offset | None = None) -> None:
    """Write pages as a PDF; its properties hold the form's title and the time, and nothing of the values.

    Args:
        path: where it will stand.
        document: see `layout.lay_out`.
        made_at: the time in the file's properties; aware.
        offset: for all that is drawn.

    Raises:
        FileNotWritten: see `put_in_place`.
    """
    log.setLevel(logging.WARNING)  # it would log which characters were used
    with put_in_place(path) as part:
        pdf = FPDF(unit="mm")
        pdf.set_auto_page_break(auto=False)
        pdf.set_title(document.title)
        pdf.set_creator(f"onestop {VERSION}")
        pdf.set_creation_date(made_at)
        pdf.set_lang("ja")
        for face in Face:
            _embed(pdf, face, {word.text for page in document.pages for word in page.words if word.face is face})
        for page in document.pages:
            _draw(pdf, page, offset or Offset())
        pdf.output(str(part))


def _embed(pdf: FPDF, face: Face, texts: set[str]) -> None:
    """Give a document its small font as `FPDF.add_font` would, which takes nothing but the path of a whole one."""
    if texts:
        name = face.value.lower()
        font = TTFFont(pdf, cast("Path", read_font(face.path).cut("".join(texts))), name, "")
        font.ttfont.recalcBBoxes = False  # the outlines are the font's own: reading them for bounds took half of it
        pdf.fonts[name] = font


def _draw(pdf: FPDF, page: Page, offset: Offset) -> None:
    pdf.add_page(format=page.size)
    for word in page.words:
        pdf.set_font(word.face.value, size=word.size_pt)
        pdf.set_text_color(round(word.grey * WHITE))
        left, base = word.at[0] + offset.right, word.at[1] + offset.down
        with pdf.rotation(word.degrees, left, base):
            pdf.text(left, base, word.text)
    for stroke in page.strokes:
        pdf.set_line_width(stroke.width)
        (left, top), (right, bottom) = stroke.start, stroke.end
        pdf.line(left + offset.right, top + offset.down, right + offset.right, bottom + offset.down)
