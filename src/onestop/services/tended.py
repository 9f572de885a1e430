"""What became of one certificate that the running program looked after without the clerk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop import errors


@dataclass(frozen=True, slots=True)
class Tended:
    """One 自賠責 or 保適証 of which there is something new."""

    control_number: int
    vehicle_id: int
    certificate_number: str | None = None
    """交付番号, when the automatic try issued it, or corrected it."""
    editable: bool = False
    """引戻 is done."""
    error: errors.OneStopError | None = None
