"""Files that another program holds, as Windows has them: nobody opens, moves, replaces or deletes them meanwhile."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

FOR_EVER = 1_000_000


class HeldFiles:
    """Refuses at the system's own calls, so many times for each file that is held, and counts what it refused."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.refused = 0
        self._held: dict[str, int] = {}
        self._free: dict[str, int] = {}
        patch.setattr("onestop.files.PAUSES", (0.0, 0.0, 0.0))
        for module, name in ((os, "replace"), (os, "rename"), (os, "unlink"), (io, "open")):
            patch.setattr(module, name, self._guarded(getattr(module, name)))

    def hold(self, ending: str, times: int = FOR_EVER, after: int = 0) -> None:
        """Hold every file whose name ends so, from so many calls on."""
        self._held[ending], self._free[ending] = times, after

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._held.clear()

    def _guarded(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - handed on
            for place in arguments[:2]:
                if isinstance(place, Path):
                    self._refuse(place.name)
            return call(*arguments, **named)

        return guarded

    def _refuse(self, name: str) -> None:
        held = next((each for each, times in self._held.items() if name.endswith(each) and times), None)
        if held is not None and self._free[held]:
            self._free[held] -= 1
        elif held is not None:
            self._held[held] -= 1
            self.refused += 1
            raise PermissionError(errno.EACCES, "held by another program", name)
