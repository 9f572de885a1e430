"""python tests/line_floors.py COUNTS: what slipcover says that the tests ran, against the floor of each part.

A floor holds for the files of its part together, lines and branches. The tour and the entry points have none: they run
mostly as processes of their own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WINDOWS: Final = ("*/onestop/ui/*", "*/onestop/app/*")
APART: Final = ("*/onestop/tour/*", "*/__main__.py")
FAILED: Final = 2


@dataclass(slots=True)
class Part:
    """What was run of some files together."""

    floor: float
    """In per cent of the lines and branches that there are."""
    ran: int = 0
    there: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """How much was run; a part without a line was run whole."""
        return 100 * self.ran / self.there if self.there else 100.0

    def add(self, name: str, counts: Mapping[str, Any]) -> None:
        """Add what slipcover says of a file."""
        ran = len(counts["executed_lines"]) + len(counts["executed_branches"])
        missing = len(counts["missing_lines"]) + len(counts["missing_branches"])
        self.ran += ran
        self.there += ran + missing
        if missing:
            ways = [f"{begin}→{end or 'exit'}" for begin, end in counts["missing_branches"]]
            self.missed.append(f"  {name}: {', '.join([*map(str, counts['missing_lines']), *ways])}")


def parts(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Part]:
    """Share out the files that were counted over the parts that have a floor."""
    found = {"below ui": Part(100), "ui and app": Part(95)}
    for name, counts in files.items():
        if not _is_one_of(name, APART):
            found["ui and app" if _is_one_of(name, WINDOWS) else "below ui"].add(name, counts)
    return found


def _is_one_of(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(Path(name).as_posix(), pattern) for pattern in patterns)


def main(counts: Path) -> int:
    """Print what was not run, and how much was; non-zero where that is below a floor."""
    below = False
    for name, part in parts(json.loads(counts.read_text(encoding="utf-8"))["files"]).items():
        sys.stdout.write("".join(f"{line}\n" for line in (f"{name}: {part.percent:.2f} % were run", *part.missed)))
        below |= part.percent < part.floor
    return FAILED if below else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
