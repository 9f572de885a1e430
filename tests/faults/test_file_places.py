"""Every place that touches a file, under every trouble that files have: a sentence for the clerk, never a raw error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits, rights and forks as Linux has them")
SCRIPT = Path(__file__).with_name("file_places.py")


def test_no_trouble_with_files_ends_in_a_raw_exception() -> None:
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[1])}
    with tempfile.TemporaryDirectory() as folder:  # pytest's own keep out the other user who works in it for a while
        Path(folder).chmod(0o755)
        command = [sys.executable, str(SCRIPT), folder]
        ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)  # noqa: S603 - our own
    outcomes = [json.loads(line) for line in ran.stdout.splitlines()]
    by_trouble: dict[str, list[str]] = {}
    for trouble, _, came in outcomes:
        by_trouble.setdefault(trouble, []).append(came)

    assert [line for line in outcomes if line[2].startswith("RAW")] == []
    assert set(by_trouble.pop("none")) == {"ok"}
    assert by_trouble.pop("0 descriptors").count("TooManyOpen") >= 12
    assert by_trouble.pop("quite full").count("NoRoom") >= 5
    for trouble, came in by_trouble.items():
        assert any(each != "ok" for each in came), f"{trouble} troubled nobody"
    assert "Traceback" not in ran.stderr
