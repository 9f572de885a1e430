"""申請確認 and 検索: what AINAS says is written down as it came, and a failure leaves everything as it was."""

from __future__ import annotations

import datetime as dt
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.clock import JST
from onestop.model.sending_state import Sending
from onestop.services.delivery import refresh_many
from onestop.services.delivery.refresh_many import Refreshed
from onestop.services.filing.channel import FilingChannel
from onestop_sandbox import PRACTICE, Kind, Trouble
from support.builders import a_filing, a_vehicle
from support.contract import contract_file
from support.desks import READY_SECRETS, Interposed, a_desk, a_sandbox
from support.inspections import of_now
from support.keychains import a_keychain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from onestop.model.filing import Filing
    from onestop.store.database import Shelves
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


def a_filed(room: DeskRoom, place: int = 0, status: str = "受付前") -> int:
    """Store a filing that AINAS has never heard of."""
    return some_filed(room, [place], status)[0]


def some_filed(room: DeskRoom, places: Iterable[int], status: str = "受付前") -> list[int]:
    """Store such filings in one go, each of a car of its own."""
    with room.database.write() as shelves:
        return [store_filed(shelves, place, status) for place in places]


def store_filed(shelves: Shelves, place: int, status: str) -> int:
    names: dict[str, Any] = {"plate": f"土浦300さ{place % 9000 + 1000}", "chassis_number": f"ZN6-{place:06}"}
    car = shelves.vehicles.add(a_vehicle(**names)).id
    filed: dict[str, Any] = {"sending": Sending.FILED, "filing_id": f"{2_000_000_000 + place}", "status": status}
    filing = a_filing(vehicle_id=car, **names, **filed)
    return shelves.filings.add(of_now(shelves, filing)).control_number


def told(filing: Filing) -> tuple[object, ...]:
    return filing.status, filing.oss_status, filing.message, [(fee.kind, fee.amount) for fee in filing.fees]


# --- one


def test_a_filing_is_followed_to_its_end(tmp_path: Path, clock: FixedClock) -> None:
    with a_sandbox(clock, pace=PRACTICE) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.desk.filings.delivery.issue(room.a_draft()).control_number
        clock.advance(seconds=35)
        filing = room.desk.filings.delivery.progress.refresh(number)
        assert (filing.status, filing.is_finished) == ("申請中", False)
        assert [fee.kind for fee in filing.fees] == ["検査登録手数料", "技術情報管理手数料", "自動車重量税"]
        clock.advance(seconds=60)
        filing = room.desk.filings.delivery.progress.refresh(number)
        assert (filing.status, filing.oss_status, filing.is_finished) == ("手続完了", "手続(交付)完了", True)
        assert filing.checked_at == clock.now()
        assert told(room.filing(number)) == told(filing)


def test_a_draft_is_nothing_to_ask_about(room: DeskRoom) -> None:
    number = room.a_draft()
    assert room.desk.filings.delivery.progress.refresh(number).sending is Sending.DRAFT
    assert room.sandbox.requests == {}


def test_what_ainas_has_forgotten_is_kept(tmp_path: Path, clock: FixedClock) -> None:
    with a_sandbox(clock, pace=PRACTICE) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.desk.filings.delivery.issue(room.a_draft()).control_number
        before = told(room.filing(number))
        clock.advance(days=61)
        filing = room.desk.filings.delivery.progress.refresh(number)
        assert (filing.forgotten, filing.checked_at) == (True, clock.now())
        assert told(room.filing(number)) == before
        many = room.desk.filings.many.refresh([number])
        assert many == Refreshed()  # never asked about again in a list


def test_a_filing_that_ainas_knows_again_is_no_longer_forgotten(room: DeskRoom) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=404))
    room.sandbox.troubles.add(Trouble(Kind.CUT, "findFilings"))  # nor can it be asked by the key
    assert room.desk.filings.delivery.progress.refresh(number).forgotten
    assert not room.desk.filings.delivery.progress.refresh(number).forgotten


def test_f7_asks_again_about_an_unfinished_filing_that_was_unknown_for_a_moment(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.desk.filings.delivery.issue(room.a_draft()).control_number
        filing_id = room.filing(number).filing_id
        nothing = {"filings": [], "unknown": [filing_id]}
        way.after = lambda _request, _response: httpx.Response(200, json=nothing)
        clock.advance(days=30)
        assert room.desk.filings.many.refresh([number]).forgotten == 1
        way.after = lambda _request, response: response
        clock.advance(days=5)
        assert room.desk.filings.many.refresh([number]).updated == 1
        assert not room.filing(number).forgotten


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble(Kind.CUT, "getFiling"), errors.NoAnswer),
        (Trouble(Kind.REFUSE, "getFiling", status=401), errors.CredentialsRefused),
    ],
)
def test_a_failure_changes_nothing(room: DeskRoom, trouble: Trouble, error: type[errors.ServiceError]) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    version = room.filing(number).version
    room.sandbox.troubles.add(trouble)
    with pytest.raises(error):
        room.desk.filings.delivery.progress.refresh(number)
    assert room.filing(number).version == version


def test_unknown_words_and_fields_are_kept_as_they_came(room: DeskRoom) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    filing = room.desk.filings.delivery.progress.refresh(number)
    assert (filing.status, filing.oss_status) == ("特別調整中", "特別調整中")
    assert (filing.is_finished, filing.is_closed) == (False, False)
    assert [fee.kind for fee in filing.fees] == ["検査登録手数料", "自動車重量税", "特別調整金"]
    assert [(fee.amount, fee.payment_status) for fee in room.filing(number).fees][2] == (120, None)


def test_an_answer_that_is_older_than_what_we_have_is_passed_over(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.desk.filings.delivery.issue(room.a_draft()).control_number
        yesterday = clock.moment.astimezone(JST) - dt.timedelta(days=1)
        way.after = lambda _request, response: _changed(response, status="申請中", status_updated_at=yesterday)
        assert room.desk.filings.delivery.progress.refresh(number).status == "受付前"
        tomorrow = clock.moment.astimezone(JST) + dt.timedelta(days=1)
        way.after = lambda _request, response: _changed(response, status="申請中", status_updated_at=tomorrow)
        assert room.desk.filings.delivery.progress.refresh(number).status == "申請中"


def test_a_time_in_the_future_is_no_reason_to_pass_over_what_comes_next(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.desk.filings.delivery.issue(room.a_draft()).control_number
        far = dt.datetime(2099, 1, 1, tzinfo=JST)
        way.after = lambda _request, response: _changed(response, status="申請中", status_updated_at=far)
        assert room.desk.filings.delivery.progress.refresh(number).status == "申請中"
        way.after = lambda _request, response: response
        assert room.desk.filings.delivery.progress.refresh(number).status == "受付前"
        assert (room.filing(number).status_updated_at or far) < far
        soon = clock.moment.astimezone(JST) + dt.timedelta(minutes=4)  # clocks that differ a little
        way.after = lambda _request, response: _changed(response, status="申請中", status_updated_at=soon)
        assert room.desk.filings.delivery.progress.refresh(number).status == "申請中"
        way.after = lambda _request, response: response
        assert room.desk.filings.delivery.progress.refresh(number).status == "申請中"


def _changed(response: httpx.Response, **changes: object) -> httpx.Response:
    words = {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in changes.items()}
    return httpx.Response(response.status_code, json=json.loads(response.read()) | words)


@pytest.mark.parametrize("name", ["自賠責", "保適証"])
def test_what_a_service_that_forgets_nothing_does_not_know_is_a_trouble(
    tmp_path: Path, clock: FixedClock, name: str
) -> None:
    with a_desk(tmp_path, clock=clock) as room:
        KINDS[name].save(room)
        KINDS[name].service(room).issue(1)
        before = KINDS[name].stored(room)
    with a_desk(tmp_path, clock=clock) as room:  # the same address, and nothing is known there
        with pytest.raises(errors.NotFound):
            KINDS[name].service(room).progress.refresh(1)
        assert KINDS[name].stored(room) == before


# --- many


def test_only_filings_that_are_filed_and_not_finished_are_asked_about(room: DeskRoom) -> None:
    open_one = room.desk.filings.delivery.issue(room.a_draft()).control_number
    finished, draft = a_filed(room, 1, "手続完了"), room.a_draft(chassis_number="DRAFT-1")
    assert room.desk.filings.many.refresh([draft, finished, open_one, 999]) == Refreshed(asked=1, updated=1, wanted=1)
    assert room.desk.filings.many.refresh([]) == Refreshed()


FEW = 5


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few filings be a batch: to store hundreds takes long."""
    monkeypatch.setattr(refresh_many, "BATCH", FEW)


def test_a_batch_has_as_many_as_the_contract_lets_anybody_ask_about() -> None:
    body = contract_file("ainas")["paths"]["/filings/progress"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"]["properties"]["filing_ids"]["maxItems"] == refresh_many.BATCH


@pytest.mark.usefixtures("small_batches")
def test_a_batch_after_the_other_and_four_at_a_time(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    sizes: list[int] = []
    together: list[int] = []
    at_once = threading.Barrier(FilingChannel.at_a_time)
    way = Interposed(sandbox)

    def note(request: httpx.Request) -> None:
        sizes.append(len(json.loads(request.content)["filing_ids"]))
        together.append(at_once.wait(timeout=30))  # each waits for three others: they are under way together

    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        numbers = some_filed(room, range(3 * FEW + 1))
        way.before = note
        seen: list[Refreshed] = []
        total = room.desk.filings.many.refresh(numbers, seen.append)
        assert sorted(sizes) == [1, FEW, FEW, FEW]
        assert sorted(together) == [0, 1, 2, 3]
        assert total == Refreshed(asked=16, forgotten=16, wanted=16)
        assert [each.asked for each in seen] == [5, 10, 15, 16]
        assert {room.filing(number).checked_at for number in numbers[:3]} == {clock.now()}


@pytest.mark.usefixtures("small_batches")
def test_a_batch_that_fails_is_counted_and_the_others_stand(room: DeskRoom) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    others = some_filed(room, range(1, FEW + 2))
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getProgress", status=500))
    total = room.desk.filings.many.refresh([number, *others])
    assert total.asked == FEW + 2
    assert total.failed in (FEW, 2)
    assert total.failed + total.updated + total.forgotten == total.asked
    assert type(total.reason) is errors.NoAnswer


def test_stop_asks_nothing_more(room: DeskRoom) -> None:
    numbers = some_filed(room, range(3))
    stop = threading.Event()
    stop.set()
    assert room.desk.filings.many.refresh(numbers, stop=stop) == Refreshed(wanted=3)
    assert room.sandbox.requests == {}


def test_a_filing_that_the_answer_passes_over_counts_as_failed(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        numbers = [room.desk.filings.delivery.issue(number).control_number for number in room.drafts(2)]

        def drop_one(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            document = json.loads(response.read())
            return httpx.Response(200, json=document | {"filings": document["filings"][:1]})

        way.after = drop_one
        total = room.desk.filings.many.refresh(numbers)
        assert (total.updated, total.failed, type(total.reason)) == (1, 1, errors.ContractBroken)


def test_answers_about_other_filings_change_nothing(room: DeskRoom) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    room.sandbox.troubles.add(Trouble(Kind.OTHER_FILING, "getProgress"))
    total = room.desk.filings.many.refresh([number])
    assert (total.updated, total.failed) == (0, 1)
    assert room.filing(number).status == "受付前"


def test_a_locked_keychain_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        number = a_filed(room)
        backend.locked = True
        total = room.desk.filings.many.refresh([number])
        assert (total.failed, type(total.reason)) == (1, errors.KeychainLocked)


def test_fees_that_did_not_change_are_not_written_again(room: DeskRoom) -> None:
    number = room.desk.filings.delivery.issue(room.a_draft()).control_number
    before = [fee.id for fee in room.filing(number).fees]
    room.desk.filings.delivery.progress.refresh(number)
    assert [fee.id for fee in room.filing(number).fees] == before
