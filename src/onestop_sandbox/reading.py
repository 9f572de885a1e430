"""Reads a request by its contract: credentials, parameters, body; what breaks the contract is refused here."""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from typing import TYPE_CHECKING, NoReturn

from onestop_sandbox.contract import invalid
from onestop_sandbox.passwords import Doorkeeper
from onestop_sandbox.wire import Call, FieldError, Problem

if TYPE_CHECKING:
    import datetime as dt

    from onestop_sandbox.contract import Match, Operation
    from onestop_sandbox.memory import Memory
    from onestop_sandbox.trouble import Troubles
    from onestop_sandbox.wire import Inbound, Wire


class Reader:
    """Turns what came over HTTP into a call that keeps the contract."""

    def __init__(self, memory: Memory, troubles: Troubles) -> None:
        self._memory = memory
        self._troubles = troubles
        self._doorkeeper = Doorkeeper()

    def read(self, match: Match, inbound: Inbound, now: dt.datetime) -> Call:
        """Return the call.

        Raises:
            Problem: 401, 404 (a path that cannot exist), 415, 400 or 422, in this order.
        """
        operation = match.operation
        api_key = self._authorised(inbound.headers.get("authorization", "")) if operation.secured else ""
        _check_path(match)
        query = _query(operation, inbound.query)
        key = _key(operation, inbound)
        body = operation.check_body(_json(inbound)) if operation.body is not None else {}
        return Call(api_key, now, None if self._troubles.keys_ignored else key, match.values, query, body)

    def _authorised(self, header: str) -> str:
        api_key, _, password = _basic(header).partition(":")
        account = self._memory.account(api_key)
        if account is None or not self._doorkeeper.lets_in(password, account.password):
            raise _unauthorised()
        return api_key


def _unauthorised() -> Problem:
    return Problem(401, "unauthorized", "APIキーまたはAPIパスワードが正しくありません")


def _basic(header: str) -> str:
    scheme, _, credentials = header.partition(" ")
    try:
        if scheme.lower() == "basic":
            return base64.b64decode(credentials.strip().encode("ascii"), validate=True).decode()
    except (UnicodeError, binascii.Error):  # not ASCII, not Base64, or not UTF-8 inside
        pass
    raise _unauthorised()


def _check_path(match: Match) -> None:
    for parameter in match.operation.at("path"):
        try:
            parameter.read(match.values[parameter.name])
        except Problem as problem:
            raise Problem(404, "not_found", "見つかりません", "番号の形式が正しくありません。").about(
                *problem.errors
            ) from None


def _query(operation: Operation, pairs: tuple[tuple[str, str], ...]) -> dict[str, str | int]:
    known = {parameter.name: parameter for parameter in operation.at("query")}
    for name, times in Counter(name for name, _ in pairs).items():
        if name not in known:
            raise invalid(FieldError(name, "知らない検索条件です。"))
        if times > 1:
            raise invalid(FieldError(name, "検索条件が二度あります。"))
    return {name: known[name].read(value) for name, value in pairs}


def _key(operation: Operation, inbound: Inbound) -> str | None:
    for parameter in operation.at("header"):
        value = inbound.headers.get(parameter.name.lower())
        if value is None:
            raise invalid(FieldError(parameter.name, "このヘッダーが必要です。"))
        return str(parameter.read(value)).lower()
    return None


def _json(inbound: Inbound) -> object:
    media = inbound.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Problem(415, "unsupported_media_type", "application/json で送ってください")
    try:
        document: Wire = json.loads(
            inbound.body.decode(), parse_float=_number, parse_constant=_not_json, object_pairs_hook=_object
        )
        json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise Problem(400, "broken_json", "JSONを読み取れません") from None
    return document


def _not_json(word: str) -> NoReturn:
    raise ValueError(word)


def _number(text: str) -> float | int:
    """Read 1.0 as 1, as JSON Schema does; refuse what no float can hold."""
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a name stands twice")
    return document
