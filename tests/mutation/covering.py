"""Which tests run a line, and how long each takes: measured once, and kept in .mutation/ for every sample after it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from coverage import Coverage, CoverageData

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / ".mutation"
COVERED: Final = KEPT / "coverage"
LASTED: Final = KEPT / "seconds.json"
TESTS: Final = ("model", "store", "gateway", "services", "screens", "test_reprs.py", "test_packaging.py")
"""In tests/: what is asked about a mutant. Windows and journeys take longer and say less."""
UNASKED: Final = "*_machine.py"
"""They invent minutes of histories, and so are past every budget."""


class Covering:
    """A plugin of pytest that writes down which lines each test ran, and how long it took with its fixtures."""

    def __init__(self) -> None:
        self._coverage = Coverage(data_file=str(COVERED), branch=True, source_pkgs=["onestop"], concurrency="thread")
        self._coverage.start()
        self._seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self._coverage.switch_context(item.nodeid)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._seconds[report.nodeid] = self._seconds.get(report.nodeid, 0) + report.duration

    def pytest_sessionfinish(self) -> None:
        self._coverage.stop()
        self._coverage.save()
        LASTED.write_text(json.dumps(self._seconds), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Let this file be a plugin: `-p mutation.covering`."""
    config.pluginmanager.register(Covering())


def measure(tests: Iterable[str]) -> int:
    """Run tests and keep what each of them ran; returns pytest's exit code."""
    KEPT.mkdir(exist_ok=True)
    alike = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "mutation.covering", f"--ignore-glob={UNASKED}"]
    command = [sys.executable, "-P", "-m", "pytest", *alike, *(f"tests/{each}" for each in tests)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode  # noqa: S603 - our own tests


@cache
def _data() -> CoverageData:
    data = CoverageData(str(COVERED))
    data.read()
    return data


@cache
def _seconds() -> dict[str, float]:
    return dict(json.loads(LASTED.read_text(encoding="utf-8")))


@cache
def _by_line(file: Path) -> dict[int, list[str]]:
    return _data().contexts_by_lineno(str(file))


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The tests that run a line."""

    named: list[str]
    """In files of tests that are named after the line's file, and of every repr: asked first, for they mostly know."""
    others: list[str]
    """The quickest first."""

    @classmethod
    def of(cls, file: Path, line: int, *, at_import: bool, budget: float) -> Witnesses:
        """Find them; of each kind none past so many seconds. A line that runs at import belongs to its whole file."""
        lines = _by_line(file)
        contexts = [context for each in lines.values() for context in each] if at_import else lines.get(line, [])
        found = set(contexts) & _seconds().keys()
        named = {test for test in found if Path(test.partition("::")[0]).stem.startswith(f"test_{file.stem}")}
        if at_import:
            named |= {test for test in _seconds() if test.startswith("tests/test_reprs.py")}
        return cls(within(budget, named), within(budget, found - named))


def seconds_of(tests: Iterable[str]) -> float:
    """Return how long tests took when they were measured."""
    return sum(_seconds()[test] for test in tests)


def within(budget: float, tests: Iterable[str]) -> list[str]:
    """Return the quickest tests that take no longer than so many seconds together, one at least."""
    quickest = sorted(tests, key=lambda test: (_seconds()[test], test))
    ends = accumulate(_seconds()[test] for test in quickest)
    return [test for place, (test, end) in enumerate(zip(quickest, ends, strict=True)) if end <= budget or not place]
