"""The wait for 自賠責 (code 127) at a real sandbox: tried again by the program, until the data are there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import ApplicationKind
from onestop.model.rate_checks import TypedRate
from onestop.model.rate_tables import RateTable
from onestop.model.sending_state import Sending
from onestop.services.conformity.outcomes import is_wait, is_waiting
from onestop.services.conformity.service import place_of
from onestop.services.tended import Tended
from onestop_sandbox import Kind, Trouble
from support.builders import a_conformity_certificate
from support.conformity import a_draft, a_form, certificate, change, insure, prepare_shop, times_issued
from support.desks import Interposed, a_desk
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

COUNTER = ApplicationKind.COUNTER.value

pytestmark = pytest.mark.usefixtures("shop")


def a_waiting_one(room: DeskRoom) -> int:
    number = a_draft(room)
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(number)
    return number


def test_127_is_a_wait_until_the_electronic_data_arrive(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    with pytest.raises(errors.Refused) as caught:
        room.desk.conformity.delivery.issue(number)
    assert is_wait(caught.value)
    waiting = certificate(room, number)
    since = clock.now()
    assert is_waiting(waiting)
    assert (waiting.sending, waiting.refusal, waiting.waiting_since) == (Sending.DRAFT, None, since)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - since).total_seconds() == 50 * 60
    clock.advance(minutes=49)
    assert room.desk.conformity.tend() == ()
    clock.advance(minutes=2)
    assert room.desk.conformity.tend() == (Tended(number, waiting.vehicle_id, "2000000001"),)
    issued = certificate(room, number)
    assert (issued.status, issued.waiting_since, issued.next_try_at) == ("作成済", None, None)
    assert room.desk.conformity.tend() == ()


def test_each_try_that_fails_says_when_the_next_one_is(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    insure(room, car, reported=False)
    form = a_form(room, car, application_kind="OSS申請")
    number = room.desk.conformity_book.save(form, car, None, None).control_number
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(number)
    since = clock.now()
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert is_wait(tended.error)
    waiting = certificate(room, number)
    assert waiting.waiting_since == since
    assert waiting.next_try_at is not None
    assert waiting.next_try_at > clock.now()


def test_without_a_time_told_the_next_try_is_in_ten_minutes(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=409, code="127"))
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(number)
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == 600


@pytest.mark.parametrize(("opens", "hour"), [("8:00", 23), ("7:00", 22)])
def test_while_airas_is_closed_the_next_try_waits_for_its_opening_by_the_hours(
    room: DeskRoom, clock: FixedClock, opens: str, hour: int
) -> None:
    number = a_waiting_one(room)
    room.desk.rates.add(RateTable.HOURS, [TypedRate("airas", "2026/11/25", (opens, "20:00", "毎日"), "告知")])
    evening = dt.datetime(2026, 11, 24, 11, 30, tzinfo=dt.UTC)
    clock.advance(seconds=(evening - clock.now()).total_seconds())
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=503, code="closed"))
    (tended,) = room.desk.conformity.tend()
    assert isinstance(tended.error, errors.ServiceClosed)
    assert certificate(room, number).next_try_at == dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC)


def test_hours_that_cannot_be_read_do_not_lose_what_airas_said(
    room: DeskRoom, clock: FixedClock, tmp_path: Path
) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    (tmp_path / "settings.json").unlink()
    (tmp_path / "settings.json").mkdir()
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=503, code="closed"))
    with pytest.raises(errors.ServiceClosed):
        room.desk.conformity.delivery.issue(number)
    assert certificate(room, number).next_try_at == clock.now() + dt.timedelta(minutes=5)


def test_nothing_is_sent_that_is_being_edited(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.desk.conformity.hold(number)
    assert room.desk.conformity.tend() == ()
    room.desk.conformity.release(number)
    room.desk.typing.keep(place_of(number), a_form(room, certificate(room, number).vehicle_id))
    assert room.desk.conformity.tend() == ()
    room.desk.typing.forget(place_of(number))
    assert len(room.desk.conformity.tend()) == 1


def test_other_words_than_those_of_f5_wait_for_f5(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    change(room, number, odometer_km="50000")
    clock.advance(minutes=51)
    assert room.desk.conformity.tend() == ()
    assert room.desk.conformity.delivery.issue(number).odometer_km == 50000


@pytest.mark.parametrize(
    ("trouble", "minutes"),
    [
        (Trouble(Kind.REFUSE, "airas.issueCertificate", status=401), 5),
        (Trouble(Kind.CLOSED, "airas", times=None, retry_after=3600), 60),
    ],
)
def test_a_trouble_puts_the_next_try_off(room: DeskRoom, clock: FixedClock, trouble: Trouble, minutes: int) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(trouble)
    (tended,) = room.desk.conformity.tend()
    assert tended.error is not None
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == minutes * 60
    assert is_waiting(waiting)


def test_a_real_refusal_ends_the_wait(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=422, code="invalid"))
    room.desk.conformity.tend()
    refused = certificate(room, number)
    assert not is_waiting(refused)
    assert refused.refusal


def test_a_draft_that_cannot_be_sent_any_more_ends_the_wait(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    with room.database.write() as shelves:
        shelves.conformity.get(number).inspector_code = "x"
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert isinstance(tended.error, errors.InvalidInput)
    assert "検査員コード" in (certificate(room, number).refusal or "")
    assert room.desk.conformity.tend() == ()


def test_one_that_may_not_be_sent_now_is_tried_later(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    car = certificate(room, number).vehicle_id
    with room.database.write() as shelves:
        shelves.conformity.add(
            of_now(
                shelves,
                a_conformity_certificate(
                    vehicle_id=car, certificate_number=None, sending=Sending.UNKNOWN, request_key=None
                ),
            )
        )
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert isinstance(tended.error, errors.NotAllowed)
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == 5 * 60


def test_a_try_whose_answer_was_lost_is_settled_by_itself(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    room.desk.conformity.tend()
    assert certificate(room, number).sending is Sending.UNKNOWN
    (tended,) = room.desk.conformity.tend()
    assert tended.certificate_number == "2000000001"
    assert times_issued(room, number) == 1


def test_a_try_that_is_still_unknown_is_nothing_new(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    room.desk.conformity.tend()
    assert room.desk.conformity.tend() == ()
    assert certificate(room, number).sending is Sending.UNKNOWN


def test_one_that_is_deleted_meanwhile_is_passed_over(tmp_path: Path, sandbox: Sandbox, clock: FixedClock) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path / "two", sandbox=sandbox, clock=clock, http=way) as room:
        prepare_shop(room)
        first, second = a_waiting_one(room), 2
        car = room.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
        insure(room, car, chassis_number="ZN6-999999")
        second = room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number
        with pytest.raises(errors.Refused):
            room.desk.conformity.delivery.issue(second)
        clock.advance(minutes=51)

        def delete_second(request: httpx.Request) -> None:
            way.before = lambda _request: None
            del request
            room.desk.conformity.delete(second)

        way.before = delete_second
        assert [each.control_number for each in room.desk.conformity.tend()] == [first]
