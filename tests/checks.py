"""python3 dev.py test [arguments of pytest]: every check, each to its end, and how each went.

Without arguments pytest runs everything on all cores and the coverage floors hold, and a display of its own is glanced
at where there can be one; with arguments it runs just what they say. Types and the glance, which mostly waits, go on
meanwhile where memory allows.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dev import MODULE, ROOT, in_venv, run, speak_plainly
from supply import debian

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TYPED = ("src", "tests", "benchmarks", "supply", "windows", "dev.py")
WORKERS = str((os.cpu_count() or 1) + 1)  # one more than there are cores: slow tests mostly wait for programs
ROOM_FOR_TESTS = 2 * 2**30  # bytes: several times what a run has at any moment, for only failed tests' files are kept
ROOM_FOR_BOTH = 4 * 2**30  # bytes of memory that the tests take, with mypy or a program on a display beside them


def main(arguments: Sequence[str]) -> int:
    """Run every check, each to its end, and tell how each went; non-zero when one failed."""
    speak_plainly((sys.stdout, sys.stderr))
    os.environ.pop("PYTHONPATH", None)  # it led us to dev.py: what we run finds its own way
    if not arguments:
        libraries, programs = debian.WINDOW_LIBRARIES, debian.DISPLAY_PROGRAMS
        displayed = [*debian.missing_packages(libraries), *debian.missing_programs(programs)]
        debian.provide_if_allowed([*displayed, *debian.missing_to_listen()])
    python = in_venv("python")
    everything = [] if arguments else ["--ignore=tests/glass", "-n", WORKERS, "--dist", "worksteal", "--durations=10"]
    tests: dict[str, list[str]] = {
        "ruff check": [python, *MODULE, "ruff", "check", "--quiet", "."],
        "ruff format": [python, *MODULE, "ruff", "format", "--quiet", "--check", "."],
        "lint-imports": [in_venv("lint-imports"), "--no-logo"],
        "pytest": [python, *MODULE, "pytest", *everything, *arguments],
    }
    beside = {"mypy": [python, *MODULE, "mypy", "--no-error-summary", *TYPED]}
    env = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "", **in_memory()}
    if arguments:
        return run_steps({**beside, **tests}, env=env)
    beside["glass"] = [python, *MODULE, "pytest", "tests/glass", "-m", "glance"]
    with tempfile.TemporaryDirectory() as counts:
        tests["lines run"] = [python, "-P", str(ROOT / "tests" / "line_floors.py"), counts]
        env["ONESTOP_LINE_COUNTS"] = counts
        if memory() < ROOM_FOR_BOTH:
            return run_steps({**beside, **tests}, env=env)
        return run_steps(tests, env=env, meanwhile=beside)


def in_memory(place: Path = Path("/dev/shm")) -> dict[str, str]:  # noqa: S108 - tempfile makes a folder of our own there
    """Return where tests keep their files: in memory where there is room, for they wait for the disk half of the time.

    What SQLite asks of the disk it asks all the same.
    """
    if not (place.is_dir() and os.access(place, os.W_OK)) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return {}  # tests write small programs, and run them
    return {"TMPDIR": str(place)} if shutil.disk_usage(place).free >= ROOM_FOR_TESTS else {}


def memory() -> int:
    """Return how many bytes of memory this machine has; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError):  # Windows has no such call
        return 0


def run_steps(
    steps: Mapping[str, Sequence[str]], *, env: Mapping[str, str], meanwhile: Mapping[str, Sequence[str]] | None = None
) -> int:
    """Run all steps, then print a closing line for each; return the first exit code that wasn't 0.

    The steps of `meanwhile` go on beside the others, one after the other as well; what they print comes after it all.
    """
    stopped = threading.Event()
    with tempfile.TemporaryFile() as said, ThreadPoolExecutor(1) as pool:
        beside = pool.submit(outcomes, meanwhile or {}, env, stopped, said)
        try:
            found = outcomes(steps, env, stopped)
            found = [*beside.result(), *found]
        finally:
            stopped.set()
        said.seek(0)
        print(said.read().decode(errors="replace"), end="")
    closing = [f"{name:<18} {f'failed with {code}' if code else 'ok':<14} {took:6.1f} s" for name, code, took in found]
    print("---", *closing, sep="\n")
    return next((code for _, code, _ in found if code), 0)


def outcomes(
    steps: Mapping[str, Sequence[str]],
    env: Mapping[str, str],
    stopped: threading.Event,
    said: IO[bytes] | None = None,
) -> list[tuple[str, int, float]]:
    """Run steps one after the other until stopped; return the name, the exit code and the seconds of each."""
    found: list[tuple[str, int, float]] = []
    for name, command in steps.items():
        if stopped.is_set():
            break
        title = f"--- {name}\n"
        if said is None:
            print(title, end="")
        else:
            said.write(title.encode())
            said.flush()
        began = time.perf_counter()
        found.append((name, run(command, env=env, said=said), time.perf_counter() - began))
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
