"""A row of a dated table in words: in the list, and in full below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.rate_tables import Surety
from onestop.model.wareki import format_western
from onestop.model.word_tables import ALWAYS
from onestop.model.words import STATUS_WORDS, StatusWord
from onestop.screens.ports import Tone
from onestop.screens.rows import Align, Column
from onestop.services.rates.form import shown_figures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.model.rate_tables import Told
    from onestop.services.rates.service import RateLine

COLUMNS: Final = (
    Column("label", "区分", 34),
    Column("first_day", "いつから", 11),
    Column("last_day", "いつまで", 11),
    Column("figures", "内容", 32, Align.RIGHT),
    Column("then", "比べる日", 34, Align.RIGHT),
    Column("surety", "確かさ", 14),
)
ABOUT: Final = {
    Surety.ADDED: "この店のものです。",
    Surety.SINGLE: "1つの転記だけによる行です。使う前に、公式の表と照らし合わせてください。",
    Surety.UNCERTAIN: "確かめられていない行です。使う前に、公式の表と照らし合わせてください。",
    Surety.COMPUTED: "法律から計算した行です。",
    Surety.SHIPPED: "複数の資料で確かめた行です。",
}


def line_texts(line: RateLine, *, compared: bool) -> tuple[str, ...]:
    """Return the columns of a row."""
    return (
        line.label,
        day_text(line.first_day),
        format_western(line.last_day) if line.last_day else "",
        f"{shown_figures(line.figures)}{meaning_of(line)}",
        _then(line) if compared else "",
        line.told.surety.value,
    )


def tone_of(told: Told) -> Tone | None:
    """Return how loud a row is: one that stands on one leg, or none, is to be looked at."""
    return Tone.WARNING if told.surety in (Surety.SINGLE, Surety.UNCERTAIN) else None


def whole_line(line: RateLine, headings: Sequence[str]) -> str:
    """Return a row with every figure named, how sure it is, and who says so."""
    figures = zip(headings, line.figures, strict=True)
    named = "、".join(f"{heading} {shown_figures([figure])}" for heading, figure in figures)
    told = f"{ABOUT[line.told.surety]}出典: {line.told.source or '–'}"
    return f"{line.label}  {_period(line)}  {named}{meaning_of(line)}\n{told}"


def day_text(day: dt.date) -> str:
    """Return from when a row holds; nothing for one that always did."""
    return "" if day == ALWAYS else format_western(day)


def meaning_of(line: RateLine) -> str:
    """Return what a status allows, in brackets; nothing for other rows, and for a word that allows nothing."""
    kind, _colon, _word = line.key.partition(": ")
    words = STATUS_WORDS.get(kind, ())
    word = next((each for each in words if each.word == line.figures[0]), StatusWord(""))
    flags = {
        "完了": word.done,
        "終わり": word.final,
        "対応が要る": word.error,
        "直して送れる": word.correctable,
        "取消・引戻できる": word.withdrawable,
        "新しく申請できる": word.anew,
    }
    told = "、".join(name for name, is_set in flags.items() if is_set)
    return f"({told})" if told else ""


def _period(line: RateLine) -> str:
    if line.first_day == line.last_day:
        return f"{format_western(line.first_day)}だけ"
    until = format_western(line.last_day) if line.last_day else "次の改定"
    since = day_text(line.first_day)
    return f"{since}から{until}まで" if since else f"{until}まで"


def _then(line: RateLine) -> str:
    if line.then is None:
        return "行なし"
    return "同じ" if line.then == line.figures else shown_figures(line.then)
