"""One value of a panel, in ワンストップサービス and in 連動発行."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.screens.ports import Tone


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a panel: its English name, its Japanese label, and what stands there."""

    name: str
    label: str
    text: str = dataclasses.field(default="", repr=False)
    tone: Tone | None = None
    """How loud it is; the words say the same."""
