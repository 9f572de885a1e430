"""Where a window stands; apart, for windows are painted before anything else of 設定 is imported."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WindowBounds:
    """Where its frame begins and how large it is without that, in pixels of the screen's scale."""

    left: int
    top: int
    width: int
    height: int
    maximised: bool = False
    columns: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """How wide the clerk made the columns of its tables, by the tables' names."""
