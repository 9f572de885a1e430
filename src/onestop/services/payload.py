"""The frozen words of a filing: checked here first for all that AINAS would refuse, then written once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.model.filing import Filing

PayloadMaker = Callable[["Filing"], str]
