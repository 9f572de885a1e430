"""A row of a dated table in words: in the list, and in full below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.rate_tables import Surety
from onestop.model.wareki import format_western
from onestop.screens.ports import Tone
from onestop.screens.rows import Align, Column
from onestop.services.rates.form import shown_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.rate_tables import Told
    from onestop.services.rates.references import ReferenceLine
    from onestop.services.rates.service import RateLine

COLUMNS: Final = (
    Column("label", "区分", 34),
    Column("first_day", "いつから", 11),
    Column("last_day", "いつまで", 11),
    Column("figures", "金額", 32, Align.RIGHT),
    Column("then", "比べる日", 34, Align.RIGHT),
    Column("surety", "確かさ", 14),
)
ABOUT: Final = {
    Surety.ADDED: "この店のものです。",
    Surety.SINGLE: "1つの転記だけによる行です。使う前に、公式の表と照らし合わせてください。",
    Surety.UNCERTAIN: "確かめられていない行です。使う前に、公式の表と照らし合わせてください。",
    Surety.SHIPPED: "複数の資料で確かめた行です。",
}
NO_ROW_THEN: Final = "行なし"
SAME: Final = "同じ"


def line_texts(line: RateLine, *, compared: bool) -> tuple[str, ...]:
    """Return the columns of a row."""
    return (
        line.label,
        format_western(line.first_day),
        format_western(line.last_day) if line.last_day else "",
        shown_figures(line.figures),
        _then(line) if compared else "",
        line.told.surety.value,
    )


def reference_texts(line: ReferenceLine) -> tuple[str, ...]:
    """Return the columns of a row that is only looked at."""
    return (line.label, "", "", line.text, "", line.told.surety.value)


def tone_of(told: Told) -> Tone | None:
    """Return how loud a row is: one that stands on one leg, or none, is to be looked at."""
    return Tone.WARNING if told.surety in (Surety.SINGLE, Surety.UNCERTAIN) else None


def whole_reference(line: ReferenceLine) -> str:
    """Return such a row in full, how sure it is, and who says so."""
    return f"{line.label}  {line.text}".rstrip() + f"\n{_said_by(line.told)}"


def whole_line(line: RateLine, headings: Sequence[str]) -> str:
    """Return a row with every figure named, how sure it is, and who says so."""
    figures = zip(headings, line.figures, strict=True)
    named = "、".join(f"{heading} {shown_figures([figure])}" for heading, figure in figures)
    until = format_western(line.last_day) if line.last_day else "次の改定"
    period = f"{format_western(line.first_day)}から{until}まで"
    return f"{line.label}  {period}  {named}\n{_said_by(line.told)}"


def _said_by(told: Told) -> str:
    return f"{ABOUT[told.surety]}出典: {told.source or '–'}"


def _then(line: RateLine) -> str:
    if line.then is None:
        return NO_ROW_THEN
    return SAME if line.then == line.figures else shown_figures(line.then)
