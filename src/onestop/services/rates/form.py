"""A row of a dated table as an administrator types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.rate_checks import TypedRate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.rate_checks import Figure

BETWEEN: Final = " / "
_BETWEEN: Final = re.compile("[/／]")
_BY_INPUT_METHOD: Final = "・"
"""What the key of / writes while the input method is on; a name may have one, so it counts only where no / is."""
WRONG_COUNT: Final = "「{headings}」の順に、「/」で区切って{count}つ入力してください。分からないものは空けてください。"


@dataclass(frozen=True, slots=True)
class RateForm:
    """The fields of a row that is added."""

    key: str = ""
    """Which row is followed; a new one in the tables that take any: 保険会社 and statuses."""
    first_day: str = ""
    amounts: str = ""
    """The figures in the order of the table, with / between them."""
    source: str = ""


def shown_figures(figures: Sequence[Figure]) -> str:
    """Return 1,450 / 400 / 1,850; – for what is not known."""
    return BETWEEN.join(_shown(each) for each in figures)


def _shown(figure: Figure) -> str:
    if figure is None:
        return "–"
    return f"{figure:,}" if isinstance(figure, int) else figure


def typed_figures(figures: Sequence[Figure]) -> str:
    """Return the same as it is typed."""
    return BETWEEN.join("" if each is None else _shown(each) for each in figures)


def typed_rate(form: RateForm, headings: Sequence[str]) -> TypedRate:
    """Return the row that was typed.

    Raises:
        InvalidInput: there are more or fewer figures than the table has.
    """
    typed = form.amounts
    if _BETWEEN.search(typed) is None:
        typed = typed.replace(_BY_INPUT_METHOD, "/")
    amounts = tuple(part.strip() for part in _BETWEEN.split(typed))
    if len(amounts) != len(headings):
        text = WRONG_COUNT.format(headings=BETWEEN.join(headings), count=len(headings))
        raise InvalidInput(Problem("amounts", text))
    return TypedRate(form.key, form.first_day, amounts, form.source)
