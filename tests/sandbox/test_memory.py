"""What outlives a restart, and what two threads may do at once."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop_sandbox import Options, Sandbox
from onestop_sandbox.memory import FilingKey, Memory
from support.sandbox import FILINGS, INITIAL, SandboxClient, a_filing_request, a_key

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock


def test_everything_survives_a_restart(tmp_path: Path, clock: FixedClock) -> None:
    options = Options(state=tmp_path / "state.sqlite3", clock=clock)
    key = a_key()
    with Sandbox(options=options) as sandbox, SandboxClient(sandbox, INITIAL) as client:
        client.put("/ainas/v1/account/password", json={"new_password": "Tsuchiura-1"})
        client.auth = httpx.BasicAuth("TESTKEY", "Tsuchiura-1")
        number = client.post(FILINGS, json=a_filing_request(), headers=key).json()["filing_id"]
    clock.advance(seconds=60)
    with Sandbox(options=options) as sandbox, SandboxClient(sandbox, ("TESTKEY", "Tsuchiura-1")) as client:
        assert client.filing(number)["status"] == "手続完了"
        assert client.post(FILINGS, json=a_filing_request(), headers=key).status_code == 200
        assert client.submit(chassis_number="B-1").json()["filing_id"] == "1000000012"


def test_an_answer_is_on_the_disk_before_it_goes_out(tmp_path: Path, clock: FixedClock) -> None:
    file = tmp_path / "state.sqlite3"
    with Sandbox(options=Options(state=file, clock=clock)) as sandbox, SandboxClient(sandbox) as client:
        client.submit()
        other = sqlite3.connect(file)
        assert other.execute("SELECT count(*) FROM entry WHERE service = 'ainas'").fetchone() == (1,)
        other.close()


def test_a_refused_transaction_leaves_nothing() -> None:
    memory = Memory(None)
    memory.count_from("ainas", 5)
    with pytest.raises(ZeroDivisionError), memory.transaction():
        assert memory.next_number("ainas") / 0
    assert memory.next_number("ainas") == 6
    assert memory.account("NOBODY") is None
    memory.close()


def test_many_threads_with_one_key_file_once(sandbox: Sandbox) -> None:
    key = a_key()

    def submit(_: int) -> int:
        with SandboxClient(sandbox) as client:
            return client.post(FILINGS, json=a_filing_request(), headers=key).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(submit, range(24)))
    assert statuses == [200] * 23 + [201]
    assert sandbox.filings == {FilingKey("READYKEY", 1, "ABC123"): 1}
