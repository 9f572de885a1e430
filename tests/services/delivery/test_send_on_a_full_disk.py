"""A full disk after a service was told something: it is not said that nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop_sandbox import REAL, Kind, Trouble
from support.conformity import a_correctable_one, a_draft, an_issued_one, prepare_shop
from support.desks import DeskRoom, a_desk, a_sandbox
from support.full_disk import FillingDatabase, FillingWay
from support.insurance import an_issued_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.clock import FixedClock

Act = tuple["Callable[[DeskRoom, FixedClock], int]", "Callable[[DeskRoom, int], object]"]


@pytest.fixture
def filling(tmp_path: Path, clock: FixedClock) -> Iterator[tuple[DeskRoom, FillingWay]]:
    with a_sandbox(clock, pace=REAL) as sandbox:
        way = FillingWay(sandbox)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way, database_kind=FillingDatabase) as room:
            assert isinstance(room.database, FillingDatabase)
            way.database = room.database
            prepare_shop(room)
            yield room, way


def a_filed_one(room: DeskRoom, _clock: FixedClock) -> int:
    return room.desk.filings.delivery.issue(room.a_draft()).control_number


def a_policy(room: DeskRoom, _clock: FixedClock) -> int:
    return an_issued_policy(room)


def a_paper_to_issue(room: DeskRoom, clock: FixedClock) -> int:
    number = a_draft(room)
    clock.advance(hours=1)
    return number


ACTS: dict[str, Act] = {
    "発行": (lambda room, _clock: room.a_draft(), lambda room, number: room.desk.filings.delivery.issue(number)),
    "申請確認": (a_filed_one, lambda room, number: room.desk.filings.delivery.progress.refresh(number)),
    "検索": (a_filed_one, lambda room, number: room.desk.filings.many.refresh([number])),
    "取消": (a_filed_one, lambda room, number: room.desk.filings.withdraw(number)),
    "自賠責 確認": (
        lambda room, _clock: an_issued_policy(room),
        lambda room, number: room.desk.insurance.refresh(number),
    ),
    "自賠責 取消": (
        lambda room, _clock: an_issued_policy(room),
        lambda room, number: room.desk.insurance.cancel(number),
    ),
    "保適証 発行": (a_paper_to_issue, lambda room, number: room.desk.conformity.delivery.issue(number)),
    "保適証 訂正": (a_correctable_one, lambda room, number: room.desk.conformity.correct(number)),
    "保適証 引戻": (an_issued_one, lambda room, number: room.desk.conformity.pull_back(number, "走行距離の誤り")),
    "保適証 削除": (an_issued_one, lambda room, number: room.desk.conformity.delete(number)),
    "保適証 状態確認": (an_issued_one, lambda room, number: room.desk.conformity.refresh(number)),
    "保適証 検索": (an_issued_one, lambda room, number: room.desk.conformity.many.refresh([number])),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_a_service_was_told_is_said_to_be_told(
    filling: tuple[DeskRoom, FillingWay], clock: FixedClock, name: str
) -> None:
    room, way = filling
    prepare, act = ACTS[name]
    number = prepare(room, clock)
    way.fill()
    with pytest.raises(errors.NotWrittenDown) as caught:
        act(room, number)
    assert str(caught.value.trouble) == str(caught.value) == "SQLITE_FULL"


def test_what_was_sent_is_settled_once_there_is_room(filling: tuple[DeskRoom, FillingWay]) -> None:
    room, way = filling
    number = room.a_draft()
    way.fill()
    with pytest.raises(errors.NotWrittenDown):
        room.desk.filings.delivery.issue(number)
    asked = len(way.asked)
    with pytest.raises(errors.StoreError):
        room.desk.filings.delivery.settle()
    assert len(way.asked) == asked
    way.free()
    assert room.filing(number).sending is Sending.SENDING
    assert room.desk.filings.delivery.settle() == Settled(filed=1)
    assert room.times_filed(number) == 1


def test_before_anything_is_told_a_full_disk_is_only_that(filling: tuple[DeskRoom, FillingWay]) -> None:
    room, way = filling
    number = room.a_draft()
    way.database.is_full = True
    with pytest.raises(errors.StoreError) as caught:
        room.desk.filings.delivery.issue(number)
    assert type(caught.value) is errors.StoreError
    assert room.times_filed(number) == 0


def test_what_stands_in_the_way_of_sending_again_is_noted_or_said(
    filling: tuple[DeskRoom, FillingWay], clock: FixedClock
) -> None:
    room, way = filling
    number = room.a_draft()
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)
    clock.advance(minutes=3)
    code = "vehicle_has_open_filing"
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=409, code=code))
    asked = len(way.asked)

    def fill_with_the_refusal(_request: object, response: object) -> object:
        way.database.is_full = way.asked[-1].startswith("POST") and len(way.asked) > asked
        return response

    way.after = fill_with_the_refusal  # type: ignore[assignment]  # hands on what it gets
    with pytest.raises(errors.NotWrittenDown):
        room.desk.filings.delivery.settle_one(number)
