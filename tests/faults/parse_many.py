"""python tests/faults/parse_many.py --files 10000: reads so many spoilt 車検証 files of each format, and QR sheets."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.parsing import PARSERS, read_many
from faults.scanned import scan_many


def main() -> int:
    """Read them; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong: list[str] = []
    for name in PARSERS:
        tally = read_many(name, arguments.files, arguments.seed, tell=_tell)
        sys.stdout.write(f"\r{name}: {tally}\n")
        wrong += tally.wrong
    codes = scan_many(arguments.files, arguments.seed, tell=_tell)
    sys.stdout.write(f"\rQR: {codes}\n")
    wrong += codes.wrong
    sys.stdout.write("\n".join((*wrong, "")))
    return 1 if wrong else 0


def _tell(done: int) -> None:
    sys.stdout.write(f"\r{done}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
