"""Hypothesis presses keys, loses answers, cuts the power and lets time pass: nothing is lost, nothing is double."""

from __future__ import annotations

import dataclasses
import tempfile
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from onestop import errors
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop.services.filing_form import form_of_filing
from onestop_sandbox import REAL, Kind, Sandbox, Trouble
from support.clock import FixedClock
from support.desks import QUIET, DeskRoom, Interposed, a_desk, a_sandbox
from support.keychains import PowerCut

if TYPE_CHECKING:
    import httpx

    from onestop.model.filing import Filing

EXPECTED = (errors.ServiceError, errors.NotAllowed)
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


class Issuing(RuleBasedStateMachine):
    """One desk, one AINAS, a handful of cars."""

    keys = True
    cars = Bundle("cars")

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock()
        self.always = ExitStack()
        self.program = ExitStack()
        self.folder = Path(self.always.enter_context(tempfile.TemporaryDirectory()))
        self.sandbox: Sandbox = self.always.enter_context(a_sandbox(self.clock, pace=REAL))
        self.room: DeskRoom
        self.way: Interposed
        self.count = 0
        self.start()

    def start(self) -> None:
        """Open the program on what is there."""
        self.way = Interposed(self.sandbox)
        self.room = self.program.enter_context(
            a_desk(self.folder, clock=self.clock, sandbox=self.sandbox, http=self.way)
        )

    @initialize()
    def choose_the_server(self) -> None:
        self.behave()

    def behave(self) -> None:
        """Let AINAS work as it does in this world."""
        self.sandbox.troubles.clear()
        if not self.keys:
            self.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))

    def teardown(self) -> None:
        self.program.close()
        self.always.close()

    # --- what a clerk does

    @rule(target=cars)
    def a_new_car(self) -> int:
        self.count += 1
        car = self.room.a_car(chassis_number=f"ZN6-{self.count:06}", plate=f"土浦300さ{1000 + self.count}")
        self.new(car)
        return car

    @rule(car=cars)
    def new(self, car: int) -> None:
        opened = self.room.desk.filings.open(car, None)
        if opened.filing is None:
            self.room.desk.filings.save(opened.form, car, None, None)

    @rule(car=cars, name=st.sampled_from(["見本花子", "株式会社見本"]))
    def edit(self, car: int, name: str) -> None:
        filing = self.filing_of(car)
        if filing is None:
            return
        changed = self.changed(filing, name)
        if filing.sending is Sending.DRAFT:
            assert changed
        else:
            assert not changed

    def changed(self, filing: Filing, name: str) -> bool:

        form = dataclasses.replace(form_of_filing(filing), user_name=name)
        try:
            self.room.desk.filings.save(form, filing.vehicle_id, filing.control_number, filing.version)
        except errors.NotAllowed:
            return False
        return True

    @rule(car=cars)
    def issue(self, car: int) -> None:
        filing = self.filing_of(car)
        if filing is not None:
            with suppress(*EXPECTED):
                self.room.desk.issuing.issue(filing.control_number)

    @rule()
    def issue_all(self) -> None:
        numbers = [filing.control_number for filing in self.filings() if filing.sending is Sending.DRAFT]
        self.room.desk.batch.issue_many(numbers, lambda _result: None, threading.Event())

    @rule(car=cars)
    def withdraw(self, car: int) -> None:
        filing = self.filing_of(car)
        if filing is not None:
            with suppress(*EXPECTED):
                self.room.desk.filings.withdraw(filing.control_number)

    @rule(car=cars)
    def delete(self, car: int) -> None:
        filing = self.filing_of(car)
        if filing is not None and filing.sending is Sending.DRAFT:
            self.room.desk.filings.delete(filing.control_number)

    @rule()
    def settle(self) -> None:
        self.room.desk.issuing.settle()

    @rule()
    def search(self) -> None:
        self.room.desk.progress.refresh_many([filing.control_number for filing in self.filings()])

    # --- what the world does

    @rule(seconds=st.sampled_from([1, 30, 120, 200, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule(trouble=st.sampled_from(TROUBLES))
    def trouble_ahead(self, trouble: Trouble) -> None:
        self.sandbox.troubles.add(trouble)

    @rule(car=cars, trouble=st.sampled_from(LOSSES), settling=st.booleans())
    def the_answer_is_lost(self, car: int, trouble: Trouble, settling: bool) -> None:  # noqa: FBT001 - drawn by name
        """What matters most, often: no answer to F5, perhaps F7 soon after."""
        self.behave()
        self.sandbox.troubles.add(trouble)
        self.new(car)
        self.issue(car)
        if settling:
            self.settle()

    @rule(car=cars, after=st.booleans(), settling=st.booleans())
    def power_cut(self, car: int, after: bool, settling: bool) -> None:  # noqa: FBT001 - drawn by name
        """The program dies in the middle of F5 (or F7), before or after AINAS acted, and is started again."""

        def die_before(_request: httpx.Request) -> None:
            if not after:
                raise PowerCut

        def die_after(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
            raise PowerCut

        self.way.before, self.way.after = die_before, die_after
        filing = self.filing_of(car)
        with suppress(PowerCut, *EXPECTED):
            if settling:
                self.room.desk.issuing.settle()
            elif filing is not None:
                self.room.desk.issuing.issue(filing.control_number)
        self.program.close()
        self.start()

    @rule()
    def restart(self) -> None:
        self.program.close()
        self.start()

    # --- what must hold

    @invariant()
    def one_open_filing_for_each_car_and_none_twice(self) -> None:
        assert set(self.sandbox.filings.values()) <= {1}
        open_cars = [entry["chassis_number"] for entry in self.at_ainas() if entry["status"] not in ENDED]
        assert len(open_cars) == len(set(open_cars))

    @precondition(lambda self: self.count)
    @rule()
    def everything_at_ainas_is_known_here(self) -> None:
        """When the world behaves again and the quiet time is over, one F7 knows everything."""
        self.behave()
        self.clock.advance(seconds=QUIET.total_seconds())
        settled = self.room.desk.issuing.settle()
        assert (settled.waiting, settled.reason) == (0, None)
        filings = self.filings()
        self.room.desk.progress.refresh_many([filing.control_number for filing in filings])
        here = {
            (filing.filing_id, filing.control_number, filing.status) for filing in self.filings() if filing.filing_id
        }
        there = {(entry["filing_id"], entry["control_number"], entry["status"]) for entry in self.at_ainas()}
        assert here == there
        assert {filing.sending for filing in self.filings()} <= {Sending.DRAFT, Sending.FILED}

    # --- looking

    def filings(self) -> list[Filing]:

        return [self.room.filing(number) for number in self.room.desk.filings.ids(FilingQuery())]

    def filing_of(self, car: int) -> Filing | None:
        return self.room.desk.vehicles.overview(car).filing

    def at_ainas(self) -> list[dict[str, object]]:
        """Return every filing that AINAS has, as it stands now; asked past the program and past all trouble."""
        now, ainas, ledger = self.clock.now(), self.sandbox._ainas, self.sandbox.ledger
        with ledger.transaction():
            numbers = [row[0] for row in ledger._rows("SELECT number FROM entry WHERE service = 'ainas'")]
            entries = ledger.entries("ainas", numbers).values()
            return [
                {**ainas.state(entry, now).document, "chassis_number": entry.body["chassis_number"]}
                for entry in entries
            ]


class IssuingWithoutKeys(Issuing):
    """The same with a service that does not look at Idempotency-Keys."""

    keys = False


BOUNDED = settings(
    deadline=None, max_examples=100, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow]
)
TestWithKeys = Issuing.TestCase
TestWithKeys.settings = BOUNDED
TestWithoutKeys = IssuingWithoutKeys.TestCase
TestWithoutKeys.settings = BOUNDED
