"""納付消込's search over a month's lines, beside a plain dynamic programme."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import TYPE_CHECKING, Final

from benchmarks.report import Line, Part, Sizes, median_ms

from onestop.clock import JST
from onestop.model.bank import BankLine
from onestop.model.payment import Payment
from onestop.model.proposing import propose
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.world import Worlds

HOW: Final = (
    "Invented amounts (検査登録手数料, 技術情報管理手数料, 自動車重量税 by weight) of filings of 20 days, and lines of"
    " a bank that each merge some of them; half of the lines are a few yen off. Ours returns up to 20 ways for each"
    " line, and whether these are all. The peer is the dynamic programme of the textbook, over a dictionary of the"
    " sums that can be made: for each line by itself, and one way at the most."
)
AMOUNTS: Final = (1450, 400, 24600, 32800, 16400, 6600, 41000, 49200, 8200)
LIMIT: Final = 2_000.0
"""Milliseconds for everything."""
FIRST: Final = dt.date(2026, 11, 1)


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure the whole of a month."""
    del worlds
    payments, lines = a_month(sizes.open_amounts, sizes.bank_lines)
    ours, theirs = [], []
    for _ in range(sizes.rounds):
        began = time.perf_counter()
        proposals = propose(lines, payments)
        ours.append(time.perf_counter() - began)
    began = time.perf_counter()
    makeable = [_plain(line, payments) for line in lines]
    theirs.append(time.perf_counter() - began)
    same = sum(bool(proposals[line.id].ways) == found for line, found in zip(lines, makeable, strict=True))
    what = f"{sizes.open_amounts} open amounts against {sizes.bank_lines} lines"
    peer = "plain dynamic programme"
    return Part(
        "納付消込",
        HOW,
        (
            Line(what, median_ms(ours), theirs=median_ms(theirs), peer=peer, limit=LIMIT),
            Line(f"{what}: lines that both say can be made, or cannot", same, "", len(lines), "lines", exactly=True),
        ),
    )


def a_month(count: int, lines: int) -> tuple[list[Payment], list[BankLine]]:
    """Return so many open amounts, and so many lines; the same every time."""
    chance = random.Random(20261124)  # noqa: S311 - invented amounts
    payments = [_payment(number, chance.choice(AMOUNTS), number * 20 // count) for number in range(count)]
    return payments, [_line(number, payments, chance) for number in range(1, lines + 1)]


def _payment(number: int, amount: int, day: int) -> Payment:
    asked = dt.datetime.combine(FIRST + dt.timedelta(days=day), dt.time(10), JST)
    return Payment(
        control_number=number,
        kind="検査登録手数料",
        part=1,
        amount=amount,
        payment_status="納付待ち",
        due_date=None,
        filing_id=None,
        vehicle_class=VehicleClass.REGISTERED,
        plate="",
        agent_site_id="D0000123",
        requested_at=asked,
        status="申請中",
        oss_status=None,
        status_updated_at=asked,
    )


def _line(number: int, payments: Sequence[Payment], chance: random.Random) -> BankLine:
    day = FIRST + dt.timedelta(days=chance.randrange(5, 30))
    may = [each for each in payments if each.day <= day]
    merged = chance.sample(may, min(len(may), chance.randrange(2, 25)))
    off = chance.choice((0, 7))
    line = BankLine(
        statement_id=1, day=day, amount=sum(each.amount for each in merged) + off, text="国土交通省", key=str(number)
    )
    line.id = number
    return line


def _plain(line: BankLine, payments: Sequence[Payment]) -> bool:
    """Tell whether a line can be made, and how: the sums that can be made so far, each with its last amount."""
    sums: dict[int, Payment | None] = {0: None}
    for each in payments:
        if each.day <= line.day:
            for total in [*sums]:
                more = total + each.amount
                if more <= line.amount and more not in sums:
                    sums[more] = each
    return line.amount in sums
