"""Carries out the troubles: waits, cuts, refuses, or spoils the answer, before or after the request was acted on."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onestop_sandbox.trouble import ConnectionCut, Kind, Trouble, Troubles
from onestop_sandbox.wire import JSON, Reply, Wire, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_sandbox.clock import Clock
    from onestop_sandbox.contract import Match
    from onestop_sandbox.wire import Inbound

_PAGE = (
    "<!DOCTYPE html><html lang=ja><meta charset=utf-8><title>お知らせ</title><p>ただいま混み合っています。</p></html>"
)


@dataclass(frozen=True, slots=True)
class _Late:
    due: dt.datetime
    match: Match
    inbound: Inbound


class Mischief:
    """Stands between `Sandbox` and the services while there are troubles."""

    def __init__(
        self,
        troubles: Troubles,
        clock: Clock,
        sleep: Callable[[float], None],
        carry_out: Callable[[Match, Inbound], Reply],
    ) -> None:
        """`carry_out` is the well-behaved way to an answer."""
        self._troubles = troubles
        self._clock = clock
        self._sleep = sleep
        self._carry_out = carry_out
        self._late: list[_Late] = []
        self._lock = threading.Lock()

    def catch_up(self) -> None:
        """Carry out late requests whose time has come; nobody hears the answers."""
        with self._lock:
            now = self._clock.now()
            due = [each for each in self._late if each.due <= now]
            self._late = [each for each in self._late if each.due > now]
        for each in due:
            self._carry_out(each.match, each.inbound)

    def answer(self, match: Match, inbound: Inbound) -> Reply:
        """Answer well, or as the next trouble wants it.

        Raises:
            ConnectionCut: No answer arrives.
        """
        label, trouble = match.operation.label, None
        if match.operation.name != "getService" or not self._troubles.closes(label):
            trouble = self._troubles.take(label)
        if trouble is None:
            return self._carry_out(match, inbound)
        if trouble.kind is Kind.DELAY:
            return self._delayed(trouble, match, inbound)
        if trouble.kind in (Kind.OTHER_FILING, Kind.UNKNOWN_WORDS):
            return _changed(self._carry_out(match, inbound), trouble.kind)
        if trouble.kind is Kind.LATE:
            self._put_off(trouble, match, inbound)
        reply = self._carry_out(match, inbound) if trouble.after else Reply(200, JSON, b"{}")
        return _spoilt(trouble, reply)

    def _delayed(self, trouble: Trouble, match: Match, inbound: Inbound) -> Reply:
        if trouble.after:
            reply = self._carry_out(match, inbound)
            self._sleep(trouble.seconds)
            return reply
        self._sleep(trouble.seconds)
        return self._carry_out(match, inbound)

    def _put_off(self, trouble: Trouble, match: Match, inbound: Inbound) -> None:
        due = self._clock.now() + dt.timedelta(seconds=trouble.seconds)
        with self._lock:
            self._late.append(_Late(due, match, inbound))


def _spoilt(trouble: Trouble, reply: Reply) -> Reply:
    if trouble.kind is Kind.HTML:
        return Reply(trouble.status, "text/html; charset=utf-8", _PAGE.encode())
    if trouble.kind is Kind.BROKEN_JSON:
        half = reply.body[: len(reply.body) // 2] or b"{"
        return Reply(reply.status, JSON, half)
    if trouble.kind in (Kind.REFUSE, Kind.CLOSED):
        return trouble.problem().reply("trouble0")
    raise ConnectionCut(trouble.kind)


def _changed(reply: Reply, kind: Kind) -> Reply:
    if reply.content_type != JSON:
        return reply
    document = json.loads(reply.body)
    change = _as_another if kind is Kind.OTHER_FILING else _in_unknown_words
    for entry in _entries(document):
        change(entry)
    return replace(reply, body=encoded(document))


def _entries(document: Wire) -> list[Wire]:
    """Return the filings, policies or certificates in an answer."""
    for name in ("filings", "policies", "certificates"):
        if name in document:
            found: list[Wire] = document[name]
            return found
    return [document]


def _as_another(entry: Wire) -> None:
    if "filing_id" in entry:
        entry["filing_id"] = f"{(int(entry['filing_id']) + 777) % 10**10:010d}"
    if "certificate_number" in entry:
        entry["certificate_number"] += "7"
    if "control_number" in entry:
        entry["control_number"] += 777


def _in_unknown_words(entry: Wire) -> None:
    entry["new_since_2027"] = {"kind": "未定義", "values": [1, None, "２"]}
    for name in ("status", "oss_status", "report_status", "insurance_match"):
        if name in entry:
            entry[name] = "特別調整中"
    for fee in entry.get("fees", []):
        fee["payment_status"] = "特別調整中"
        fee["reference"] = "X-1"
    if "fees" in entry:
        entry["fees"].append({"kind": "特別調整金", "amount": 120, "payment_status": None, "due_date": None})
