"""Hypothesis presses keys, loses answers, cuts the power and lets time pass: nothing is lost, nothing is double.

5 examples of each machine, others every time; the long run is `ONESTOP_EXAMPLES=500 pytest` on this file, or as many
as it says.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import tempfile
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.filing.form import form_of_filing
from onestop_sandbox import REAL, Kind, Sandbox, Trouble
from support.clock import FixedClock, RealClock
from support.desks import a_sandbox
from support.filing import undated
from support.keychains import PowerCut
from support.shop import LAPSED, ShopDesk, shared_file

if TYPE_CHECKING:
    import httpx

    from onestop.model.filing import Filing
    from onestop.services.desk import Desk

EXPECTED = (errors.ServiceError, errors.NotAllowed, errors.InvalidInput)
"""The last: papers whose time is over."""
ENDED = frozenset({"取消", "手続完了"})

LOSSES = (
    Trouble(Kind.CUT, "submitFiling"),
    Trouble(Kind.CUT, "submitFiling", after=True),
    Trouble(Kind.LATE, "submitFiling", seconds=100),
    Trouble(Kind.OTHER_FILING, "submitFiling"),
)
"""No usable answer to F5: AINAS did not act, acted, will act, or speaks of another filing."""
TROUBLES = (
    *LOSSES,
    Trouble(Kind.HTML, "submitFiling", status=200, after=True),
    Trouble(Kind.BROKEN_JSON, "submitFiling", after=True),
    Trouble(Kind.REFUSE, "submitFiling", status=500),
    Trouble(Kind.REFUSE, "submitFiling", status=500, after=True),
    Trouble(Kind.REFUSE, "submitFiling", status=409, code="idempotency_key_reused"),
    Trouble(Kind.REFUSE, "submitFiling", status=409, code="request_in_progress"),
    Trouble(Kind.REFUSE, "submitFiling", status=422),
    Trouble(Kind.REFUSE, "submitFiling", status=403),
    Trouble(Kind.REFUSE, "submitFiling", status=401),
    Trouble(Kind.REFUSE, "submitFiling", status=429),
    Trouble(Kind.CLOSED, "submitFiling"),
    Trouble(Kind.CUT, "findFilings"),
    Trouble(Kind.HTML, "findFilings", status=502),
    Trouble(Kind.CUT, "withdrawFiling", after=True),
    Trouble(Kind.CUT, "withdrawFiling"),
    Trouble(Kind.CUT, "getFiling"),
    Trouble(Kind.CUT, "getProgress"),
)
"""What the wire and the service do to the next request of a kind."""


DESKS = ("first", "second")
"""Two programs of one shop: the same APIキー and 依頼人拠点コード, and numbers from 1 in each."""


@dataclass(frozen=True, slots=True)
class Car:
    """A car as one of the desks knows it."""

    at: str
    id: int


class Issuing(RuleBasedStateMachine):
    """A shop, one AINAS, a handful of cars at each desk."""

    keys = True
    cars = Bundle("cars")

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.real = RealClock(self.clock)
        self.always = ExitStack()
        folder = Path(self.always.enter_context(tempfile.TemporaryDirectory()))
        self.sandbox: Sandbox = self.always.enter_context(a_sandbox(self.real, pace=REAL))
        self.desks = self.open_desks(folder)
        self.count = 0

    def open_desks(self, folder: Path) -> dict[str, ShopDesk]:
        """Give each desk a folder of its own."""
        return {name: ShopDesk(folder / name, self.clock, self.sandbox, name) for name in DESKS}

    @initialize()
    def choose_the_server(self) -> None:
        self.behave()

    def behave(self) -> None:
        """Let AINAS work as it does in this world."""
        self.sandbox.troubles.clear()
        if not self.keys:
            self.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))

    def teardown(self) -> None:
        for desk in self.desks.values():
            desk.close()
        self.always.close()

    # --- what a clerk does

    @rule(target=cars, at=st.sampled_from(DESKS))
    def a_new_car(self, at: str) -> Car:
        self.count += 1
        room = self.desks[at].room
        car = Car(at, room.a_car(chassis_number=f"ZN6-{self.count:06}", plate=f"土浦300さ{1000 + self.count}"))
        room.certify(car.id)
        self.new(car)
        return car

    @rule(car=cars)
    def new(self, car: Car) -> None:
        filings = self.desks[car.at].desk.filings
        opened = filings.open(car.id, None)
        if opened.filing is None and not self.desks[car.at].desk.inspections.current(car.id).awaits_certificate:
            filings.save(opened.form, car.id, None, None)

    @rule(car=cars, name=st.sampled_from(["見本花子", "株式会社見本"]))
    def edit(self, car: Car, name: str) -> None:
        filing = self.filing_of(car)
        if filing is None:
            return
        changed = self.changed(car, filing, name)
        if filing.sending is Sending.DRAFT:
            assert changed
        else:
            assert not changed

    def changed(self, car: Car, filing: Filing, name: str) -> bool:
        form = dataclasses.replace(form_of_filing(filing), user_name=name)
        try:
            self.desks[car.at].desk.filings.save(form, filing.vehicle_id, filing.control_number, filing.version)
        except errors.NotAllowed:
            return False
        return True

    @rule(car=cars)
    def issue(self, car: Car) -> None:
        filing = self.filing_of(car)
        if filing is not None:
            with suppress(*EXPECTED):
                self.desks[car.at].desk.filings.delivery.issue(filing.control_number)

    @rule(at=st.sampled_from(DESKS))
    def issue_all(self, at: str) -> None:
        desk = self.desks[at]
        numbers = [filing.control_number for filing in desk.filings() if filing.sending is Sending.DRAFT]
        desk.desk.batch.issue_many(numbers, lambda _result: None, threading.Event())

    @rule(car=cars)
    def withdraw(self, car: Car) -> None:
        filing = self.filing_of(car)
        if filing is not None:
            with suppress(*EXPECTED):
                self.desks[car.at].desk.filings.withdraw(filing.control_number)

    @rule(car=cars)
    def delete(self, car: Car) -> None:
        filing = self.filing_of(car)
        if filing is not None and filing.sending is Sending.DRAFT:
            self.desks[car.at].desk.filings.delete(filing.control_number)

    @rule(at=st.sampled_from(DESKS))
    def settle(self, at: str) -> None:
        self.desks[at].desk.filings.delivery.settle()

    @rule(at=st.sampled_from(DESKS))
    def decide(self, at: str) -> None:
        """The clerk looks at AINAS herself, and says what became of each that is open."""
        for filing in self.desks[at].filings():
            if filing.sending.is_unsettled:
                with suppress(*EXPECTED):
                    self.decide_one(self.desks[at].desk, filing)

    def decide_one(self, desk: Desk, filing: Filing) -> None:
        mine = {str(each["filing_id"]) for each in self.at_ainas() if each["chassis_number"] == filing.chassis_number}
        candidates = desk.filings.delivery.resolution.candidates(filing.control_number)
        offered = [each.number for each in candidates if each.number in mine]
        if offered:
            desk.filings.delivery.resolution.adopt(filing.control_number, offered[0])
        else:
            desk.filings.delivery.resolution.give_back(filing.control_number)

    @rule(at=st.sampled_from(DESKS))
    def search(self, at: str) -> None:
        desk = self.desks[at]
        desk.desk.filings.many.refresh([filing.control_number for filing in desk.filings()])

    # --- what the world does

    @rule(seconds=st.sampled_from([1, 30, 120, 200, 4000, 30_000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule(trouble=st.sampled_from(TROUBLES))
    def trouble_ahead(self, trouble: Trouble) -> None:
        self.sandbox.troubles.add(trouble)

    @rule(car=cars, trouble=st.sampled_from(LOSSES), settling=st.booleans())
    def the_answer_is_lost(self, car: Car, trouble: Trouble, settling: bool) -> None:  # noqa: FBT001 - drawn by name
        """What matters most, often: no answer to F5, perhaps F7 soon after."""
        self.behave()
        self.sandbox.troubles.add(trouble)
        self.new(car)
        self.issue(car)
        if settling:
            self.settle(car.at)

    @rule(car=cars, after=st.booleans(), settling=st.booleans())
    def power_cut(self, car: Car, after: bool, settling: bool) -> None:  # noqa: FBT001 - drawn by name
        """The program dies in the middle of F5 (or F7), before or after AINAS acted, and is started again."""

        def die_before(_request: httpx.Request) -> None:
            if not after:
                raise PowerCut

        def die_after(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
            raise PowerCut

        desk = self.desks[car.at]
        desk.way.before, desk.way.after = die_before, die_after
        filing = self.filing_of(car)
        with suppress(PowerCut, *EXPECTED):
            if settling:
                desk.desk.filings.delivery.settle()
            elif filing is not None:
                desk.desk.filings.delivery.issue(filing.control_number)
        desk.start()

    @rule(at=st.sampled_from(DESKS))
    def restart(self, at: str) -> None:
        self.desks[at].start()

    # --- what must hold

    @invariant()
    def one_open_filing_for_each_car_and_none_twice(self) -> None:
        assert set(self.sandbox.filings.values()) <= {1}
        open_cars = [entry["chassis_number"] for entry in self.at_ainas() if entry["status"] not in ENDED]
        assert len(open_cars) == len(set(open_cars))

    @invariant()
    def nothing_of_another_car_is_believed(self) -> None:
        cars = {entry["filing_id"]: entry["chassis_number"] for entry in self.at_ainas()}
        for desk in self.desks.values():
            for filing in desk.filings():
                assert filing.filing_id is None or cars[filing.filing_id] == filing.chassis_number

    @precondition(lambda self: self.count)
    @rule()
    def everything_at_ainas_is_known_here(self) -> None:
        """When the world behaves again and the quiet time is over, one F7 knows everything, or asks the clerk."""
        self.behave()
        self.clock.advance(**LAPSED)
        for name, desk in self.desks.items():
            settled = desk.desk.filings.delivery.settle()
            assert (settled.reason is None) == (settled.waiting == 0)
            assert settled.reason is None or isinstance(settled.reason, errors.Undecided)
            self.decide(name)
            self.search(name)
        here = {(filing.filing_id, filing.control_number, filing.status) for filing in self.filings()}
        there = {(entry["filing_id"], entry["control_number"], entry["status"]) for entry in self.at_ainas()}
        assert {each for each in here if each[0]} == there
        assert {filing.sending for filing in self.filings()} <= {Sending.DRAFT, Sending.FILED}

    # --- looking

    def filings(self) -> list[Filing]:
        return [filing for desk in self.desks.values() for filing in desk.filings()]

    def filing_of(self, car: Car) -> Filing | None:
        return self.desks[car.at].filing_of(car.id)

    def at_ainas(self) -> list[dict[str, object]]:
        """Return every filing that AINAS has, as it stands now; asked past the program and past all trouble."""
        now, ainas, ledger = self.real.now(), self.sandbox._ainas, self.sandbox.memory
        with ledger.transaction():
            numbers = [row[0] for row in ledger._rows("SELECT number FROM entry WHERE service = 'ainas'")]
            entries = ledger.entries("ainas", numbers).values()
            return [
                {**ainas.state(entry, now).document, "chassis_number": entry.body["chassis_number"]}
                for entry in entries
            ]


class IssuingAtSharedDesks(Issuing):
    """The same at two desks with one database: both work on every car; one is slow, asleep or dead in the middle."""

    def open_desks(self, folder: Path) -> dict[str, ShopDesk]:
        """Give both desks one database."""
        return {name: ShopDesk(folder, self.clock, self.sandbox, name, shared_file) for name in DESKS}

    @rule(target=Issuing.cars, car=Issuing.cars)
    def the_other_desk_takes_it_up(self, car: Car) -> Car:
        return Car(other_than(car.at), car.id)

    @rule(
        car=Issuing.cars,
        acted=st.booleans(),
        seconds=st.sampled_from([0, 30, 100, 300, 4000]),
        what=st.sampled_from(["settle", "search", "decide", "issue", "issue_all", "withdraw", "power"]),
    )
    def meanwhile(self, car: Car, acted: bool, seconds: int, what: str) -> None:  # noqa: FBT001 - drawn by name
        """While a request of one desk is under way, or its answer waits for a machine that sleeps, the other one acts.

        A request is never longer on its way than anybody waits for its answer.
        """
        here, there = self.desks[car.at], other_than(car.at)
        twin = Car(there, car.id)

        def act() -> None:
            self.clock.sleep(seconds=seconds if acted else min(seconds, 100))
            match what:
                case "settle" | "search" | "decide" | "issue_all":
                    getattr(self, what)(there)
                case "issue" | "withdraw":
                    getattr(self, what)(twin)
                case _:
                    self.power_cut(twin, after=True, settling=False)

        here.while_asking(act, acted=acted)
        self.new(car)
        self.issue(car)
        here.while_asking(lambda: None, acted=acted)


class IssuingAtSharedDesksWithoutKeys(IssuingAtSharedDesks):
    """The same with a service that does not look at Idempotency-Keys."""

    keys = False


class IssuingWithoutKeys(Issuing):
    """The same with a service that does not look at Idempotency-Keys."""

    keys = False


class IssuingByAWrongClock(Issuing):
    """The same on a machine whose clock is set back and forth, and which is started again now and then."""

    boots = 0

    @rule(
        span=st.sampled_from([2, 150, 600, 10_000, 86_400, 31_536_000]),
        way=st.sampled_from([1, -1]),
        restarted=st.sampled_from([None, *DESKS]),
    )
    def the_clock_is_set(self, span: int, way: int, restarted: str | None) -> None:
        year = (self.clock.moment + way * dt.timedelta(seconds=span)).year
        if abs(year - self.real.now().year) <= 1:  # so that the sample cars have a 満了日 that may be renewed
            self.clock.turn(seconds=way * span)
        if restarted is not None:
            self.restart(restarted)

    @rule()
    def the_machine_is_started_again(self) -> None:
        for desk in self.desks.values():
            desk.close()
        self.boots += 1
        self.clock.reboot(f"run {self.boots}")
        for desk in self.desks.values():
            desk.start()

    @rule(at=st.sampled_from(DESKS), dated=st.booleans())
    def the_service_tells_its_time(self, at: str, dated: bool) -> None:  # noqa: FBT001 - drawn by name
        """Or not: some answer without a date."""
        desk = self.desks[at]
        desk.way.after = undated if not dated else lambda _request, response: response
        desk.desk.standing.ask()


class IssuingByAWrongClockWithoutKeys(IssuingByAWrongClock):
    """The same with a service that does not look at Idempotency-Keys."""

    keys = False


def other_than(at: str) -> str:
    """Return the other desk."""
    return next(name for name in DESKS if name != at)


pytestmark = pytest.mark.slow
BOUNDED = settings(max_examples=int(os.environ.get("ONESTOP_EXAMPLES", "5")), stateful_step_count=30)
TestWithKeys = Issuing.TestCase
TestWithKeys.settings = BOUNDED
TestWithoutKeys = IssuingWithoutKeys.TestCase
TestWithoutKeys.settings = BOUNDED
TestByAWrongClock = IssuingByAWrongClock.TestCase
TestByAWrongClock.settings = BOUNDED
TestByAWrongClockWithoutKeys = IssuingByAWrongClockWithoutKeys.TestCase
TestByAWrongClockWithoutKeys.settings = BOUNDED
TestAtSharedDesks = IssuingAtSharedDesks.TestCase
TestAtSharedDesks.settings = BOUNDED
TestAtSharedDesksWithoutKeys = IssuingAtSharedDesksWithoutKeys.TestCase
TestAtSharedDesksWithoutKeys.settings = BOUNDED
