"""A clerk who looks at the service herself, where the program cannot know what became of something that was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.services.delivery.settle import Settled

if TYPE_CHECKING:
    from onestop.services.delivery.delivery import Delivery


def decide(service: Delivery[Any, Any], number: int) -> None:
    """Say which one it is, if there is one, else that there is none."""
    candidates = service.resolution.candidates(number)
    if candidates:
        service.resolution.adopt(number, candidates[0].number)
    else:
        service.resolution.give_back(number)


def settle_with_a_clerk(service: Delivery[Any, Any], number: int, *, keys: bool) -> None:
    """Settle one that was taken: a service with keys is believed, what another one names is for the clerk to know."""
    settled = service.settle()
    if keys:
        assert settled == Settled(filed=1)
        return
    assert (settled.filed, settled.waiting, type(settled.reason)) == (0, 1, errors.Undecided)
    with pytest.raises(errors.Undecided):
        service.settle_one(number)
    decide(service, number)
