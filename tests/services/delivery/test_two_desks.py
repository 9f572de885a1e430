"""Two desks of one shop count their 管理番号 from 1 alike: what the other one filed is never taken for ours."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop_sandbox import REAL, Kind, Trouble
from support.clock import FixedClock, RealClock
from support.conformity import a_form, certificate, prepare_shop
from support.desks import Interposed, a_desk, a_sandbox
from support.filing import lose_the_answer, telling, undated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom

OUR_CAR, THEIR_CAR = "AAA-000001", "BBB-000002"


@pytest.fixture
def desks(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[tuple[DeskRoom, DeskRoom]]:
    with ExitStack() as stack:
        a, b = (
            stack.enter_context(a_desk(tmp_path / name, clock=clock, sandbox=sandbox)) for name in ("ours", "theirs")
        )
        yield a, b


def keep_no_keys(sandbox: Sandbox) -> None:
    sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))


def cars_at_ainas(sandbox: Sandbox) -> dict[str, int]:
    return {key.chassis_number: times for key, times in sandbox.filings.items()}


@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
@pytest.mark.parametrize("later", [{"seconds": 10}, {"hours": 5}, {"days": 13}], ids=str)
def test_a_filing_of_the_other_desk_is_never_ours(
    desks: tuple[DeskRoom, DeskRoom],
    sandbox: Sandbox,
    clock: FixedClock,
    keys: bool,  # noqa: FBT001 - a row
    later: dict[str, int],
) -> None:
    ours, theirs = desks
    if not keys:
        keep_no_keys(sandbox)
    number = ours.a_draft(chassis_number=OUR_CAR)
    lose_the_answer(ours, number, acted=False)
    clock.advance(**later)
    assert theirs.desk.filings.delivery.issue(theirs.a_draft(chassis_number=THEIR_CAR)).control_number == number
    settled = ours.desk.filings.delivery.settle()
    assert (settled.filed, settled.waiting, type(settled.reason)) == (0, 1, errors.Undecided)
    filing = ours.filing(number)
    assert (filing.sending, filing.filing_id) == (Sending.UNKNOWN, None)
    clock.advance(minutes=5)
    assert ours.desk.filings.delivery.resolution.give_back(number).sending is Sending.DRAFT
    ours.desk.filings.delivery.issue(number)
    assert cars_at_ainas(sandbox) == {OUR_CAR: 1, THEIR_CAR: 1}


def test_a_service_that_keeps_keys_is_believed_whatever_the_other_desk_filed(
    desks: tuple[DeskRoom, DeskRoom], sandbox: Sandbox, clock: FixedClock
) -> None:
    """It still knows what was filed before by its key: what it does not know by its key never arrived."""
    ours, theirs = desks
    for place, room in enumerate((ours, theirs, theirs)):
        room.desk.filings.delivery.issue(
            room.a_draft(chassis_number=f"FIRST-{place}", plate=f"土浦300さ{1001 + place}")
        )
    number = ours.a_draft(chassis_number=OUR_CAR)
    lose_the_answer(ours, number, acted=False)
    clock.advance(minutes=4)
    assert ours.desk.filings.delivery.settle() == Settled(filed=1)
    assert cars_at_ainas(sandbox)[OUR_CAR] == 1


def test_a_service_that_tells_the_car_is_believed(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    keep_no_keys(sandbox)
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft(chassis_number=OUR_CAR)
        lose_the_answer(room, number, acted=True)
        way.after = telling(OUR_CAR)
        assert room.desk.filings.delivery.settle() == Settled(filed=1)
        assert room.times_filed(number) == 1


def test_another_car_under_our_number_stands_in_nobodys_way(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    keep_no_keys(sandbox)
    way = Interposed(sandbox)
    with (
        a_desk(tmp_path / "theirs", clock=clock, sandbox=sandbox) as theirs,
        a_desk(tmp_path / "ours", clock=clock, sandbox=sandbox, http=way) as room,
    ):
        filing_id = theirs.desk.filings.delivery.issue(theirs.a_draft(chassis_number=THEIR_CAR)).filing_id or ""
        number = room.a_draft(chassis_number=OUR_CAR)
        lose_the_answer(room, number, acted=False)
        tell = telling(THEIR_CAR)
        way.after = lambda request, response: tell(request, response) if request.method == "GET" else response
        assert room.desk.filings.delivery.resolution.candidates(number) == ()
        with pytest.raises(errors.NotAllowed, match="別の車両"):
            room.desk.filings.delivery.resolution.adopt(number, filing_id)
        clock.advance(minutes=4)
        assert room.desk.filings.delivery.settle() == Settled(filed=1)
        assert cars_at_ainas(sandbox) == {OUR_CAR: 1, THEIR_CAR: 1}


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("ahead", [{"minutes": 4}, {"minutes": 6}, {"days": 1}], ids=str)
def test_what_is_there_is_not_sent_again_though_the_clock_is_ahead(
    tmp_path: Path,
    ahead: dict[str, int],
    dated: bool,  # noqa: FBT001 - a row
) -> None:
    clock = FixedClock()
    clock.turn(**ahead)
    with (
        a_sandbox(RealClock(clock), pace=REAL) as sandbox,
        a_desk(tmp_path, clock=clock, sandbox=sandbox, http=(way := Interposed(sandbox))) as room,
    ):
        keep_no_keys(sandbox)
        way.after = (lambda _request, response: response) if dated else undated
        number = room.a_draft(chassis_number=OUR_CAR)
        lose_the_answer(room, number, acted=True)
        clock.advance(minutes=10)
        assert type(room.desk.filings.delivery.settle().reason) is errors.Undecided
        tells_our_car = telling(OUR_CAR)  # even one that tells our car: it may be last year's
        way.after = lambda request, response: tells_our_car(request, response if dated else undated(request, response))
        settled = room.desk.filings.delivery.settle()
        assert settled.filed == (dated or ahead == {"minutes": 4})
        assert room.times_filed(number) == 1


@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_a_clock_that_was_set_does_not_shorten_the_wait(
    tmp_path: Path,
    sandbox: Sandbox,
    keys: bool,  # noqa: FBT001 - a row
) -> None:
    if not keys:
        keep_no_keys(sandbox)
    clock = FixedClock()
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=False)
        clock.turn(minutes=10)
        assert room.desk.filings.delivery.settle() == Settled(waiting=1)
        with pytest.raises(errors.NotAllowed, match="数分たってから"):
            room.desk.filings.delivery.resolution.give_back(number)
        clock.advance(minutes=3)
        assert room.desk.filings.delivery.settle() == Settled(filed=1)


def test_two_that_tell_our_car_are_for_the_clerk(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    keep_no_keys(sandbox)
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft(chassis_number=OUR_CAR)
        lose_the_answer(room, number, acted=True)
        filing = room.filing(number)
        room.ainas.issue(UUID(filing.request_key or ""), filing.payload or "")
        way.after = telling(OUR_CAR)
        assert type(room.desk.filings.delivery.settle().reason) is errors.Undecided


# --- 保適証


def test_a_certificate_of_the_other_desk_is_never_ours(
    desks: tuple[DeskRoom, DeskRoom], sandbox: Sandbox, clock: FixedClock
) -> None:
    ours, theirs = desks
    cars = {OUR_CAR: ours, THEIR_CAR: theirs}
    for chassis_number, room in cars.items():
        prepare_shop(room)
        save_certificate(room, chassis_number)
    sandbox.troubles.add(Trouble(Kind.CUT, "issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        ours.desk.conformity.delivery.issue(1)
    number = theirs.desk.conformity.delivery.issue(1).certificate_number or ""
    settled = ours.desk.conformity.delivery.settle()
    assert (settled.filed, settled.waiting, type(settled.reason)) == (0, 1, errors.Undecided)
    assert [each.number for each in ours.desk.conformity.delivery.resolution.candidates(1)] == [number]
    clock.advance(minutes=4)
    ours.desk.conformity.delivery.resolution.give_back(1)
    assert ours.desk.conformity.delivery.issue(1).certificate_number != number


def test_airas_that_tells_the_car_is_believed(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    keep_no_keys(sandbox)
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        prepare_shop(room)
        save_certificate(room, OUR_CAR)
        sandbox.troubles.add(Trouble(Kind.CUT, "issueCertificate", after=True))
        with pytest.raises(errors.NoAnswer):
            room.desk.conformity.delivery.issue(1)
        way.after = telling(THEIR_CAR)
        assert room.desk.conformity.delivery.settle() == Settled(waiting=1)
        way.after = telling(OUR_CAR)
        assert room.desk.conformity.delivery.settle() == Settled(filed=1)


def save_certificate(room: DeskRoom, chassis_number: str) -> None:
    """Store a 窓口申請 as number 1."""
    car = room.a_car(chassis_number=chassis_number)
    today = room.clock.today().isoformat()
    words = {"application_kind": "窓口申請", "new_insurance_number": "A1", "new_insurer": "見本損保"}
    form = a_form(room, car, **words, inspection_date=today, issue_date=today)
    assert room.desk.conformity_book.save(form, car, None, None).control_number == 1
    assert certificate(room, 1).chassis_number == chassis_number
