"""Everything else that two desks of one shop can do to the same record or the same car in the same second."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from faults.kinds import FILING, KINDS
from onestop import errors
from onestop.model.sending_state import Sending
from onestop.paths import DataFolder
from onestop.services.delivery.destinations import NOT_FOUND_FROM_HERE, OTHER_DESK
from onestop.services.delivery.settle import Settled
from onestop.services.filing.batch import RowState
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.opening import restore
from onestop.store.sqlite.backup import back_up
from onestop_sandbox import Kind, Trouble
from support import conformity, insurance
from support.checklist import answer
from support.clock import FixedClock
from support.conformity import a_correctable_one, an_issued_one, change
from support.desks import READY_SECRETS, Interposed, a_desk
from support.insurance import an_issued_policy
from support.shop import LAPSED, a_shop, shared_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from faults.kinds import Sent
    from onestop.services.filing.batch import BatchResult
    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom
    from support.shop import Shop


# --- one car at two desks


def test_a_filing_made_at_two_desks_is_one_and_the_second_desk_is_told_its_number(shop: Shop) -> None:
    car = shop.one.room.a_car()
    forms = [desk.room.desk.filings.open(car, None).form for desk in (shop.one, shop.two)]
    first = shop.one.room.desk.filings.save(forms[0], car, None, None)
    with pytest.raises(errors.NotAllowed, match=rf"終わっていない申請\(管理番号{first.control_number}\)"):
        shop.two.room.desk.filings.save(forms[1], car, None, None)


def test_all_three_papers_of_a_car_are_issued_once(shop: Shop) -> None:
    room, car = shop.one.room, shop.one.room.a_car(chassis_number="ABC-123456")
    insurance.an_issued_policy(room)  # whose insurer is proposed from now on
    answer(room, car)
    plans = [desk.room.desk.relay.planning.plan(car) for desk in (shop.one, shop.two)]
    told = []

    def go_too() -> None:
        told.append(shop.two.room.desk.relay.go(plans[1], lambda _plan: None, threading.Event()))

    shop.one.while_asking(go_too, acted=False)
    shop.one.room.desk.relay.go(plans[0], lambda _plan: None, threading.Event())
    assert isinstance(told[0].error, errors.NotAllowed)
    assert shop.sandbox.requests["ejibai.issuePolicy"] == 2


def test_many_that_two_desks_send_at_once_are_each_filed_once(shop: Shop) -> None:
    numbers = shop.one.room.drafts(6)
    results: list[BatchResult] = []

    def send_too() -> None:
        results.extend(shop.two.room.desk.batch.issue_many(numbers, lambda _result: None, threading.Event()))

    shop.one.while_asking(send_too, acted=False)
    results.extend(shop.one.room.desk.batch.issue_many(numbers, lambda _result: None, threading.Event()))
    states = [each.state for each in results]
    assert (states.count(RowState.FILED), states.count(RowState.NOT_SENT)) == (6, 6)
    assert [shop.one.room.times_filed(each) for each in numbers] == [1] * 6


# --- one that is issued


def _a_filed_one(room: DeskRoom, _clock: FixedClock) -> int:
    return room.desk.filings.delivery.issue(room.a_draft()).control_number


ACTS: dict[str, tuple[Callable[[DeskRoom, FixedClock], int], Callable[[DeskRoom, int], object]]] = {
    "取消": (_a_filed_one, lambda room, number: room.desk.filings.withdraw(number)),
    "自賠責 取消": (
        lambda room, _clock: an_issued_policy(room),
        lambda room, number: room.desk.insurance.cancel(number),
    ),
    "訂正": (a_correctable_one, lambda room, number: room.desk.conformity.correct(number)),
    "引戻": (an_issued_one, lambda room, number: room.desk.conformity.pull_back(number, "走行距離の誤り")),
    "削除": (an_issued_one, lambda room, number: room.desk.conformity.delete(number)),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_one_desk_does_at_a_service_the_other_one_does_not_do_meanwhile(shop: Shop, name: str) -> None:
    prepare, act = ACTS[name]
    number = prepare(shop.one.room, shop.clock)
    refused = []

    def meanwhile() -> None:
        asked = len(shop.two.way.asked)
        with pytest.raises(errors.NotAllowed, match="端末1 が作業中です") as caught:
            act(shop.two.room, number)
        refused.append(caught.value)
        assert len(shop.two.way.asked) == asked

    shop.one.while_asking(meanwhile, acted=False)
    act(shop.one.room, number)
    assert len(refused) == 1


@pytest.mark.parametrize("name", ACTS)
def test_a_machine_that_sleeps_after_it_took_a_record_does_nothing_at_a_service(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, name: str
) -> None:
    prepare, act = ACTS[name]
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, terminal="端末1", shared=shared_file) as one:
        conformity.prepare_shop(one)
        number = prepare(one, clock)
        way = Interposed(sandbox)
        sleepy = Sleepy(clock.moment)
        with a_desk(tmp_path, clock=sleepy, sandbox=sandbox, http=way, terminal="端末2", shared=shared_file) as two:
            with pytest.raises(errors.NotReached):
                act(two, number)
            assert {each.partition(" ")[0] for each in way.asked} <= {"GET"}
        act(one, number)


def test_a_draft_is_deleted_at_one_desk(shop: Shop) -> None:
    number = conformity.a_draft(shop.one.room)
    assert shop.one.room.desk.conformity.delete(number) is None
    with pytest.raises(errors.NotAllowed, match="削除されています"):
        shop.two.room.desk.conformity.delete(number)


def test_a_correction_that_comes_too_late_leaves_what_another_desk_sent(shop: Shop) -> None:
    number = a_correctable_one(shop.one.room, shop.clock)
    sent = []

    def correct_too() -> None:
        shop.clock.sleep(**LAPSED)
        change(shop.two.room, number, odometer_km="50000")
        shop.two.room.desk.conformity.correct(number)
        sent.append(conformity.certificate(shop.two.room, number).payload)
        shop.sandbox.troubles.add(Trouble(Kind.REFUSE, "correctCertificate", status=422))

    def once_asked(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        shop.one.while_asking(correct_too, acted=False)  # with the 訂正 that follows the question how it stands
        return response

    shop.one.way.after = once_asked
    with pytest.raises(errors.TakenOver):
        shop.one.room.desk.conformity.correct(number)
    after = conformity.certificate(shop.one.room, number)
    assert (after.payload, after.refusal) == (sent[0], None)


# --- which answer is the newest


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_answer_that_another_desk_wrote_down_meanwhile_stays(shop: Shop, kind: Sent) -> None:
    kind.save(shop.one.room)
    kind.service(shop.one.room).issue(1)

    def overtake(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        shop.two.way.after = lambda _request, newer: _told(newer, "新しい状態")
        kind.service(shop.two.room).progress.refresh(1)
        return _told(response, "前の状態")

    shop.one.way.after = overtake
    assert kind.service(shop.one.room).progress.refresh(1).status == "新しい状態"
    shop.one.way.after = lambda _request, response: _told(response, "今の状態")
    assert kind.service(shop.one.room).progress.refresh(1).status == "今の状態"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_answer_without_news_is_counted_and_leaves_the_version_and_the_day_of_the_last_change(
    shop: Shop, kind: Sent
) -> None:
    kind.save(shop.one.room)
    kind.service(shop.one.room).issue(1)
    before: Any = kind.stored(shop.one.room)
    shop.clock.advance(seconds=1)
    told: Any = kind.service(shop.two.room).progress.refresh(1)
    after: Any = kind.stored(shop.one.room)
    assert (after.answers, after.checked_at) == (before.answers + 1, shop.clock.now())
    assert (after.version, after.updated_at) == (before.version, before.updated_at)
    assert (told.answers, told.version) == (after.answers, after.version)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_answer_with_news_is_counted_and_makes_a_new_version(shop: Shop, kind: Sent) -> None:
    kind.save(shop.one.room)
    kind.service(shop.one.room).issue(1)
    before: Any = kind.stored(shop.one.room)
    shop.two.way.after = lambda _request, response: _told(response, "新しい状態")
    kind.service(shop.two.room).progress.refresh(1)
    after: Any = kind.stored(shop.one.room)
    assert (after.answers, after.version) == (before.answers + 1, before.version + 1)


def test_what_another_desk_is_busy_with_is_not_written_over(shop: Shop) -> None:
    number = an_issued_one(shop.one.room, shop.clock)

    def look_too() -> None:
        before = conformity.certificate(shop.two.room, number).answers
        assert shop.two.room.desk.conformity.many.refresh([number]).updated == 1
        assert conformity.certificate(shop.two.room, number).answers == before

    shop.one.while_asking(look_too, acted=False)
    shop.one.room.desk.conformity.pull_back(number, "走行距離の誤り")


def _told(response: httpx.Response, status: str) -> httpx.Response:
    return httpx.Response(response.status_code, json=json.loads(response.read()) | {"status": status})


# --- what the running programs do by themselves


def test_a_wait_that_is_over_is_sent_by_one_of_the_desks(shop: Shop) -> None:
    room = shop.one.room
    car = room.a_car()
    conformity.insure(room, car)
    number = room.desk.conformity_book.save(conformity.a_form(room, car), car, None, None).control_number
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(number)
    shop.clock.advance(hours=1)
    asked = shop.sandbox.requests["airas.issueCertificate"]
    shop.one.while_asking(shop.two.room.desk.conformity.tend, acted=False)
    (tended,) = room.desk.conformity.tend()
    assert tended.certificate_number is not None
    assert shop.sandbox.requests["airas.issueCertificate"] == asked + 1
    assert shop.two.room.desk.conformity.tend() == ()


def test_a_try_by_itself_that_died_is_settled_by_the_other_desk_once_its_lease_has_lapsed(shop: Shop) -> None:
    room = shop.one.room
    car = room.a_car()
    conformity.insure(room, car)
    number = room.desk.conformity_book.save(conformity.a_form(room, car), car, None, None).control_number
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(number)
    shop.clock.advance(hours=1)
    shop.one.die_with(room.desk.conformity.tend, acted=True)
    assert shop.two.room.desk.conformity.tend() == ()
    shop.clock.advance(**LAPSED)
    (tended,) = shop.two.room.desk.conformity.tend()
    assert tended.certificate_number is not None
    assert conformity.times_issued(shop.two.room, number) == 1


# --- after a restoration


def test_the_desk_that_compares_second_changes_nothing(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    with a_shop(tmp_path, clock, sandbox) as before:
        number = before.one.room.a_draft()
        backup = back_up(tmp_path / "onestop.db", tmp_path / "backups", clock)
        before.one.room.desk.filings.delivery.issue(number)
    restore(DataFolder(tmp_path), backup, clock)
    with a_shop(tmp_path, clock, sandbox) as shop:
        one, two = shop.one.room.desk.filings.delivery, shop.two.room.desk.filings.delivery

        def compare_and_decide() -> None:
            assert two.settle().waiting == 1
            two.resolution.adopt(number, two.resolution.candidates(number)[0].number)

        shop.one.while_asking(compare_and_decide, acted=True)
        assert one.settle() == Settled()
        assert FILING.stored(shop.one.room).sending is Sending.FILED


# --- whose APIキー it was sent with


@pytest.mark.parametrize("filed_before", [True, False], ids=["asked with the same key", "nobody knows the key"])
def test_what_another_desk_sent_is_sent_again_only_where_it_is_asked_with_the_same_key(
    tmp_path: Path,
    clock: FixedClock,
    sandbox: Sandbox,
    filed_before: bool,  # noqa: FBT001 - a row
) -> None:
    with (
        a_desk(tmp_path, clock=clock, sandbox=sandbox, terminal="端末1", shared=shared_file) as one,
        a_desk(
            tmp_path, clock=clock, sandbox=sandbox, terminal="端末2", shared=shared_file, secrets=OfAnotherMachine()
        ) as two,
    ):
        first, number = one.drafts(2)
        (one if filed_before else two).desk.filings.delivery.issue(first)
        sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
        with pytest.raises(errors.NoAnswer):
            one.desk.filings.delivery.issue(number)
        clock.advance(**LAPSED)
        settled = two.desk.filings.delivery.settle()
        assert settled.filed == filed_before
        assert filed_before or str(settled.reason).startswith(OTHER_DESK)
        assert one.desk.filings.delivery.settle().filed == (not filed_before)
        assert one.times_filed(number) == 1


def test_what_was_sent_without_a_keychain_is_sent_again_by_nobody(shop: Shop) -> None:
    """On a database of many desks nobody can tell with which APIキー that was."""
    number = shop.one.room.a_draft()
    shop.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        shop.one.room.desk.filings.delivery.issue(number)
    with shop.one.room.database.write() as shelves:
        shelves.filings.get(number).sent_as = None
    shop.clock.advance(**LAPSED)
    for desk in (shop.two, shop.one):
        settled = desk.room.desk.filings.delivery.settle()
        assert (settled.waiting, str(settled.reason).startswith(OTHER_DESK)) == (1, True)
    assert shop.one.room.times_filed(number) == 0


def test_what_another_desk_sent_is_not_called_forgotten_by_a_desk_with_another_account(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    other = OfAnotherMachine(ApiSecrets("TESTKEY", "999000"))
    with (
        a_desk(tmp_path, clock=clock, sandbox=sandbox, terminal="端末1", shared=shared_file) as one,
        a_desk(tmp_path, clock=clock, sandbox=sandbox, terminal="端末2", shared=shared_file, secrets=other) as two,
    ):
        number = one.desk.filings.delivery.issue(one.a_draft()).control_number
        with pytest.raises(errors.NotAllowed, match="送信した端末で確認"):
            two.desk.filings.delivery.progress.refresh(number)
        refreshed = two.desk.filings.many.refresh([number])
        assert (refreshed.failed, refreshed.forgotten, str(refreshed.reason)) == (1, 0, NOT_FOUND_FROM_HERE)
        assert not one.filing(number).forgotten
        assert one.desk.filings.many.refresh([number]).updated == 1


class Sleepy(FixedClock):
    """The clock of a machine that falls asleep whenever it is looked at."""

    def uptime(self) -> float:
        self.wait(100)
        return super().uptime()


class OfAnotherMachine(MemorySecrets):
    """An APIキー in another machine's keychain; the same one unless told otherwise."""

    def __init__(self, secrets: ApiSecrets = READY_SECRETS) -> None:
        super().__init__(secrets)

    @staticmethod
    def trace_key() -> str:
        """Return what that machine notes it by."""
        return "another machine's"
