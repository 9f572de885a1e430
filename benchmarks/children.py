"""Runs other processes of a benchmark: probes, and the three services."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
PROBES: Final = Path(__file__).parent / "probes"
LATENCY: Final = 0.02
"""Seconds that every answer of the services takes at least."""


def probe(name: str, *arguments: str) -> list[float]:
    """Run a probe in a fresh process and return the figures that it prints.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, str(PROBES / f"{name}.py"), *arguments]
    done = subprocess.run(  # noqa: S603 - our own file
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment(), timeout=120
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [float(figure) for figure in done.stdout.split()]


def environment() -> dict[str, str]:
    """Return our environment, but with bytecode written: the first start compiles what an installation has compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


class Services:
    """The three services in a process of their own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, trust_env=False)

    def delay(self, operation: str) -> None:
        """Let every answer of an operation come late."""
        trouble = {"kind": "delay", "operation": operation, "seconds": LATENCY, "times": None}
        self._http.post("/_trouble", json=trouble).raise_for_status()

    def seen(self, operation: str) -> int:
        """Return how often an operation was asked for."""
        document: dict[str, Any] = self._http.get("/_seen").raise_for_status().json()
        return int(document["requests"].get(operation, 0))

    def close(self) -> None:
        """Leave."""
        self._http.close()


@contextmanager
def services(folder: Path, filings: list[dict[str, Any]]) -> Iterator[Services]:
    """Serve a world with these old filings until the end of the block."""
    world = {
        "accounts": [{"api_key": "READYKEY", "password": "ready-password", "organization": "見本整備株式会社"}],
        "filings": filings,
    }
    file = folder / "services.json"
    file.write_text(json.dumps(world), encoding="utf-8")
    command = [sys.executable, "-m", "onestop_sandbox", "--allow-trouble", "--pace", "36000", "--world", str(file)]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        served = Services((process.stdout.readline() if process.stdout else "").strip())
        try:
            yield served
        finally:
            served.close()
            process.terminate()
