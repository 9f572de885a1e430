"""python tests/faults/damage_many.py --cases 1040: damages a desk's files so often and counts what came."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.damaging import Ruin


def main() -> int:
    """Damage the file and its log in turn; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1040)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = Ruin(Path(folder)).run(arguments.cases, arguments.seed, tell=_tell)
    sys.stdout.write("\n".join((f"\r{tally}", *tally.raw, *tally.silent, "")))
    return 1 if tally.raw or tally.silent else 0


def _tell(done: int) -> None:
    sys.stdout.write(f"\r{done}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
