"""Arguments, and what they start."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from onestop import VERSION
from onestop.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.app.start import Start


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out.strip() == VERSION


def test_an_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--nonsense"])
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--practice"]])
def test_the_arguments_reach_the_program(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Start] = []

    def run(said: Callable[[], Start]) -> int:
        started.append(said())
        return 0

    monkeypatch.setattr("onestop.app.run.run", run)
    assert main([*arguments, "--data-dir", str(tmp_path), "--services-url", "https://example.jp"]) == 0
    start = started[0]
    assert (start.folder.root, start.practice) == (tmp_path, bool(arguments))
    assert start.services_url == "https://example.jp"


@pytest.mark.parametrize("arguments", [["trip"], ["--practice", "trip"]])
def test_an_unknown_command_is_refused_with_those_that_there_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    told = capsys.readouterr().err
    assert all(command in told for command in ("tour", "prepare-data", "prepare-server", "move", "export"))


def test_help_tells_options_and_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(word in told for word in ("--help", "--data-dir", "--practice", "prepare-server", "export"))


def test_nobody_looks_for_garbage_while_the_program_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop.app.run.run", lambda _said: 99 if gc.isenabled() else 0)
    assert main(["--data-dir", str(tmp_path)]) == 0
    assert gc.isenabled()


def test_help_is_quick_and_imports_no_window() -> None:
    code = """if True:
        import sys
        from onestop.__main__ import main
        try:
            main(["--help"])
        except SystemExit:
            sys.exit(any(name.startswith(("PySide6", "sqlalchemy")) for name in sys.modules))
    """
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0  # noqa: S603 - our own interpreter


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp932", "utf-8"])
def test_help_comes_on_every_console(encoding: str) -> None:
    command = [sys.executable, "-m", "onestop", "--help"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    ran = subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603 - our own interpreter
    assert ran.returncode == 0
    assert b"--data-dir" in ran.stdout


def test_without_a_console_there_is_nothing_to_prepare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr("onestop.app.run.run", lambda _start: 0)
    assert main(["--data-dir", str(tmp_path)]) == 0
