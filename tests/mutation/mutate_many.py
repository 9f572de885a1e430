"""python tests/mutation/mutate_many.py --count 200 --seed 7: changes the program, and names what no test notices.

`--measure` first runs the tests once and keeps which lines each runs; again after sources or tests have changed.
A number, or a part of a file's path, restricts the sample: `mutate_many.py model/ gateway/verdict.py`.
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation.covering import ROOT, TESTS, Witnesses, measure, seconds_of
from mutation.mutants import Mutant, mutants, mutated
from mutation.trial import prepare, survives

SOURCES: Final = ROOT / "src"
ROOMS: Final = ("model", "store", "gateway", "services")
SLOWER: Final = 3
"""How many times more work than measured a trial may have, besides GRACE."""
GRACE: Final = 15.0
"""Seconds to import everything."""


@dataclass(frozen=True, slots=True)
class Victim:
    """A mutant, and its file as it was when the sample was taken: nobody has to wait with editing it."""

    file: Path
    source: str
    mutant: Mutant

    @property
    def name(self) -> str:
        parts = self.file.relative_to(SOURCES).with_suffix("").parts
        return ".".join(part for part in parts if part != "__init__")

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.mutant}"


def victims(wanted: list[str]) -> list[Victim]:
    """Return all mutants of the rooms, or of those files whose path contains one of these."""
    files = sorted(file for room in ROOMS for file in (SOURCES / "onestop" / room).rglob("*.py"))
    chosen = [file for file in files if not wanted or any(part in file.as_posix() for part in wanted)]
    sources = ((file, file.read_text(encoding="utf-8")) for file in chosen)
    return [Victim(file, source, each) for file, source in sources for each in mutants(source)]


def main() -> int:
    """Try a sample; returns 1 when one survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--budget", type=float, default=30, help="seconds of tests for one mutant at most")
    parser.add_argument("files", nargs="*", help="parts of paths")
    arguments = parser.parse_args()
    if arguments.measure and measure(TESTS):
        return 1
    prepare()
    everyone = victims(arguments.files)
    sample = random.Random(arguments.seed).sample(everyone, min(arguments.count, len(everyone)))  # noqa: S311 - no secret
    check(sample[0])
    began = time.monotonic()
    survivors = [victim for victim in sample if not caught(victim, arguments.budget)]
    _print(f"\n{len(sample)} of {len(everyone)} in {time.monotonic() - began:.0f} s, {len(survivors)} survived\n")
    return 1 if survivors else 0


def caught(victim: Victim, budget: float) -> bool:
    """Tell whether a test noticed a mutant; name it if none did."""
    mutant = victim.mutant
    tree = mutated(victim.source, mutant.number)
    witnesses = Witnesses.of(victim.file, mutant.line, at_import=mutant.at_import, budget=budget)
    if any(tests and not passes(victim, tree, tests) for tests in (witnesses.named, witnesses.others)):
        _print(".")
        return True
    _print(f"\nsurvived {len(witnesses.named)} + {len(witnesses.others)} tests: {victim}\n")
    return False


def passes(victim: Victim, tree: ast.Module, tests: list[str]) -> bool:
    """Tell whether these tests pass with the file like that."""
    return survives(victim.name, victim.file, tree, tests, seconds=GRACE + SLOWER * seconds_of(tests))


def check(victim: Victim) -> None:
    """Make sure that tests pass as long as nothing is changed."""
    witnesses = Witnesses.of(victim.file, victim.mutant.line, at_import=True, budget=1)
    if not passes(victim, ast.parse(victim.source), witnesses.named + witnesses.others):
        raise SystemExit("Tests fail although nothing was changed.")


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
