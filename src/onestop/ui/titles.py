"""The titles of the windows in which the manual shows a version: ours stands there."""

from __future__ import annotations

from typing import Final

from onestop import VERSION

REVISION: Final = f"Ver3 Rev{VERSION.rpartition('.')[0]}"
"""Ver3 is the manual's; what follows is this program's, without its last part."""
FILING: Final = f"AINAS申請 {REVISION}"
"""申請書発行."""
FILING_LIST: Final = f"AINAS一覧 {REVISION}"
"""申請書一覧."""
