"""The e-JIBAI and AIRAS clients against the sandbox: a policy, the certificate that needs it, and misbehaviour."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.gateway.airas import NOT_YET, AirasClient
from onestop.gateway.ejibai import EjibaiClient
from onestop.gateway.subject import Subject
from onestop.gateway.transport import Credentials, Transport
from onestop_sandbox import Options, Sandbox, Trouble, app_of
from onestop_sandbox.server import SandboxServer
from onestop_sandbox.trouble import Kind
from support.ainas import KEY
from support.airas import a_certificate_request
from support.clock import FixedClock
from support.ejibai import a_policy_request
from support.subjects import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

READY = Credentials("READYKEY", "ready-password")
INSURER = "東京海上日動火災保険株式会社"


@dataclass(frozen=True, slots=True)
class Desk:
    """Both clients, the sandbox behind them and its clock."""

    ejibai: EjibaiClient
    airas: AirasClient
    sandbox: Sandbox
    clock: FixedClock

    def certificate_body(self, policy_number: str, **changes: object) -> str:
        """Return a frozen request for the car N-1 with this policy."""
        insurance = {"certificate_number": policy_number, "insurer": INSURER}
        request = a_certificate_request(chassis_number="N-1", new_insurance=insurance, **changes)
        return request.frozen_json()


POLICY = a_policy_request(control_number=71, chassis_number="N-1").frozen_json()


@pytest.fixture(params=["in this process", "over a socket"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Return a desk in front of a sandbox whose clock the test moves."""
    clock = FixedClock()
    with Sandbox(options=Options(clock=clock)) as sandbox:
        if request.param == "over a socket":
            with SandboxServer(sandbox) as server, Transport(server.url, lambda: READY, clock=clock) as way:
                yield Desk(EjibaiClient(way), AirasClient(way), sandbox, clock)
        else:
            http = httpx.WSGITransport(app_of(sandbox))
            with Transport("http://localhost", lambda: READY, clock=clock, http=http) as way:
                yield Desk(EjibaiClient(way), AirasClient(way), sandbox, clock)


def test_a_policy_from_issuing_to_cancelling(desk: Desk) -> None:
    issued = desk.ejibai.issue(KEY, POLICY)
    assert (issued.control_number, issued.status, issued.registry_reported_at) == (71, "発行済", None)
    assert desk.ejibai.issue(KEY, POLICY) == issued
    assert desk.ejibai.find_by_key(Subject(key=KEY)) == (issued,)
    assert desk.ejibai.find_by_key(Subject(key=uuid.UUID(int=0))) == ()
    assert desk.ejibai.find_by_number(71) == (issued,)
    assert desk.ejibai.find_by_chassis("N-1") == (issued,)
    assert desk.ejibai.fetch(Subject(number=issued.certificate_number)) == issued
    desk.ejibai.cancel(issued.certificate_number)
    assert desk.ejibai.fetch(Subject(number=issued.certificate_number)).status == "取消"
    with pytest.raises(errors.NotFound):
        desk.ejibai.fetch(Subject(number="A1"))


def test_a_policy_that_has_started_or_overlaps(desk: Desk) -> None:
    issued = desk.ejibai.issue(KEY, POLICY)
    with pytest.raises(errors.Refused) as caught:
        desk.ejibai.issue(uuid.UUID(int=2), POLICY)
    assert (caught.value.code, caught.value.status) == ("period_overlaps", 409)
    assert [reason.field for reason in caught.value.reasons] == ["start_date"]
    desk.clock.advance(days=60)
    with pytest.raises(errors.Refused) as caught:
        desk.ejibai.cancel(issued.certificate_number)
    assert caught.value.code == "already_started"


def test_127_says_when_to_ask_again_and_then_the_same_key_issues(desk: Desk) -> None:
    policy = desk.ejibai.issue(KEY, POLICY)
    body = desk.certificate_body(policy.certificate_number)
    desk.clock.advance(seconds=3)
    with pytest.raises(errors.Refused) as caught:
        desk.airas.issue(KEY, body)
    assert (caught.value.code, caught.value.retry_after) == (NOT_YET, 5)
    assert desk.airas.find_by_key(Subject(key=KEY)) == ()
    desk.clock.advance(seconds=5)
    assert desk.airas.issue(KEY, body).insurance_match == "電子"


def test_a_certificate_from_issuing_to_deletion(desk: Desk) -> None:
    body = desk.certificate_body("A1", application_kind="窓口申請")
    issued = desk.airas.issue(KEY, body)
    assert (issued.control_number, issued.status) == (1, "作成済")
    assert desk.airas.issue(KEY, body) == issued
    assert desk.airas.find_by_key(Subject(key=KEY)) == desk.airas.find_by_number(1) == (issued,)
    number = issued.certificate_number
    with pytest.raises(errors.Refused) as caught:
        desk.airas.correct(number, body)
    assert caught.value.code == "not_editable"
    assert desk.airas.pull_back(Subject(number=number), "走行距離の訂正").message is not None
    with pytest.raises(errors.Refused) as caught:
        desk.airas.pull_back(Subject(number=number), "もう一度")
    assert caught.value.code == "not_pullable"
    desk.clock.advance(minutes=30)
    progress = desk.airas.progress(numbered(number, "0"))
    assert ([each.status for each in progress.known], progress.unknown) == (["作成中"], ("0",))
    corrected = desk.certificate_body("A1", application_kind="窓口申請", odometer_km=45300)
    assert desk.airas.correct(number, corrected).status == "作成済"
    desk.airas.delete(number)
    assert desk.airas.fetch(Subject(number=number)).status == "削除"
    with pytest.raises(errors.Refused) as caught:
        desk.airas.delete(number)
    assert caught.value.code == "not_deletable"


def test_the_three_fixed_fields_are_named(desk: Desk) -> None:
    issued = desk.airas.issue(KEY, desk.certificate_body("A1", application_kind="窓口申請"))
    desk.airas.pull_back(Subject(number=issued.certificate_number), "訂正")
    desk.clock.advance(minutes=30)
    changed = desk.certificate_body(
        "A1", application_kind="窓口申請", vehicle_category="小型自動車", issue_date="2026-11-25"
    )
    with pytest.raises(errors.Refused) as caught:
        desk.airas.correct(issued.certificate_number, changed)
    assert caught.value.code == "fixed_field"
    assert [reason.field for reason in caught.value.reasons] == ["vehicle_category", "issue_date"]


def test_the_services_say_how_they_are(desk: Desk) -> None:
    assert desk.airas.service_state().state == desk.ejibai.service_state().state == "open"
    desk.sandbox.troubles.add(Trouble(Kind.CLOSED, times=None))
    assert desk.airas.service_state().state == desk.ejibai.service_state().state == "closed"


TROUBLES = [
    (Trouble(Kind.CUT), errors.NoAnswer, False),
    (Trouble(Kind.CUT, after=True), errors.NoAnswer, True),
    (Trouble(Kind.HTML, status=200), errors.ContractBroken, False),
    (Trouble(Kind.BROKEN_JSON, after=True), errors.ContractBroken, True),
    (Trouble(Kind.REFUSE, status=401), errors.CredentialsRefused, False),
    (Trouble(Kind.REFUSE, status=422), errors.Refused, False),
    (Trouble(Kind.REFUSE, status=429, retry_after=30), errors.Overloaded, False),
    (Trouble(Kind.REFUSE, status=500, after=True), errors.NoAnswer, True),
    (Trouble(Kind.CLOSED), errors.ServiceClosed, False),
]


@pytest.mark.parametrize(("trouble", "error", "is_issued"), TROUBLES)
def test_misbehaviour_is_named_and_the_key_tells_what_became_of_it(
    desk: Desk, trouble: Trouble, error: type[errors.ServiceError], *, is_issued: bool
) -> None:
    desk.sandbox.troubles.add(trouble)
    with pytest.raises(errors.ServiceError) as caught:
        desk.ejibai.issue(KEY, POLICY)
    assert type(caught.value) is error
    assert len(desk.ejibai.find_by_key(Subject(key=KEY))) == is_issued
    assert desk.sandbox.requests["ejibai.issuePolicy"] == 1
    desk.sandbox.troubles.add(trouble)
    with pytest.raises(errors.ServiceError) as caught:
        desk.airas.issue(KEY, desk.certificate_body("A1", application_kind="窓口申請"))
    assert type(caught.value) is error
    assert len(desk.airas.find_by_key(Subject(key=KEY))) == is_issued
    assert desk.sandbox.requests["airas.issueCertificate"] == 1
