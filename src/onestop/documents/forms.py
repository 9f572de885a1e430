"""A paper on its form of resources/forms, as pages for the glass, the printer and a PDF file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.form_template import BoxPart, Form, TextPart, load_form
from onestop.documents.layout import LaidOut, lay_out
from onestop.documents.stamp import Stamp
from onestop.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.papers import Paper

NOT_BARE: Final = (
    "帳票のひな形 {name}.toml: 公式用紙のひな形には、値の位置(field)だけを書けます。"
    "線・枠・文字・表は用紙に印刷されているものを使います。"
)
TRIAL: Final = (
    "試し刷り: 普通の紙に印刷し、公式用紙に重ねて、枠が記入欄に合うかを光に透かして確かめます。\n"
    "ずれるときは、印刷プレビューの「右へ」「下へ」(mm)で直します。"
)
TRIAL_MARGIN: Final = 10.0
"""mm around the sentence at the foot of a trial."""
TRIAL_TEXT_HEIGHT: Final = 9.0
"""mm."""


def fill_form(paper: Paper, own_forms: Path | None = None, *, practice: bool) -> LaidOut:
    """Put a paper on its form, for a preview or a printer: pages with their lines and words in mm.

    Args:
        paper: what is printed.
        own_forms: the folder with the shop's own forms, which go before ours.
        practice: nothing of it is real, so 見本 stands across every page.

    Raises:
        InvalidInput: the form is broken, or asks for something that the paper does not have.
    """
    stamp = Stamp.SAMPLE if practice else paper.stamp
    return lay_out(_form_of(paper, own_forms), paper.values(), paper.tables(), stamp=stamp)


def try_form(paper: Paper, own_forms: Path | None = None) -> LaidOut:
    """Return the places of an official form as frames with their names, to be held over it; never a value.

    Raises:
        InvalidInput: the form is broken.
    """
    form = _form_of(paper, own_forms)
    frames = tuple(BoxPart(at=each.at, size=each.size, label=each.label or each.name) for each in form.field)
    width, height = form.page
    foot = (TRIAL_MARGIN, height - TRIAL_MARGIN - TRIAL_TEXT_HEIGHT)
    told = TextPart(at=foot, size=(width - 2 * TRIAL_MARGIN, TRIAL_TEXT_HEIGHT), text=TRIAL, font=8, wrap=True)
    return lay_out(Form(title=form.title, page=form.page, box=frames, text=(told,)), {}, stamp=Stamp.SAMPLE)


def _form_of(paper: Paper, own_forms: Path | None) -> Form:
    form = load_form(paper.form, own_forms)
    if paper.is_official and not form.is_bare:
        raise InvalidInput(Problem(paper.form, NOT_BARE.format(name=paper.form)))
    return form
