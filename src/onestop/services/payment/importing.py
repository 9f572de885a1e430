"""Taking a bank's file into the book: what is there already is not added, and nothing is half stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop.documents.bank_file import read_bank_path
from onestop.documents.bank_shapes import bank_layouts
from onestop.errors import NotAllowed
from onestop.model.bank import BankLine, BankLineAgain, BankStatement, PaymentAct, PaymentEvent
from onestop.model.limits import LINE
from onestop.model.payment import month_of

if TYPE_CHECKING:
    import datetime as dt
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
    same: int
    """Lines that the book had from a file of another kind."""
    received: int
    """入金, which are not kept."""
    newest: YearMonth | None
    """The newest month of the file; None for a file without 出金."""
    doubtful: tuple[BookLine, ...] = field(default=(), repr=False)
    """Lines that may be those of a file of another kind: while a person has not said so, nothing is taken."""
    answer: Doubtful | None = None
    """What a person said of lines that might be; None: there were none."""


class Doubtful(Enum):
    """What to do with lines that may be in the book already, from a file of another kind."""

    ASK = "ask"
    SAME = "same"
    """They are the same lines: they are not taken."""
    OTHERS = "others"
    """They are lines of their own, such as of another account."""


class BankImport:
    """Reads the files of banks."""

    def __init__(self, database: Database, clock: Clock, terminal: str) -> None:
        self._database = database
        self._clock = clock
        self._terminal = terminal

    def read(self, path: Path, doubtful: Doubtful = Doubtful.ASK) -> Imported:
        """Take a file's 出金 into the book; nothing of it while there is something to ask.

        Raises:
            InvalidInput: it is no bank's file, or some of its lines cannot be read.
            NotAllowed: it has new lines of a month that is closed.
        """
        file = read_bank_path(path, self._clock.today())
        newest = max((month_of(line.day) for line in file.lines), default=None)
        keyed = dict(zip(_keys(file.lines), file.lines, strict=True))
        with self._database.write() as shelves:
            known = shelves.payments.known_keys([*keyed])
            new = {key: line for key, line in keyed.items() if key not in known}
            same, unsure = _there_already(shelves, file.layout, new)
            if unsure and doubtful is Doubtful.ASK:
                asked = tuple(new[key] for key in unsure)
                return Imported(file.layout, 0, len(known), len(same), file.received, newest, asked)
            again = unsure if doubtful is Doubtful.SAME else {}
            left_out = {*same, *again}
            taken = {key: line for key, line in new.items() if key not in left_out}
            _refuse_closed(shelves, [*taken.values()])
            now = self._clock.now()
            shelves.payments.add(  # the next file with these lines is not asked about
                BankLineAgain(key=key, line_id=line_id, said_at=now, said_by=self._terminal)
                for key, line_id in again.items()
            )
            if taken:
                self._store(shelves, file, taken)
        counts = (len(taken), len(known), len(left_out), file.received)
        return Imported(file.layout, *counts, newest, answer=doubtful if unsure else None)

    def _store(self, shelves: Shelves, file: BankFile, new: dict[str, BookLine]) -> None:
        now, offices = self._clock.now(), bank_layouts()
        accounts = " ".join(dict.fromkeys(line.account for line in file.lines))[:LINE]
        statement = BankStatement(layout=file.layout, account=accounts, imported_at=now, imported_by=self._terminal)
        shelves.payments.add([statement])
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


def _there_already(shelves: Shelves, layout: str, new: dict[str, BookLine]) -> tuple[list[str], dict[str, int]]:
    """Return the keys of the lines that the book has from files of another kind, and which it may have so, and where.

    Their 摘要 differ, and only 全銀's files name the account: 日付, 金額 and 残高 together tell. With another 残高, or
    without one, a line of the same day and amount may be the same (banks order a day as they like), or one of another
    account: nobody but a person knows. One that is left out stays so where all three agree, and else tells nothing.
    """
    left: dict[tuple[dt.date, int], list[BankLine]] = {}
    for each in shelves.payments.lines_of_other_kinds(layout, {line.day for line in new.values()}):
        left.setdefault((each.day, each.amount), []).append(each)
    same: list[str] = []
    for key, line in new.items():
        there = left.get((line.day, line.amount), [])
        alike = next((each for each in there if line.balance is not None and each.balance == line.balance), None)
        if alike is not None:
            there.remove(alike)
            same.append(key)
    unsure: dict[str, int] = {}
    for key in [key for key in new if key not in {*same}]:
        there = left.get((new[key].day, new[key].amount), [])
        if counting := [each for each in there if each.left_out_at is None]:
            unsure[key] = counting[-1].id
            there.remove(counting[-1])
    return same, unsure


def _refuse_closed(shelves: Shelves, lines: Sequence[BookLine]) -> None:
    counted = Counter(month_of(line.day) for line in lines)
    for month, count in sorted(counted.items()):
        if shelves.payments.closed(month) is not None:
            raise NotAllowed(MONTH_IS_CLOSED.format(month=month, count=count))


def _keys(lines: Sequence[BookLine]) -> Iterator[str]:
    """Yield what a line is known by in every file that has it; of lines that are alike, each has its number.

    Where the account is said, the balance was reckoned, and says nothing more.
    """
    alike: Counter[tuple[object, ...]] = Counter()
    for line in lines:
        balance = None if line.account else line.balance
        said = (line.account, line.day.isoformat(), line.amount, line.text, balance)
        alike[said] += 1
        yield hashlib.sha256(repr((*said, alike[said])).encode()).hexdigest()
