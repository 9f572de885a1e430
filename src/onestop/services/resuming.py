"""What the last program left open, taken up at the start: a 再設定, and everything whose answer was lost."""

from __future__ import annotations

import logging
from functools import reduce
from typing import TYPE_CHECKING, Any

from onestop import errors
from onestop.services.delivery.settle import Settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.services.delivery.delivery import Delivery
    from onestop.services.desk import Desk

log = logging.getLogger(__name__)


def resume(desk: Desk, tell: Callable[[Settled], None]) -> Settled:
    """Clear up what the last program did not see the end of, one service after the other.

    `tell` is called before anybody is asked, with how many there are of all kinds, and again before each.
    """
    kinds: tuple[Delivery[Any, Any], ...] = (desk.filings.delivery, desk.insurance.delivery, desk.conformity.delivery)
    left = [Settled(left=len(kind.unsettled())) for kind in kinds]
    tell(_sum(*left))
    try:
        desk.settings.access.recover_reset()
    except errors.OneStopError as error:
        log.info("再設定 is not cleared up yet: %s", type(error).__name__)
    total = Settled()
    for place, kind in enumerate(kinds):
        total = total.plus(kind.settle(_beside(_sum(total, *left[place + 1 :]), tell)))
    return total


def _sum(*parts: Settled) -> Settled:
    return reduce(Settled.plus, parts, Settled())


def _beside(others: Settled, tell: Callable[[Settled], None]) -> Callable[[Settled], None]:
    return lambda now: tell(others.plus(now))
