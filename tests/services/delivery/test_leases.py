"""Two desks on one database: what one is sending is left to it while it lives, and settled by the other if it died."""

from __future__ import annotations

import threading
import uuid
from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.model.lease import DeskRun, SeenBy
from onestop.model.sending_state import Sending
from onestop.services.delivery.leases import FOUND
from onestop.services.delivery.settle import Settled
from onestop.services.filing.batch import RowState
from onestop_sandbox import Kind, Trouble
from support.builders import a_filing
from support.desks import Interposed, a_desk
from support.keychains import PowerCut
from support.shop import LAPSED, TERMINALS

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from faults.kinds import Sent
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.shop import Shop

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
before_or_after = pytest.mark.parametrize("acted", [False, True], ids=["before it acted", "after it acted"])


# --- a desk that lives


@every_kind
def test_what_one_desk_is_sending_the_other_one_leaves_alone(shop: Shop, kind: Sent) -> None:
    one, two = shop.one.room, shop.two.room
    kind.save(one)
    other = kind.service(two)

    def meanwhile() -> None:
        assert other.unsettled() == ()
        assert other.settle() == Settled()
        with pytest.raises(errors.NotAllowed, match=shop.one.terminal):
            other.settle_one(1)
        with pytest.raises(errors.NotAllowed, match=shop.one.terminal):
            other.issue(1)
        with pytest.raises(errors.NotAllowed, match=shop.one.terminal):
            other.resolution.give_back(1)
        with pytest.raises(errors.NotAllowed, match=shop.one.terminal):
            other.resolution.adopt(1, "1000000001")
        assert two.desk.leases.holder_of(kind.stored(two)) == shop.one.terminal
        assert one.desk.leases.holder_of(kind.stored(one)) is None

    shop.one.while_asking(meanwhile, acted=True)
    assert kind.service(one).issue(1).sending is Sending.FILED
    assert two.desk.leases.holder_of(kind.stored(two)) is None
    assert kind.times(one) == 1


def test_both_press_f5_at_the_same_moment(shop: Shop) -> None:
    """Each sends while the request of the other one is under way: one filing, and the second hears who was first."""
    number = shop.one.room.a_draft()
    refused: list[str] = []

    def press_too() -> None:
        results = shop.two.room.desk.batch.issue_many([number], lambda _result: None, threading.Event())
        assert [each.state for each in results] == [RowState.NOT_SENT]
        refused.append(str(results[0].error))

    shop.one.while_asking(press_too, acted=False)
    shop.one.room.desk.filings.delivery.issue(number)
    assert shop.one.terminal in refused[0]
    assert shop.one.room.times_filed(number) == 1


def test_one_record_is_settled_by_one_desk_at_a_time(shop: Shop) -> None:
    one, two = shop.one.room.desk.filings.delivery, shop.two.room.desk.filings.delivery
    number = shop.one.room.a_draft()
    shop.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        one.issue(number)
    shop.clock.advance(**LAPSED)
    shop.one.while_asking(two.settle, acted=False)
    asked = len(shop.two.way.asked)
    assert one.settle() == Settled(filed=1)
    assert len(shop.two.way.asked) == asked
    assert two.settle() == Settled()


# --- a desk that died


@every_kind
@before_or_after
def test_what_a_dead_desk_was_sending_is_settled_by_another_once_its_lease_has_lapsed(
    shop: Shop,
    kind: Sent,
    acted: bool,  # noqa: FBT001 - a row
) -> None:
    kind.save(shop.one.room)
    shop.one.die_with(lambda: kind.service(shop.one.room).issue(1), acted=acted)
    other = kind.service(shop.two.room)
    assert other.settle() == Settled()
    shop.clock.advance(minutes=2)
    assert other.unsettled() == ()
    shop.clock.advance(minutes=2)
    assert other.unsettled() == (1,)
    assert kind.stored(shop.two.room).sending is Sending.SENDING
    with pytest.raises(errors.NotAllowed, match=r"確認|送信中"):
        other.issue(1)
    assert other.settle() == Settled(filed=1)
    assert kind.times(shop.two.room) == 1


def test_it_is_asked_for_and_never_sent_anew(shop: Shop) -> None:
    number = shop.one.room.a_draft()
    shop.one.die_with(lambda: shop.one.room.desk.filings.delivery.issue(number), acted=True)
    key = shop.two.room.filing(number).request_key
    shop.clock.advance(**LAPSED)
    assert shop.two.room.desk.filings.delivery.settle() == Settled(filed=1)
    assert not [each for each in shop.two.way.asked if each.startswith("POST")]
    assert shop.two.room.filing(number).request_key == key


@before_or_after
def test_a_desk_that_dies_while_it_settles_is_settled_as_well(shop: Shop, acted: bool) -> None:  # noqa: FBT001 - a row
    number = shop.one.room.a_draft()
    shop.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        shop.one.room.desk.filings.delivery.issue(number)
    shop.clock.advance(**LAPSED)
    shop.one.die_with(shop.one.room.desk.filings.delivery.settle, acted=acted)
    other = shop.two.room.desk.filings.delivery
    assert other.settle() == Settled()
    shop.clock.advance(**LAPSED)
    assert other.settle() == Settled(filed=1)
    assert shop.two.room.times_filed(number) == 1


def test_the_same_desk_started_again_waits_as_any_other_on_a_shared_database(shop: Shop) -> None:
    number = shop.one.room.a_draft()
    shop.one.die_with(lambda: shop.one.room.desk.filings.delivery.issue(number), acted=True)
    shop.one.start()
    assert shop.one.room.desk.filings.delivery.settle() == Settled()
    shop.clock.advance(**LAPSED)
    assert shop.one.room.desk.filings.delivery.settle() == Settled(filed=1)


def test_a_desk_that_is_alone_knows_that_its_run_before_is_dead(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()

        def die(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
            raise PowerCut

        way.after = die
        with pytest.raises(PowerCut):
            room.desk.filings.delivery.issue(number)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.delivery.settle() == Settled(filed=1)


# --- a desk that was only slow


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (None, Sending.FILED),
        (Trouble(Kind.CUT, "submitFiling"), Sending.UNKNOWN),
        (Trouble(Kind.REFUSE, "submitFiling", status=422), Sending.DRAFT),
    ],
    ids=["filed", "unknown", "refused"],
)
def test_an_outcome_that_comes_after_another_desk_took_over_is_not_written(
    shop: Shop, trouble: Trouble | None, state: Sending
) -> None:
    number, stored = shop.one.room.a_draft(), []

    def take_over() -> None:
        shop.clock.advance(minutes=5)
        if trouble is not None:
            shop.sandbox.troubles.add(trouble)
        shop.two.room.desk.filings.delivery.settle()
        stored.append(shop.two.room.filing(number))
        shop.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))

    shop.one.while_asking(take_over, acted=False)
    with pytest.raises(errors.TakenOver, match=FOUND[state]):
        shop.one.room.desk.filings.delivery.sender.send(number)
    after = shop.two.room.filing(number)
    assert stored[0].sending is state
    assert (after.sending, after.filing_id, after.version) == (state, stored[0].filing_id, stored[0].version)


def test_what_the_service_took_is_not_lost_though_another_desk_made_sure_that_it_had_none(shop: Shop) -> None:
    number = shop.one.room.a_draft()

    def take_over() -> None:
        shop.clock.sleep(minutes=5)
        shop.two.room.desk.filings.delivery.resolution.give_back(number)
        assert shop.two.room.filing(number).sending is Sending.DRAFT

    shop.one.while_asking(take_over, acted=False)
    assert shop.one.room.desk.filings.delivery.issue(number).sending is Sending.FILED
    assert shop.one.room.times_filed(number) == 1


@every_kind
@pytest.mark.parametrize("answered", [True, False], ids=["taken after all", "no answer"])
def test_what_another_desk_deleted_comes_back_if_the_service_took_it_after_all(
    shop: Shop,
    kind: Sent,
    answered: bool,  # noqa: FBT001 - a row
) -> None:
    kind.save(shop.one.room)
    kept = kind.stored(shop.one.room)

    def delete() -> None:
        shop.clock.sleep(minutes=5)
        kind.service(shop.two.room).resolution.give_back(1)
        with shop.two.room.database.write() as shelves:
            kind.service(shop.two.room).sender.channel.shelf(shelves).delete(1)
        if not answered:
            shop.sandbox.troubles.add(Trouble(Kind.CUT, kind.operation))

    shop.one.while_asking(delete, acted=False)
    if answered:
        assert kind.service(shop.one.room).issue(1).sending is Sending.FILED
        assert (kind.stored(shop.two.room).sending, kind.times(shop.two.room)) == (Sending.FILED, 1)
        assert kind.stored(shop.two.room).inspection_id == kept.inspection_id
    else:
        with pytest.raises(errors.NotAllowed, match="削除されています"):
            kind.service(shop.one.room).issue(1)


def test_it_comes_back_though_another_filing_was_made_in_its_place(shop: Shop) -> None:
    one, two = shop.one.room, shop.two.room
    number = one.a_draft()
    car, made = one.filing(number).vehicle_id, []

    def make_another() -> None:
        shop.clock.sleep(minutes=5)
        two.desk.filings.delivery.resolution.give_back(number)
        two.desk.filings.delete(number)
        made.append(two.desk.filings.save(two.desk.filings.open(car, None).form, car, None, None).control_number)

    shop.one.while_asking(make_another, acted=False)
    assert one.desk.filings.delivery.issue(number).sending is Sending.FILED
    assert (one.filing(number).is_open, one.filing(made[0]).is_open) == (True, False)
    with pytest.raises(errors.NotAllowed, match=f"管理番号{number}"):
        two.desk.filings.delivery.issue(made[0])
    assert (one.times_filed(number), one.times_filed(made[0])) == (1, 0)


def test_a_clerk_whose_filing_another_desk_settled_sees_what_it_found(shop: Shop) -> None:
    number = shop.one.room.a_draft()

    def take_over() -> None:
        shop.clock.advance(minutes=5)
        assert shop.two.room.desk.filings.delivery.settle() == Settled(filed=1)

    shop.one.while_asking(take_over, acted=True)
    assert shop.one.room.desk.filings.delivery.issue(number).sending is Sending.FILED
    assert shop.one.room.times_filed(number) == 1


def test_a_machine_that_slept_after_the_intent_sends_nothing(shop: Shop) -> None:
    sender = shop.one.room.desk.filings.delivery.sender
    number = shop.one.room.a_draft()
    lease = sender._intend(number, uuid.uuid4())
    shop.clock.advance(hours=1)
    sent = sender.request(lease)
    assert type(sent.error) is errors.NotReached
    assert sender.conclude(lease, Sending.SENDING, sent).record.sending is Sending.DRAFT
    assert shop.one.way.asked == []


def test_a_desk_that_was_overtaken_does_not_let_go_of_what_another_one_has(shop: Shop) -> None:
    one, two = (desk.room.desk.filings.delivery.sender for desk in (shop.one, shop.two))
    number = shop.one.room.a_draft()
    with two.holding(number):
        shop.clock.advance(**LAPSED)
        with one.database.write() as shelves:
            taken = one.leases.take(shelves.filings.get(number))
    filing = shop.one.room.filing(number)
    assert (filing.fence, filing.lease_terminal) == (taken.fence, TERMINALS[0])
    assert two.leases.holder_of(filing) == TERMINALS[0]


def test_what_was_deleted_meanwhile_is_let_go_of_without_a_word(shop: Shop) -> None:
    sender = shop.one.room.desk.filings.delivery.sender
    number = shop.one.room.a_draft()
    with sender.holding(number), sender.database.write() as shelves:
        shelves.filings.delete(number)
    with pytest.raises(errors.Deleted):
        sender.stored(number)


# --- how long a lease is


def test_a_lease_is_longer_than_any_request(shop: Shop) -> None:
    number = shop.one.room.a_draft()

    def look() -> None:
        filing = shop.two.room.filing(number)
        assert filing.lease_until is not None
        assert filing.first_sent_at is not None
        assert (filing.lease_until - filing.first_sent_at).total_seconds() > 120 + 60
        assert filing.lease_terminal == TERMINALS[0]

    shop.one.while_asking(look, acted=False)
    shop.one.room.desk.filings.delivery.issue(number)


@pytest.mark.parametrize(
    ("held_by", "seconds", "alone", "holder"),
    [
        (None, 60, False, None),
        ("other", 60, False, "端末2"),
        ("other", 0, False, None),
        ("other", None, False, None),
        ("other", 60, True, None),
        ("mine", 60, False, None),
    ],
)
def test_who_is_busy_with_a_record(
    clock: FixedClock,
    held_by: str | None,
    seconds: int | None,
    alone: bool,  # noqa: FBT001 - a row
    holder: str | None,
) -> None:
    filing = a_filing(vehicle_id=1)
    now = clock.now()
    clock.advance(seconds=seconds or 0)
    filing.lease_run, filing.lease_terminal = held_by, "端末2"
    filing.lease_until = None if seconds is None else clock.now()
    assert SeenBy(DeskRun("mine", "端末1", alone=alone), now).holder_of(filing) == holder


def test_what_a_person_decides_is_not_written_once_another_desk_decided(shop: Shop) -> None:
    number = shop.one.room.a_draft()
    shop.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        shop.one.room.desk.filings.delivery.issue(number)
    shop.clock.advance(minutes=5)

    def decide_too() -> None:
        shop.clock.sleep(**LAPSED)
        shop.two.room.desk.filings.delivery.resolution.give_back(number)

    shop.one.while_asking(decide_too, acted=False)
    with pytest.raises(errors.TakenOver, match=FOUND[Sending.DRAFT]):
        shop.one.room.desk.filings.delivery.resolution.give_back(number)
    assert shop.two.room.filing(number).sending is Sending.DRAFT
