"""What the clients of the three services share: 稼働状況, issuing with a key, many numbers at once, answers held to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from onestop.gateway.transport import Call, Transport, contract_broken
from onestop.gateway.wire import MAX_AT_ONCE, Issued, ServiceState, control_number_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from onestop.gateway.transport import Destination

Thing = TypeVar("Thing", bound=Issued)


class ServiceClient:
    """One service. Every method sends one request, once, and raises what `Transport.ask` raises."""

    root: ClassVar[str]
    """Its path, from the root of the services: /ainas/v1."""
    thing: ClassVar[str]
    """What it issues, in a word for the log."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def destination(self) -> Destination:
        """Return where requests go now, and as whom. Raises KeychainUnavailable."""
        return self._transport.destination()

    def service_state(self) -> ServiceState:
        """稼働状況; needs no credentials."""
        return self._transport.ask(Call("getService", "GET", f"{self.root}/service", is_public=True), ServiceState)

    def _issued(self, operation: str, path: str, request_key: UUID, body: str, model: type[Thing]) -> Thing:
        """Send a frozen request byte for byte and return what was issued for it, now or under the same key before.

        Raises:
            ContractBroken: also when the answer is about another 管理番号.
            ValueError: `body` is not a frozen request; nothing was sent.
        """
        control_number = control_number_of(body)
        call = Call(
            operation,
            "POST",
            path,
            idempotency_key=str(request_key),
            body=body.encode(),
            expected=frozenset({200, 201}),
        )
        issued = self._transport.ask(call, model)
        self._hold_to(control_number, call, issued.control_number)
        return issued

    def _hold_to(self, asked: object, call: Call, *told: object) -> None:
        """Raise ContractBroken when an answer tells of anything else than what was asked for."""
        if any(each != asked for each in told):
            raise contract_broken(call, f"another {self.thing}")

    def _at_once(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """Return the numbers of one question, each once.

        Raises:
            ValueError: more than 200.
        """
        asked = tuple(dict.fromkeys(numbers))
        if len(asked) > MAX_AT_ONCE:
            raise ValueError(f"{len(asked)} {self.thing}s in one question")
        return asked
