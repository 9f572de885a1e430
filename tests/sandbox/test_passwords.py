"""What is kept of a password, and whom it lets in."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from onestop_sandbox import Options, Sandbox
from onestop_sandbox.passwords import SEALED, Doorkeeper, sealed
from support.sandbox import INITIAL, SandboxClient

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock

REAL = "Her-real-one-1"


def test_a_hash_lets_in_whoever_knows_the_password_and_nobody_else() -> None:
    kept = sealed(REAL)
    door = Doorkeeper()
    assert REAL not in kept
    assert kept != sealed(REAL)
    assert not door.lets_in("another", kept)
    assert not door.lets_in(kept, kept)
    assert [door.lets_in(REAL, kept), door.lets_in(REAL, kept)] == [True, True]
    assert not door.lets_in("another", kept)


def test_whom_it_let_in_before_it_knows_without_working_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, door = sealed(REAL), Doorkeeper()
    assert door.lets_in(REAL, kept)
    monkeypatch.delattr(hashlib, "scrypt")
    assert door.lets_in(REAL, kept)
    with pytest.raises(AttributeError):
        door.lets_in("another", kept)


def test_what_stands_in_a_world_file_counts_as_it_stands() -> None:
    assert Doorkeeper().lets_in("999000", "999000")
    assert not Doorkeeper().lets_in("999001", "999000")


def test_a_password_that_was_set_is_nowhere_on_the_disk(tmp_path: Path, clock: FixedClock) -> None:
    file = tmp_path / "state.db"
    with Sandbox(options=Options(state=file, clock=clock)) as sandbox, SandboxClient(sandbox, INITIAL) as client:
        assert client.put("/ainas/v1/account/password", json={"new_password": REAL}).status_code == 204
        assert all(REAL.encode() not in path.read_bytes() for path in tmp_path.iterdir())
        account = sandbox.memory.account("TESTKEY")
        assert account is not None
        assert account.password.startswith(SEALED)


def test_one_that_an_older_program_left_in_clear_goes_with_the_next(tmp_path: Path, clock: FixedClock) -> None:
    file = tmp_path / "state.db"
    with Sandbox(options=Options(state=file, clock=clock)):
        pass
    raw = sqlite3.connect(file)
    raw.execute("UPDATE account SET password = ?", (REAL,))
    raw.commit()
    raw.close()
    assert REAL.encode() in file.read_bytes()
    with Sandbox(options=Options(state=file, clock=clock)) as sandbox:
        for key in ("TESTKEY", "READYKEY"):
            sandbox.memory.put_password(key, "built-in")
        assert all(REAL.encode() not in path.read_bytes() for path in tmp_path.iterdir())
