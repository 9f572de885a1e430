"""納付消込 on a real database: a bank's file, ticks that add up, and months that are closed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput, NotAllowed
from onestop.model.bank import PaymentAct
from onestop.model.payment import PaymentKey, PaymentState
from onestop.model.wareki import YearMonth
from onestop.services.payment.importing import Doubtful
from onestop.services.payment.reconciling import NO_REASON, BookTotals
from onestop.services.payment.service import PaymentQuery
from support.clock import FixedClock
from support.desks import a_desk
from support.payments import END, FEES, TOGETHER, a_bank_file, a_paid_filing, header, line, trailer, zengin_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.services.payment.reconciling import BookMonth
    from support.desks import DeskRoom

NOVEMBER = YearMonth(2026, 11)
ROW = '2026/11/23,国土交通省,"26,450",,"1,000,000"'
OTHER = "2026/11/23,リース料,5000,,995000"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[DeskRoom]:
    with a_desk(tmp_path, clock=clock) as made:
        yield made


@pytest.fixture
def paid(room: DeskRoom, tmp_path: Path) -> int:
    """Return the 管理番号 of a filing whose three amounts are one line of the book."""
    number = a_paid_filing(room)
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW, OTHER, "2026/11/23,入金,,9,995009"))
    return number


def november(room: DeskRoom) -> BookMonth:
    return room.desk.reconciling.month(NOVEMBER)


def keys_of(number: int) -> list[PaymentKey]:
    return [PaymentKey(number, kind, 1) for kind, _ in FEES]


def acts(room: DeskRoom) -> list[PaymentAct]:
    with room.database.read() as shelves:
        return [each.act for each in shelves.payments.events()]


# --- the bank's file


def test_a_file_is_taken_in_once(room: DeskRoom, tmp_path: Path) -> None:
    path = a_bank_file(tmp_path, ROW, OTHER, "2026/11/23,入金,,9,995009")
    first, again = room.desk.bank_import.read(path), room.desk.bank_import.read(path)
    assert (first.added, first.known, first.received, first.newest) == (2, 0, 1, NOVEMBER)
    assert (again.added, again.known) == (0, 2)
    assert [(each.amount, each.payee) for each in november(room).lines] == [(26_450, "国土交通省"), (5_000, "")]
    assert acts(room) == [PaymentAct.IMPORTED]


def test_a_statement_that_overlaps_adds_what_is_new(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, "2026/11/20,国土交通省,100,,", "2026/11/20,国土交通省,100,,"))
    more = ("2026/11/20,国土交通省,100,,", "2026/11/20,国土交通省,100,,", "2026/11/20,国土交通省,100,,")
    imported = room.desk.bank_import.read(a_bank_file(tmp_path, *more, "2026/11/21,国土交通省,100,,"))
    assert (imported.added, imported.known) == (2, 2)
    assert len(november(room).lines) == 4


def test_the_same_line_of_two_accounts_is_two(room: DeskRoom, tmp_path: Path) -> None:
    records = [
        record for account in ("1", "2") for record in (header(account=account * 10), line("081120", 7), trailer([7]))
    ]
    path = tmp_path / "zengin.txt"
    path.write_bytes(zengin_of(*records, END))
    assert room.desk.bank_import.read(path).added == 2


def a_zengin_file(folder: Path, *amounts: int, before: int | None = None, account: str = "0001234567") -> Path:
    """Write 全銀's file with a line for each amount that went out on 2026/11/23."""
    path = folder / f"zengin{account}.txt"
    after = None if before is None else before - sum(amounts)
    lines = (line("081123", amount) for amount in amounts)
    path.write_bytes(zengin_of(header(account=account, before=before), *lines, trailer(amounts, after=after), END))
    return path


def test_one_account_read_as_csv_and_as_zengin_counts_once(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW, OTHER))
    again = room.desk.bank_import.read(a_zengin_file(tmp_path, 26_450, 5_000, 300, before=1_026_450))
    assert (again.added, again.same, again.doubtful) == (1, 2, ())
    assert sorted(each.amount for each in november(room).lines) == [300, 5_000, 26_450]
    last = room.desk.bank_import.read(a_bank_file(tmp_path, ROW, OTHER, "2026/11/23,国土交通省,300,,994700"))
    assert (last.added, last.known, last.same) == (0, 2, 1)


@pytest.mark.parametrize(("said", "added", "same"), [(Doubtful.SAME, 1, 1), (Doubtful.OTHERS, 2, 0)])
def test_what_may_be_the_same_line_is_asked_and_nothing_is_taken_before(
    room: DeskRoom, tmp_path: Path, said: Doubtful, added: int, same: int
) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW))
    path = a_zengin_file(tmp_path, 26_450, 26_450)  # of the two one may be that of the CSV
    asked = room.desk.bank_import.read(path)
    assert ([each.amount for each in asked.doubtful], asked.added) == ([26_450], 0)
    assert len(november(room).lines) == 1
    told = room.desk.bank_import.read(path, said)
    assert (told.added, told.same, told.doubtful) == (added, same, ())
    again = room.desk.bank_import.read(path)
    assert (again.added, again.known, again.doubtful) == (0, 2, ())
    longer = room.desk.bank_import.read(a_zengin_file(tmp_path, 26_450, 26_450, 300))
    assert (longer.added, longer.known, longer.doubtful) == (1, 2, ())


def test_another_balance_may_be_another_account_and_is_asked(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW))
    assert room.desk.bank_import.read(a_zengin_file(tmp_path, 26_450, before=40_000)).doubtful


def test_a_line_of_another_day_or_amount_is_not_asked(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, "2026/11/22,国土交通省,26450,,", OTHER))
    assert room.desk.bank_import.read(a_zengin_file(tmp_path, 26_450, 5_001)).added == 2


def test_a_file_with_a_bad_line_changes_nothing(room: DeskRoom, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        room.desk.bank_import.read(a_bank_file(tmp_path, ROW, "きのう,a,1,,"))
    assert november(room).lines == ()


def test_a_file_without_anything_that_went_out_is_no_trouble(room: DeskRoom, tmp_path: Path) -> None:
    imported = room.desk.bank_import.read(a_bank_file(tmp_path, "2026/11/20,入金,,5,"))
    assert (imported.added, imported.received, imported.newest) == (0, 1, None)
    with room.database.read() as shelves:
        assert shelves.payments.events() == ()


def test_many_lines_are_found_again(room: DeskRoom, tmp_path: Path) -> None:
    rows = [f"2026/11/20,国土交通省,{number + 1},," for number in range(1_200)]
    assert room.desk.bank_import.read(a_bank_file(tmp_path, *rows)).added == 1_200
    assert room.desk.bank_import.read(a_bank_file(tmp_path, *rows)).known == 1_200


# --- ticks


def test_what_adds_up_is_proposed_and_ticked_by_nobody(room: DeskRoom, paid: int) -> None:
    book = november(room)
    (proposal,) = book.proposals.values()
    assert proposal.is_sole
    assert sorted(proposal.ways[0]) == sorted(keys_of(paid))
    assert book.matched == {}
    assert book.totals == BookTotals(1, TOGETHER, 0, 0)
    assert book.months == (NOVEMBER,)


def test_a_tick_is_kept_with_where_and_when(room: DeskRoom, paid: int) -> None:
    line_id = november(room).lines[0].id
    room.desk.reconciling.match(line_id, keys_of(paid))
    book = november(room)
    assert [(each.match.kind, each.match.amount, each.match.matched_by) for each in book.matched[line_id]] == [
        (kind, amount, "1番窓口") for kind, amount in FEES
    ]
    assert (book.open, book.proposals) == ((), {})
    assert book.totals == BookTotals(1, TOGETHER, 1, TOGETHER)
    found = room.desk.payments.find(PaymentQuery(NOVEMBER, PaymentState.MATCHED))
    assert {each.matched_day for each in found.payments} == {dt.date(2026, 11, 23)}
    assert acts(room)[1:] == [PaymentAct.MATCHED] * 3


def test_a_tick_stays_when_ainas_says_something_new(room: DeskRoom, paid: int) -> None:
    room.desk.reconciling.match(november(room).lines[0].id, keys_of(paid))
    with room.database.write() as shelves:
        filing = shelves.filings.get(paid)
        told = [(fee.kind, fee.amount, fee.payment_status, fee.due_date) for fee in filing.fees]
        kind = type(filing.fees[0])
        filing.fees = [
            kind(position=place, kind=name, amount=(amount or 0) + (place == 0), payment_status="納付済", due_date=due)
            for place, (name, amount, _status, due) in enumerate(told)
        ]
    found = room.desk.payments.find(PaymentQuery(NOVEMBER))
    assert [(each.state, each.has_changed) for each in found.payments] == [
        (PaymentState.MATCHED, True),
        (PaymentState.MATCHED, False),
        (PaymentState.MATCHED, False),
    ]


def test_a_wrong_sum_is_never_stored(room: DeskRoom, paid: int) -> None:
    line_id = november(room).lines[0].id
    with pytest.raises(NotAllowed, match=r"合計 ¥1,850 が、出金 ¥26,450 と合いません\(差 ¥24,600\)"):
        room.desk.reconciling.match(line_id, keys_of(paid)[:2])
    assert november(room).matched == {}


def test_the_same_amount_named_twice_counts_once(room: DeskRoom, paid: int) -> None:
    keys = keys_of(paid)
    room.desk.reconciling.match(november(room).lines[0].id, [*keys, keys[0]])
    assert len(november(room).matched) == 1


def test_an_amount_that_is_ticked_is_not_ticked_again(room: DeskRoom, paid: int, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, '2026/11/24,国土交通省,"26,450",,5'))
    first, _, second = (each.id for each in november(room).lines)
    room.desk.reconciling.match(first, keys_of(paid))
    with pytest.raises(NotAllowed, match="選んだ納付のうち3件"):
        room.desk.reconciling.match(second, keys_of(paid))
    with pytest.raises(NotAllowed, match="消込済です"):
        room.desk.reconciling.match(first, keys_of(paid))


def test_a_tick_is_taken_back_and_that_is_kept(room: DeskRoom, paid: int) -> None:
    line_id = november(room).lines[0].id
    with pytest.raises(NotAllowed, match="消し込んだ納付がありません"):
        room.desk.reconciling.take_back(line_id)
    room.desk.reconciling.match(line_id, keys_of(paid))
    room.desk.reconciling.take_back(line_id)
    assert november(room).matched == {}
    assert len(november(room).open) == 3
    with room.database.read() as shelves:
        last = shelves.payments.events()[-1]
    assert (last.act, last.line_id, last.control_number, last.kind) == (
        PaymentAct.TAKEN_BACK,
        line_id,
        paid,
        "自動車重量税",
    )
    assert (last.amount, last.done_by, last.month) == (24_600, "1番窓口", "2026-11")


def test_a_line_that_is_gone_is_told(room: DeskRoom) -> None:
    with pytest.raises(NotAllowed):
        room.desk.reconciling.match(7, [])


# --- the month's end


def test_a_closed_month_is_not_changed(room: DeskRoom, clock: FixedClock, paid: int, tmp_path: Path) -> None:
    line_id = november(room).lines[0].id
    room.desk.reconciling.match(line_id, keys_of(paid))
    clock.advance(days=7)
    closed = room.desk.reconciling.close(NOVEMBER)
    assert (closed.lines, closed.paid, closed.matched_lines, closed.matched) == (1, TOGETHER, 1, TOGETHER)
    book = november(room)
    assert (book.closed is not None, book.proposals) == (True, {})
    for change in (
        lambda: room.desk.reconciling.take_back(line_id),
        lambda: room.desk.reconciling.match(line_id, []),
        lambda: room.desk.reconciling.close(NOVEMBER),
        lambda: room.desk.bank_import.read(a_bank_file(tmp_path, "2026/11/24,国土交通省,5,,")),
    ):
        with pytest.raises(NotAllowed, match="令和8年11月"):
            change()
    assert room.desk.bank_import.read(a_bank_file(tmp_path, ROW, OTHER)).known == 2


def test_a_closed_month_is_opened_again_with_a_reason(room: DeskRoom, clock: FixedClock, paid: int) -> None:
    clock.advance(days=7)
    reconciling = room.desk.reconciling
    with pytest.raises(NotAllowed, match="締めてありません"):
        reconciling.reopen(NOVEMBER, "取り違え")
    reconciling.close(NOVEMBER)
    with pytest.raises(InvalidInput) as refused:
        reconciling.reopen(NOVEMBER, " ")
    assert refused.value.problems[0].message == NO_REASON
    reconciling.reopen(NOVEMBER, " 取り違え ")
    reconciling.match(november(room).lines[0].id, keys_of(paid))
    with room.database.read() as shelves:
        notes = {each.act: each.note for each in shelves.payments.events()}
    assert notes[PaymentAct.REOPENED] == "取り違え"


@pytest.mark.parametrize(("days", "month"), [(0, YearMonth(2026, 12)), (0, NOVEMBER), (6, NOVEMBER)])
def test_a_month_is_not_closed_before_it_has_ended(
    room: DeskRoom, clock: FixedClock, days: int, month: YearMonth
) -> None:
    clock.advance(days=days)
    with pytest.raises(NotAllowed, match="まだ終わっていない"):
        room.desk.reconciling.close(month)
    assert room.desk.reconciling.month(month).closed is None


def test_a_line_of_nobody_known_counts_once_it_is_ticked(room: DeskRoom, paid: int, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, '2026/11/24,見本,"26,450",,5'))
    line_id = november(room).lines[-1].id
    room.desk.reconciling.match(line_id, keys_of(paid))
    assert november(room).totals == BookTotals(2, 2 * TOGETHER, 1, TOGETHER)


def test_what_was_issued_half_a_year_before_is_not_open_any_more(tmp_path: Path) -> None:
    with a_desk(tmp_path, clock=FixedClock()) as room:
        a_paid_filing(room, requested_at=dt.datetime(2026, 4, 20, tzinfo=dt.UTC))
        assert november(room).open == ()
