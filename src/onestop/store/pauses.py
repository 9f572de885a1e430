"""How long to wait before a server that is gone is tried again."""

from __future__ import annotations

import random
from typing import Final

LONGEST_PAUSE: Final = 60.0
JITTER: Final = 0.25
"""By which part a pause may be longer or shorter: the desks of a shop do not come back in the same moment."""


def pause(failed: int) -> float:
    """Return seconds to wait after so many failures before: 1, 2, 4 … 60, and a little more or less."""
    return min(LONGEST_PAUSE, 2.0**failed) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
