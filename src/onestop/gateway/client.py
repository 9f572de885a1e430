"""What the three clients share: issuing with a key, asking, and checking that an answer is about what was asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from onestop.errors import AnswerOfAnother
from onestop.gateway.subject import Subject, each_once
from onestop.gateway.transport import Call, Transport, contract_broken
from onestop.gateway.wire import MAX_AT_ONCE, Issued, ServiceState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from onestop.gateway.service_time import ServiceTime
    from onestop.gateway.subject import SortedOut
    from onestop.gateway.transport import Destination

Thing = TypeVar("Thing", bound=Issued)


class ServiceClient(ABC, Generic[Thing]):
    """One service. Every method sends one request, once, and raises what `Transport.ask` raises."""

    root: ClassVar[str]
    """Its path, from the root of the services: /ainas/v1."""
    thing: ClassVar[str]
    """What it issues, in a word for the log and for the sentences: filing, policy or certificate."""
    issued: ClassVar[str]
    """The path of all that it issued."""
    issuing: ClassVar[str]
    """The contract's name of `issue`."""
    fetching: ClassVar[str]
    """The contract's name of `fetch`."""
    model: type[Thing]
    """How it tells of what it issued."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def destination(self) -> Destination:
        """Return where requests go now, and as whom. Raises KeychainUnavailable."""
        return self._transport.destination()

    @property
    def service_time(self) -> ServiceTime:
        """What the services' clock shows."""
        return self._transport.service_time

    def service_state(self) -> ServiceState:
        """稼働状況; needs no credentials."""
        return self._transport.ask(Call("getService", "GET", f"{self.root}/service", is_public=True), ServiceState)

    def issue(self, request_key: UUID, body: str) -> Thing:
        """発行: send a frozen request byte for byte; the same key with the same body issues once.

        Raises:
            Refused: by a code of the contract; nothing was issued.
            AnswerOfAnother: the answer is about something else.
            ValueError: `body` is not a frozen request; nothing was sent.
        """
        subject = Subject.of_request(request_key, body)
        call = Call(
            self.issuing,
            "POST",
            self.issued,
            idempotency_key=str(request_key),
            body=body.encode(),
            expected=frozenset({200, 201}),
        )
        return self._told(subject, call)

    def fetch(self, subject: Subject) -> Thing:
        """Ask how the one stands that has the subject's number.

        Raises:
            NotFound: the service does not know it (any more).
            AnswerOfAnother: the answer is about another thing.
            ValueError: it cannot be a number of the service.
        """
        return self._told(subject, Call(self.fetching, "GET", self._place(subject.number or "")))

    def find_by_key(self, subject: Subject) -> tuple[Thing, ...]:
        """Return what was issued under the subject's key, newest first.

        Raises:
            AnswerOfAnother: it is about another thing.
        """
        return self._found(subject, ("idempotency_key", str(subject.key)))

    @abstractmethod
    def _place(self, number: str) -> str:
        """Return the path of the one that has this number of the service's."""

    @abstractmethod
    def _found(self, subject: Subject, *criteria: tuple[str, str]) -> tuple[Thing, ...]:
        """Return what the service has that meets the criteria."""

    def _told(self, subject: Subject, call: Call) -> Thing:
        """Send a call and return its answer, which is about the subject."""
        return self._held_to(subject, call, (self._transport.ask(call, self.model),))[0]

    def _held_to(self, subject: Subject, call: Call, told: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """Check that what a service told is about the subject; returns each once.

        Raises:
            AnswerOfAnother: some of it is not about the subject.
        """
        if not all(subject.fits(each) for each in told):
            contract_broken(call, f"another {self.thing}")
            raise AnswerOfAnother(self.thing)
        return each_once(told)

    def _noted(self, call: Call, sorted_out: SortedOut[Thing]) -> SortedOut[Thing]:
        """Leave a line in the log about what is wrong with an answer about many."""
        if sorted_out.unfit or sorted_out.foreign:
            unfit, foreign = len(sorted_out.unfit), sorted_out.foreign
            contract_broken(call, f"another {self.thing}: {unfit} unfit, {foreign} not asked for")
        return sorted_out

    def _at_once(self, subjects: Iterable[Subject]) -> tuple[Subject, ...]:
        """Return the subjects of one question, each number once.

        Raises:
            ValueError: more than 200.
        """
        asked = tuple({subject.number: subject for subject in subjects}.values())
        if len(asked) > MAX_AT_ONCE:
            raise ValueError(f"{len(asked)} {self.thing}s in one question")
        return asked
