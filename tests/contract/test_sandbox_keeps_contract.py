"""Schemathesis against the sandbox, over a socket: all checks, all phases, on each contract file.

5 examples per operation; the long run is `ONESTOP_EXAMPLES=200 pytest tests/contract`, or as many as it says.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import (
    DEFAULT_WORLD,
    OldCertificate,
    OldFiling,
    OldPolicy,
    Sandbox,
    SandboxServer,
    World,
)
from support.nursery import PATIENCE, run_script
from support.sandbox import CONTRACTS, READY

if TYPE_CHECKING:
    from onestop_sandbox.wire import Inbound, Reply

HERE = Path(__file__).resolve().parent
JUDGE = HERE / "judge.py"
EXAMPLES = os.environ.get("ONESTOP_EXAMPLES")
KEY = READY[0]

# What the contract's examples name exists, so that the requests get past 404.
PEOPLED = World(
    accounts=DEFAULT_WORLD.accounts,
    filings=(
        OldFiling("1000000008", KEY, 2, "AE104-1", "2019-01-04T10:00:00+09:00", "手続完了", "手続(交付)完了"),
        OldFiling("1000000010", KEY, 4, "DEF456", "2020-03-12T10:00:00+09:00"),
    ),
    policies=(
        *DEFAULT_WORLD.policies,
        OldPolicy("A123456780", KEY, 1, "損害保険会社", "DEF-1", "2030-01-01", 24, 18560),
    ),
    certificates=(OldCertificate("0", KEY, 1, "DEF-1", "2026-11-24", "2026-11-24T09:00:00+09:00"),),
)


class SteadySandbox(Sandbox):
    """Forgets a new password at once, so that a generated 再設定 does not lock the test out of everything else."""

    def answer(self, inbound: Inbound) -> Reply:
        reply = super().answer(inbound)
        if inbound.path.endswith("/account/password"):
            self.memory.put_account(PEOPLED.accounts[1])
        return reply


def _arguments(service: str, url: str) -> list[str]:
    options = {
        "--url": f"{url}/{service}/v1",
        "--auth": ":".join(READY),
        "--checks": "all",
        "--phases": "examples,coverage,fuzzing,stateful",
        "--max-examples": EXAMPLES or "5",
        "--suppress-health-check": "all",
        "--generation-database": "none",
        **(
            {} if EXAMPLES else {"--seed": "20261124"}
        ),  # the suite says the same every time, the long run looks further
    }
    settings = ["--config-file", str(HERE / "schemathesis.toml"), "--no-color"]
    pairs = [word for pair in options.items() for word in pair]
    contract = str(CONTRACTS / f"{service}.yaml")
    return [*settings, "run", contract, "--continue-on-failure", *pairs]


@pytest.mark.slow
@pytest.mark.parametrize("service", ["ainas", "airas", "ejibai"])
def test_every_check_and_phase_of_schemathesis_passes(service: str, tmp_path: Path) -> None:
    with SteadySandbox(PEOPLED) as sandbox, SandboxServer(sandbox) as server:
        patience = PATIENCE * int(EXAMPLES or 1)
        code, words = run_script(JUDGE, [str(tmp_path), *_arguments(service, server.url)], patience)
        asked = dict(sandbox.requests)
        operations = [each.label for each in sandbox.contract.operations if each.service == service]
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert code == 0, said[-6000:] + words
    assert "No issues found" in said or "warning in" in said or "warnings in" in said
    assert "Authentication failed" not in said
    assert all(asked.get(label, 0) >= 1 for label in operations), asked
