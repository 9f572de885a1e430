"""What the three services share: the memory, the pace, and how an Idempotency-Key is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop_sandbox.memory import Criteria, Entry, Memory
from onestop_sandbox.wire import Answer, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_sandbox.pace import Pace
    from onestop_sandbox.tariff import Tariff
    from onestop_sandbox.trouble import Troubles
    from onestop_sandbox.wire import Call, Wire
    from onestop_sandbox.world import World

ASKED = "asked"
"""In an entry's life: its first body, where it was corrected since."""


@dataclass(frozen=True, slots=True)
class Office:
    """What every service works with."""

    memory: Memory
    world: World
    pace: Pace
    troubles: Troubles
    tariff: Tariff

    def replayed(self, service: str, call: Call) -> Entry | None:
        """Return what was made with this Idempotency-Key before.

        Raises:
            Problem: 409 idempotency_key_reused, it came with another body then.
        """
        if call.idempotency_key is None:
            return None
        criteria = Criteria(api_key=call.api_key, idempotency_key=call.idempotency_key)
        for entry in self.memory.find(service, criteria, limit=1):
            if entry.life.get(ASKED, entry.body) != call.body:
                raise Problem(409, "idempotency_key_reused", "同じキーで別の内容が送られました")
            return entry
        return None

    def own(self, service: str, number: str, call: Call) -> Entry:
        """Return the caller's entry with this number.

        Raises:
            Problem: 404, there is none, or it is somebody else's.
        """
        entry = self.memory.entry(service, number)
        if entry is None or entry.api_key != call.api_key:
            raise unknown()
        return entry

    def sought(self, service: str, call: Call) -> list[Entry]:
        """Return the caller's entries that meet the query, newest first."""
        query = {name: str(value) for name, value in call.query.items()}
        if "idempotency_key" in query and self.troubles.keys_ignored:
            return []
        criteria = Criteria(
            api_key=call.api_key,
            idempotency_key=query.get("idempotency_key", "").lower() or None,
            control_number=query.get("control_number"),
            site_code=query.get("requester_site_code"),
            chassis_number=query.get("chassis_number"),
        )
        return self.memory.find(service, criteria)


def told(name: str, numbers: list[str], known: Mapping[str, Wire]) -> Answer:
    """Return the answer about many numbers, in the order asked."""
    return Answer(
        200,
        {
            name: [known[each] for each in numbers if each in known],
            "unknown": [each for each in numbers if each not in known],
        },
    )


def unknown() -> Problem:
    """Return the 404."""
    return Problem(404, "not_found", "見つかりません", "番号を確かめてください。")
