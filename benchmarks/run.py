"""Measures the program beside its peers and writes RESULTS.md: `python benchmarks/run.py [--quick] [name …]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
for needed in (ROOT, ROOT / "tests"):  # its server is the tests' own
    if str(needed) not in sys.path:  # run as a file
        sys.path.insert(0, str(needed))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.report import Part, Sizes

MEASUREMENTS = (
    *("starting", "searching", "listing", "refreshing", "issuing"),
    *("windows", "keeping", "importing", "scanning", "journeying", "reconciling", "remembering"),
    *("encrypting", "sharing"),
)
"""Each is a module beside this one with `measure(sizes, worlds)`."""
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


def main(argv: Sequence[str]) -> int:
    """Measure what is named, or everything; RESULTS.md is written only by a whole run at full size."""
    from benchmarks.report import FULL, QUICK, conditions, table, write_results  # noqa: PLC0415 - after the path is set
    from benchmarks.world import Worlds  # noqa: PLC0415 - the same

    arguments = _parser().parse_args(argv)
    sizes = QUICK if arguments.quick else FULL
    stated = conditions(sizes)
    print(stated, flush=True)
    parts: list[Part] = []
    with tempfile.TemporaryDirectory(prefix="onestop-bench-", ignore_cleanup_errors=True) as folder:
        worlds = Worlds(Path(folder))
        for name in arguments.names or MEASUREMENTS:
            began = time.perf_counter()
            part = measured(name, sizes, worlds)
            parts.append(part)
            print(f"\n{part.name} ({time.perf_counter() - began:.0f} s)\n{table(part.lines)}", flush=True)
    target = arguments.out or (None if arguments.quick or arguments.names else RESULTS)
    if target is not None:
        write_results(target, stated, parts)
        print(f"\nwritten: {target}")
    missed = [line.what for part in parts for line in part.lines if line.is_met is False]
    print(*(f"missed: {what}" for what in missed), sep="\n")
    return 0


def measured(name: str, sizes: Sizes, worlds: object) -> Part:
    """Run one measurement."""
    part: Part = import_module(f"benchmarks.{name}").measure(sizes, worlds)
    return part


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench", description="Measure the program beside its peers.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(MEASUREMENTS)}; all unless named")
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: to see that it works")
    parser.add_argument("--out", type=Path, help="write the results there, whatever was measured")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
