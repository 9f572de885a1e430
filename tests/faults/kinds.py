"""The three kinds of records that are sent once, as the tests of a killed process prepare them and look at them."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.clock import SystemClock
from onestop.store.keychain import Keychain
from onestop_sandbox import Kind, SandboxServer, Trouble
from onestop_sandbox.clock import MachineClock
from support import conformity, insurance
from support.desks import READY_SECRETS, a_desk, a_sandbox
from support.keychains import FileBackend
from support.killed import of_this_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.services.delivery.delivery import Delivery
    from support.desks import DeskRoom


@dataclass(frozen=True, slots=True)
class Sent:
    """One kind of records.

    Attributes:
        path: where the service has them.
        operation: what files one there.
        issue: the driver's word for F5.
        settle: the driver's word for settling.
        save: stores one that may be issued, as number 1.
        service: what issues and settles them.
        stored: number 1 as it is stored.
        times: how often the service has number 1.
    """

    path: str
    operation: str
    issue: str
    settle: str
    save: Callable[[DeskRoom], None]
    service: Callable[[DeskRoom], Delivery[Any, Any]]
    stored: Callable[[DeskRoom], Filing | InsuranceCertificate | ConformityCertificate]
    times: Callable[[DeskRoom], int]


def save_filing(room: DeskRoom) -> None:
    """Store a filing as number 1."""
    assert room.a_draft() == 1


def save_policy(room: DeskRoom) -> None:
    """Store a 自賠責 as number 1, for a period that is still to come."""
    start = SystemClock().today() + dt.timedelta(days=30)
    car = room.a_car(expiry_date=start)
    form = insurance.a_form(room, car, insurer=insurance.INSURER, start_date=start.isoformat(), months="25")
    assert room.desk.insurance.save(form, car, None, None).control_number == 1


def save_certificate(room: DeskRoom) -> None:
    """Store a 窓口申請 as number 1; its day is the machine's, as the sandbox goes by that."""
    conformity.prepare_shop(room)
    car = room.a_car()
    today = SystemClock().today().isoformat()
    words = {"new_insurance_number": "A1", "new_insurer": "見本損保", "inspection_date": today, "issue_date": today}
    form = conformity.a_form(room, car, **words)
    assert room.desk.conformity_book.save(form, car, None, None).control_number == 1


FILING = Sent(
    "/filings",
    "submitFiling",
    "issue",
    "settle",
    save_filing,
    lambda room: room.desk.filings.delivery,
    lambda room: room.filing(1),
    lambda room: room.times_filed(1),
)
POLICY = Sent(
    "/policies",
    "issuePolicy",
    "insure",
    "settle_insurance",
    save_policy,
    lambda room: room.desk.insurance.delivery,
    lambda room: insurance.certificate(room, 1),
    lambda room: insurance.times_issued(room, 1),
)
CERTIFICATE = Sent(
    "/certificates",
    "issueCertificate",
    "certify",
    "settle_conformity",
    save_certificate,
    lambda room: room.desk.conformity.delivery,
    lambda room: conformity.certificate(room, 1),
    lambda room: conformity.times_issued(room, 1),
)
KINDS = {"申請": FILING, "自賠責": POLICY, "保適証": CERTIFICATE}


@contextmanager
def a_start_before(
    folder: Path, server: SandboxServer, ago: dt.timedelta = dt.timedelta(hours=1)
) -> Iterator[DeskRoom]:
    """Start the program for the first time, so long ago; its secrets stay in the folder."""
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    keychain.write(READY_SECRETS)
    clock = of_this_machine(-ago)
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=clock) as room:
        yield room


def prepare(
    folder: Path,
    server: SandboxServer,
    kind: Sent,
    trouble: Trouble | None = None,
    error: type[errors.ServiceError] = errors.NoAnswer,
) -> None:
    """Store number 1; with a trouble it was sent, and this error came of it."""
    shutil.copytree(_stored(kind), folder, dirs_exist_ok=True)
    if trouble is not None:
        with a_start_before(folder, server) as room:
            server.sandbox.troubles.add(trouble)
            with pytest.raises(error):
                kind.service(room).issue(1)


@cache
def _stored(kind: Sent) -> Path:
    """Return the folder of a desk with number 1, made once per test process."""
    folder = Path(tempfile.mkdtemp(prefix="onestop-stored-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with a_sandbox(MachineClock()) as sandbox, SandboxServer(sandbox) as server, a_start_before(folder, server) as room:
        kind.save(room)
    return folder


def cut(kind: Sent) -> Trouble:
    """Return the trouble that loses the answer."""
    return Trouble(Kind.CUT, kind.operation)
