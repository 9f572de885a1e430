"""除外 of 納付消込 on a real database: lines that were taken in by mistake, and answers that were given by mistake."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from onestop.model.bank import PaymentAct
from onestop.model.payment import PaymentKey
from onestop.model.wareki import YearMonth
from onestop.services.payment.importing import Doubtful
from onestop.services.payment.reconciling import LEFT_OUT, MATCHED_ALREADY, NOT_SAID_SAME, BookTotals
from support.clock import FixedClock
from support.desks import a_desk
from support.payments import END, FEES, REQUESTED, a_bank_file, a_paid_filing, header, line, trailer, zengin_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.services.payment.reconciling import BookMonth
    from support.desks import DeskRoom

OCTOBER = YearMonth(2026, 10)
ROW = "2026/10/23,国土交通省,26450,,"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path, clock=FixedClock()) as made:
        yield made


@pytest.fixture
def zengin(room: DeskRoom, tmp_path: Path) -> Path:
    """Return 全銀's file with the line that the book has from a CSV."""
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW))
    path = tmp_path / "zengin.txt"
    path.write_bytes(zengin_of(header(), line("081023", 26_450), trailer([26_450]), END))
    return path


def october(room: DeskRoom) -> BookMonth:
    return room.desk.reconciling.month(OCTOBER)


def acts(room: DeskRoom) -> list[PaymentAct]:
    with room.database.read() as shelves:
        return [each.act for each in shelves.payments.events()]


def test_what_was_called_another_line_by_mistake_is_left_out_and_stays_known(room: DeskRoom, zengin: Path) -> None:
    taken = room.desk.bank_import.read(zengin, Doubtful.OTHERS)
    assert (taken.added, taken.answer) == (1, Doubtful.OTHERS)
    twice = october(room).lines[1].id
    assert october(room).totals == BookTotals(2, 52_900, 0, 0)
    room.desk.reconciling.leave_out([twice])
    book = october(room)
    assert book.totals == BookTotals(1, 26_450, 0, 0)
    assert twice not in book.proposals
    again = room.desk.bank_import.read(zengin)
    assert (again.known, again.doubtful, again.answer) == (1, (), None)
    room.desk.reconciling.put_back([twice])
    assert october(room).totals == BookTotals(2, 52_900, 0, 0)
    assert acts(room)[-2:] == [PaymentAct.LEFT_OUT, PaymentAct.PUT_BACK]


def test_what_another_desk_has_left_out_already_is_told_once(room: DeskRoom, zengin: Path) -> None:
    room.desk.bank_import.read(zengin, Doubtful.OTHERS)
    one, other = (each.id for each in october(room).lines)
    room.desk.reconciling.leave_out([one])
    room.desk.reconciling.leave_out([one, other])
    assert acts(room).count(PaymentAct.LEFT_OUT) == 2
    for _ in range(2):
        room.desk.reconciling.put_back([one, other])
    assert acts(room).count(PaymentAct.PUT_BACK) == 2


def test_a_line_that_is_left_out_is_no_twin_of_a_new_one_whose_balance_does_not_tell(
    room: DeskRoom, zengin: Path
) -> None:
    room.desk.reconciling.leave_out([october(room).lines[0].id])
    imported = room.desk.bank_import.read(zengin)
    assert (imported.added, imported.doubtful) == (1, ())


def with_balance(folder: Path, *amounts: int, before: int) -> Path:
    """Write 全銀's file that says what the account held, and so what it held after each line."""
    path = folder / "balance.txt"
    lines = (line("081023", amount) for amount in amounts)
    end = trailer(amounts, after=before - sum(amounts))
    path.write_bytes(zengin_of(header(before=before), *lines, end, END))
    return path


TWO = "2026/10/23,国土交通省,26450,,73550", "2026/10/23,国土交通省,26450,,47100"


def test_a_line_that_is_left_out_stays_so_where_day_amount_and_balance_are_those_of_another_file(
    room: DeskRoom, tmp_path: Path
) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, *TWO))
    first = october(room).lines[0]
    room.desk.reconciling.leave_out([first.id])
    again = room.desk.bank_import.read(with_balance(tmp_path, 26_450, 26_450, before=100_000))
    assert (again.added, again.same, again.doubtful) == (0, 2, ())
    assert october(room).totals == BookTotals(1, 26_450, 0, 0)
    room.desk.reconciling.put_back([first.id])
    assert october(room).totals == BookTotals(2, 52_900, 0, 0)


def test_of_two_lines_that_may_be_the_same_the_one_that_counts_is_asked_about(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, *TWO))
    first, second = (each.id for each in october(room).lines)
    room.desk.reconciling.leave_out([second])
    path = with_balance(tmp_path, 26_450, before=200_000)
    assert len(room.desk.bank_import.read(path).doubtful) == 1
    room.desk.bank_import.read(path, Doubtful.SAME)
    assert october(room).said_same == {first}


def test_a_line_that_is_left_out_takes_no_ticks_and_a_ticked_one_is_not_left_out(room: DeskRoom, zengin: Path) -> None:
    number = a_paid_filing(room, requested_at=REQUESTED - dt.timedelta(days=30))
    keys = [PaymentKey(number, kind, 1) for kind, _ in FEES]
    room.desk.bank_import.read(zengin, Doubtful.OTHERS)
    one, other = (each.id for each in october(room).lines)
    room.desk.reconciling.leave_out([one])
    with pytest.raises(NotAllowed, match="除外"):
        room.desk.reconciling.match(one, keys)
    room.desk.reconciling.match(other, keys)
    with pytest.raises(NotAllowed) as refused:
        room.desk.reconciling.leave_out([one, other])
    assert str(refused.value) == MATCHED_ALREADY
    assert "Alt+J" in LEFT_OUT


def test_what_was_called_the_same_line_by_mistake_is_asked_about_anew(room: DeskRoom, zengin: Path) -> None:
    room.desk.bank_import.read(zengin, Doubtful.SAME)
    book = october(room)
    line_id = book.lines[0].id
    assert book.said_same == {line_id}
    room.desk.reconciling.unsay_same(line_id)
    assert october(room).said_same == frozenset()
    assert room.desk.bank_import.read(zengin).doubtful
    assert room.desk.bank_import.read(zengin, Doubtful.OTHERS).added == 1
    assert PaymentAct.UNSAID in acts(room)
    with pytest.raises(NotAllowed) as refused:
        room.desk.reconciling.unsay_same(line_id)
    assert str(refused.value) == NOT_SAID_SAME


def test_a_closed_month_is_not_changed_so_either(room: DeskRoom, zengin: Path) -> None:
    room.desk.bank_import.read(zengin, Doubtful.SAME)
    line_id = october(room).lines[0].id
    reconciling = room.desk.reconciling
    reconciling.close(OCTOBER)
    for change in (reconciling.leave_out, reconciling.put_back, lambda ids: reconciling.unsay_same(ids[0])):
        with pytest.raises(NotAllowed, match="締めてある"):
            change([line_id])
    assert october(room).said_same == {line_id}
