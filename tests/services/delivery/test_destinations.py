"""A record is asked about, sent again and taken back only where it was sent, and only as whom it was sent."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from faults.kinds import FILING, KINDS, cut
from onestop import errors
from onestop.gateway.transport import Destination
from onestop.model.sending_state import Sending
from onestop.services.delivery.destinations import OTHER_ACCOUNT, Home, home_of, note_destination
from onestop.services.delivery.refresh_many import Refreshed
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox import REAL
from support.builders import a_filing
from support.desks import IN_PROCESS, READY_SECRETS, Interposed, a_desk, a_sandbox
from support.keychains import a_keychain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from faults.kinds import Sent
    from onestop.model.filing import Filing
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

OTHER_SERVER = "https://staging.example"
OTHER_SECRETS = ApiSecrets("TESTKEY", "999000")

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@contextmanager
def at_another_server(folder: Path, clock: FixedClock) -> Iterator[tuple[DeskRoom, Interposed]]:
    """Start the program on the same folder with another address."""
    with a_sandbox(clock, pace=REAL) as other:
        way = Interposed(other)
        with a_desk(folder, clock=clock, sandbox=other, url=OTHER_SERVER, http=way) as room:
            yield room, way


def lose(room: DeskRoom, kind: Sent) -> None:
    """Store number 1, send it and lose the request."""
    kind.save(room)
    room.sandbox.troubles.add(cut(kind))
    with pytest.raises(errors.NoAnswer):
        kind.service(room).issue(1)


@kinds
def test_a_lost_answer_is_settled_by_the_server_that_was_asked_alone(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        lose(room, kind)
        assert kind.stored(room).sent_to == IN_PROCESS
    clock.advance(minutes=5)
    with at_another_server(tmp_path, clock) as (room, way):
        settled = kind.service(room).settle()
        assert (settled.filed, settled.waiting, type(settled.reason)) == (0, 1, errors.Undecided)
        assert IN_PROCESS in str(settled.reason)
        with pytest.raises(errors.NotAllowed, match=IN_PROCESS):
            kind.service(room).settle_one(1)
        assert way.asked == []
        assert kind.stored(room).sending is Sending.UNKNOWN
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert kind.service(room).settle().filed == 1
        assert kind.times(room) == 1


@kinds
def test_a_lost_answer_is_not_sent_again_by_another_account(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        lose(room, kind)
    clock.advance(minutes=5)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, secrets=MemorySecrets(OTHER_SECRETS)) as room:
        settled = kind.service(room).settle()
        assert (settled.filed, settled.waiting) == (0, 1)
        assert str(settled.reason).startswith(OTHER_ACCOUNT)
        assert kind.stored(room).sending is Sending.UNKNOWN
        assert kind.times(room) == 0
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert kind.service(room).settle().filed == 1
        assert kind.times(room) == 1


@kinds
def test_a_new_password_changes_nothing(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        lose(room, kind)
        room.desk.settings.access.reset_password("Tsuchiura-1a1111")
        clock.advance(minutes=5)
        assert kind.service(room).settle().filed == 1


@kinds
def test_the_key_itself_is_not_in_the_database(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent) -> None:
    traces = set()
    for folder in ("one", "another"):
        with a_desk(tmp_path / folder, clock=clock, sandbox=sandbox) as room:
            lose(room, kind)
            traces.add(kind.stored(room).sent_as)
        for file in (tmp_path / folder).glob("onestop.db*"):
            assert b"READYKEY" not in file.read_bytes()
    assert len(traces) == 2  # the same key leaves another trace each time
    assert all(trace and len(trace) == 8 + 1 + 32 for trace in traces)


KEY = str(UUID(int=7))


def _noted(trace_key: str, api_key: str = "READYKEY") -> Filing:
    filing = a_filing(request_key=KEY)
    note_destination(filing, Destination("https://a.example", api_key, trace_key))
    return filing


def test_without_the_keychain_of_this_machine_no_guess_can_be_tried() -> None:
    noted = {_noted(trace_key).sent_as for trace_key in ("one", "another")}
    assert len(noted) == 2
    guess = hashlib.blake2b(b"READYKEY", digest_size=16, salt=UUID(KEY).bytes).hexdigest()
    assert not any(guess in (trace or "") for trace in noted)


@pytest.mark.parametrize(
    ("trace_key", "api_key", "home"),
    [
        ("one", "READYKEY", Home.HERE),
        ("one", "TESTKEY", Home.OTHER_ACCOUNT),
        ("one", "", Home.HERE),
        ("another", "READYKEY", Home.HERE),
        ("another", "TESTKEY", Home.HERE),
        ("", "TESTKEY", Home.HERE),
    ],
)
def test_where_another_machine_noted_the_key_nobody_can_tell(trace_key: str, api_key: str, home: Home) -> None:
    assert home_of(_noted("one"), Destination("https://a.example", api_key, trace_key)) is home


def test_where_no_key_can_be_kept_nothing_is_noted() -> None:
    assert _noted("").sent_as is None
    assert _noted("one", api_key="").sent_as is None


@pytest.mark.parametrize(("api_key", "home"), [("READYKEY", Home.HERE), ("TESTKEY", Home.OTHER_ACCOUNT)])
@pytest.mark.parametrize("key", [KEY, None])
def test_what_an_earlier_program_noted_means_what_it_meant(api_key: str, home: Home, key: str | None) -> None:
    salt = UUID(key).bytes if key else b""
    old = hashlib.blake2b(b"READYKEY", digest_size=6, salt=salt).hexdigest()
    filing = a_filing(request_key=key, sent_to="https://a.example", sent_as=old)
    assert home_of(filing, Destination("https://a.example", api_key, "one")) is home


def test_what_was_never_taken_belongs_nowhere(room: DeskRoom, clock: FixedClock) -> None:
    from onestop_sandbox import Kind, Trouble  # noqa: PLC0415 - only here

    number = room.a_draft()
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=422))
    with pytest.raises(errors.Refused):
        room.desk.filings.delivery.issue(number)
    filing = room.filing(number)
    assert (filing.sent_to, filing.sent_as) == (None, None)
    clock.advance(minutes=1)
    assert room.desk.filings.delivery.issue(number).sent_to == IN_PROCESS


def test_a_filing_is_not_followed_and_not_withdrawn_at_another_server(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        FILING.save(room)
        room.desk.filings.delivery.issue(1)
    with at_another_server(tmp_path, clock) as (room, way):
        with pytest.raises(errors.NotAllowed, match=IN_PROCESS):
            room.desk.filings.delivery.progress.refresh(1)
        with pytest.raises(errors.NotAllowed, match=IN_PROCESS):
            room.desk.filings.withdraw(1)
        refreshed = room.desk.filings.many.refresh([1])
        assert (refreshed.asked, refreshed.failed, refreshed.forgotten, refreshed.wanted) == (1, 1, 0, 1)
        assert IN_PROCESS in str(refreshed.reason)
        assert way.asked == []
        assert not room.filing(1).forgotten
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.many.refresh([1]) == Refreshed(asked=1, updated=1, wanted=1)


def test_a_filing_of_another_account_is_not_called_forgotten(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        FILING.save(room)
        room.desk.filings.delivery.issue(1)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, secrets=MemorySecrets(OTHER_SECRETS)) as room:
        with pytest.raises(errors.NotAllowed, match="別のAPIキー"):
            room.desk.filings.delivery.progress.refresh(1)
        refreshed = room.desk.filings.many.refresh([1])
        assert (refreshed.failed, refreshed.forgotten, str(refreshed.reason)) == (1, 0, OTHER_ACCOUNT)
        assert not room.filing(1).forgotten


def test_a_certificate_of_another_account_is_not_called_unknown(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        KINDS["保適証"].save(room)
        room.desk.conformity.delivery.issue(1)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, secrets=MemorySecrets(OTHER_SECRETS)) as room:
        refreshed = room.desk.conformity.many.refresh([1])
        assert (refreshed.failed, refreshed.forgotten, str(refreshed.reason)) == (1, 0, OTHER_ACCOUNT)


def test_certificates_are_not_followed_or_changed_at_another_server(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        for kind in (KINDS["自賠責"], KINDS["保適証"]):
            kind.save(room)
            kind.service(room).issue(1)
    with at_another_server(tmp_path, clock) as (room, way):
        desk = room.desk
        for act in (
            lambda: desk.insurance.refresh(1),
            lambda: desk.insurance.cancel(1),
            lambda: desk.conformity.refresh(1),
            lambda: desk.conformity.correct(1),
            lambda: desk.conformity.pull_back(1, "走行距離の誤り"),
            lambda: desk.conformity.delete(1),
        ):
            with pytest.raises(errors.NotAllowed, match=IN_PROCESS):
                act()
        refreshed = desk.conformity.many.refresh([1])
        assert (refreshed.asked, refreshed.failed, refreshed.wanted) == (1, 1, 1)
        assert way.asked == []


def test_a_locked_keychain_leaves_every_certificate_as_it_is(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, secrets=keychain) as room:
        KINDS["保適証"].save(room)
        room.desk.conformity.delivery.issue(1)
        backend.locked = True
        refreshed = room.desk.conformity.many.refresh([1])
        assert (refreshed.asked, refreshed.failed, type(refreshed.reason)) == (1, 1, errors.KeychainLocked)


def test_what_an_older_program_sent_belongs_where_it_lies(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        lose(room, FILING)
        with room.database.write() as shelves:
            filing = shelves.filings.get(1)
            filing.sent_to = filing.sent_as = None
    clock.advance(minutes=5)
    with at_another_server(tmp_path, clock) as (room, _way):
        assert room.desk.filings.delivery.settle().filed == 1
