"""A paper on its form of resources/forms: as pages for the glass and the printer, and as a PDF file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.documents.form_template import load_form
from onestop.documents.layout import LaidOut, Offset, lay_out

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.documents.papers import Paper


def fill_form(paper: Paper, own_forms: Path | None = None) -> LaidOut:
    """Put a paper on its form, for a preview or a printer: pages with their lines and words in mm.

    Args:
        paper: what is printed.
        own_forms: the folder with the shop's own forms, which go before ours.

    Raises:
        InvalidInput: the form is broken, or asks for something that the paper does not have.
    """
    return lay_out(load_form(paper.form, own_forms), paper.values(), paper.tables())


def save_pdf(path: Path, document: LaidOut, made_at: dt.datetime, offset: Offset | None = None) -> None:
    """Write pages as a PDF with embedded fonts. Raises as `pdf.write_pdf` does."""
    from onestop.documents.pdf import write_pdf  # noqa: PLC0415 - 0.6 s of imports that only printing needs

    write_pdf(path, document, made_at, offset)
