"""python tests/line_floors.py FOLDER: what the tests ran, as each of their processes counted it, and the floors.

A floor holds for the files of its part together, lines and branches. The tour and the entry points have none: they run
mostly as processes of their own.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SOURCE: Final = Path(__file__).resolve().parents[1] / "src"
WINDOWS: Final = ("*/onestop/ui/*", "*/onestop/app/*")
APART: Final = ("*/onestop/tour/*", "*/__main__.py")
FAILED: Final = 2


@dataclass(slots=True)
class Counts:
    """The lines and branches of one file."""

    ran: set[object] = field(default_factory=set)
    there: set[object] = field(default_factory=set)

    def add(self, counted: Mapping[str, list[Any]]) -> None:
        """Add what one process counted."""
        ran = {*counted["executed_lines"], *map(_branch, counted["executed_branches"])}
        self.ran |= ran
        self.there |= ran | {*counted["missing_lines"], *map(_branch, counted["missing_branches"])}

    @property
    def missed(self) -> list[str]:
        """What no process ran."""
        return sorted(map(str, self.there - self.ran), key=lambda each: (int(each.partition("→")[0]), each))


def _branch(ends: tuple[int, int]) -> str:
    begin, end = ends
    return f"{begin}→{end or 'exit'}"


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

    def add(self, name: str, counts: Counts) -> None:
        """Add a file."""
        self.ran += len(counts.ran)
        self.there += len(counts.there)
        if counts.missed:
            self.missed.append(f"  {name}: {', '.join(counts.missed)}")


def merged(folder: Path) -> dict[str, Counts]:
    """Put together what all processes counted."""
    found: dict[str, Counts] = defaultdict(Counts)
    for file in sorted(folder.glob("*.json")):
        for name, counted in json.loads(file.read_text(encoding="utf-8")).items():
            found[Path(name).as_posix()].add(counted)
    return found


def parts(files: Mapping[str, Counts]) -> dict[str, Part]:
    """Share out the files over the parts that have a floor."""
    found = {"below ui": Part(100), "ui and app": Part(95)}
    for name in sorted(files):
        if not _is_one_of(name, APART):
            found["ui and app" if _is_one_of(name, WINDOWS) else "below ui"].add(name, files[name])
    return found


def _is_one_of(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def main(folder: Path) -> int:
    """Print what was not run, and how much was; non-zero below a floor, and where no test imports a file."""
    files = merged(folder)
    there = {path.relative_to(SOURCE.parent).as_posix() for path in SOURCE.rglob("*.py") if path.stat().st_size}
    unseen = sorted(name for name in there - files.keys() if not _is_one_of(name, APART))
    lines = [f"no test imports {name}" for name in unseen]
    found = parts(files)
    for name, part in found.items():
        lines += [f"{name}: {part.percent:.2f} % of its lines and branches were run", *part.missed]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return FAILED if unseen or any(part.percent < part.floor for part in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
