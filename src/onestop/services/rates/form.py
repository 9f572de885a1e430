"""A row of a dated table as an administrator types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.rate_checks import TypedRate

if TYPE_CHECKING:
    from collections.abc import Sequence

BETWEEN: Final = " / "
_BETWEEN: Final = re.compile("[/／]")
WRONG_COUNT: Final = (
    "金額は「{headings}」の順に、「/」で区切って{count}つ入力してください。分からないものは空けてください。"
)


@dataclass(frozen=True, slots=True)
class RateForm:
    """The fields: which row is followed stands beside them."""

    first_day: str = ""
    amounts: str = ""
    """The figures in the order of the table, with / between them."""
    source: str = ""


def shown_figures(figures: Sequence[int | None]) -> str:
    """Return 1,450 / 400 / 1,850; – for what is not known."""
    return BETWEEN.join("–" if each is None else f"{each:,}" for each in figures)


def typed_figures(figures: Sequence[int | None]) -> str:
    """Return the same as it is typed."""
    return BETWEEN.join("" if each is None else f"{each:,}" for each in figures)


def typed_rate(key: str, form: RateForm, headings: Sequence[str]) -> TypedRate:
    """Return the row that follows a key.

    Raises:
        InvalidInput: there are more or fewer figures than the table has.
    """
    amounts = tuple(part.strip() for part in _BETWEEN.split(form.amounts))
    if len(amounts) != len(headings):
        text = WRONG_COUNT.format(headings=BETWEEN.join(headings), count=len(headings))
        raise InvalidInput(Problem("amounts", text))
    return TypedRate(key, form.first_day, amounts, form.source)
