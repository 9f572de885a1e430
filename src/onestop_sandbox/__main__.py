"""`python -m onestop_sandbox`: serves the three services until Ctrl+C or a termination signal."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from onestop_sandbox.pace import PRACTICE, pace_of
from onestop_sandbox.sandbox import Options, Sandbox
from onestop_sandbox.server import SandboxServer
from onestop_sandbox.world import DEFAULT_WORLD, World

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str], stop: threading.Event | None = None) -> int:
    """Serve until `stop` is set or the process is told to end; return the exit code."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    stopping = stop or _on_signals()
    try:
        world = World.load(arguments.world) if arguments.world else DEFAULT_WORLD
        with (
            Sandbox(world, _options(arguments)) as sandbox,
            SandboxServer(sandbox, arguments.host, arguments.port) as server,
        ):
            print(server.url, flush=True)
            while not stopping.wait(1):  # in short waits, so that Ctrl+C is heard on Windows
                pass
    except (OSError, ValueError) as error:
        print(f"onestop_sandbox: {error!r}".encode("ascii", "backslashreplace").decode(), file=sys.stderr)
        return 1
    return 0


def console() -> None:
    """Run from the command line."""
    sys.exit(main(sys.argv[1:]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onestop_sandbox", description="Imitates e-JIBAI, AIRAS and AINAS.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--state", type=Path, help="a file that survives a restart")
    parser.add_argument("--world", type=Path, help="who and what exists at the start (JSON)")
    parser.add_argument("--pace", type=pace_of, default=PRACTICE, help="practice, real, or seconds to completion")
    parser.add_argument("--hours", action="store_true", help="close outside the hours of the services")
    parser.add_argument("--contract", type=Path, help="the folder with the three contract files")
    parser.add_argument("--rates", type=Path, help="the premium table")
    parser.add_argument("--allow-trouble", action="store_true", help="answer POST and DELETE /_trouble and GET /_seen")
    parser.add_argument("--seed", type=int, default=0, help="for troubles with a probability")
    return parser


def _options(arguments: argparse.Namespace) -> Options:
    return Options(
        contract_dir=arguments.contract,
        rates=arguments.rates,
        state=arguments.state,
        pace=arguments.pace,
        hours=arguments.hours,
        allow_trouble=arguments.allow_trouble,
        seed=arguments.seed,
    )


def _on_signals() -> threading.Event:
    stopping = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    return stopping


if __name__ == "__main__":
    console()
