"""`python -m onestop_sandbox`."""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop_sandbox.__main__ import console, main
from support.sandbox import READY

if TYPE_CHECKING:
    from pathlib import Path


def stopped() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def test_it_prints_its_address_and_stops_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = tmp_path / "state.sqlite3"
    arguments = ["--port", "0", "--state", str(state), "--pace", "5", "--allow-trouble", "--hours", "--seed", "3"]
    assert main(arguments, stopped()) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")
    assert state.exists()


def test_it_serves_until_the_event(capsys: pytest.CaptureFixture[str]) -> None:
    class Visitor(threading.Event):
        """Looks at the service once, in place of waiting, and then lets the program stop."""

        seen = 0

        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None
            if self.seen:
                return True
            url = capsys.readouterr().out.strip()
            self.seen = httpx.get(f"{url}/ainas/v1/account", auth=READY).status_code
            return False

    visitor = Visitor()
    assert main([], visitor) == 0
    assert visitor.seen == 200


def test_a_world_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = tmp_path / "world.json"
    world.write_text(json.dumps({"accounts": []}), encoding="utf-8")
    assert main(["--world", str(world)], stopped()) == 0
    world.write_text(json.dumps({"accounts": [], "車": 1}), encoding="utf-8")
    assert main(["--world", str(world)], stopped()) == 1
    error = capsys.readouterr().err
    assert "ValueError" in error
    assert error.isascii()


def test_a_missing_contract_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--contract", str(tmp_path)], stopped()) == 1
    assert "FileNotFoundError" in capsys.readouterr().err


def test_a_wrong_pace_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--pace", "soon"], stopped())
    assert caught.value.code == 2
    assert "--pace" in capsys.readouterr().err


def test_the_console_command_reads_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["onestop_sandbox", "--help"])
    with pytest.raises(SystemExit) as caught:
        console()
    assert caught.value.code == 0
    monkeypatch.delitem(sys.modules, "onestop_sandbox.__main__")
    with pytest.raises(SystemExit) as again:
        runpy.run_module("onestop_sandbox", run_name="__main__")
    assert again.value.code == 0


def test_without_an_event_it_listens_to_the_signals() -> None:
    from onestop_sandbox.__main__ import _on_signals  # noqa: PLC0415 - it changes this process, so it is undone here

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        stopping = _on_signals()
        signal.raise_signal(signal.SIGTERM)
        assert stopping.is_set()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM for another process")
def test_the_real_process_stops_cleanly_on_a_signal(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-m", "onestop_sandbox", "--state", str(tmp_path / "s")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(f"{url}/ainas/v1/account", auth=READY).status_code == 200
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "GET /ainas/v1/account 200" in log
    assert "Traceback" not in log
