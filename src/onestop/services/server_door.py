"""接続先データベース where the desk is not open: what is known of it, and what takes another."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class ServerDoor:
    """The way to the database at which the desk was to be opened."""

    url: str = dataclasses.field(repr=False)
    is_given: bool
    """It was said at the start, so that nothing typed could change it."""
    take: Callable[[str, str], None] = dataclasses.field(repr=False)
    """Tries an address and a password, and keeps them; on a worker. Raises what postgres/connecting.py raises."""
