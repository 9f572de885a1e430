"""python tests/independent/kill_many.py --kills 1000: kills the real program that often at the second server.

Its services honour the Idempotency-Key, ignore it, or cannot find by it, and tell the 車台番号 or do not: six bouts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import closing
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from independent.bout import Bout, Tally
from independent.mischief import Mischief
from independent.services import Character


def main() -> int:
    """Share the kills among the servers; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.2, help="of all exchanges, how many go wrong")
    arguments = parser.parse_args()
    servers = [*product(Character, (False, True))]
    shares = [arguments.kills // 6 + (place < arguments.kills % 6) for place in range(6)]
    clean = True
    for place, ((character, tells), kills) in enumerate(zip(servers, shares, strict=True)):
        clean &= fight(character, kills, Mischief(arguments.seed + place, arguments.share), tells=tells).is_clean
    return 0 if clean else 1


def fight(character: Character, kills: int, mischief: Mischief, *, tells: bool) -> Tally:
    """Kill so often at one server, and print what came of it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Bout(Path(folder), character, mischief.seed, mischief, tells_chassis=tells)) as bout,
    ):
        tally = bout.run(kills, tell=lambda: _print("."))
    _print(f"\n{character.value}, {'tells' if tells else 'tells no'} 車台番号: {tally}\n")
    return tally


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
