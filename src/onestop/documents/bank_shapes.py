"""How the files of banks look, from resources/bank: 全銀's records, shapes of CSV, and what offices are called."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict

from onestop.model.shipped import rows_of
from onestop.model.text import fold_for_search
from onestop.paths import RESOURCES

BANK: Final = RESOURCES / "bank"
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)$")
_SMALL_KANA: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
"""全銀 has no small kana."""


def folded(cell: str) -> str:
    """Return a heading without what makes no difference: widths, blanks, (円)."""
    return _IN_BRACKETS.sub("", fold_for_search(cell))


Names = Annotated[frozenset[str], AfterValidator(lambda names: frozenset(map(folded, names)))]
"""What banks call a column, folded."""
Span = tuple[int, int]
"""The first byte, counted from 1, and how many."""


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordKinds(_Described):
    """The first byte of each kind of record."""

    header: str
    data: str
    trailer: str
    end: str


class HeaderSpans(_Described):
    """Whose book it is."""

    kind: Span
    bank: Span
    branch: Span
    account_kind: Span
    account: Span
    before_sign: Span
    before: Span


class DataSpans(_Described):
    """One line."""

    day: Span
    direction: Span
    amount: Span
    name: Span
    summary: Span


class TrailerSpans(_Described):
    """What the lines come to."""

    received_count: Span
    received: Span
    sent_count: Span
    sent: Span
    after_sign: Span
    after: Span


class ZenginLayout(_Described):
    """入出金取引明細."""

    name: str
    length: int
    kind: str
    sent: str
    minus: str
    record: RecordKinds
    header: HeaderSpans
    data: DataSpans
    trailer: TrailerSpans


class CsvShape(_Described):
    """One shape of CSV: what each column may be called."""

    name: str
    day: Names
    text: Names
    balance: Names
    sent: Names = frozenset()
    received: Names = frozenset()
    signed: Names = frozenset()
    amount: Names = frozenset()
    direction: Names = frozenset()
    sent_words: frozenset[str] = frozenset()
    received_words: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The columns by our names, with what banks call them."""
        names = ("day", "text", "balance", "sent", "received", "signed", "amount", "direction")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a file is not of this shape."""
        return ("day", *(name for name in ("sent", "signed", "amount", "direction") if getattr(self, name)))


class BankLayouts(_Described):
    """All of them."""

    zengin: ZenginLayout
    shapes: tuple[CsvShape, ...]
    ends: Names
    payees: tuple[tuple[str, str], ...]
    """What may stand in a 摘要, folded, and the office that it means; longer words go before shorter ones."""

    def ends_table(self, cell: str) -> bool:
        """Tell whether a row that begins with this ends the table."""
        return folded(cell) in self.ends

    def payee(self, text: str) -> str:
        """Return the office that a 摘要 means; empty for anybody else."""
        found = _as_zengin(text)
        return next((office for word, office in self.payees if word in found), "")


def _as_zengin(text: str) -> str:
    return fold_for_search(text).translate(_SMALL_KANA)


@cache
def bank_layouts() -> BankLayouts:
    """Return what resources/bank says."""
    shapes = tomllib.loads((BANK / "csv_shapes.toml").read_text(encoding="utf-8"))
    zengin = tomllib.loads((BANK / "zengin.toml").read_text(encoding="utf-8"))
    payees = [(_as_zengin(row["word"]), row["payee"]) for row in rows_of("bank/payees.csv")]
    payees.sort(key=lambda row: -len(row[0]))
    return BankLayouts.model_validate(
        {"zengin": zengin, "shapes": shapes["shape"], "ends": shapes["ends"], "payees": payees}
    )
