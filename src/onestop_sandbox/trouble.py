"""Misbehaviour on request: which answer goes wrong, how, how often, and before or after the request was carried out."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from onestop_sandbox.wire import FieldError, Problem

if TYPE_CHECKING:
    from onestop_sandbox.wire import Wire


class ConnectionCut(ConnectionError):  # noqa: N818 - it says what happened
    """The connection is dropped without an answer.

    Served over a socket, the socket is closed; in-process this is what the WSGI caller sees, httpx.WSGITransport too.
    """


class Kind(StrEnum):
    """What can go wrong."""

    DELAY = "delay"  # `seconds` pass, then everything is as usual; with after, the answer is held back
    CUT = "cut"  # no answer at all; with after, the request was carried out
    LATE = "late"  # no answer; the request is carried out `seconds` later
    REFUSE = "refuse"  # a problem with `status`; with after, although the request was carried out
    HTML = "html"  # a web page with `status`
    BROKEN_JSON = "broken_json"  # half an answer
    OTHER_FILING = "other_filing"  # an answer about somebody else's filing
    UNKNOWN_WORDS = "unknown_words"  # states and fields that no document names
    CLOSED = "closed"  # 時間外, for the status page too
    WITHOUT_KEYS = "without_keys"  # Idempotency-Key and open filings are not looked at


@dataclass(frozen=True, slots=True)
class Trouble:
    """One rule of misbehaviour."""

    kind: Kind
    operation: str | None = None
    """`ainas.submitFiling`, `submitFiling`, `ainas`, or None for every request."""
    times: int | None = 1
    """For the next so many requests; None for all."""
    probability: float = 1.0
    """With which each of them is hit."""
    seconds: float = 0.0
    """For DELAY and LATE."""
    status: int = 500
    """For REFUSE and HTML."""
    after: bool = False
    """Carry the request out first."""
    code: str | None = None
    """For REFUSE, instead of the usual one."""
    retry_after: int | None = None
    """Seconds to send with REFUSE and CLOSED."""
    errors: tuple[tuple[str, str], ...] = ()
    """For REFUSE: fields and messages."""

    @staticmethod
    def of(document: Wire) -> Trouble:
        """Read a rule from JSON with these names.

        Raises:
            ValueError: A name or a kind is unknown.
        """
        if unknown := set(document) - {each.name for each in fields(Trouble)}:
            raise ValueError(f"a trouble has no {sorted(unknown)}")
        errors = tuple((str(name), str(message)) for name, message in document.get("errors", []))
        return Trouble(**{**document, "kind": Kind(document.get("kind", "")), "errors": errors})

    def concerns(self, label: str) -> bool:
        """Tell whether the operation `service.name` is meant."""
        return self.operation in (None, label, *label.split("."))

    def problem(self) -> Problem:
        """Return the refusal that REFUSE and CLOSED answer with."""
        if self.kind is Kind.CLOSED:
            return closed(self.retry_after or 3600)
        code, title = _REFUSALS.get(self.status, ("trouble", "処理できませんでした"))
        problem = Problem(self.status, self.code or code, title).about(*(FieldError(*each) for each in self.errors))
        return problem if self.retry_after is None else problem.retry(self.retry_after)


_REFUSALS = {
    401: ("unauthorized", "APIキーまたはAPIパスワードが正しくありません"),
    403: ("site_not_yours", "この依頼人拠点コードは使えません"),
    404: ("not_found", "見つかりません"),
    409: ("vehicle_has_open_filing", "この車両には手続中の申請があります"),
    422: ("invalid_filing", "申請内容に誤りがあります"),
    429: ("too_many_requests", "アクセスが集中しています"),
    500: ("internal_error", "システムエラーが発生しました"),
    502: ("bad_gateway", "中継先から応答がありません"),
    503: ("maintenance", "メンテナンス中です"),
}


def closed(seconds: float) -> Problem:
    """Return the 503 of a service outside its hours, with the seconds until it opens."""
    return Problem(503, "closed", "サービス時間外です", "サービス時間内にもう一度お試しください。").retry(seconds)


class Troubles:
    """The rules that hold now; the first that hits a request is the one it gets."""

    def __init__(self, seed: int = 0) -> None:
        """`seed` is for rules with a probability."""
        self._lock = threading.Lock()
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._rules: list[Trouble] = []

    def add(self, *troubles: Trouble) -> None:
        """Let these happen, after those that were added before."""
        with self._lock:
            self._rules.extend(troubles)

    def clear(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._rules.clear()

    @property
    def rules(self) -> tuple[Trouble, ...]:
        """Return what may still happen."""
        with self._lock:
            return tuple(self._rules)

    @property
    def keys_ignored(self) -> bool:
        """Tell whether Idempotency-Key means nothing now."""
        return any(each.kind is Kind.WITHOUT_KEYS for each in self.rules)

    def closes(self, label: str) -> bool:
        """Tell whether a rule closes the service of this operation."""
        return any(rule.kind is Kind.CLOSED and rule.concerns(label) for rule in self.rules)

    def take(self, label: str) -> Trouble | None:
        """Return what happens to this request, and count it down."""
        with self._lock:
            for place, rule in enumerate(self._rules):
                if rule.kind is Kind.WITHOUT_KEYS or not rule.concerns(label):
                    continue
                if self._random.random() < rule.probability:
                    self._count_down(place, rule)
                    return rule
            return None

    def _count_down(self, place: int, rule: Trouble) -> None:
        if rule.times is None:
            return
        if rule.times > 1:
            self._rules[place] = replace(rule, times=rule.times - 1)
        else:
            del self._rules[place]
