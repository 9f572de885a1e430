"""One mutant put to its tests: noticed, and unnoticed where nothing is changed; the file stays as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from mutation.covering import ROOT
from mutation.mutants import mutants

FILE = ROOT / "src" / "onestop" / "model" / "working_days.py"
TRIED = """
import ast, json, sys
from pathlib import Path
from mutation.mutants import mutated
from mutation.trial import prepare, survives

prepare()
file, tests = Path(sys.argv[1]), ["tests/model/test_working_days.py"]
source = file.read_text(encoding="utf-8")
trees = ast.parse(source), mutated(source, 0)
print(json.dumps([survives("onestop.model.working_days", file, tree, tests, seconds=300) for tree in trees]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_a_test_that_looks_notices_a_mutant() -> None:
    source = FILE.read_text(encoding="utf-8")
    assert mutants(source)[0].was == "5"
    command = [sys.executable, "-c", TRIED, str(FILE)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own
    assert json.loads(told) == [True, False]
    assert FILE.read_text(encoding="utf-8") == source
