"""Which right each use case needs: one table, held over all services where the desk hands them out.

What the program does by itself (settling, waiting for e-JIBAI's data, backups) needs nobody's right: it goes on with
what somebody who had the right began.
"""

from __future__ import annotations

import dataclasses
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from onestop.model.right import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onestop.services.desk import Desk

    Require = Callable[[Right], None]
    """Raises NotAllowed where who is signed in has not this right."""

_PREPARE: Final = (
    "vehicles.save",
    "imports.accept",
    "many_imports.take",
    "arrivals.settle",
    "arrivals.settle_files",
    "inspections.end",
    "inspections.reopen",
    "filings.save",
    "filings.delete",
    "insurance.save",
    "insurance.enter_by_hand",
    "insurance.delete",
    "conformity_book.save",
    "conformity.hold",
    "conformity.release",
    "work_summaries.save",
    "paper_book.add",
    "paper_book.correct",
    "paper_book.void",
    "paper_book.restore",
    "confirming.confirm",
    "checklists.save",
    "checklists.revoke",
    "link.link",
    "bank_import.read",
    "reconciling.match",
    "reconciling.take_back",
    "reconciling.leave_out",
    "reconciling.put_back",
    "reconciling.unsay_same",
)
_SEND: Final = (
    "filings.withdraw",
    "filings.delivery.issue",
    "filings.delivery.resolution.adopt",
    "filings.delivery.resolution.give_back",
    "insurance.cancel",
    "insurance.delivery.issue",
    "insurance.delivery.resolution.adopt",
    "insurance.delivery.resolution.give_back",
    "conformity.delete",
    "conformity.pull_back",
    "conformity.correct",
    "conformity.delivery.issue",
    "conformity.delivery.resolution.adopt",
    "conformity.delivery.resolution.give_back",
    "batch.issue_many",
    "relay.go",
)
_ADMINISTER: Final = (
    "settings.save",
    "settings.access.reset_password",
    "data_export.write",
    "settings.lock_after",
    "settings.api_key",
    "recovery.shown",
    "rates.add",
    "rates.restore",
    "rates.take_away",
    "reconciling.close",
    "reconciling.reopen",
    "operators.save",
    "operators.all",
)
NEEDED: Final[Mapping[str, Right]] = MappingProxyType(
    dict.fromkeys(_PREPARE, Right.PREPARE)
    | dict.fromkeys(_SEND, Right.SEND)
    | dict.fromkeys(_ADMINISTER, Right.ADMINISTER)
)
"""By the way from the desk to the method. What is not named may be done by whoever may look."""
_PARTS: Final = frozenset(way.rpartition(".")[0] for way in NEEDED)
_ON_THE_WAY: Final = _PARTS | {part.rpartition(".")[0] for part in _PARTS}
"""The parts that have such a method, or a part with one: worked out once, as a list asks at every key."""


def guarded(desk: Desk, require: Require) -> Desk:
    """Return a desk whose services ask for the right that a use case needs before they do anything."""
    names = dict.fromkeys(way.partition(".")[0] for way in NEEDED)
    services: dict[str, Any] = {name: _Guarded(getattr(desk, name), name, require) for name in names}
    return dataclasses.replace(desk, **services)


class _Guarded:
    """A service, or a part of one, with a guard before the methods of the table."""

    __slots__ = ("_part", "_require", "_way")

    def __init__(self, part: object, way: str, require: Require) -> None:
        for name, value in (("_part", part), ("_way", way), ("_require", require)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._part, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self._part, name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the service has
        found, way = getattr(self._part, name), f"{self._way}.{name}"
        if (right := NEEDED.get(way)) is not None:
            return _asking(found, right, self._require)
        if way in _ON_THE_WAY:
            return _Guarded(found, way, self._require)
        return found


def _asking(method: Callable[..., Any], right: Right, require: Require) -> Callable[..., Any]:
    @wraps(method)
    def asked(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - the method's own
        require(right)
        return method(*values, **named)

    return asked
