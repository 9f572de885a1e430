"""python tests/faults/kill_many.py --kills 1000: kills the real program that often during 一括申請 of 20."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.killing import Slaughter, Tally


def main() -> int:
    """Kill half of the times with and half without Idempotency-Keys; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    half = arguments.kills // 2
    shares = {True: arguments.kills - half, False: half}
    tallies = [one(kills, arguments.seed, keys=keys) for keys, kills in shares.items()]
    return 1 if any(tally.lost or tally.double for tally in tallies) else 0


def one(kills: int, seed: int, *, keys: bool) -> Tally:
    """Kill so often and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        slaughter = Slaughter(Path(folder), seed, keys=keys)
        try:
            tally = slaughter.run(kills, tell=_tell)
        finally:
            slaughter.close()
    sys.stdout.write(f"\r{'with' if keys else 'without'} keys: {tally}\n")
    return tally


def _tell(killed: int) -> None:
    sys.stdout.write(f"\r{killed}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
