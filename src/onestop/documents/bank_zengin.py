"""Reading 全銀's 入出金取引明細: records of 200 bytes, of one account or of several, with sums that must be right."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final

from onestop.documents.book import BankFile, BookLine, BookProblems
from onestop.documents.regular_file import refused
from onestop.errors import InvalidInput
from onestop.model.wareki import ERAS, existing_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from onestop.documents.bank_shapes import Span, ZenginLayout

_RECORD: Final = re.compile(rb"1[0-9]{2}[01]")
_CUT: Final = re.compile(rb"[\r\n]+")
_END_OF_FILE: Final = b"\x1a"
_NEWEST: Final = 3
"""Eras a bank's file can be of."""


def is_zengin(content: bytes) -> bool:
    """Tell whether a file begins as 全銀's do: no CSV file has so many bytes without a comma."""
    return _RECORD.match(content) is not None and b"," not in content[:120]


def read_zengin(content: bytes, layout: ZenginLayout, today: dt.date) -> BankFile:
    """Read the records.

    Raises:
        InvalidInput: it is another kind of 全銀's files, or some records cannot be read: one problem for each.
    """
    kind = content[1:3].decode("ascii", "replace")
    if kind != layout.kind:
        raise refused(f"全銀形式の種別が{kind}です。入出金取引明細({layout.kind})を選んでください。")
    return _Reader(layout, today).read(content)


class _Reader:
    """Reads one file, record by record."""

    def __init__(self, layout: ZenginLayout, today: dt.date) -> None:
        self._layout = layout
        self._today = today
        self._problems = BookProblems()
        self._lines: list[BookLine] = []
        self._account = ""
        self._sums = {True: [0, 0], False: [0, 0]}
        """Of the present account: how many lines and yen went out (True), and came in."""
        self._received = 0
        self._balance: int | None = None
        """Of the present account after its last record, reckoned on from 取引前残高; None where that is not said."""
        self._first = 0
        """The place of the present account's first line."""
        self._last = layout.record.header

    def read(self, content: bytes) -> BankFile:
        number = 0
        for number, record in enumerate(self._records(content), 1):
            if self._problems.are_many:
                break
            self._take(number, record)
        if not self._problems.are_many and self._last != self._layout.record.end:
            self._problems.add(
                number, "終わりのレコード(9)がありません。ファイルが途中で切れていないか確かめてください。"
            )
        self._problems.tell()
        return BankFile(self._layout.name, tuple(self._lines), self._received)

    def _records(self, content: bytes) -> Iterator[bytes]:
        whole = content.rstrip(_END_OF_FILE + b"\r\n")
        if _CUT.search(whole):
            return iter(_CUT.split(whole))
        length = self._layout.length
        return (whole[start : start + length] for start in range(0, len(whole), length))

    def _take(self, number: int, record: bytes) -> None:
        if len(record) != self._layout.length:
            self._problems.add(number, f"長さが{len(record)}バイトです({self._layout.length}バイトのはずです)。")
            return
        kinds, self._last = self._layout.record, chr(record[0])
        try:
            if self._last == kinds.header:
                self._begin(record)
            elif self._last == kinds.data:
                self._add(record)
            elif self._last == kinds.trailer:
                self._compare(record)
            elif self._last != kinds.end:
                raise refused("レコードの種類(データ区分)が分かりません。")
        except InvalidInput as error:
            self._problems.add(number, error.problems[0].message)

    def _begin(self, record: bytes) -> None:
        spans = self._layout.header
        parts = (_text(record, each) for each in (spans.bank, spans.branch, spans.account_kind, spans.account))
        self._account = "-".join(parts)
        self._sums = {True: [0, 0], False: [0, 0]}
        self._balance, self._first = self._said(record, spans.before_sign, spans.before), len(self._lines)

    def _said(self, record: bytes, sign: Span, span: Span) -> int | None:
        """Return a balance; None where the bank leaves it empty."""
        digits = _text(record, span)
        if not (digits.isascii() and digits.isdigit()):
            return None
        return -int(digits) if _text(record, sign) == self._layout.minus else int(digits)

    def _add(self, record: bytes) -> None:
        spans = self._layout.data
        amount, day = _number(record, spans.amount, "取引金額"), self._day(_text(record, spans.day))
        sent = _text(record, spans.direction) == self._layout.sent
        self._sums[sent][0] += 1
        self._sums[sent][1] += amount
        if self._balance is not None:
            self._balance += -amount if sent else amount
        if not sent:
            self._received += 1
        elif amount:
            text = " ".join(filter(None, (_text(record, each) for each in (spans.summary, spans.name))))
            self._lines.append(BookLine(day, amount, text, self._balance, self._account))

    def _compare(self, record: bytes) -> None:
        spans = self._layout.trailer
        told = [_number(record, each, "合計") for each in (spans.sent_count, spans.sent)]
        told_in = [_number(record, each, "合計") for each in (spans.received_count, spans.received)]
        if told != self._sums[True] or told_in != self._sums[False]:
            raise refused("合計が明細と合いません。ファイルが途中で欠けていないか確かめてください。")
        if self._balance != self._said(record, spans.after_sign, spans.after):
            self._forget_balances()

    def _forget_balances(self) -> None:
        """Know no balance of the present account: what is reckoned is not what the bank says after its last record."""
        mine = (dataclasses.replace(each, balance=None) for each in self._lines[self._first :])
        self._lines[self._first :] = mine

    def _day(self, written: str) -> dt.date:
        """Return the newest day that YYMMDD can mean, in an era or in 20YY, and that has come."""
        if not re.fullmatch("[0-9]{6}", written):
            raise refused("勘定日が読めません。")
        year, month, day = int(written[:2]), int(written[2:4]), int(written[4:])
        years = (2000 + year, *(era.first_day.year + year - 1 for era in ERAS[:_NEWEST]))
        days = [found for each in years if (found := existing_day(each, month, day)) and found <= self._today]
        if not days:
            raise refused("勘定日が読めないか、まだ来ていない日です。")
        return max(days)


def _text(record: bytes, span: Span) -> str:
    first, count = span
    return record[first - 1 : first - 1 + count].decode("cp932", "replace").strip()


def _number(record: bytes, span: Span, called: str) -> int:
    digits = _text(record, span)
    if not (digits.isascii() and digits.isdigit()):
        raise refused(f"{called}が数字ではありません。")
    return int(digits)
