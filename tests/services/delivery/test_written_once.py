"""An outcome that is written down a second time, as its first commit was kept and not answered: it is there already."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.model.sending_state import Sending
from onestop_sandbox import Kind, Trouble

if TYPE_CHECKING:
    from faults.kinds import Sent
    from support.shop import Shop


def telling_status(response: httpx.Response, status: str) -> httpx.Response:
    return httpx.Response(response.status_code, json=json.loads(response.read()) | {"status": status})


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_an_outcome_whose_commit_was_kept_and_not_answered_is_not_written_over_what_came_after(
    shop: Shop, kind: Sent
) -> None:
    kind.save(shop.one.room)
    sender = kind.service(shop.one.room).sender
    lease = sender._intend(1, uuid.uuid4())
    sent = sender.request(lease)
    sender.conclude(lease, Sending.SENDING, sent)
    shop.two.way.after = lambda _request, response: telling_status(response, "新しい状態")
    kind.service(shop.two.room).progress.refresh(1)
    before: Any = kind.stored(shop.one.room)

    concluded = sender.conclude(lease, Sending.SENDING, sent)

    after: Any = kind.stored(shop.one.room)
    assert (after.sending, after.status, concluded.error) == (Sending.FILED, "新しい状態", None)
    assert (after.answers, after.version, lease.is_over) == (before.answers, before.version, True)


def test_a_refusal_whose_commit_was_kept_and_not_answered_leaves_what_was_sent_anew(shop: Shop) -> None:
    number = shop.one.room.a_draft()
    shop.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=422))
    sender = shop.one.room.desk.filings.delivery.sender
    lease = sender._intend(number, uuid.uuid4())
    sent = sender.request(lease)
    sender.conclude(lease, Sending.SENDING, sent)
    refusal = shop.one.room.filing(number).refusal
    assert sender.conclude(lease, Sending.SENDING, sent).error is sent.error
    assert shop.one.room.filing(number).refusal == refusal
    shop.two.room.desk.filings.delivery.issue(number)
    assert isinstance(sender.conclude(lease, Sending.SENDING, sent).error, errors.TakenOver)
    assert shop.one.room.filing(number).sending is Sending.FILED
