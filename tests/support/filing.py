"""Filings on their way: F5 whose answer never comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop_sandbox import Kind, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.desks import DeskRoom


def lose_the_answer(room: DeskRoom, number: int, *, acted: bool) -> None:
    """Press F5 and let no answer come."""
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling", after=acted))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)


def undated(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Let a service tell nobody what its clock shows."""
    response.headers.pop("Date", None)
    return response


def telling(chassis_number: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    """Let a service tell a 車台番号 that the contract does not ask it to."""

    def tell(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        document = json.loads(response.read() or b"{}")
        for each in document.get("filings", document.get("certificates", [document])):
            each["chassis_number"] = chassis_number
        return httpx.Response(response.status_code, json=document)

    return tell
