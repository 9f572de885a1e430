"""Taking a bank's file into the book: what is there already is not added, and nothing is half stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.bank_file import read_bank_path
from onestop.documents.bank_shapes import bank_layouts
from onestop.errors import NotAllowed
from onestop.model.bank import BankLine, BankStatement, PaymentAct, PaymentEvent
from onestop.model.limits import LINE
from onestop.model.payment import month_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.documents.book import BankFile, BookLine
    from onestop.model.wareki import YearMonth
    from onestop.store.database import Database, Shelves

MONTH_IS_CLOSED: Final = (
    "{month}は締めてあるため、この月の新しい出金{count}件は取り込めません。何も取り込んでいません。"
    "取り込むときは、先にその月の 締めの取消 を行ってください。"
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file."""

    layout: str
    added: int
    known: int
    """Lines that the book had already."""
    received: int
    """入金, which are not kept."""
    newest: YearMonth | None
    """The newest month of the file; None for a file without 出金."""


class BankImport:
    """Reads the files of banks."""

    def __init__(self, database: Database, clock: Clock, terminal: str) -> None:
        self._database = database
        self._clock = clock
        self._terminal = terminal

    def read(self, path: Path) -> Imported:
        """Take a file's 出金 into the book.

        Raises:
            InvalidInput: it is no bank's file, or some of its lines cannot be read.
            NotAllowed: it has new lines of a month that is closed.
        """
        file = read_bank_path(path, self._clock.today())
        keyed = dict(zip(_keys(file.lines), file.lines, strict=True))
        with self._database.write() as shelves:
            known = shelves.payments.known_keys([*keyed])
            new = {key: line for key, line in keyed.items() if key not in known}
            _refuse_closed(shelves, [*new.values()])
            if new:
                self._store(shelves, file, new)
        newest = max((month_of(line.day) for line in file.lines), default=None)
        return Imported(file.layout, len(new), len(known), file.received, newest)

    def _store(self, shelves: Shelves, file: BankFile, new: dict[str, BookLine]) -> None:
        now, offices = self._clock.now(), bank_layouts()
        accounts = " ".join(dict.fromkeys(line.account for line in file.lines))[:LINE]
        statement = shelves.payments.add_statement(
            BankStatement(layout=file.layout, account=accounts, imported_at=now, imported_by=self._terminal)
        )
        shelves.payments.add(
            BankLine(
                statement_id=statement.id,
                day=line.day,
                amount=line.amount,
                text=line.text,
                balance=line.balance,
                payee=offices.payee(line.text),
                key=key,
            )
            for key, line in new.items()
        )
        months = Counter(month_of(line.day).iso() for line in new.values())
        shelves.payments.add(
            PaymentEvent(at=now, done_by=self._terminal, act=PaymentAct.IMPORTED, month=month, note=f"出金{count}件")
            for month, count in months.items()
        )


def _refuse_closed(shelves: Shelves, lines: Sequence[BookLine]) -> None:
    counted = Counter(month_of(line.day) for line in lines)
    for month, count in sorted(counted.items()):
        if shelves.payments.closed(month) is not None:
            raise NotAllowed(MONTH_IS_CLOSED.format(month=month, count=count))


def _keys(lines: Sequence[BookLine]) -> Iterator[str]:
    """Yield what a line is known by in every file that has it; of lines that are alike, each has its number."""
    alike: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        said = (line.account, line.day.isoformat(), line.amount, line.text, line.balance)
        alike[said] += 1
        yield hashlib.sha256(repr((*said, alike[said])).encode()).hexdigest()
