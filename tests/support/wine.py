"""Whether this Windows is Wine, which lacks some of it."""

from __future__ import annotations

import importlib
import sys
from typing import Final

ON_WINE: Final = sys.platform == "win32" and hasattr(importlib.import_module("ctypes").windll.ntdll, "wine_get_version")
