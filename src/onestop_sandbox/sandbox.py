"""The three services together: every request is checked, carried out once, and every answer checked again."""

from __future__ import annotations

import logging
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onestop_sandbox.ainas import LAST_KNOWN_ID, Ainas
from onestop_sandbox.airas import Airas
from onestop_sandbox.clock import Clock, MachineClock
from onestop_sandbox.contract import contract_of
from onestop_sandbox.ejibai import Ejibai
from onestop_sandbox.hours import SERVICE_HOURS
from onestop_sandbox.memory import FilingKey, Memory
from onestop_sandbox.mischief import Mischief
from onestop_sandbox.office import Office
from onestop_sandbox.pace import PRACTICE, Pace
from onestop_sandbox.places import resources
from onestop_sandbox.reading import Reader
from onestop_sandbox.tariff import Tariff
from onestop_sandbox.trouble import Troubles, closed
from onestop_sandbox.wire import JSON, PROBLEM_JSON, Answer, Inbound, Problem, Reply, Wire, encoded
from onestop_sandbox.world import DEFAULT_WORLD, World

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path
    from typing import Self

    from onestop_sandbox.contract import Match, Operation

LOG = logging.getLogger("onestop_sandbox")


@dataclass(frozen=True, slots=True)
class Options:
    """How a sandbox is set up."""

    contract_dir: Path | None = None
    """The folder with ainas.yaml, airas.yaml and ejibai.yaml; None: where the program's resources are."""
    rates: Path | None = None
    """The premium table; None: the shipped one."""
    state: Path | None = None
    """A file that survives a restart or a kill; None: nothing survives."""
    clock: Clock = field(default_factory=MachineClock)
    sleep: Callable[[float], None] | None = None
    """What waits when trouble says so, given seconds; None: really wait."""
    pace: Pace = PRACTICE
    hours: bool = False
    """Whether the services close outside their hours."""
    allow_trouble: bool = False
    """Whether POST and DELETE /_trouble and GET /_seen are answered."""
    seed: int = 0
    """For troubles with a probability."""


class Sandbox:
    """The three services, without HTTP around them."""

    def __init__(self, world: World = DEFAULT_WORLD, options: Options | None = None) -> None:
        self.options = options or Options()
        self.contract = contract_of(self.options.contract_dir or resources() / "contract")
        self.memory = Memory(self.options.state)
        """What it remembers."""
        self.troubles = Troubles(self.options.seed)
        """Add a Trouble here to make it misbehave."""
        self.requests: Counter[str] = Counter()
        """How often each operation was asked, by `service.operationId`."""
        self._counting = threading.Lock()
        self._interrupted = threading.Event()
        tariff = Tariff.load(self.options.rates or resources() / "rates" / "jibaiseki.json")
        office = Office(self.memory, world, self.options.pace, self.troubles, tariff)
        self._ejibai, self._ainas = Ejibai(office), Ainas(office)
        self._airas = Airas(office, self._ejibai, self._ainas)
        rooms = {"ejibai": self._ejibai.handlers, "airas": self._airas.handlers, "ainas": self._ainas.handlers}
        self._handlers = {
            f"{service}.{name}": handler for service, room in rooms.items() for name, handler in room.items()
        }
        self._reader = Reader(self.memory, self.troubles)
        self._mischief = Mischief(self.troubles, self.options.clock, self._sleep, self._carry_out)
        if self.memory.is_new:
            self._settle(world)

    @property
    def filings(self) -> Counter[FilingKey]:
        """Count what was filed per account, 管理番号 and 車台番号, late ones that are due included."""
        self._mischief.catch_up()
        return self.memory.filings()

    def interrupt(self) -> None:
        """End every wait that trouble has begun, and let no new one begin until `resume`."""
        self._interrupted.set()

    def resume(self) -> None:
        """Let trouble wait again."""
        self._interrupted.clear()

    def close(self) -> None:
        """End every wait and close the database."""
        self.interrupt()
        self.memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def answer(self, inbound: Inbound) -> Reply:
        """Answer one request.

        Raises:
            ConnectionCut: Trouble says that no answer arrives.
        """
        self._mischief.catch_up()
        try:
            match = self.contract.find(inbound.method, inbound.path)
        except Problem as problem:
            return self._refusal(self.contract.operations[0], problem)
        with self._counting:
            self.requests[match.operation.label] += 1
        return self._mischief.answer(match, inbound)

    def _carry_out(self, match: Match, inbound: Inbound) -> Reply:
        try:
            with self.memory.transaction():
                return self._reply(match.operation, self._act(match, inbound))
        except Problem as problem:
            return self._refusal(match.operation, problem)
        except Exception:
            LOG.exception("the sandbox has a bug in %s", match.operation.label)
            return self._refusal(match.operation, Problem(500, "sandbox_bug", "練習用サーバーの不具合です"))

    def _act(self, match: Match, inbound: Inbound) -> Answer:
        operation, now = match.operation, self.options.clock.now()
        call = self._reader.read(match, inbound, now)
        if operation.name == "getService":
            return Answer(200, self._service(operation.service, now))
        self._refuse_closed(operation.service, now)
        return self._handlers[operation.label](call)

    def _reply(self, operation: Operation, answer: Answer) -> Reply:
        content_type = None if answer.body is None else JSON
        fault = operation.answer_fault(answer.status, content_type, answer.body)
        if fault is not None:
            raise AssertionError(f"{operation.label} would answer {answer.status} with {fault}")
        return Reply(answer.status, content_type, b"" if answer.body is None else encoded(answer.body))

    def _refusal(self, operation: Operation, problem: Problem) -> Reply:
        request_id = uuid.uuid4().hex[:8]
        fault = operation.answer_fault(problem.status, PROBLEM_JSON, problem.body(request_id))
        if fault is not None:
            raise AssertionError(f"{operation.label} would refuse with {fault}")
        return problem.reply(request_id)

    def _service(self, service: str, now: dt.datetime) -> Wire:
        hours = SERVICE_HOURS.get(service) if self.options.hours else None
        shut = self.troubles.closes(f"{service}.getService") or (hours is not None and not hours.is_open(now))
        state = "closed" if shut else "open"
        return {
            "state": state,
            "opens_at": None if hours is None else f"{hours.opens_at:%H:%M}",
            "closes_at": None if hours is None else f"{hours.closes_at:%H:%M}",
            "message": "サービス時間外です。" if state == "closed" else None,
        }

    def _refuse_closed(self, service: str, now: dt.datetime) -> None:
        hours = SERVICE_HOURS.get(service) if self.options.hours else None
        if hours is not None and not hours.is_open(now):
            raise closed((hours.opening(now) - now).total_seconds())

    def _sleep(self, seconds: float) -> None:
        if self.options.sleep is not None:
            self.options.sleep(seconds)
        else:
            self._interrupted.wait(seconds)

    def _settle(self, world: World) -> None:
        now = self.options.clock.now()
        with self.memory.transaction():
            for account in world.accounts:
                self.memory.put_account(account)
            for filing in world.filings:
                self._ainas.remember(filing, now)
            for policy in world.policies:
                self._ejibai.remember(policy)
            for certificate in world.certificates:
                self._airas.remember(certificate)
            youngest = max((int(each.filing_id) for each in world.filings), default=LAST_KNOWN_ID)
            self.memory.count_from("ainas", max(LAST_KNOWN_ID, youngest))
            self.memory.count_from("airas", 2000000000)
            self.memory.count_from("ejibai", 900000000)
